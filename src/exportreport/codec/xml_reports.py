"""A long XML message that carries others, cut into its head and its reports: one report in memory at a time.

A report is cut out where it begins and ends and set into the start tags of what is around it, so that it is a small
message of its own, which is decoded and placed as any other. What is unusual about the rest is left to the reading of
the whole: stray text, elements after the reports, an envelope that does not begin as it should.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from pyexpat import ExpatError, ParserCreate
from typing import Any, NamedTuple

from exportreport.codec import xml_source
from exportreport.codec.limits import MAX_COMMENT, MAX_NAME
from exportreport.codec.xml_names import in_ascii
from exportreport.codec.xml_syntax import first_fault
from exportreport.finding import Finding, Position
from exportreport.pattern import pattern
from exportreport.standard import Standard

#: How much is read at a time, at least, in bytes.
_STEP = 65_536

#: How much of what was read already, and of what follows, is there to be shown around a finding, in bytes.
AROUND = 65_536

#: How much of what was read already is gone over first for the end of a report, in bytes.
_FIRST = 4_096

#: How long a report may be to be cut out without a parser.
_SHORT = 1_000_000

_BLANKS = " \t\r\n"
_LINE_END = pattern(rb"\r\n|\r|\n")
_DECLARATION = pattern(rb"<\?xml[ \t\r\n][^>]*>")
_SIGN = pattern(rb"[^\r\n]")
_NAME = pattern(rb"<([^\s/>]+)")
_START = pattern(rb"""<[^\s/>"']+(?:[^"'/>]|"[^"]*"|'[^']*')*+>""")
_TAG = pattern(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*+>""")
_PLAIN = pattern(rb"[ \t\r\n]*+<([A-Za-z0-9_]++)>")


class NotInPiecesError(Exception):
    """The text has to be read whole to say what is to be said of it."""


class BrokenTextError(Exception):
    """The text is not correct XML from some place in ``piece`` on; ``finding`` says why, and stands there."""

    def __init__(self, finding: Finding, piece: Piece) -> None:
        super().__init__(finding.finding_code)
        self.finding, self.piece = finding, piece


class Head(NamedTuple):
    """What stands before the first report: ``text`` with the end tags that make a message of it.

    ``begin`` and ``end`` stand around a report to make a message of that; ``begin`` is one line. ``around`` is the head
    as it is written, and some of what follows it.
    """

    text: bytes
    kind: str
    slot: str
    begin: bytes
    end: bytes
    around: str


class Piece(NamedTuple):
    """A report: its text, the full name of its element, and where that begins in the whole."""

    text: bytes
    name: str
    line: int
    column: int
    offset: int


class _Cut(Exception):
    """What was looked for was found."""


class _Text:
    """The text in UTF-8 as it is read, without byte order mark; what comes before ``at`` was taken already."""

    def __init__(self, data: bytes, read: Callable[[int], bytes]) -> None:
        found = xml_source.beginning(data)
        if found is None:
            raise NotInPiecesError
        mark, encoding = found
        self._read, self._decoder = read, codecs.getincrementaldecoder(encoding)()
        self.text, self.at, self.ended = b"", 0, False
        self.line, self.column, self.offset = 1, 1, 0
        self._decode(data[mark:])

    def _decode(self, data: bytes) -> None:
        try:
            self.text += self._decoder.decode(data, not data).encode()
        except UnicodeError:
            raise NotInPiecesError from None

    def more(self, *, forget: bool = True) -> bytes:
        """What is read further; nothing at the end. The longer what waits is, the more.

        Unless it is not to ``forget``, most of what was taken is left behind.
        """
        if forget and self.at > _SHORT:
            self.text, self.at = self.text[self.at - AROUND :], AROUND
        before = len(self.text)
        while not self.ended and len(self.text) == before:
            data = self._read(max(_STEP, before - self.at))
            self.ended = not data
            self._decode(data)
        return self.text[before:]

    def left(self) -> bytes:
        """What was read and is not taken."""
        return self.text[self.at :]

    def parts(self) -> Iterator[bytes]:
        """What is left, then what is read further: parts that grow, so that little is gone over that is not needed."""
        start, size = self.at, _FIRST
        while start < len(self.text):
            end = start + size
            while self.text[end : end + 1] and self.text[end] & 0xC0 == 0x80:  # within a character
                end += 1
            yield self.text[start:end]
            start, size = end, size * 2
        while part := self.more():
            yield part

    def take(self, size: int) -> bytes:
        """The next ``size`` bytes of what is left, which are gone over."""
        taken = self.text[self.at : self.at + size]
        self.line, self.column = moved(taken, self.line, self.column)
        self.offset += _length(taken)
        self.at += size
        return taken


