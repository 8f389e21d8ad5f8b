"""Separated text (CSV) as flat records with their places; a bad record is told apart and the next ones are
read."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from exportreport.conversion import faults
from exportreport.conversion.header import Columns, Header, read_header, separator_of
from exportreport.conversion.refusal import Refusal, Unread, refusal_of_raw
from exportreport.conversion.shapes.lines import MAX_LINE, Line, Lines, Stream
from exportreport.conversion.shapes.record import Record
from exportreport.finding import Fault, Finding, make

#: The longest cell, in characters: what one extension of a report can carry.
MAX_CELL = 65_536

#: The most lines that one record may run over; an open quotation mark is given up after them.
MAX_RECORD_LINES = 100

#: How many rows are taken one by one after one that cannot be taken together with others.
_ONE_BY_ONE = 8


def read_records(stream: Stream, columns: Columns, title: str) -> Iterator[Header | Record | Unread | Finding]:
    """The header of ``stream``, then its rows; a finding instead of the header where the file cannot be read.

    Findings about the encoding come before the first row after the place where the encoding showed.
    """
    for found in read_blocks(stream, columns, title):
        if isinstance(found, list):
            yield from found
        else:
            yield found


def read_blocks(stream: Stream, columns: Columns, title: str) -> Iterator[Header | list[Record] | Unread | Finding]:
    """The same with the rows that were read at once in one list."""
    lines = Lines(stream)
    header, rows = _open(lines, columns, title)
    yield header
    if isinstance(header, Finding):
        return
    told = False
    for found in _rows(rows, header, lines):
        if not told and lines.encoding != "UTF-8":
            told = True
            yield make(faults.OTHER_ENCODING, encoding=lines.encoding)
        yield [found] if isinstance(found, Record) else found


def _open(lines: Lines, columns: Columns, title: str) -> tuple[Header | Finding, _Rows]:
    first = next((line for line in lines if line.cut or line.text is None or line.text.strip()), None)
    if first is None:
        return make(faults.EMPTY_FILE), _Rows(lines, ",")
    looks = _looks_like(first)
    if looks is not None:
        return make(faults.NOT_TEXT, looks=looks), _Rows(lines, ",")
    text = first.text or ""
    rows = _Rows(lines, separator_of(text, columns))
    rows.put_back([first])
    row = next(rows)
    headings = row.cells if row.cells is not None else text.split(rows.separator)
    return read_header(headings, columns, title), rows


def _looks_like(line: Line) -> str | None:
    """What the file is in words, when its first line is no text."""
    if line.raw.startswith(b"PK"):
        return "a workbook or an archive (ZIP)"
    if line.raw.startswith(b"\xd0\xcf\x11\xe0"):
        return "an old workbook (XLS)"
    if line.raw.startswith(b"%PDF"):
        return "a PDF document"
    if b"\0" in line.raw:
        return "UTF-16 text without its mark, or a binary file"
    return "a binary file" if line.text is None else None


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands between two row ends: its cells, or the fault for which it has none."""

    line: Line
    cells: Sequence[str] | None
    size: int
    fault: Fault | None = None


