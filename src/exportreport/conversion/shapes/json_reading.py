"""JSON as flat records: one object, a list of objects, or lines of them; a bad line costs no other line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from json.decoder import scanstring  # type: ignore[attr-defined]

from exportreport.codec import lines
from exportreport.codec.json_syntax import first_fault
from exportreport.codec.json_tokens import BLANKS, end_of_value
from exportreport.codec.limits import DEFAULT_LIMITS
from exportreport.conversion import faults
from exportreport.conversion.refusal import Unread, refusal_of_raw
from exportreport.conversion.shapes.lines import MAX_LINE, Line, Lines, Stream
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.trees import Node, places_in, records_of, repeated
from exportreport.finding import Finding, make

#: The largest file that is read as one value, in bytes.
MAX_WHOLE = DEFAULT_LIMITS.document_bytes


def read_objects(stream: Stream) -> Iterator[list[Record] | Unread | Finding]:
    """The records of each object in ``stream``; a finding where the file cannot be read."""
    physical = Lines(stream)
    first = next((line for line in physical if line.text is None or line.text.strip()), None)
    if first is None:
        yield make(faults.EMPTY_FILE)
    elif first.text is not None and first_fault(first.text) is None and first.text.lstrip()[0] == "{":
        yield from _from_lines(first, physical)
    else:
        yield from _whole(first, physical)


def _from_lines(first: Line, others: Iterable[Line]) -> Iterator[list[Record] | Unread]:
    row = 1
    for line in chain((first,), others):
        if line.text is None or line.text.strip():
            found = _of_line(line, row)
            row += len(found) if isinstance(found, list) else 1
            yield found


def _of_line(line: Line, row: int) -> list[Record] | Unread:
    if line.text is None:
        fault = faults.TOO_LARGE if line.cut else faults.NOT_DECODABLE
        message = make(fault, limit=MAX_LINE, encoding="UTF-8").message
        return Unread(refusal_of_raw(fault, message, row, line.number, line.raw, line.cut), (), ())
    wrong = first_fault(line.text)
    if wrong is not None:
        message = make(faults.BROKEN_TREE, what=wrong.message.rstrip(".")).message
        return Unread(refusal_of_raw(faults.BROKEN_TREE, message, row, line.number, line.text, False), (), ())
    return _object(_Scan(line.text).value(), line.text, row, line.number)


def _whole(first: Line, others: Iterable[Line]) -> Iterator[list[Record] | Unread | Finding]:
    """The objects of a file that is one value."""
    read = _joined(first, others)
    if isinstance(read, Finding):
        yield read
        return
    wrong = first_fault(read)
    if wrong is not None:
        at = lines.positions(read, [wrong.offset or 0], first_line=first.number)[wrong.offset or 0]
        yield make(faults.NOT_SOUND, what=wrong.message.rstrip("."))._replace(position=at)
        return
    root = _Scan(read).value()
    row = 1
    for node in root.entries if root.entries is not None else (root,):
        found = _object(node, read, row, first.number)
        row += len(found) if isinstance(found, list) else 1
        yield found


def _joined(first: Line, others: Iterable[Line]) -> str | Finding:
    texts, size = [], 0
    for line in chain((first,), others):
        size += line.size
        if size > MAX_WHOLE or line.cut:
            return make(faults.TOO_LARGE_FILE, limit=MAX_WHOLE)
        if line.text is None:
            return make(faults.NOT_TEXT, looks="a binary file, or one in two encodings")
        texts.append(line.text)
    return "".join(texts)


def _object(node: Node, text: str, row: int, line: int) -> list[Record] | Unread:
    records = records_of(node, places_in(text, line), row)
    if node.members is None:
        message = make(faults.BROKEN_TREE, what="it is no object").message
        return Unread(refusal_of_raw(faults.BROKEN_TREE, message, row, records[0].line, _of(node, text), False), (), ())
    for record in records:
        number = repeated(record)
        if number:
            message = make(faults.REPEATED_MEMBER, column=record.names[number - 1]).message
            raw = _of(node, text)
            return Unread(refusal_of_raw(faults.REPEATED_MEMBER, message, record.row, record.line, raw, False), (), ())
    return records


def _of(node: Node, text: str) -> str:
    return text[node.offset : end_of_value(text, node.offset)]


class _Scan:
    """Reads a JSON text that is known to be correct, and not nested too deep."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def value(self) -> Node:
        """The value that begins at the next character that is not blank."""
        start = self._skip()
        opening = self._text[start]
        if opening == "{":
            return Node(start, members=self._members())
        if opening == "[":
            return Node(start, entries=self._entries())
        if opening == '"':
            text, self._at = scanstring(self._text, start + 1)
            return Node(start, text)
        self._at = end_of_value(self._text, start)
        token = self._text[start : self._at]
        return Node(start, "" if token == "null" else token)

    def _skip(self) -> int:
        blanks = BLANKS.match(self._text, self._at)
        self._at = blanks.end() if blanks else self._at
        return self._at

    def _members(self) -> Sequence[tuple[str, Node]]:
        members = []
        self._at += 1
        while self._text[self._skip()] != "}":
            if self._text[self._at] == ",":
                self._at += 1
                self._skip()
            name, self._at = scanstring(self._text, self._at + 1)
            self._skip()
            self._at += 1  # the colon
            members.append((name, self.value()))
        self._at += 1
        return members

    def _entries(self) -> Sequence[Node]:
        entries = []
        self._at += 1
        while self._text[self._skip()] != "]":
            if self._text[self._at] == ",":
                self._at += 1
            entries.append(self.value())
        self._at += 1
        return entries