def moved(text: bytes, line: int, column: int) -> tuple[int, int]:
    """The line and the column after ``text``, which begins at these."""
    if b"\r" in text:
        ends = [end.end() for end in _LINE_END.finditer(text)]
        number, last = len(ends), ends[-1]
    else:
        number, last = text.count(b"\n"), text.rfind(b"\n") + 1
    return (line + number, _length(text[last:]) + 1) if number else (line, column + _length(text))


def _length(text: bytes) -> int:
    return len(text) if text.isascii() else len(text.decode(errors="ignore"))


class Reports:
    """The head and the reports of the message that begins with ``data``; ``read`` gives what follows, a part at a time.

    Raises NotInPiecesError at any time, and BrokenTextError where the text breaks. No piece is longer than ``longest``.
    """

    def __init__(self, data: bytes, read: Callable[[int], bytes], standard: Standard, longest: int) -> None:
        self._standard, self._longest = standard, longest
        self._text = _Text(data, read)
        self.head = self._head()
        self._default = ""  # the namespace of a name without prefix
        self._default = self._named(b"<x/>").rpartition("}")[0]

    def _head(self) -> Head:
        text = self._text.text
        starts = _Starts(self._standard)
        starts.read(text)
        root, reports = _START.match(text, starts.root), _START.match(text, starts.reports)
        if root is None or reports is None:
            raise NotInPiecesError
        end = b"".join(b"</" + _NAME.findall(tag)[0] + b">" for tag in (reports[0], root[0]))
        begin = b" ".join((root[0] + reports[0]).replace(b"\t", b" ").splitlines())
        around = text[: reports.end() + AROUND].decode(errors="ignore")
        head = self._text.take(reports.end())
        if declaration := _DECLARATION.match(head):
            head = _SIGN.sub(b" ", declaration[0]) + head[declaration.end() :]
        return Head(head + end, starts.kind, starts.slot, begin, end, around)

    def _named(self, element: bytes) -> str:
        """The full name of ``element``, which is empty, as a report."""
        names: list[str] = []
        parser = ParserCreate("utf-8", "}")
        parser.StartElementHandler = lambda name, attributes: names.append(name)
        try:
            parser.Parse(self.head.begin + element + self.head.end, True)
        except ExpatError:
            raise NotInPiecesError from None
        return names[-1]

    def __iter__(self) -> Iterator[Piece]:
        while (piece := self._plain() or self._careful()) is not None:
            yield piece

    def _plain(self) -> Piece | None:
        """The next report, where it is written so plainly that its end is the first end tag of its name."""
        text = self._text
        begin = _PLAIN.match(text.text, text.at)
        if begin is None:
            return None
        name, start = begin[1], begin.start(1) - 1
        tag = b"</" + name + b">"
        end = text.text.find(tag, begin.end())
        while end < 0 and len(text.text) - text.at < _SHORT and not text.ended:
            start -= text.at
            known = max(len(text.text) - text.at - len(tag), 0)
            text.more()
            start += text.at
            end = text.text.find(tag, text.at + known)
        report = text.text[start : end + len(tag)] if end >= 0 else b""
        if not report or report.count(b"<" + name) > 1 or b"<!" in report or b"<?" in report:
            return None
        full = name.decode()
        return self._taken(start - text.at, len(report), f"{self._default}}}{full}" if self._default else full)

    def _taken(self, start: int, size: int, name: str) -> Piece:
        text = self._text
        if size > self._longest or start > MAX_COMMENT:
            raise NotInPiecesError
        text.take(start)
        place = text.line, text.column, text.offset
        return Piece(text.take(size), name, *place)

    def _careful(self) -> Piece | None:
        """The next report by a parser; None where there is none, and the rest of the text is as it should be."""
        text, ends = self._text, _Ends(len(self.head.begin))
        try:
            ends.parser.Parse(self.head.begin)
            ends.begin()
            for part in text.parts():
                ends.parser.Parse(part if part.isascii() else in_ascii(part))
                if len(text.text) - text.at > self._longest:
                    raise NotInPiecesError
            ends.parser.Parse(b"", True)
            if len(text.left()) > MAX_COMMENT:
                raise NotInPiecesError
        except _Cut:
            return self._taken(ends.start, self._end(ends) - ends.start, ends.name)
        except ExpatError:
            self._break()
        return None

    def _end(self, ends: _Ends) -> int:
        """Where the report that was found ends: with its end tag, or with its only tag."""
        text = self._text
        start, end = (_TAG.match(text.text, text.at + place) for place in (ends.start, ends.end))
        if start is not None and start[0].endswith(b"/>"):
            return start.end() - text.at
        if end is None:
            raise NotInPiecesError
        return end.end() - text.at

    def _break(self) -> None:
        text = self._text
        if not text.ended and len(text.text) - text.at < _STEP:
            text.more(forget=False)
        left = text.left()
        raise self.broken(first_fault(self.head.begin + left), Piece(left, "", text.line, text.column, text.offset))

    def broken(self, finding: Finding | None, piece: Piece) -> Exception:
        """The error that says ``finding`` of ``piece`` set into the head."""
        if finding is None or finding.offset is None:
            return NotInPiecesError()
        before = finding.offset - len(self.head.begin.decode())
        if before < 0:
            return NotInPiecesError()
        line, column = moved(piece.text.decode()[:before].encode(), piece.line, piece.column)
        there = finding._replace(offset=piece.offset + before, position=Position(line, column))
        return BrokenTextError(there, piece)

    def around(self, piece: Piece) -> tuple[str, int, int]:
        """The text around ``piece``, which was taken last or is left, and the line and column at which it begins."""
        text = self._text
        while not text.ended and len(text.text) - text.at < AROUND:
            text.more(forget=False)
        start = text.at - len(piece.text) if piece.name else text.at
        before = text.text[max(0, start - AROUND) : start]
        if start >= AROUND and (end := _LINE_END.search(before)):
            before = before[end.end() :]
        lines, columns = moved(before, 0, 0)
        after = text.text[start : start + len(piece.text) + AROUND]
        return (before + after).decode(errors="ignore"), piece.line - lines, 1 if lines else piece.column - columns


