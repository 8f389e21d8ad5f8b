"""XML as flat records: an element's name is its path, attributes begin with @, elements of a list are records.

Read piece by piece, so that a long file of many small elements needs no more memory than a short one. A document type
is refused, and with it every entity but the predefined ones.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import cast
from xml.parsers import expat

from exportreport.codec.limits import MAX_DEPTH
from exportreport.conversion import faults
from exportreport.conversion.refusal import Refusal, Unread
from exportreport.conversion.shapes.lines import Stream, chunks
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.trees import Node, records_of, repeated
from exportreport.finding import Finding, Position, make

_CHUNK = 65_536

#: The most elements and attributes of one record, and the longest text of one element.
MAX_NODES, MAX_TEXT = 100_000, 1_048_576


class _StopError(Exception):
    """The reading ends here; the text says why."""


def read_elements(stream: Stream, each: str, lists: Container[str]) -> Iterator[list[Record] | Unread | Finding]:
    """The records of each element called ``each`` in ``stream``, whatever its namespace and wherever it stands.

    ``lists`` holds the kinds of records within it: paths with ``[]`` at the end. An element whose path is none of them
    may stand once. A finding says why the file cannot be read on.
    """
    reading = _Reading(each, lists)
    begun = False
    try:
        for chunk in chunks(stream):
            begun = begun or bool(chunk.strip())
            reading.parser.Parse(chunk, False)
            yield from reading.take()
        if begun:
            reading.parser.Parse(b"", True)
    except (expat.ExpatError, _StopError) as error:
        yield from reading.take()
        yield reading.stopped(error)
        return
    yield from reading.take()
    if not begun:
        yield make(faults.EMPTY_FILE)


class _Open:
    """An element that has begun: its path, its place, what stands in it so far, and how long its text is."""

    __slots__ = ("members", "name", "offset", "path", "size", "texts")

    def __init__(self, name: str, path: str, offset: int) -> None:
        self.name, self.path, self.offset = name, path, offset
        self.members: list[tuple[str, Node]] = []
        self.texts: list[str] = []
        self.size = 0


class _Reading:
    """A parser with the elements that are open, and the records that are finished."""

    def __init__(self, each: str, lists: Container[str]) -> None:
        self._each, self._lists = each, lists
        self._depth, self._row = 0, 1
        self._open: list[_Open] = []
        self._places: list[Position] = []
        self._done: list[list[Record] | Unread] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def take(self) -> list[list[Record] | Unread]:
        """What has been finished since the last time."""
        done, self._done = self._done, []
        return done

    def stopped(self, error: Exception) -> Finding:
        """Why the file cannot be read on."""
        what = str(error) if isinstance(error, _StopError) else expat.ErrorString(cast("expat.ExpatError", error).code)
        return make(faults.NOT_SOUND, what=what)._replace(position=self._here())

    def _here(self) -> Position:
        return Position(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _offset(self) -> int:
        if len(self._places) >= MAX_NODES:
            raise _StopError(f"one element holds more than {MAX_NODES} others")
        self._places.append(self._here())
        return len(self._places) - 1

    def _doctype(self, *_: object) -> None:
        raise _StopError("it has a document type, which may change what stands in it")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _StopError(f"its elements are nested more than {MAX_DEPTH} deep")
        local = name.rpartition(" ")[2]
        if not self._open and local != self._each:
            return
        element = _Open(local, self._path(local), self._offset())
        for attribute, value in attributes.items():
            element.members.append((f"@{attribute.rpartition(' ')[2]}", Node(self._offset(), value)))
        self._open.append(element)

    def _text(self, text: str) -> None:
        if self._open:
            element = self._open[-1]
            element.texts.append(text)
            element.size += len(text)
            if element.size > MAX_TEXT:
                raise _StopError(f"the text of one element is longer than {MAX_TEXT} characters")

    def _end(self, name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element = self._open.pop()
        node = self._node(element)
        if self._open:
            self._open[-1].members.append((element.name, node))
        else:
            self._finish(node)

    def _node(self, element: _Open) -> Node:
        text = "".join(element.texts)
        if not element.members:
            return Node(element.offset, text)
        members = self._with_lists(element.members, element.path)
        if text.strip():
            members.append(("#text", Node(element.offset, text)))
        return Node(element.offset, members=members)

    def _with_lists(self, members: list[tuple[str, Node]], path: str) -> list[tuple[str, Node]]:
        """``members`` with those of one list together, in the place of the first of them."""
        found: list[tuple[str, Node]] = []
        lists: dict[str, list[Node]] = {}
        for name, node in members:
            if f"{_joined(path, name)}[]" not in self._lists:
                found.append((name, node))
            elif name in lists:
                lists[name].append(node)
            else:
                lists[name] = [node]
                found.append((name, Node(node.offset, entries=lists[name])))
        return found

    def _path(self, name: str) -> str:
        """The path of an element that begins now, from the one that is read as a record."""
        if not self._open:
            return ""
        path = _joined(self._open[-1].path, name)
        return f"{path}[]" if f"{path}[]" in self._lists else path

    def _finish(self, node: Node) -> None:
        if node.members is None and node.entries is None:
            node = Node(node.offset, members=[("#text", Node(node.offset, node.text))])
        places = self._places
        records = records_of(node, lambda offsets: {offset: places[offset] for offset in offsets}, self._row)
        self._places = []
        self._row += len(records)
        for record in records:
            number = repeated(record)
            if number:
                cell = record.cell(number)
                message = make(faults.REPEATED_MEMBER, column=cell.column_name).message
                refused = Refusal(faults.REPEATED_MEMBER, message, record.row, cell.line, cell, tuple(record.texts))
                self._done.append(Unread(refused, record.names, record.texts))
                return
        self._done.append(records)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
