"""The page on the comparison shows the list as it is."""

from __future__ import annotations

import pytest

from tests.equivalence.differences import entries
from tests.equivalence.page import PAGE, page


def test_the_list_on_the_page_is_current(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text(encoding="utf-8")
    made = page(text, entries())
    if request.config.getoption("--golden"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made
