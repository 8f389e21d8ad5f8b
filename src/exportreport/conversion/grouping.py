"""Rows of a list that share a number, brought together in memory that has a bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportreport.conversion.header import Header
from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.record import Record
from exportreport.finding import Finding

#: How many rows are held back at most while others of their number may come.
MAX_HELD = 20_000

#: How much memory, in bytes, the texts of those rows may take: one cell of a packed file may be far larger than it.
MAX_BYTES = 100_000_000


def grouped(
    records: Iterable[Header | Record | Unread | Finding], number: int, most: int = MAX_HELD
) -> Iterator[list[Record] | Unread | Finding]:
    """The rows by the text of the cell at ``number``, in the order in which each text first comes.

    Rows without a number stay alone. What is no row comes as soon as it is met. Of a list longer than ``most`` rows, or
    with very long ones, the numbers that came first are given first; a number that comes again long after is given
    again.
    """
    groups: dict[str, list[Record]] = {}
    held, size = 0, 0
    for record in records:
        if not isinstance(record, Record):
            assert not isinstance(record, Header)
            yield record
            continue
        name = record.texts[number].strip()
        if not name:
            yield [record]
            continue
        groups.setdefault(name, []).append(record)
        held, size = held + 1, size + _size(record)
        while held > most or (size > MAX_BYTES and len(groups) > 1):
            first = groups.pop(next(iter(groups)))
            held, size = held - len(first), size - sum(map(_size, first))
            yield first
    yield from groups.values()


def _size(record: Record) -> int:
    """About how much memory the texts of a row take."""
    return 8 * len(record.texts) + sum(map(len, record.texts))