class _Starts:
    """Where the element of the message begins, and that of its reports."""

    def __init__(self, standard: Standard) -> None:
        self.root = self.reports = -1
        self.kind = self.slot = ""
        self._standard, self._depth = standard, 0
        self._parser: Any = ParserCreate("utf-8", "}")
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end

    def read(self, text: bytes) -> None:
        """Find both in ``text``."""
        try:
            self._parser.Parse(text if text.isascii() else in_ascii(text))
        except _Cut:
            return
        except ExpatError:
            pass
        raise NotInPiecesError

    def _start(self, name: str, attributes: object) -> None:
        namespace, _, local = name.rpartition("}")
        if self._depth == 0:
            carriers = self._standard.carriers.get(local, ()) if namespace == self._standard.namespace else ()
            if len(carriers) != 1:
                raise NotInPiecesError
            self.root, self.kind, self.slot = self._parser.CurrentByteIndex, local, carriers[0].name
        elif self._depth == 1 and local == self.slot and namespace == self._standard.namespace:
            self.reports = self._parser.CurrentByteIndex
            raise _Cut
        self._depth += 1

    def _end(self, name: str) -> None:
        self._depth -= 1


class _Ends:
    """Where the next report begins, and its end tag; ``before`` are the bytes of what it is set into."""

    def __init__(self, before: int) -> None:
        self.start = self.end = 0
        self.name = ""
        self._before, self._depth = before, 0
        self.parser: Any = ParserCreate("utf-8", "}")

    def begin(self) -> None:
        """What the parser meets from now on is what is looked for."""
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.ProcessingInstructionHandler = self._instruction

    def _start(self, name: str, attributes: object) -> None:
        if self._depth < 0:
            raise NotInPiecesError
        if self._depth == 0:
            self.start, self.name = self.parser.CurrentByteIndex - self._before, name
            self.parser.CharacterDataHandler = None
        self._depth += 1

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            self.end = self.parser.CurrentByteIndex - self._before
            raise _Cut

    def _instruction(self, name: str, text: str) -> None:
        if len(name) > MAX_NAME:
            raise NotInPiecesError

    def _characters(self, text: str) -> None:
        if text.strip(_BLANKS):
            raise NotInPiecesError


def in_whole(position: Position, piece: Piece, head: Head) -> Position:
    """The place in the whole of what stands at ``position`` of ``piece`` when that is set into ``head``."""
    line, column = position
    if line > 1:
        return Position(line + piece.line - 1, column)
    return Position(piece.line, column - len(head.begin.decode()) + piece.column - 1)
