"""The lines of a file around its findings: called only when a result is to show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exportreport.codec import xml_source
from exportreport.finding import Finding, SourceLine
from exportreport.pattern import pattern

#: How much of a line is kept; a file may be one line of many megabytes.
WIDTH = 240

#: How much of that stands before the column meant.
_BEFORE = 80

_LINE_END = pattern("\r\n|\r|\n")
_XML = pattern(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*<|\xff\xfe|\xfe\xff")


def attach(findings: Sequence[Finding], data: bytes, context: int, *, first_line: int = 1) -> list[Finding]:
    """The placed ``findings`` with ``context`` lines of ``data`` before and after the line of each, and that line.

    Lines are counted from ``first_line`` and end where positions say that they end. Of a long line the part around
    the finding is kept, of a long neighbor the beginning. One pass over the text.
    """
    if not any(f.position for f in findings):
        return list(findings)
    text = xml_source.text_of(data) if _XML.match(data) else data.decode(errors="replace").removeprefix("\ufeff")
    return attach_text(findings, text, context, first_line)


def attach_text(findings: Sequence[Finding], text: str, context: int, line: int, column: int = 1) -> list[Finding]:
    """The same of a ``text`` that begins at this ``line`` and ``column`` of its file."""
    wanted = {number for f in findings if f.position for number in _around(f.position.line, context)}
    spans = dict(_spans(text, wanted, line)) if wanted else {}
    if column > 1 and line in spans:
        spans[line] = (spans[line][0] - column + 1, spans[line][1])
    return [f._replace(excerpt=tuple(_lines(f, text, spans, context))) for f in findings]


def _around(line: int, context: int) -> Iterable[int]:
    return range(line - context, line + context + 1)


def _spans(text: str, wanted: set[int], number: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """The begin and end in ``text`` of the lines whose numbers are ``wanted``; its first is line ``number``."""
    last, start = max(wanted), 0
    for end in _LINE_END.finditer(text):
        if number in wanted:
            yield number, (start, end.start())
        if number == last:
            return
        number, start = number + 1, end.end()
    if number in wanted:
        yield number, (start, len(text))


def _lines(finding: Finding, text: str, spans: dict[int, tuple[int, int]], context: int) -> Iterator[SourceLine]:
    if finding.position is None:
        return
    for number in _around(finding.position.line, context):
        if number in spans:
            column = finding.position.column if number == finding.position.line else 1
            yield _line(number, text, *spans[number], column)


def _line(number: int, text: str, begin: int, end: int, column: int) -> SourceLine:
    """The line between ``begin`` and ``end``, or the part of it around ``column``."""
    length = end - begin
    start = 0 if length <= WIDTH else max(0, min(column - 1 - _BEFORE, length - WIDTH))
    stop = min(length, start + WIDTH)
    return SourceLine(number, text[max(0, begin + start) : begin + stop], start + 1, cut=stop < length)
