"""Reports in, a file in a national format out, with an account of every value.

What is written is read again at once, by the same mapping: a value of the report that comes back is accounted for by
the cell that gives it back; one that does not is lost, and said to be. So the account claims nothing that a reader of
the file could not check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.account import account, lost
from exportreport.conversion.cells import Cells
from exportreport.conversion.convert import convert
from exportreport.conversion.form import Format
from exportreport.conversion.identity import Identities
from exportreport.conversion.ledger import Conversion, Entry, entry_json
from exportreport.conversion.parts import leaves
from exportreport.conversion.refusal import Refusal
from exportreport.conversion.shapes.writers import Shape, lines_of_json, separated
from exportreport.finding import Fault, make


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
    """Writes reports in a format, one after another. Raises ValueError for a format that is read only."""

    def __init__(self, form: Format) -> None:
        if not form.writes:
            raise ValueError(f"{form.id} is read, not written")
        self._form = form
        self._shape = _shape_of(form)
        self._cells = Cells(form, self._shape.open)
        self._identities = Identities(form.id)
        self._reports, self._row, self._line = 0, 0, 0

    def head(self) -> bytes:
        """What the file begins with."""
        return self._shape.head

    def write(self, reports: Iterable[Mapping[str, Any]]) -> Iterator[Writing]:
        """What becomes of each of the ``reports``, which the standard accepts."""
        for report in reports:
            self._reports += 1
            refused = self._refusal(report)
            yield Writing(report, b"", refused, ()) if refused is not None else self._written(report)

    def envelope(self, submission: Mapping[str, Any]) -> Sequence[Entry]:
        """The account of a Submission whose reports are written: what it says itself has no place in the format."""
        said = {"reports", "report_type", "schema_version"}
        own = {name: value for name, value in submission.items() if name not in said}
        words = "a file of the format has no envelope"
        return [lost(target, value, words, self._row + 1, self._line + 1) for target, value in leaves(own)]

    def _refusal(self, report: Mapping[str, Any]) -> Refusal | None:
        form = self._form
        kind = report["report_type"]
        if kind != form.report_type:
            return self._refused(faults.OTHER_KIND, kind=kind, format=form.title, wanted=form.report_type)
        text = self._cells.number(report)
        if not text:
            (target, *_), *_ = next(field for field in form.fields if field.column == form.number).targets.values()
            return self._refused(faults.NO_NUMBER_TO_WRITE, column=form.number, pointer=target.pointer)
        _, again = self._identities.give(text, self._reports)
        return self._refused(faults.NUMBER_TWICE, value=text) if again else None

    def _refused(self, fault: Fault, **words: object) -> Refusal:
        return Refusal(fault, make(fault, None, **words).message, self._reports, 1)

    def _written(self, report: Mapping[str, Any]) -> Writing:
        data = self._shape.write(self._cells.records(report))
        found = list(self._read_again(data, report))
        if len(found) != 1 or found[0].report is None:
            why = next((one.refused.message for one in found if one.refused is not None), "it is split in two")
            return Writing(report, b"", self._refused(faults.NOT_WRITABLE, message=why.rstrip(".")), ())
        ledger = [self._placed(entry) for entry in account(report, found[0], self._form)]
        self._row += len(found[0].records)
        self._line += len(data.splitlines())
        return Writing(report, data, None, ledger)

    def _read_again(self, data: bytes, report: Mapping[str, Any]) -> Iterator[Conversion]:
        usual = next((one.value for one in self._form.constants if one.source == "reporting_state"), None)
        state = report["reporting_state"] if usual not in (None, report["reporting_state"]) else None
        return convert(self._form, [self.head(), data], reported_at=report["reported_at"], reporting_state=state)

    def _placed(self, entry: Entry) -> Entry:
        """The entry with its place in the whole file."""
        row, line = entry.row + self._row, entry.line + self._line
        cell = entry.cell._replace(row=row, line=line) if entry.cell is not None else None
        return entry._replace(row=row, line=line, cell=cell)


def _shape_of(form: Format) -> Shape:
    if form.shape == "json":
        return lines_of_json(frozenset(field.column for field in form.fields if field.number))
    return separated(form.columns.names)
