"""From offsets in a text to lines and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exportreport.finding import Position

_LINE_END = re.compile("\r\n|\r|\n")


def positions(text: str, offsets: Iterable[int], *, first_line: int = 1) -> dict[int, Position]:
    """The positions of ``offsets``, in code points of ``text``, whose first line has the number ``first_line``.

    One pass over the lines up to the last offset, however many offsets there are.
    """
    found: dict[int, Position] = {}
    ends = (end.end() for end in _LINE_END.finditer(text))
    line, start, following = first_line, 0, next(ends, None)
    for offset in sorted(set(offsets)):
        while following is not None and following <= offset:
            line, start, following = line + 1, following, next(ends, None)
        found[offset] = Position(line, offset - start + 1)
    return found
