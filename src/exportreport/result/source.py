"""A line of a file on a terminal: what it hides made visible, and the place meant marked below it."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import combining, east_asian_width

from exportreport.finding import Finding, SourceLine, visible
from exportreport.pattern import pattern

_TAB = 4
_DOTS = "…"

#: What is marked: a quoted text, the beginning of a tag, a number or word; else one character.
_TOKEN = pattern(r'"(?:[^"\\]|\\.)*"?|</?[^\s<>/]*|[^\s",:<>\[\]{}]+')


class Marked(NamedTuple):
    """A line fit for a terminal, and in it the column, from 0, and the width of what is meant."""

    text: str
    column: int
    width: int


def own_line(finding: Finding) -> SourceLine | None:
    """The line of the file on which ``finding`` stands, where it is at hand."""
    number = finding.position.line if finding.position else None
    return next((line for line in finding.excerpt if line.number == number), None)


def extent(line: SourceLine, column: int) -> tuple[int, int]:
    """Where in the text of ``line`` the place at ``column`` begins and ends; it may be just after its end."""
    begin = min(max(column - line.start, 0), len(line.text))
    token = _TOKEN.match(line.text, begin)
    return begin, max(token.end() if token else 0, begin + 1)


def marked(line: SourceLine, column: int, room: int) -> Marked:
    """``line`` in at most ``room`` columns around the place at ``column``, with that place."""
    begin, end = extent(line, column)
    cells = _cells(line.text)
    before, width = sum(w for _, w in cells[:begin]), max(1, sum(w for _, w in cells[begin:end]))
    whole = sum(w for _, w in cells)
    first = 0 if whole <= room - 2 else max(0, min(before - room // 3, whole - room + 4))
    skipped, shown, used = 0, [], 0
    for text, cell in cells:
        if skipped < first:
            skipped += cell
        elif used + cell <= room - 2:
            shown.append(text)
            used += cell
    left = _DOTS if line.start > 1 or skipped else ""
    right = _DOTS if line.cut or skipped + used < whole else ""
    at = max(0, before - skipped) + len(left)
    return Marked(left + "".join(shown) + right, at, max(1, min(width, used + len(left) - at)))


def _cells(text: str) -> list[tuple[str, int]]:
    """What is shown of each character, and how many columns that takes."""
    if text.isascii() and text.isprintable():
        return [(character, 1) for character in text]
    cells, at = [], 0
    for character in text:
        one = " " * (_TAB - at % _TAB) if character == "\t" else visible(character)
        width = _width(character) if len(one) == 1 else len(one)
        cells.append((one, width))
        at += width
    return cells


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
