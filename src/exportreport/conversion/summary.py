"""What a run of conversions comes to, for the person who started it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exportreport.conversion.faults import FAULTS
from exportreport.conversion.ledger import GRAVITY, Cell, Conversion, Outcome, Step
from exportreport.finding import visible

_EXAMPLES = 3
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
    examples: dict[str, list[Cell]] = field(default_factory=dict)

    def watch(self, conversions: Iterable[Conversion]) -> Iterator[Conversion]:
        """Yield ``conversions`` as they come and count them on the way."""
        for conversion in conversions:
            self.add(conversion)
            yield conversion

    def add(self, conversion: Conversion) -> None:
        """Count one conversion."""
        if conversion.report is not None:
            self.reports += 1
        elif conversion.row:
            self.refused += 1
        else:
            self.unreadable += 1
        self._count_cells(conversion)
        for finding in conversion.findings:
            self.findings[finding.finding_code] += 1
        if conversion.refused is not None and conversion.refused.cell is not None:
            self._keep(conversion.refused.fault.code, conversion.refused.cell)

    def _count_cells(self, conversion: Conversion) -> None:
        gravest: dict[int, Outcome] = {}
        for step in conversion.steps:
            if step.column and GRAVITY[step.outcome] >= GRAVITY[gravest.get(step.column, Outcome.BLANK)]:
                gravest[step.column] = step.outcome
            if step.finding is not None and conversion.refused is None:
                self._keep_step(conversion, step, step.finding.finding_code)
        for column, outcome in gravest.items():
            self.cells[outcome] += 1
            name = conversion.names[column - 1] if column <= len(conversion.names) else ""
            self.columns.setdefault(name, Counter())[outcome] += 1

    def _keep_step(self, conversion: Conversion, step: Step, code: str) -> None:
        if len(self.examples.get(code, ())) < _EXAMPLES:
            self._keep(code, conversion.cell(step.column))

    def _keep(self, code: str, cell: Cell) -> None:
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
        yield f"{self.records:,} records: {self.reports:,} reports, {self.refused:,} refused"
        if self.unreadable:
            yield "the file could not be read"
        counts = ", ".join(f"{self.cells[outcome]:,} {outcome}" for outcome in Outcome if self.cells[outcome])
        yield f"cells: {counts or 'none'}; {self.placed_share:.1%} of those with text found their field"
        for code, count in sorted(self.findings.items()):
            yield f"{code} {FAULTS[code].title}: {count}"
            for cell in self.examples.get(code, ()):
                yield f'    line {cell.line}, column {cell.column} "{visible(cell.column_name)}": {cell.text!r}'
