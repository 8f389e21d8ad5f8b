"""Rows of a list that share a number, brought together in memory that has a bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportreport.conversion.header import Header
from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.record import Record
from exportreport.finding import Finding

#: How many rows are held back at most while others of their number may come.
MAX_HELD = 20_000


def grouped(
    records: Iterable[Header | Record | Unread | Finding], number: int, most: int = MAX_HELD
) -> Iterator[list[Record] | Unread | Finding]:
    """The rows by the text of the cell at ``number``, in the order in which each text first comes.

    Rows without a number stay alone. What is no row comes as soon as it is met. Of a list longer than ``most`` rows
    the numbers that came first are given first; a number that comes again long after is given again.
    """
    groups: dict[str, list[Record]] = {}
    held = 0
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
        held += 1
        if held > most:
            first = groups.pop(next(iter(groups)))
            held -= len(first)
            yield first
    yield from groups.values()
