"""The records of one report together: their cells read, their pieces put in place, and every step written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.columns import BLANK, Column, Placed, is_carried
from exportreport.conversion.constants import Constants, Given
from exportreport.conversion.form import Constant, Field, Format, entered_by, homes_of, keyed_by, nearest_kind
from exportreport.conversion.identity import Identities
from exportreport.conversion.joining import Carried, Joining, Said
from exportreport.conversion.laying import can_be_laid
from exportreport.conversion.ledger import Conversion, Outcome, Step
from exportreport.conversion.parts import Draft, at_steps
from exportreport.conversion.readings import BASE64, Context, read_unfit
from exportreport.conversion.refusal import Refusal, Unread
from exportreport.conversion.rows import Kept, Rows, Sheet
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.registry import SHAPES
from exportreport.finding import Fault, Finding, make, pointer

#: Messages that keep nothing beside their fields.
_WITHOUT_EXTENSIONS = ("Acknowledgement",)

_AGAIN = "; the number stands, or may stand, on an earlier row, so the row is added"


@dataclass(frozen=True, slots=True)
class Options:
    """What a report needs and no list says: when it is made, how it is to be handled, who reports."""

    reported_at: str
    handling: str | None
    reporting_state: str | None


class Assembly:
    """Turns the records of one file into reports."""

    def __init__(
        self, form: Format, options: Options, names: Sequence[str], extra: frozenset[int], identities: Identities
    ) -> None:
        self._form = form
        self._names = names
        self._of_rows = SHAPES[form.shape].is_of_rows(form)
        self._guarded = form.writes and self._of_rows
        self._homes = homes_of(form.fields, form.constants)
        self._keyed = keyed_by(form.constants)
        self._fields = {
            (field.kind, field.column): Column(field.column, field, self._guarded).shares(self._keyed)
            for field in form.fields
        }
        numbered = enumerate(names, 1)
        self._columns = [self._column("", name) if n not in extra else self._spare("", name) for n, name in numbered]
        self._order = {name: place for place, name in enumerate(form.columns.names)}
        self._number = next(key for key in self._fields if key[1] == form.number)
        homes = self._fields[self._number].homes
        self._number_at, self._may_lack_number = homes.get("reference", ()), {"reference", "code"} <= set(homes)
        self._required = [field for field in form.fields if field.required]
        self._needs = {(field.kind, field.column): field.needs for field in form.fields if field.needs}
        self._inherited = [field for field in form.fields if field.inherits]
        self._day = options.reported_at[:10]
        self._identities = identities
        self._word = next((str(one.value) for one in form.constants if one.source == "report_id" and one.value), "")
        self._constants = Constants([_with_options(one, options) for one in form.constants], entered_by(form.fields))
        #: The quick way for rows that are reports by themselves; a row that it does not take goes the general one.
        self.rows = self._rows_alone()

    def _rows_alone(self) -> Rows | None:
        """The quick way for lists whose rows are reports by themselves; None where they are not."""
        moving = any(column.moving for column in self._columns)
        if not self._of_rows or self._homes or self._needs or moving or self._constants.vary_by_part:
            return None
        template = self._constants.template
        if self._may_lack_number or not can_be_laid(self._columns, template.places):
            return None
        required = [self._names.index(name) for name in (self._form.number, *(f.column for f in self._required))]
        day = self._names.index(self._form.day) if self._form.day is not None else None
        sheet = Sheet(self._columns, self._names, required, day, self._day, template)
        return Rows(sheet, partial(self._identities.give, word=self._word), self._finish)

    def _finish(
        self, report: dict[str, Any], record: Record, again: bool, kept: Kept, about_file: tuple[Finding, ...]
    ) -> Conversion:
        """The conversion of a row, with the texts that it carries, and an account for whoever asks."""
        if kept:
            carried = [Carried(self._columns[number - 1], number, step, self._columns[number - 1].about)
                       for number, what in kept for step in what.steps if is_carried(step)]  # fmt: skip
            report["extensions"] = [
                self._extension(
                    one,
                    pointer(one.about) if one.about is not None and at_steps(report, one.about) is not None else None,
                )
                for one in carried
            ]
        account = partial(self._account_of_row, record, report["report_id"], again)
        return Conversion(report, None, (record,), account, about_file)

    def _account_of_row(self, record: Record, identifier: str, again: bool) -> Sequence[Step]:
        assert self.rows is not None
        said, carried = [], 0
        for number, what in enumerate(self.rows.placed(record.texts), 1):
            said.append(Said(0, number, what, 0, carried))
            carried += what.carried
        return self._account((record,), said, Given(identifier, record.line, _AGAIN if again else "", ()))

    def _column(self, kind: str, name: str) -> Column:
        return self._fields.get((kind, name)) or self._spare(kind, name)

    def _spare(self, kind: str, name: str) -> Column:
        """A column that the format does not know; in a list, each record has one of its own."""
        known = nearest_kind(kind, self._homes)
        return Column(name, None, self._guarded, self._homes.get(known) if known else None, bool(kind))

    def _columns_of(self, record: Record) -> Sequence[Column]:
        if record.names is self._names:
            return self._columns
        return [self._column(record.kind, name) for name in record.names]

    def convert(self, records: Sequence[Record], about_file: tuple[Finding, ...] = ()) -> Iterator[Conversion]:
        """What becomes of the ``records`` of one number: their report, or refusals, with the account of each cell.

        Where records of one number are single rows of a list, a bad one is refused by itself.
        """
        if not self._of_rows:
            records = [self._in_order(record) for record in self._with_inherited(records)]
        missing = self._list_without_entry(records)
        if missing is not None:
            yield refused_conversion(missing, records, about_file)
            return
        sound: list[tuple[Record, Sequence[Column], Sequence[Placed]]] = []
        day = self._day_of(records[0])
        for record in records:
            columns = self._columns_of(record)
            context = Context(day, dict(zip(record.names, record.texts, strict=False)))
            placed = [column.place(text, context) for column, text in zip(columns, record.texts, strict=False)]
            if self._needs:
                self._keep_needy(record, columns, placed)
            refused = self._refusal(record, columns, placed)
            if refused is None:
                sound.append((record, columns, placed))
            else:
                alone = [record] if self._of_rows else records
                yield refused_conversion(refused, alone, about_file)
                about_file = ()
                if alone is records:
                    return
        if sound:
            unkept = self._unkept(sound)
            yield self._report(sound, about_file) if unkept is None else refused_conversion(unkept, records, about_file)

    def _unkept(self, sound: Sequence[tuple[Record, Sequence[Column], Sequence[Placed]]]) -> Refusal | None:
        """Why records cannot become a report that has no place beside its fields; None where they can."""
        if self._form.report_type not in _WITHOUT_EXTENSIONS:
            return None
        cells = ((record, number, column, what) for record, columns, placed in sound
                 for number, (column, what) in enumerate(zip(columns, placed, strict=False), 1))  # fmt: skip
        for record, number, column, what in cells:
            if what.carried:
                kind, text = self._form.report_type, record.texts[number - 1]
                message = make(faults.NOT_CARRIED, value=text, column=column.name, kind=kind).message
                return _refused(faults.NOT_CARRIED, message, record, number)
        return None

    def _list_without_entry(self, records: Sequence[Record]) -> Refusal | None:
        """Why an object lacks what a report must have; None where each list that it needs has an entry."""
        if not self._form.required_lists:
            return None
        kinds = {record.kind for record in records if any(text.strip() for text in record.texts)}
        lacking = next((one for one in self._form.required_lists if one not in kinds), None)
        if lacking is None:
            return None
        message = make(faults.NO_VALUE, column=lacking).message
        return _refused(faults.NO_VALUE, message, records[0], 0)

    def _with_inherited(self, records: Sequence[Record]) -> Sequence[Record]:
        """The records with the texts that they have from those that enclose them."""
        if not self._inherited:
            return records
        whole: list[Record] = []
        for record in records:
            fields = [field for field in self._inherited if field.kind == record.kind and record.within is not None]
            whole.append(reduce(lambda one, field: _with_text_of(whole[one.within or 0], field, one), fields, record))
        return whole

    def _keep_needy(self, record: Record, columns: Sequence[Column], placed: list[Placed]) -> None:
        """Keep beside the fields what would stand alone without another cell of the record, and what needs that."""
        left = {column.name for column, what in zip(columns, placed, strict=True) if what.leaves}
        needy = [
            (at, column, needs) for at, column in enumerate(columns)
            if (needs := self._needs.get((record.kind, column.name))) is not None and placed[at].leaves
        ]  # fmt: skip
        while alone := [one for one in needy if one[2] not in left]:
            for at, column, needs in alone:
                placed[at] = column.keep(
                    record.texts[at], make(faults.STANDS_ALONE, value=record.texts[at], column=needs)
                )
                left.discard(column.name)
            needy = [one for one in needy if one not in alone]

    def _in_order(self, record: Record) -> Record:
        """The record with its texts in the order of the mapping, whatever the order in which a tree has them."""
        last = len(self._order)
        order = sorted(range(len(record.names)), key=lambda at: self._order.get(record.names[at], last))
        assert record.places is not None
        return record._replace(
            names=tuple(record.names[at] for at in order), texts=tuple(record.texts[at] for at in order),
            places=tuple(record.places[at] for at in order),
        )  # fmt: skip

    def _day_of(self, record: Record) -> str | None:
        """The day that the records are judged by; None when it is in doubt."""
        if self._form.day is None:
            return self._day
        if self._form.day not in record.names:
            return None
        cells = dict(zip(record.names, record.texts, strict=False))
        placed = self._column(record.kind, self._form.day).place(cells[self._form.day], Context(None, cells))
        return str(placed.leaves[0].value) if placed.leaves else None

    def _refusal(self, record: Record, columns: Sequence[Column], placed: Sequence[Placed]) -> Refusal | None:
        """Why the record cannot become a report, or a part of one; None where it can."""
        if record.kind == self._number[0] and self._form.number not in record.names:
            return _refused(faults.NO_NUMBER, make(faults.NO_NUMBER, column=self._form.number).message, record, 0)
        for number, (column, what) in enumerate(zip(columns, placed, strict=False), 1):
            if what.refused is not None:
                fault = faults.FAULTS[what.refused.finding_code]
                return _refused(fault, what.refused.message, record, number)
            if column.name == self._form.number and not what.leaves and record.kind == self._number[0]:
                fault = faults.NO_NUMBER if what is BLANK else faults.BAD_NUMBER
                message = make(fault, column=column.name, value=record.texts[number - 1]).message
                return _refused(fault, message, record, number)
        for field in self._required:
            if field.kind == record.kind:
                number = record.names.index(field.column) + 1 if field.column in record.names else 0
                if not number or not placed[number - 1].leaves:
                    message = make(faults.NO_VALUE, column=field.column).message
                    return _refused(faults.NO_VALUE, message, record, number)
        return None

    def _report(
        self, sound: Sequence[tuple[Record, Sequence[Column], Sequence[Placed]]], about_file: tuple[Finding, ...]
    ) -> Conversion:
        records = [record for record, _, _ in sound]
        number = self._number_of(sound)
        identifier, again = self._identities.give(number, records[0].row, self._word)
        draft = Draft(*self._constants.beginning(identifier, records[0].line), self._keyed)
        joined = Joining(draft, self._constants, self._homes.get(""))
        for at, (record, columns, placed) in enumerate(sound):
            joined.add(at, record, columns, placed)
        later = self._constants.finish(draft, joined.records, joined.counts, doubtful=joined.doubtful)
        if joined.carried:
            extensions = [self._extension(carried, _where(draft, carried)) for carried in joined.carried]
            draft.report["extensions"] = extensions
        given = Given(identifier, records[0].line, _AGAIN if again else "", later)
        account = partial(self._account, records, joined.said, given)
        return Conversion(draft.report, None, records, account, about_file, draft.entries)

    def _number_of(self, sound: Sequence[tuple[Record, Sequence[Column], Sequence[Placed]]]) -> str:
        """The number that names the records; all texts of one that says that it has none."""
        for record, columns, placed in sound:
            if record.kind == self._number[0]:
                for column, what in zip(columns, placed, strict=False):
                    if column.name == self._number[1] and column.field is not None:
                        first = what.leaves[0]
                        named = not self._may_lack_number or (*first.at, first.name) in self._number_at
                        return str(first.value) if named else "\x1f".join(record.texts)
        raise AssertionError("a record without a number is refused")

    def _account(self, records: Sequence[Record], said: Sequence[Said], given: Given) -> Sequence[Step]:
        steps: list[Step] = []
        for one in said:
            carried, places = one.extension, None if one.leaves is None else iter(one.leaves)
            for step in one.placed.steps:
                target = step.target
                if target is not None:
                    if places is not None:
                        leaf = next(places)
                        target = pointer((*leaf.at, leaf.name))
                elif step.value is not None:
                    target, carried = f"/extensions/{carried}", carried + 1
                steps.append(Step(one.number, step.outcome, target, step.value, step.note, step.finding, one.record))
        for at, record in enumerate(records):
            spare = range(len(self._columns), len(record.texts)) if record.names is self._names else ()
            steps += [Step(number + 1, Outcome.BLANK, None, None, "", None, at) for number in spare]
        return steps + self._constants.steps(given)

    def _extension(self, carried: Carried, about: str | None) -> dict[str, Any]:
        column, number, step = carried.column, carried.number, carried.step
        path = column.name or f"column {number}"
        path = path if read_unfit(path) is None else f"column {number}"
        extension = {"source_system": self._form.source_system, "extension_path": path}
        extension["extension_value"] = str(step.value)
        if BASE64 in step.note:
            extension["extension_encoding"] = "base64"
        if about is not None:
            extension["about"] = about
        return extension


def _with_text_of(outer: Record, field: Field, record: Record) -> Record:
    """``record`` with the text that it has from ``outer``, the record that encloses it."""
    if field.inherits not in outer.names:
        return record
    at = outer.names.index(field.inherits)
    assert outer.places is not None and record.places is not None
    return record._replace(
        names=(*record.names, field.column), texts=(*record.texts, outer.texts[at]),
        places=(*record.places, outer.places[at]),
    )  # fmt: skip


def _where(draft: Draft, carried: Carried) -> str | None:
    """The part of the report that a text belongs to; None where the report has no such part."""
    if carried.about is None:
        return None
    record, place = carried.record, draft.found(carried.about, carried.record)
    while place is None and carried.column.field is None and record in draft.within:
        record = draft.within[record]
        place = draft.found(carried.about, record)
    return pointer(place) if place is not None else None


def _with_options(constant: Constant, options: Options) -> Constant:
    """The constant with what the options say about it."""
    if constant.source == "reported_at":
        return replace(constant, value=options.reported_at)
    if constant.source == "handling":
        return replace(constant, value=options.handling or constant.value or "public")
    if constant.source == "reporting_state" and options.reporting_state is not None:
        note = "given by the option reporting_state"
        return replace(constant, value=options.reporting_state, outcome=Outcome.DEFAULTED, note=note)
    return constant


def _refused(fault: Fault, message: str, record: Record, number: int) -> Refusal:
    """The refusal of ``record`` because of its cell with this number, or of one that it lacks (0)."""
    cell = record.cell(number) if number else None
    return Refusal(fault, message, record.row, record.line, cell, tuple(record.texts))


def refused_conversion(refused: Refusal, records: Sequence[Record], about_file: tuple[Finding, ...]) -> Conversion:
    """The account of records that are refused: each cell with text is, whatever it held."""
    return Conversion(None, refused, records, partial(_refused_account, refused, records), about_file)


def _refused_account(refused: Refusal, records: Sequence[Record]) -> Sequence[Step]:
    finding = Finding(refused.fault.code, refused.fault.severity, refused.message)
    note = f"the record is refused ({refused.fault.code})"
    steps, told = [], False
    for at, record in enumerate(records):
        for number, text in enumerate(record.texts, 1):
            wrong = record.cell(number) == refused.cell
            told = told or wrong
            if text.strip() or wrong:
                message = refused.message if wrong else note
                steps.append(Step(number, Outcome.REFUSED, None, None, message, finding, at))
            else:
                steps.append(Step(number, Outcome.BLANK, None, None, "", None, at))
    if not told:
        steps.append(Step(0, Outcome.REFUSED, None, None, refused.message, finding))
    return steps


def refused_unread(unread: Unread, about_file: tuple[Finding, ...]) -> Conversion:
    """The account of a record that could not be brought into columns."""
    refused = unread.refused
    if unread.records:
        return refused_conversion(refused, unread.records, about_file)
    return refused_conversion(refused, [Record(refused.row, refused.line, unread.names, unread.texts)], about_file)


def refused_file(finding: Finding) -> Conversion:
    """The account of a file that could not be read at all: row 0 stands for the file."""
    fault: Fault = faults.FAULTS[finding.finding_code]
    line = finding.position.line if finding.position else 1
    step = Step(0, Outcome.REFUSED, None, None, finding.message, finding)
    return Conversion(None, Refusal(fault, finding.message, 0, line), (), lambda: (step,))
