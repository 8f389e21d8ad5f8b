"""Refused texts in one form for all tests: the place is marked by ^, the repair by a piece of what the hint says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exportreport.build.cel.error import CelError

#: Marks the place in a text that the refusal points to. The texts themselves have none.
MARK = "¬"


def assert_refused(read: Callable[[str], object], marked: str, repair: str) -> None:
    """``read`` refuses the text of ``marked`` at its mark, and ``repair`` is a part of the hint."""
    with pytest.raises(CelError) as raised:
        read(marked.replace(MARK, "", 1))
    assert raised.value.at == marked.index(MARK), raised.value
    assert raised.value.message
    assert repair in raised.value.hint
