"""From offsets in a text to lines and columns."""

from __future__ import annotations

from collections.abc import Iterable

from exportreport.finding import Position
from exportreport.pattern import pattern

_LINE_END = pattern("\r\n|\r|\n")


def positions(text: str, offsets: Iterable[int], *, first_line: int = 1) -> dict[int, Position]:
    """The positions of ``offsets``, in code points of ``text``, whose first line has the number ``first_line``.

    One pass over the text up to the last offset, however many offsets there are.
    """
    ordered = sorted(set(offsets))
    return _by_ends(text, ordered, first_line) if "\r" in text else _by_feeds(text, ordered, first_line)


def position(text: str, offset: int, *, first_line: int = 1) -> Position:
    """The position of a single ``offset``: what `positions` gives for it."""
    if "\r" in text:
        return positions(text, (offset,), first_line=first_line)[offset]
    return Position(first_line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset))


def _by_feeds(text: str, ordered: list[int], line: int) -> dict[int, Position]:
    """The quick way, where only line feeds end a line."""
    found: dict[int, Position] = {}
    before = start = 0
    for offset in ordered:
        line += text.count("\n", before, offset)
        start = text.rfind("\n", before, offset) + 1 or start
        found[offset] = Position(line, offset - start + 1)
        before = offset
    return found


def _by_ends(text: str, ordered: list[int], line: int) -> dict[int, Position]:
    found: dict[int, Position] = {}
    ends = (end.end() for end in _LINE_END.finditer(text))
    start, following = 0, next(ends, None)
    for offset in ordered:
        while following is not None and following <= offset:
            line, start, following = line + 1, following, next(ends, None)
        found[offset] = Position(line, offset - start + 1)
    return found
