"""How many round trips were made, and what they changed: printed when all tests have ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.lossless.trips import Document, Product, both

_TITLES = ("documents", "of", "JSON-XML-JSON", "XML-JSON-XML", "values compared", "foreign verdicts", "changed")

#: Of so many documents one is judged by the slow engine, too.
_SAMPLE = 40


@dataclass
class Tally:
    """Counts by where documents come from: documents, round trips each way, values, verdicts, changes."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def changed(self, source: str, document: Document, trial: Product) -> list[str]:
        """Send ``document`` on both round trips, note them, and give what they changed: nothing."""
        counts = self.counts.setdefault(source, [0] * 6)
        trips = list(both(document, trial, slowly=counts[0] % _SAMPLE == 0))
        changed = [what for trip in trips for what in trip.changed]
        new = (1, 1, 1, sum(t.values for t in trips), sum(t.verdicts for t in trips), len(changed))
        self.counts[source] = [old + more for old, more in zip(counts, new, strict=True)]
        return changed

    @property
    def trips(self) -> int:
        """All round trips."""
        return sum(counts[1] + counts[2] for counts in self.counts.values())

    @property
    def changes(self) -> int:
        """All values, verdicts and digests that were not the same."""
        return sum(counts[5] for counts in self.counts.values())

    def lines(self) -> list[str]:
        """The table."""
        if not self.counts:
            return []
        rows = [(f"{c[0]:,}", source, *(f"{n:,}" for n in c[1:])) for source, c in self.counts.items()]
        widths = [max(map(len, column)) for column in zip(_TITLES, *rows, strict=True)]
        return [*(_row(cells, widths) for cells in (_TITLES, *rows)), self.total()]

    def total(self) -> str:
        """The line below the table."""
        return f"{self.trips:,} round trips in all, {self.changes:,} values changed"


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = [
        cell.ljust(width) if n == 1 else cell.rjust(width)
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


TALLY = Tally()
