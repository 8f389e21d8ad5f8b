"""The list of known differences as a table for readers, as it stands in docs/equivalence.md."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.equivalence.differences import Entry

PAGE = Path(__file__).resolve().parents[2] / "docs" / "equivalence.md"

_BEGIN, _END = "<!-- list: begin -->\n", "<!-- list: end -->\n"


def table(entries: Iterable[Entry]) -> str:
    """The ``entries`` as a table."""
    rows = [(", ".join(e.engines), ", ".join(e.does), e.construct, e.reason) for e in entries]
    return "".join(f"| {' | '.join(row)} |\n" for row in (("who", "does", "with", "why"), ("---",) * 4, *rows))


def page(text: str, entries: Iterable[Entry]) -> str:
    """The page ``text`` with the table of the ``entries`` in its place."""
    before, rest = text.split(_BEGIN)
    return before + _BEGIN + "\n" + table(entries) + "\n" + _END + rest.split(_END)[1]