class _Rows:
    """The rows of separated text, as an iterator that takes up again after a row it could not split.

    A quoted cell may run over several lines. Where the row that this gives is broken, only its first line is
    given up, and reading goes on with the second: one open quotation mark never swallows the rows after it.
    """

    def __init__(self, lines: Lines, separator: str) -> None:
        self.separator = separator
        self.width = 0
        self._lines = lines
        self._again: deque[Line] = deque()
        self._taken: list[Line] = []
        self._size = 0
        self._stopped: Line | None = None
        self._reader = csv.reader(_Feed(self), delimiter=separator, strict=True)

    def __iter__(self) -> Iterator[_Row]:
        return self

    def put_back(self, lines: Sequence[Line]) -> None:
        """Have ``lines`` read again before the others."""
        self._again.extendleft(reversed(lines))

    def ahead(self) -> Sequence[tuple[int, Sequence[str]]]:
        """The next rows with the numbers of their first lines, as far as nothing is odd about them; all at once."""
        text = "" if self._again else self._lines.ahead()
        lines = list(io.StringIO(text, newline=""))
        found: list[tuple[int, Sequence[str]]] = []
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        before, number = 0, self._lines.number + 1
        try:
            for cells in reader:
                end = reader.line_num
                if end > before + 1 and (
                    end > before + MAX_RECORD_LINES or self._swallows(cells, lines[before + 1 : end])
                ):
                    break
                found.append((number + before, cells))
                before = end
        except csv.Error:
            pass  # the row will be looked at by itself
        self._lines.skip(before)
        return found

    def __next__(self) -> _Row:
        self._taken, self._size = [], 0
        try:
            cells = next(self._reader)
        except csv.Error as error:
            return self._given_up(str(error))
        except StopIteration:
            if self._stopped is None:
                raise
            line, self._stopped = self._stopped, None
            return _Row(line, None, line.size, faults.TOO_LARGE if line.cut else faults.NOT_DECODABLE)
        first = self._taken[0]
        if len(self._taken) > 1 and self._swallows(cells, [line.text or "" for line in self._taken[1:]]):
            return self._given_up("swallows")
        return _Row(first, cells, self._size)

    def _given_up(self, error: str) -> _Row:
        first = self._taken[0]
        self.put_back(self._taken[1:])
        return _Row(first, None, first.size, faults.TOO_LARGE if "larger" in error else faults.OPEN_QUOTE)

    def _swallows(self, cells: Sequence[str], rest: Sequence[str]) -> bool:
        """Whether the row over several lines, the ``rest`` of them after the first, has taken in rows that stand well
        by themselves."""
        if not self.width:
            return False
        if len(cells) != self.width:
            return True
        try:
            return any(len(row) == self.width for row in csv.reader(rest, delimiter=self.separator))
        except csv.Error:
            return True

    def take(self) -> str:
        """The next line for the splitter; StopIteration at the end and before a line that is no text."""
        if self._stopped is not None or len(self._taken) >= MAX_RECORD_LINES or self._size > MAX_LINE:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        if line.text is None:
            if self._taken:
                self._again.appendleft(line)
            else:
                self._stopped = line
            raise StopIteration
        self._taken.append(line)
        self._size += line.size
        return line.text


class _Feed:
    """The lines that ``rows`` hands to the splitter; unlike a generator it goes on after it has once
    ended."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        return self._rows.take()


def _rows(rows: _Rows, header: Header, lines: Lines) -> Iterator[list[Record] | Record | Unread]:
    rows.width = len(header.names)
    number = 0
    while True:
        together = rows.ahead()
        if together:
            full = [(line, cells) for line, cells in together if not _is_blank(cells)]
            yield from _blocks(full, number, header)
            number += len(full)
            continue
        row = None
        for row in islice(rows, _ONE_BY_ONE):
            if row.cells is None or not _is_blank(row.cells):
                number += 1
                yield _of_one(row, number, header, lines.encoding)
        if row is None:
            return


def _blocks(
    rows: Sequence[tuple[int, Sequence[str]]], before: int, header: Header
) -> Iterator[list[Record] | Record | Unread]:
    """Rows that each stand on a line of their own, those that follow each other in one list."""
    wanted, names = len(header.names), header.names
    block: list[Record] = []
    for number, (line, cells) in enumerate(rows, before + 1):
        if len(cells) == wanted:
            block.append(Record(number, line, names, cells))
            continue
        if block:
            yield block
            block = []
        yield _odd_row(cells, number, line, header)
    if block:
        yield block


def _is_blank(cells: Sequence[str]) -> bool:
    """Whether the cells are those of a blank line, which holds nothing."""
    return len(cells) < 2 and not (cells and cells[0].strip())


def _of_one(row: _Row, number: int, header: Header, encoding: str) -> Record | Unread:
    line = row.line.number
    if row.cells is None:
        return Unread(_refused_line(row, number, encoding), (), ())
    if len(row.cells) == len(header.names) and row.size <= MAX_CELL:
        return Record(number, line, header.names, row.cells)
    return _odd_row(row.cells, number, line, header)


def _odd_row(cells: Sequence[str], row: int, line: int, header: Header) -> Record | Unread:
    """A row with too many or too few cells, or large ones: a record where this does no harm, else a
    refusal."""
    wanted, names = len(header.names), header.names
    if len(cells) < wanted:
        finding = make(faults.TOO_FEW_CELLS, found=len(cells), wanted=wanted)
    elif any(cell.strip() for cell in cells[wanted:]):
        finding = make(faults.TOO_MANY_CELLS, found=len(cells), wanted=wanted)
    elif max(map(len, cells)) > MAX_CELL:
        finding = make(faults.TOO_LARGE, limit=MAX_CELL)
    else:
        return Record(row, line, names, cells)
    fault = faults.FAULTS[finding.finding_code]
    return Unread(Refusal(fault, finding.message, row, line, cells=tuple(cells)), names, cells)


def _refused_line(row: _Row, number: int, encoding: str) -> Refusal:
    line = row.line
    assert row.fault is not None
    message = make(row.fault, limit=MAX_LINE, encoding=encoding).message
    raw = line.raw if line.text is None else line.text.rstrip("\r\n")
    return refusal_of_raw(row.fault, message, number, line.number, raw, line.cut)
