"""The figures of a run of the comparison, and the table that shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

Row = tuple[str, ...]


@dataclass
class Tally:
    """What a run, or a part of one, came to.

    ``broken`` are the constraints that some message broke. ``known`` counts the deviations that the list explains, by
    construct and judge. ``unexplained`` and ``idle`` say what should not be: a deviation that the list does not know,
    and an entry that is not true of a message.
    """

    messages: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    broken: set[str] = field(default_factory=set)
    heard: Counter[str] = field(default_factory=Counter)
    known: Counter[tuple[str, str]] = field(default_factory=Counter)
    disagreements: Counter[str] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in the figures of ``other``."""
        for part in fields(self):
            mine: Any = getattr(self, part.name)
            (mine.extend if isinstance(mine, list) else mine.update)(getattr(other, part.name))


def lines(tally: Tally, constraints: frozenset[str]) -> Iterator[str]:
    """The table of ``tally``, whose messages were to break all ``constraints``."""
    right, wrong = tally.messages["right"], tally.messages["broken"]
    yield f"{right + wrong:,} messages: {right:,} right, {wrong:,} broken in one place"
    yield f"{tally.documents.total():,} documents: {tally.documents['json']:,} JSON, {tally.documents['xml']:,} XML"
    yield f"{len(tally.broken & constraints):,} of {len(constraints):,} constraints of the model broken"
    yield ""
    yield from aligned([("judge", "documents", "known differences", "disagreements"), *_rows(tally)], left=1)
    yield ""
    known = [(construct, who, f"{count:,}") for (construct, who), count in sorted(tally.known.items())]
    yield from aligned([("known difference", "who", "messages"), *known], left=2)
    yield ""
    verdicts, unexplained = tally.heard.total(), tally.disagreements.total()
    yield f"{verdicts:,} verdicts, {unexplained:,} disagreements that the list does not explain"


def _rows(tally: Tally) -> Iterator[Row]:
    for who, count in tally.heard.items():
        known = sum(number for (_, judge), number in tally.known.items() if judge == who)
        yield who, f"{count:,}", f"{known:,}", f"{tally.disagreements[who]:,}"


def aligned(rows: Sequence[Row], *, left: int) -> Iterator[str]:
    """``rows`` as lines of a table: so many columns to the ``left``, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
