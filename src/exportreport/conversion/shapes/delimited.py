"""Record files: one record on each line, numbered from 1, its kind in the second place, texts parted by a mark.

There is no way to write the mark within a text; a text that holds it makes another record of the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exportreport.conversion import faults
from exportreport.conversion.refusal import Refusal, Unread, refusal_of_raw
from exportreport.conversion.shapes.lines import MAX_LINE, Line, Lines, Stream
from exportreport.conversion.shapes.record import Record
from exportreport.finding import Fault, Finding, Position, make

#: What stands before the texts of every record.
NUMBER, KIND = "number", "kind"


@dataclass(frozen=True, slots=True)
class Layout:
    """The kinds of records: the names of their texts in order, and further lengths that are read, never written.

    A record of a shorter length has the first of the names.
    """

    names: Mapping[str, Sequence[str]]
    shorter: Mapping[str, frozenset[int]]
    mark: str = "\\"


def read_lines(stream: Stream, layout: Layout) -> Iterator[Record | Unread | Finding]:
    """The records of ``stream``; what is no record is refused by itself, and the next one is read.

    A record whose number does not follow the one before it is refused. A finding says that the file holds nothing.
    """
    physical, due, row = Lines(stream), 1, 0
    for line in physical:
        if line.text is not None and not line.text.strip():
            continue
        row += 1
        found = _record(line, row, layout, due, physical.encoding)
        number = _number(line.text or "", layout.mark)
        due = due + 1 if number is None else number + 1
        yield found
    if not row:
        yield make(faults.EMPTY_FILE)


def _number(text: str, mark: str) -> int | None:
    first = text.partition(mark)[0]
    return int(first) if first.isascii() and first.isdigit() and len(first) <= 9 else None


def _record(line: Line, row: int, layout: Layout, due: int, encoding: str) -> Record | Unread:
    if line.text is None:
        fault = faults.TOO_LARGE if line.cut else faults.NOT_DECODABLE
        message = make(fault, limit=MAX_LINE, encoding=encoding).message
        return Unread(refusal_of_raw(fault, message, row, line.number, line.raw, line.cut), (), ())
    texts = line.text.rstrip("\r\n").split(layout.mark)
    kind = texts[1] if len(texts) > 1 else ""
    names = (NUMBER, KIND, *layout.names.get(kind, ()))
    record = Record(row, line.number, names[: len(texts)], texts, kind, _places(texts, line.number))
    if kind not in layout.names:
        return _refused(record, faults.UNKNOWN_RECORD, value=kind, known=", ".join(layout.names))
    if len(texts) != len(names) and len(texts) not in layout.shorter.get(kind, ()):
        return _refused(record, faults.WRONG_TOKENS, found=len(texts), wanted=len(names), kind=kind)
    if _number(texts[0], layout.mark) != due:
        return _refused(record, faults.WRONG_SEQUENCE, value=texts[0], wanted=due)
    return record


def _places(texts: Sequence[str], line: int) -> Sequence[Position]:
    places, column = [], 1
    for text in texts:
        places.append(Position(line, column))
        column += len(text) + 1
    return places


def _refused(record: Record, fault: Fault, **words: object) -> Unread:
    message = make(fault, None, **words).message
    refused = Refusal(fault, message, record.row, record.line, cells=tuple(record.texts))
    return Unread(refused, record.names, record.texts)


def line_of(number: int, kind: str, cells: Mapping[str, str], layout: Layout) -> bytes:
    """One record as a line, with the texts that ``cells`` gives by their names.

    Raises ValueError for a text that holds the mark or a line end: it would be read as something else.
    """
    texts = [str(number), kind, *(cells.get(name, "") for name in layout.names[kind])]
    for text in texts:
        if layout.mark in text or "\n" in text or "\r" in text:
            raise ValueError(f"{text!r} holds a mark that parts texts or records")
    return (layout.mark.join(texts) + "\n").encode("utf-8", "surrogatepass")
