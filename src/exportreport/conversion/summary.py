"""What a run of conversions comes to, for the person who started it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exportreport.conversion.faults import FAULTS
from exportreport.conversion.form import ENVELOPE
from exportreport.conversion.ledger import GRAVITY, Conversion, Outcome, Step
from exportreport.conversion.refusal import Refusal
from exportreport.conversion.shapes.record import Cell
from exportreport.finding import visible

_EXAMPLES = 3
_LONGEST = 80
_PLACED = (Outcome.MAPPED, Outcome.DERIVED)


@dataclass
class Summary:
    """Counts of records, of cells by their gravest outcome, of findings; and the first examples of each
    finding.

    ``unreadable`` counts files, not records. A cell with several entries counts once, as the gravest of them.
    """

    reports: int = 0
    refused: int = 0
    unreadable: int = 0
    cells: Counter[Outcome] = field(default_factory=Counter)
    columns: dict[str, Counter[Outcome]] = field(default_factory=dict)
    findings: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Cell | Refusal]] = field(default_factory=dict)
    about_file: dict[str, str] = field(default_factory=dict)

    def watch(self, conversions: Iterable[Conversion]) -> Iterator[Conversion]:
        """Yield ``conversions`` as they come and count them on the way."""
        for conversion in conversions:
            self.add(conversion)
            yield conversion

    def add(self, conversion: Conversion) -> None:
        """Count one conversion."""
        if conversion.report is not None:
            self.reports += conversion.report["report_type"] != ENVELOPE  # the head of a file is no record of it
        elif conversion.row:
            self.refused += 1
        else:
            self.unreadable += 1
        self._count_cells(conversion)
        for finding in conversion.findings:
            self.findings[finding.finding_code] += 1
            if finding.finding_code < "ER-K-1":  # about the file: its own words say what was found
                self.about_file[finding.finding_code] = finding.message
        if conversion.refused is not None and conversion.row:
            self._keep(conversion.refused.fault.code, conversion.refused.cell or conversion.refused)

    def _count_cells(self, conversion: Conversion) -> None:
        gravest: dict[tuple[int, int], Outcome] = {}
        for step in conversion.steps:
            cell = step.record, step.column
            if step.column and GRAVITY[step.outcome] >= GRAVITY[gravest.get(cell, Outcome.BLANK)]:
                gravest[cell] = step.outcome
            if step.finding is not None and conversion.refused is None:
                self._keep_step(conversion, step, step.finding.finding_code)
        for (record, column), outcome in gravest.items():
            names = conversion.records[record].names
            name = names[column - 1] if column <= len(names) else ""
            self.cells[outcome] += 1
            counts = self.columns.get(name)
            if counts is None:
                counts = self.columns[name] = Counter()
            counts[outcome] += 1

    def _keep_step(self, conversion: Conversion, step: Step, code: str) -> None:
        if len(self.examples.get(code, ())) < _EXAMPLES:
            self._keep(code, conversion.cell(step.column, step.record))

    def _keep(self, code: str, cell: Cell | Refusal) -> None:
        kept = self.examples.setdefault(code, [])
        if len(kept) < _EXAMPLES:
            kept.append(cell)

    @property
    def records(self) -> int:
        """All records: those that became reports and those that were refused."""
        return self.reports + self.refused

    @property
    def placed_share(self) -> float:
        """The part, from 0 to 1, of the cells with text that found their field."""
        filled = sum(self.cells.values()) - self.cells[Outcome.BLANK]
        return sum(self.cells[outcome] for outcome in _PLACED) / filled if filled else 1.0

    def lines(self) -> Iterator[str]:
        """The summary in words, line by line."""
        if self.unreadable:
            yield "The file could not be read as this format."
        else:
            records = f"{self.records:,} record{'' if self.records == 1 else 's'}"
            yield f"{records}: {self.reports:,} converted, {self.refused:,} refused."
        counts = ", ".join(f"{self.cells[outcome]:,} {outcome}" for outcome in Outcome if self.cells[outcome])
        if self.reports:
            yield f"Cells: {counts}; {self.placed_share:.1%} of those with text found their field."
        for code, count in sorted(self.findings.items()):
            yield (
                f"{code} {self.about_file[code]}"
                if code in self.about_file
                else f"{code} {FAULTS[code].title}: {count}"
            )
            for cell in self.examples.get(code, ()):
                yield f"    {_place(cell)}"


def _place(found: Cell | Refusal) -> str:
    """A cell with its place; of a record that is refused for no cell of its own, the line and the reason."""
    if isinstance(found, Refusal):
        return f"line {found.line}: {found.message}"
    return f'line {found.line}, column {found.column} "{visible(found.column_name)}": {_quoted(found.text)}'


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
