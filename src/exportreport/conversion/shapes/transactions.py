"""Record files as trees: each transaction with all records that stand within it is one object.

What is wrong with one record costs its transaction alone; the other transactions are read. The number of records that
an ``end`` gives and the counts of the trailer are held against what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from exportreport.conversion import faults
from exportreport.conversion.form import Format
from exportreport.conversion.refusal import Refusal, Unread
from exportreport.conversion.shapes.delimited import read_lines
from exportreport.conversion.shapes.demands import missed
from exportreport.conversion.shapes.lines import Stream
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.structure import END, HEAD, TRAILER, RecordKind, Structure
from exportreport.finding import Fault, Finding, Position, make

_Found = list[Record] | Unread | Finding

#: The field of the head that names what the file holds, and the one with the number of the run.
FILE, RUN = "dataId", "runNum"


def read_transactions(stream: Stream, forms: Sequence[Format]) -> Iterator[_Found]:
    """The records of each transaction in ``stream``, and at the end those of the file itself, where one of the
    ``forms`` is for it. The head of the file says which of the ``forms`` is read."""
    structures = [form.structure for form in forms if form.structure is not None]
    lines = read_lines(stream, _of_all(structures).layout)
    first = next(lines, None)
    if first is None or isinstance(first, Finding):
        yield first or make(faults.EMPTY_FILE)
        return
    names = first.texts if isinstance(first, Unread) else tuple(first.texts)
    named = names[4] if len(names) > 4 and names[1] == HEAD else ""
    fitting = [one for one in structures if named in one.files and not one.kinds[HEAD].object]
    fitting += [one for one in structures if named in one.files and one.kinds[HEAD].object]
    if not fitting:
        looks = f"a file of {named}" if named else f"a first line with {', '.join(names[1:3]) or 'nothing in it'}"
        yield make(faults.WRONG_FORMAT, format=forms[0].title, looks=looks)
        return
    about_file = len(fitting) > 1 and fitting[-1].kinds[HEAD].object
    yield from _Reading(fitting[0], about_file).read(chain((first,), lines))


def _of_all(structures: Sequence[Structure]) -> Structure:
    """The kinds of records of all ``structures``; what else they say is of no matter for lines."""
    kinds: dict[str, RecordKind] = {}
    for one in structures:
        for name, kind in one.kinds.items():
            known = kinds.get(name)
            lengths = {len(known.fields), *known.shorter, *known.older} if known else set()
            longest = max((kind, *((known,) if known else ())), key=lambda one: len(one.fields))
            more = lengths | {len(kind.fields), *kind.shorter, *kind.older}
            kinds[name] = longest._replace(older=frozenset(more - {len(longest.fields)}), shorter=frozenset())
    return Structure(kinds, {}, frozenset(), {})


@dataclass
class _Open:
    """A record that others may stand within: its kind, the record that it goes into, and what stood in it."""

    kind: RecordKind
    at: int
    row: int
    names: set[str] = field(default_factory=set)


@dataclass
class _Made:
    """A record of the tree in the making."""

    row: int
    line: int
    kind: str
    within: int | None
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    places: list[Position] = field(default_factory=list)

    def take(self, prefix: str, names: Iterable[str], record: Record) -> None:
        """Add the texts of ``record`` behind its number and kind, under these names."""
        assert record.places is not None
        for name, text, place in zip(names, record.texts[2:], record.places[2:], strict=False):
            self.names.append(prefix + name)
            self.texts.append(text)
            self.places.append(place)


class _Reading:
    """The reading of one file: the transaction that is open, and what was counted."""

    def __init__(self, structure: Structure, about_file: bool) -> None:
        self._structure = structure
        self._about_file = about_file
        self._head: Record | None = None
        self._trailer: Record | None = None
        self._counts: dict[str, int] = {}
        self._row, self._line = 1, 1
        self._close()

    def _close(self) -> None:
        self._open: list[_Open] = []
        self._made: list[_Made] = []
        self._records: list[Record] = []
        self._bad: list[Unread] = []

    def read(self, lines: Iterable[Record | Unread | Finding]) -> Iterator[_Found]:
        """What the file gives, transaction by transaction."""
        for line in lines:
            if isinstance(line, Finding):
                yield line
                continue
            if isinstance(line, Unread):
                self._row, self._line = line.refused.row, line.refused.line
                yield from self._wrong_record(line, line.texts[1] if len(line.texts) > 1 else "")
                continue
            self._row, self._line = line.row, line.line
            yield from self._record(line)
        if self._open:
            yield from self._refused(faults.NO_END, kind=self._open[0].kind.name)
        if self._trailer is None:
            yield Unread(Refusal(faults.NO_TRAILER, make(faults.NO_TRAILER).message, self._row, self._line), (), ())
        elif self._about_file and self._head is not None:
            yield [self._file()]

    def _record(self, record: Record) -> Iterator[_Found]:
        kind = self._structure.kinds.get(record.kind)
        self._counts[record.kind] = self._counts.get(record.kind, 0) + 1
        wrong = self._wrong(record, kind)
        if wrong is not None:
            yield from self._wrong_record(wrong, record.kind)
        elif record.kind == END:
            yield from self._end(record)
        elif record.kind == TRAILER:
            yield from self._at_trailer(record)
        else:
            assert kind is not None
            yield from self._placed(record, kind)

    def _wrong_record(self, wrong: Unread, name: str) -> Iterator[_Found]:
        """Keep a wrong record with the transaction that is open, or that it should have begun."""
        kind = self._structure.kinds.get(name)
        if kind is not None and kind.object and name != HEAD and self._trailer is None and self._head is not None:
            if self._open:
                yield from self._refused(faults.NO_END, kind=self._open[0].kind.name)
            self._made.append(_Made(wrong.refused.row, wrong.refused.line, "", None))
            self._open.append(_Open(kind, 0, wrong.refused.row))
        if self._open:
            self._bad.append(wrong)
        else:
            yield wrong

    def _wrong(self, record: Record, kind: RecordKind | None) -> Unread | None:
        """Why ``record`` cannot stand where it does, or lacks what it must hold."""
        if record.kind != END and kind is None:
            known = ", ".join(self._structure.kinds)
            return _unread(record, faults.UNKNOWN_RECORD, 2, value=record.kind, known=known)
        if self._trailer is not None or (self._head is None) != (record.kind == HEAD):
            return _unread(record, faults.OUT_OF_PLACE, 2, value=record.kind, where="there")
        if kind is None:
            return None
        if len(record.texts) - 2 not in {len(kind.fields), *kind.shorter, *kind.older}:
            found, wanted = len(record.texts), len(kind.fields) + 2
            return _unread(record, faults.WRONG_TOKENS, 0, found=found, wanted=wanted, kind=kind.name)
        texts = dict(zip(kind.fields, record.texts[2:], strict=False))
        for fault, name, words in missed(self._structure, kind.name, texts):
            return _unread(record, fault, kind.fields.index(name) + 3, **words)
        return None

    def _placed(self, record: Record, kind: RecordKind) -> Iterator[_Found]:
        """Put ``record`` into the transaction that is open, or begin another with it."""
        if kind.name == HEAD:
            self._head = record
            if not kind.object:
                return
        if kind.object:
            if self._open:
                yield from self._refused(faults.NO_END, kind=self._open[0].kind.name)
            self._begin(record, kind, None)
            return
        while self._open and self._open[-1].kind.name != kind.within:
            closed = self._open.pop()
            if closed.kind.ends:
                self._bad.append(_unread(record, faults.NO_END, 2, kind=closed.kind.name))
        if not self._open:
            self._open, was = [], self._records
            if was or self._bad:
                self._records.append(record)
                yield from self._refused(faults.OUT_OF_PLACE, value=kind.name, where=f"outside of {kind.within}")
            else:
                yield _unread(record, faults.OUT_OF_PLACE, 2, value=kind.name, where=f"outside of {kind.within}")
            return
        outer = self._open[-1]
        if not kind.several and kind.name in outer.names:
            self._bad.append(_unread(record, faults.OUT_OF_PLACE, 2, value=kind.name, where="a second time"))
        outer.names.add(kind.name)
        self._begin(record, kind, outer.at)

    def _begin(self, record: Record, kind: RecordKind, outer: int | None) -> None:
        """Begin a record of the tree, or add to the one at ``outer`` what stands in it once."""
        self._records.append(record)
        if outer is None or kind.several:
            path = self._structure.path(kind.name) if outer is not None else ""
            self._made.append(_Made(record.row, record.line, path, outer))
            at = len(self._made) - 1
        else:
            at = outer
        made = self._made[at]
        made.take(f"{self._structure.path(kind.name)}.", kind.fields, record)
        self._add(made, kind, record)
        self._open.append(_Open(kind, at, record.row))

    def _add(self, made: _Made, kind: RecordKind, record: Record) -> None:
        """Add the fields that a record has from the head of the file, or once more from its own."""
        for name, source in kind.added.items() if kind.name != TRAILER else ():
            wanted, _, beside = source.partition("?")
            own = wanted.startswith(".")
            origin, fields = (record, kind.fields) if own else (self._head, self._structure.kinds[HEAD].fields)
            if origin is None or origin.places is None or (beside and not _text(record, kind.fields, beside)):
                continue
            names = wanted.lstrip(".").split("/")
            made.names.append(f"{self._structure.path(kind.name)}.{name}")
            made.texts.append("/".join(_text(origin, fields, one) for one in names))
            made.places.append(origin.places[fields.index(names[0]) + 2])

    def _end(self, record: Record) -> Iterator[_Found]:
        while self._open and not self._open[-1].kind.ends:
            self._open.pop()
        if not self._open:
            yield _unread(record, faults.OUT_OF_PLACE, 2, value=END, where="where nothing is open")
            return
        closed = self._open.pop()
        self._records.append(record)
        kind, count = record.texts[2], record.texts[3]
        wanted = record.row - closed.row + 1
        if kind != closed.kind.name:
            self._bad.append(_unread(record, faults.WRONG_END, 3, value=kind, wanted=closed.kind.name))
        elif count.lstrip("0") != str(wanted):
            self._bad.append(_unread(record, faults.WRONG_COUNT, 4, value=count, wanted=wanted))
        made = self._made[closed.at]
        made.take(f"{self._structure.list_of(closed.kind.name)}end.", ("startRecordType", "recordCount"), record)
        if closed.kind.object:
            yield from self._finished()

    def _at_trailer(self, record: Record) -> Iterator[_Found]:
        self._trailer = record
        if self._open and not self._open[0].kind.ends:
            fields = self._structure.kinds[TRAILER].fields
            self._made[0].take(f"{TRAILER}.", fields, record)
            self._records.append(record)
            wrong = self._wrong_counts(record)
            if wrong is not None:
                self._bad.append(wrong)
            yield from self._finished()
            return
        if self._open:
            yield from self._refused(faults.NO_END, kind=self._open[0].kind.name)
        wrong = self._wrong_counts(record)
        if wrong is not None:
            yield wrong

    def _wrong_counts(self, record: Record) -> Unread | None:
        """The refusal of a trailer whose counts are not those of what was read."""
        counted = self._structure.counted
        for number, name in enumerate(self._structure.kinds[TRAILER].fields, 3):
            wanted = self._counts.get(counted[name], 0)
            if (record.texts[number - 1].lstrip("0") or "0") != str(wanted):
                return _unread(record, faults.WRONG_COUNT, number, value=record.texts[number - 1], wanted=wanted)
        return None

    def _finished(self) -> Iterator[_Found]:
        """The records of the transaction that is complete, or their refusal."""
        if self._bad:
            yield from self._refused(faults.PART_OF_REFUSED)
            return
        yield [
            Record(one.row, one.line, tuple(one.names), tuple(one.texts), one.kind, tuple(one.places), one.within)
            for one in self._made
        ]
        self._close()

    def _refused(self, fault: Fault, **words: object) -> Iterator[_Found]:
        """The refusals of the transaction that is open: of each record that is wrong, then of the others."""
        bad, records = self._bad, self._records
        self._close()
        yield from bad
        wrong = {one.refused.row for one in bad}
        others = [record for record in records if record.row not in wrong]
        if others:
            fault, words = (faults.PART_OF_REFUSED, {}) if bad else (fault, words)
            refusal = Refusal(fault, make(fault, None, **words).message, others[0].row, others[0].line,
                              cells=tuple(text for record in others for text in record.texts))  # fmt: skip
            yield Unread(refusal, (), (), tuple(others))

    def _file(self) -> Record:
        """The head and the trailer as one record."""
        assert self._head is not None and self._trailer is not None
        made = _Made(self._head.row, self._head.line, "", None)
        made.take(f"{HEAD}.", self._structure.kinds[HEAD].fields, self._head)
        self._add_file(made)
        made.take(f"{TRAILER}.", self._structure.kinds[TRAILER].fields, self._trailer)
        return Record(made.row, made.line, tuple(made.names), tuple(made.texts), "", tuple(made.places))

    def _add_file(self, made: _Made) -> None:
        assert self._head is not None and self._head.places is not None
        fields = self._structure.kinds[HEAD].fields
        made.names.append(f"{HEAD}.file")
        made.texts.append("/".join(_text(self._head, fields, one) for one in (FILE, RUN)))
        made.places.append(self._head.places[fields.index(FILE) + 2])


def _text(record: Record, fields: Sequence[str], name: str) -> str:
    """The text of the field called ``name``; empty where the record is too short to have it."""
    place = fields.index(name) + 2
    return record.texts[place] if place < len(record.texts) else ""


def _unread(record: Record, fault: Fault, number: int, /, **words: object) -> Unread:
    """The refusal of ``record`` because of its text with this number, from 1; 0 for the record as a whole."""
    cell = record.cell(number) if 0 < number <= len(record.texts) else None
    refusal = Refusal(fault, make(fault, None, **words).message, record.row, record.line, cell, tuple(record.texts))
    return Unread(refusal, record.names, record.texts, (record,))
