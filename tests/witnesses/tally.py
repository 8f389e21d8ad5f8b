"""What the witnesses heard in this run: printed when all tests have ended."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counts by what was judged, and by whom: documents, verdicts (a rule and an object each) and disagreements."""

    numbers: dict[str, int] = field(default_factory=dict)
    heard: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def add(self, what: str, who: str, verdicts: int, disagreements: int) -> None:
        """Note one document."""
        counts = self.heard.setdefault((what, who), [0, 0, 0])
        for place, more in enumerate((1, verdicts, disagreements)):
            counts[place] += more

    def lines(self) -> list[str]:
        """The table."""
        if not self.heard:
            return []
        titles = ("judged", "evaluator", "documents", "verdicts", "disagreements")
        rows = [(what, who, *(f"{count:,}" for count in counts)) for (what, who), counts in self.heard.items()]
        widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
        total = [sum(counts[place] for counts in self.heard.values()) for place in (1, 2)]
        numbers = ", ".join(f"{count:,} {name}" for name, count in self.numbers.items())
        table = [_row(cells, widths) for cells in (titles, *rows)]
        return [numbers, *table, f"{total[0]:,} verdicts in all, {total[1]:,} disagreements"]


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    words, counts = cells[:2], cells[2:]
    left = [cell.ljust(width) for cell, width in zip(words, widths, strict=False)]
    return "  ".join(left + [cell.rjust(width) for cell, width in zip(counts, widths[2:], strict=True)])


TALLY = Tally()
