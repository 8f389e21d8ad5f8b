"""Trees as record files: numbered lines, each transaction closed and counted, a head before all, a trailer behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exportreport.conversion.form import Format
from exportreport.conversion.shapes.delimited import Layout, line_of
from exportreport.conversion.shapes.structure import END, HEAD, TRAILER, RecordKind


@dataclass
class _Node:
    """A record of the tree: its texts by their names, and the records of each list within it."""

    cells: Mapping[str, str]
    lists: dict[str, list[_Node]] = field(default_factory=dict)


class RecordFile:
    """Writes one record file. What its head says is set before anything of it is asked for."""

    open = False

    def __init__(self, form: Format) -> None:
        assert form.structure is not None
        self._structure = form.structure
        self._layout = form.structure.layout
        self._with_head = not form.structure.kinds[HEAD].object
        self._head = dict(form.structure.head)
        self._number = 1 if self._with_head else 0
        self._counts: dict[str, int] = {}

    def set_head(self, cells: Mapping[str, str]) -> None:
        """Let the head say what ``cells`` do, by the names of its fields; what they leave blank stays as it is."""
        self._head |= {name: text for name, text in cells.items() if text}

    def head(self) -> bytes:
        """The record that the file begins with; nothing where the head is part of the report."""
        return line_of(1, HEAD, self._head, self._layout) if self._with_head else b""

    def write(self, records: Iterable[tuple[str, Mapping[str, str]]]) -> bytes:
        """The records of one transaction. Raises ValueError for a text that holds the mark or a line end, and for a
        second report where the head is part of the report."""
        if not self._with_head and self._number:
            raise ValueError("a file of this layout is one report; write each to a file of its own")
        root = _tree_of(records)
        start = next(kind for kind in self._structure.kinds.values() if kind.object)
        before = self._number, dict(self._counts)
        try:
            return b"".join(self._lines(start, root))
        except ValueError:
            self._number, self._counts = before
            raise

    def tail(self) -> bytes:
        """The trailer, with its counts."""
        counts = {name: str(self._counts.get(kind, 0)) for name, kind in self._structure.counted.items()}
        return line_of(self._number + 1, TRAILER, counts, self._layout)

    def _lines(self, kind: RecordKind, node: _Node) -> Iterator[bytes]:
        """The line of the record of this kind in ``node``, those of the records within it, and its end."""
        start = self._number
        path = self._structure.path(kind.name)
        texts = [node.cells.get(f"{path}.{name}", "") for name in kind.fields]
        yield self._line(kind.name, kind.fields[: _length(texts, kind)], texts)
        for inner in self._structure.kinds.values():
            if inner.within == kind.name:
                yield from self._within(inner, node)
        if kind.ends:
            count = self._number - start + 1
            yield self._line(END, ("startRecordType", "recordCount"), [kind.name, str(count)])

    def _within(self, kind: RecordKind, node: _Node) -> Iterator[bytes]:
        path = self._structure.path(kind.name)
        if kind.several:
            for entry in node.lists.get(path, ()):
                yield from self._lines(kind, entry)
        elif any(node.cells.get(f"{path}.{name}") for name in kind.fields):
            yield from self._lines(kind, node)

    def _line(self, kind: str, names: Sequence[str], texts: Sequence[str]) -> bytes:
        self._number += 1
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return line_of(self._number, kind, dict(zip(names, texts, strict=False)), Layout({kind: names}, {}))


def _length(texts: Sequence[str], kind: RecordKind) -> int:
    """How many fields are written: as few as the kind may have without leaving out a text."""
    filled = max((number for number, text in enumerate(texts, 1) if text), default=0)
    return min(length for length in (*kind.shorter, len(kind.fields)) if length >= filled)


def _tree_of(records: Iterable[tuple[str, Mapping[str, str]]]) -> _Node:
    """The records as a tree; each stands behind the one that encloses it."""
    root = _Node({})
    last: dict[str, _Node] = {}
    for kind, cells in records:
        node = _Node(cells)
        if not kind:
            root = node
        else:
            outer = kind.removesuffix("[]").rpartition("[]")
            (last[f"{outer[0]}[]"] if outer[1] else root).lists.setdefault(kind, []).append(node)
            last[kind] = node
    return root
