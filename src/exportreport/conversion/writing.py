"""Reports in, a file in a national format out, with an account of every value.

What is written is read again at once, by the same mapping: a value of the report that comes back is accounted for by
the cell that gives it back; one that does not is lost, and said to be. So the account claims nothing that a reader of
the file could not check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.account import account, lost
from exportreport.conversion.cells import Cells, Written, placed_by
from exportreport.conversion.convert import convert
from exportreport.conversion.form import ENVELOPE, Format
from exportreport.conversion.identity import Identities
from exportreport.conversion.layouts import layout_for
from exportreport.conversion.ledger import Conversion, Entry, entry_json
from exportreport.conversion.parts import leaves
from exportreport.conversion.refusal import Refusal
from exportreport.conversion.shapes.registry import SHAPES
from exportreport.conversion.shapes.structure import HEAD
from exportreport.conversion.shapes.transactions import FILE
from exportreport.conversion.shapes.transactions_writing import RecordFile
from exportreport.conversion.shapes.writers import FileWriter
from exportreport.finding import Fault, make

#: Stands in the head of a record file, in a mapping, for the moment of the report.
MOMENT = "{reported_at}"

_NO_DIGIT = re.compile("[^0-9]")


@dataclass(frozen=True, slots=True)
class Writing:
    """What became of one report: its records as bytes, or a refusal; and the account of each of its values.

    The account counts rows and lines in the file that is written.
    """

    report: Mapping[str, Any]
    data: bytes
    refused: Refusal | None
    ledger: Sequence[Entry]

    @property
    def lines(self) -> Iterator[Mapping[str, Any]]:
        """The account as lines of the ledger file."""
        return (entry_json(entry, self.report["report_id"]) for entry in self.ledger)


class Writer:
    """Writes reports in a format, one after another, each in the layout that is for it.

    ``shape`` is another than the format's own, where the format has several. Raises ValueError for a format that is
    read only, and for a shape that it does not have.
    """

    def __init__(self, format: Format | Sequence[Format], shape: str | None = None) -> None:
        forms = [form for form in ((format,) if isinstance(format, Format) else format) if form.writes]
        if not forms:
            raise ValueError("the format is read, not written")
        self._forms = [form for form in forms if shape is None or shape in (form.shape, *form.also)]
        if not self._forms:
            raise ValueError(f"the format is not written as {shape}")
        self._shape = SHAPES[shape or self._forms[0].shape]
        self._file_form = next((form for form in self._forms if form.report_type == ENVELOPE), None)
        self._forms = [form for form in self._forms if form is not self._file_form]
        if not self._forms:
            raise ValueError("the layout is that of a file without reports, and is written with another")
        self._head: Mapping[str, str] = {}
        self._files = {form.name: self._file(form) for form in self._forms}
        self._cells = {form.name: Cells(form, self._files[form.name].open) for form in self._forms}
        self._identities = Identities(self._forms[0].id)
        self._begun: Format | None = None
        self._reports, self._row, self._line = 0, 0, 0

    def _file(self, form: Format) -> FileWriter:
        assert self._shape.writer is not None
        file = self._shape.writer(form)
        if self._head and isinstance(file, RecordFile):
            file.set_head(self._head)
        return file

    def _set_head(self, envelope: Mapping[str, Any]) -> Sequence[Written]:
        """Let the file begin with what ``envelope`` says, before anything of it is written; its records."""
        if self._file_form is None or self._begun is not None:
            return ()
        records = list(Cells(self._file_form, False).records(envelope))
        start = f"{HEAD}."
        self._head = {
            name.removeprefix(start): text
            for name, text in records[0].cells.items()
            if name.startswith(start) and name != f"{start}{FILE}"  # each layout knows what its files hold
        }
        self._files = {form.name: self._file(form) for form in self._forms}
        return records

    def head(self) -> bytes:
        """What the file begins with: known once a report is written."""
        return self._files[(self._begun or self._forms[0]).name].head()

    def tail(self) -> bytes:
        """What the file ends with."""
        return self._files[(self._begun or self._forms[0]).name].tail()

    def write(self, reports: Iterable[Mapping[str, Any]]) -> Iterator[Writing]:
        """What becomes of each of the ``reports``, which the standard accepts."""
        for report in reports:
            self._reports += 1
            form = layout_for(report, self._forms, partial(self._text_of, report))
            refused = self._refusal(report, form)
            if refused is not None or form is None:
                yield Writing(report, b"", refused, ())
            else:
                yield self._written(report, form)

    def envelope(self, submission: Mapping[str, Any]) -> Sequence[Entry]:
        """The account of a Submission whose reports are written: what it says itself has no place in the format."""
        said = {"reports", "report_type", "schema_version"}
        own = {name: value for name, value in submission.items() if name not in said}
        records = self._set_head(own)
        if records and self._file_form is not None:
            whole = {name: value for name, value in submission.items() if name != "reports"}
            return self._account_of_file(whole, records, self._file_form)
        words = "a file of the format has no envelope"
        return [lost(target, value, words, self._row + 1, self._line + 1) for target, value in leaves(own)]

    def _text_of(self, report: Mapping[str, Any], form: Format, column: str) -> str:
        return self._cells[form.name].text(report, column)

    def _account_of_file(
        self, envelope: Mapping[str, Any], records: Sequence[Written], form: Format
    ) -> Sequence[Entry]:
        """The account of what the file says of itself, read again from a file without transactions."""
        alone, cells = self._file(form), records[0].cells
        if form.structure is not None and cells.get(f"{HEAD}.{FILE}") not in form.structure.files:
            cells = {**cells, f"{HEAD}.{FILE}": min(form.structure.files)}
        data = alone.head() + alone.write([("", cells)]) + alone.tail()
        found = list(_read_again(data, envelope, form))
        if len(found) != 1 or found[0].report is None:
            return [lost(target, value, "the file could not say it", 1, 1) for target, value in leaves(envelope)]
        return list(account(envelope, found[0], form, placed_by(records, form)))

    def _refusal(self, report: Mapping[str, Any], form: Format | None) -> Refusal | None:
        kind = report["report_type"]
        if form is None:
            wanted = " or ".join(dict.fromkeys(one.report_type for one in self._forms))
            return self._refused(faults.OTHER_KIND, kind=kind, format=self._forms[0].title, wanted=wanted)
        if self._begun not in (None, form) and not self._shape.mixes:
            assert self._begun is not None
            return self._refused(faults.OTHER_LAYOUT, layout=form.layout, begun=self._begun.layout)
        text = self._cells[form.name].number(report)
        if not text:
            (target, *_), *_ = next(field for field in form.fields if field.column == form.number).targets.values()
            return self._refused(faults.NO_NUMBER_TO_WRITE, column=form.number, pointer=target.pointer)
        _, again = self._identities.give(text, self._reports)
        return self._refused(faults.NUMBER_TWICE, value=text) if again else None

    def _refused(self, fault: Fault, **words: object) -> Refusal:
        return Refusal(fault, make(fault, None, **words).message, self._reports, 1)

    def _written(self, report: Mapping[str, Any], form: Format) -> Writing:
        if self._begun is None and not self._head:
            said = ("report_type", "schema_version", "report_id", "reported_at", "sender", "recipients")
            self._set_head({name: report[name] for name in said if name in report} | {"report_type": ENVELOPE})
            self._head = {**dict(_usual_head(form, report)), **self._head}
            self._files = {one.name: self._file(one) for one in self._forms}
        records = list(self._cells[form.name].records(report))
        whole_file = self._files[form.name]
        alone = self._shape.alone(whole_file) if self._shape.alone is not None else self._file(form)
        try:
            whole = alone.head() + alone.write((one.kind, one.cells) for one in records) + alone.tail()
        except ValueError as error:
            return Writing(report, b"", self._refused(faults.NOT_WRITABLE, message=str(error)), ())
        found = list(_read_again(whole, report, form))
        if len(found) != 1 or found[0].report is None:
            why = next((one.refused.message for one in found if one.refused is not None), "it is split in two")
            return Writing(report, b"", self._refused(faults.NOT_WRITABLE, message=why.rstrip(".")), ())
        try:
            data = self._files[form.name].write((one.kind, one.cells) for one in records)
        except ValueError as error:
            return Writing(report, b"", self._refused(faults.NOT_WRITABLE, message=str(error)), ())
        self._begun = self._begun or form
        ledger = [self._placed(entry) for entry in account(report, found[0], form, placed_by(records, form))]
        self._row += len(found[0].records)
        self._line += len(data.splitlines())
        return Writing(report, data, None, ledger)

    def _placed(self, entry: Entry) -> Entry:
        """The entry with its place in the whole file."""
        row, line = entry.row + self._row, entry.line + self._line
        cell = entry.cell._replace(row=row, line=line) if entry.cell is not None else None
        return entry._replace(row=row, line=line, cell=cell)


def _usual_head(form: Format, report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the head of a record file says that no envelope speaks for: what the mapping says, and the moment of the
    report, to the minute."""
    for name, text in (form.structure.head if form.structure is not None else {}).items():
        yield name, _NO_DIGIT.sub("", report["reported_at"])[:12] if text == MOMENT else text


def _read_again(data: bytes, report: Mapping[str, Any], form: Format) -> Iterator[Conversion]:
    usual = next((one.value for one in form.constants if one.source == "reporting_state"), None)
    own = report.get("reporting_state")
    state = own if usual not in (None, own) else None
    return convert(form, [data], reported_at=report["reported_at"], reporting_state=state)
