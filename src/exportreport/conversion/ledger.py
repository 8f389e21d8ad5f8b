"""What became of every source cell, and where every value of a report comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from exportreport.conversion.parts import Steps
from exportreport.conversion.refusal import Refusal
from exportreport.conversion.shapes.record import Cell, Record
from exportreport.finding import Finding, Position


class Outcome(StrEnum):
    """What became of a source cell, or how a value came into a report.

    ``mapped``: the cell's own text, or its code by a table. ``derived``: worked out from the source, the note
    says how. ``defaulted``: from an option or the mapping, not from the source. ``carried``: kept whole
    beside the fields. ``ambiguous``: can be read in more than one way or not at all, named and kept as text.
    ``refused``: the record did not become a report. ``blank``: nothing stood there. ``lost``, in writing only: the
    value of the report does not come back when what was written is read again.
    """

    MAPPED = "mapped"
    DERIVED = "derived"
    DEFAULTED = "defaulted"
    CARRIED = "carried"
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"
    BLANK = "blank"
    LOST = "lost"


#: From the least to the gravest: a cell with several entries counts as its gravest.
GRAVITY = {
    outcome: rank
    for rank, outcome in enumerate(
        (
            Outcome.BLANK,
            Outcome.DEFAULTED,
            Outcome.MAPPED,
            Outcome.DERIVED,
            Outcome.CARRIED,
            Outcome.AMBIGUOUS,
            Outcome.LOST,
            Outcome.REFUSED,
        )
    )
}


class Entry(NamedTuple):
    """One line of the ledger. ``cell`` is absent for a value that no cell gave; ``target`` for a text left
    out."""

    outcome: Outcome
    row: int
    line: int
    cell: Cell | None
    target: str | None
    value: str | int | None
    note: str
    finding_code: str | None = None


class Step(NamedTuple):
    """A ledger entry in the making. ``record`` is the record's place among those of the conversion, from 0."""

    column: int
    outcome: Outcome
    target: str | None
    value: str | int | None
    note: str
    finding: Finding | None = None
    record: int = 0


#: The places of entries, by the steps of the mapping that lead to them and the record that gives them.
Entries = Mapping[tuple[Steps, int], Steps]

_NO_ENTRIES: Entries = {}


class Conversion:
    """What the records of one report became: a report or a refusal, never both, never neither; with the account of it.

    ``records`` are those that it was made from, most often one; there is none where a file could not be read. The
    steps of the account are worked out when they are asked for. Findings about the file as a whole stand with its
    first record. ``entries`` are the places of the entries that have a name, or that a record gives, as `Draft` has
    them.
    """

    __slots__ = ("_account", "_steps", "about_file", "entries", "records", "refused", "report")

    def __init__(
        self, report: dict[str, Any] | None, refused: Refusal | None, records: Sequence[Record],
        account: Callable[[], Sequence[Step]], about_file: tuple[Finding, ...] = (), entries: Entries = _NO_ENTRIES,
    ) -> None:  # fmt: skip
        self.report = report
        self.refused = refused
        self.records = records
        self.about_file = about_file
        self.entries = entries
        self._account = account
        self._steps: Sequence[Step] | None = None

    @property
    def steps(self) -> Sequence[Step]:
        """The account, step by step: the cells in their order, then what the mapping added."""
        if self._steps is None:
            self._steps = self._account()
        return self._steps

    @property
    def row(self) -> int:
        """The number of the first record; 0 for the file itself."""
        return self.records[0].row if self.records else 0

    @property
    def line(self) -> int:
        """The physical line on which the first record begins."""
        return self.records[0].line if self.records else 1

    @property
    def names(self) -> Sequence[str]:
        """The columns of the first record."""
        return self.records[0].names if self.records else ()

    @property
    def texts(self) -> Sequence[str]:
        """The cells of the first record."""
        return self.records[0].texts if self.records else ()

    def cell(self, column: int, record: int = 0) -> Cell:
        """The cell with the number ``column``, from 1, of the record at the place ``record``, from 0."""
        return self.records[record].cell(column)

    @property
    def ledger(self) -> Iterator[Entry]:
        """An entry or more for each cell, in the order of the columns, then what the mapping added."""
        for step in self.steps:
            cell = self.records[step.record].cell(step.column) if step.column else None
            row, line = (cell.row, cell.line) if cell is not None else (self.row, self.line)
            code, note = None, step.note
            if step.finding is not None:
                code = step.finding.finding_code
                note = note if step.outcome is Outcome.REFUSED else _in_words(step.finding, note)
            yield Entry(step.outcome, row, line, cell, step.target, step.value, note, code)

    @property
    def findings(self) -> Iterator[Finding]:
        """What is to be said of the file, of the refusal and of single cells, with the line of the record."""
        yield from self.about_file
        if self.refused is not None:
            fault = self.refused.fault
            yield Finding(fault.code, fault.severity, self.refused.message, position=Position(self.line, 1))
        else:
            yield from (step.finding for step in self.steps if step.finding is not None)


def _in_words(finding: Finding, note: str) -> str:
    return f"{finding.message} ({note})" if note else finding.message


def entry_json(entry: Entry, report_id: str | None = None) -> dict[str, Any]:
    """One line of the ledger file: ``schemas/ledger.schema.json``. What is absent is left out."""
    cell = entry.cell
    members = {
        "outcome": entry.outcome.value,
        "row": entry.row,
        "line": entry.line,
        "column": cell.column if cell else None,
        "column_name": (cell.column_name or None) if cell else None,
        "text": cell.text if cell else None,
        "report_id": report_id,
        "target": entry.target,
        "value": entry.value,
        "finding_code": entry.finding_code,
        "note": entry.note or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def ledger_json(conversion: Conversion) -> Iterator[Mapping[str, Any]]:
    """The ledger of one record as lines of the ledger file."""
    report_id = conversion.report["report_id"] if conversion.report is not None else None
    for entry in conversion.ledger:
        yield entry_json(entry, report_id)
