"""What rules can call: pure functions, none of which fails on any value of its argument's type.

Decimals are texts and are reckoned with exactly: sums and products are never rounded. What an expression of a rule
cannot see, but its generated Python needs, stands at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal, Inexact
from functools import lru_cache, reduce
from typing import Any

from exportreport import codelists, controlcodes

#: Eighty digits hold every product of three decimals; a result that they cannot hold exactly is refused, not rounded.
_EXACT = Context(prec=80, traps=[Inexact])
_ZERO = Decimal(0)

#: How many answers a function remembers where working them out costs more.
_REMEMBERED = 8192

_LONGEST_MONTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MOST_MONTHS = 12_000
_FIRST_DAY, _LAST_DAY = "0001-01-01", "9999-12-31"


def compare(a: str, b: str) -> int:
    """-1, 0 or 1: whether the decimal ``a`` is less than, equal to or more than ``b``."""
    if a == b:
        return 0
    if len(a) == len(b) and a.isdigit() and b.isdigit():
        return -1 if a < b else 1
    one, other = Decimal(a), Decimal(b)
    return (one > other) - (one < other)


def sum_of(decimals: Iterable[str]) -> str:
    """The exact sum of ``decimals``, written without needless zeros; "0" for none."""
    return written(total(map(Decimal, decimals)))


def multiply(a: str, b: str) -> str:
    """The exact product of two decimals, written without needless zeros."""
    return written(product(Decimal(a), Decimal(b)))


def unique(values: Sequence[Hashable]) -> bool:
    """Whether no two of ``values`` are equal."""
    return len(set(values)) == len(values)


def day(moment: str) -> str:
    """The date of a date-time."""
    return moment[:10]


@lru_cache(_REMEMBERED)
def days(first: str, second: str) -> int:
    """How many days the date ``second`` comes after ``first``; negative where it comes before."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


@lru_cache(_REMEMBERED)
def add_months(start: str, months: int) -> str:
    """The same day so many months after ``start``, or the last of that month where it has no such day.

    More months than a thousand years have count as so many, in either direction. Dates end with the year 9999 and begin
    with the year 1: what would still lie beyond is the last or first day.
    """
    months = max(-_MOST_MONTHS, min(_MOST_MONTHS, months))
    year, month = divmod(int(start[:4]) * 12 + int(start[5:7]) - 1 + months, 12)
    if year > 9999:
        return _LAST_DAY
    if year < 1:
        return _FIRST_DAY
    last = 29 if month == 1 and _is_leap(year) else _LONGEST_MONTHS[month + 1]
    return f"{year:04d}-{month + 1:02d}-{min(int(start[8:10]), last):02d}"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def listed(list_id: str, code: str, on: str) -> bool:
    """Whether ``code`` is on the code list ``list_id`` on the day ``on``; True where the list cannot know."""
    return codelists.listed(list_id, code, on)


@lru_cache(_REMEMBERED)
def covers(control_list: str, entry: str, code: str) -> bool:
    """Whether ``code`` is the ``entry`` of the control list or lies under it."""
    return controlcodes.covers(control_list, entry, code)


#: The functions by the names that rules call them by.
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "add_months": add_months,
    "compare": compare,
    "covers": covers,
    "day": day,
    "days": days,
    "listed": listed,
    "multiply": multiply,
    "sum": sum_of,
    "unique": unique,
}


# What generated Python calls besides.


def total(decimals: Iterable[Decimal]) -> Decimal:
    """The exact sum of ``decimals``."""
    found = list(decimals)
    return found[0] if len(found) == 1 else reduce(_EXACT.add, found, _ZERO)


product = _EXACT.multiply
plus = _EXACT.add


def written(number: Decimal) -> str:
    """``number`` in digits, without needless zeros or exponent."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def sign(decimal: str) -> int:
    """-1, 0 or 1, as ``decimal`` is less than, equal to or more than 0."""
    if not decimal.strip("-0."):
        return 0
    return -1 if decimal[0] == "-" else 1


@lru_cache(_REMEMBERED)
def covered(control_list: str, entries: tuple[str, ...], code: str) -> bool:
    """Whether ``code`` is one of the ``entries`` of the control list or lies under one."""
    return any(controlcodes.covers(control_list, entry, code) for entry in entries)


def having(rows: Iterable[Any], path: Sequence[str]) -> list[tuple[Any, Any]]:
    """The ``rows`` that have something at ``path``, each with what that is."""
    if len(path) == 1:
        (slot,) = path
        return [(row, row[slot]) for row in rows if slot in row]
    found = [(row, row) for row in rows]
    for slot in path:
        found = [(row, value[slot]) for row, value in found if slot in value]
    return found


def values_at(rows: Iterable[Any], path: Sequence[str]) -> frozenset[Any]:
    """The values that the ``rows`` have at ``path``."""
    if len(path) == 1:
        (slot,) = path
        return frozenset([row[slot] for row in rows if slot in row])
    return frozenset([value for _, value in having(rows, path)])


def entries_at(rows: Iterable[Any], path: Sequence[str]) -> frozenset[Any]:
    """The entries of the lists that the ``rows`` have at ``path``."""
    return frozenset([entry for _, entries in having(rows, path) for entry in entries])


def counts_at(rows: Iterable[Any], path: Sequence[str]) -> dict[Any, int]:
    """How many of the ``rows`` have each value at ``path``."""
    counts: dict[Any, int] = {}
    for _, value in having(rows, path):
        counts[value] = counts.get(value, 0) + 1
    return counts


def by_value(rows: Iterable[Any], path: Sequence[str]) -> dict[Any, list[Any]]:
    """The ``rows`` by the value that they have at ``path``."""
    index: dict[Any, list[Any]] = {}
    for row, value in having(rows, path):
        if value in index:
            index[value].append(row)
        else:
            index[value] = [row]
    return index


def by_entry(rows: Iterable[Any], path: Sequence[str]) -> dict[Any, list[Any]]:
    """The ``rows`` by each entry of the list that they have at ``path``."""
    index: dict[Any, list[Any]] = {}
    for row, entries in having(rows, path):
        for entry in dict.fromkeys(entries):
            index.setdefault(entry, []).append(row)
    return index


def found_among(index: Mapping[Any, list[Any]], values: Iterable[Any]) -> list[Any]:
    """The rows that ``index`` has for any of ``values``, each row once."""
    found = {id(row): row for value in values for row in index.get(value, ())}
    return list(found.values())


class _Always(dict[str, frozenset[str]]):
    """By code list the codes that are on it on every day, so that most codes need no look at the calendar."""

    def __missing__(self, list_id: str) -> frozenset[str]:
        codes = codelists.codes(list_id)
        found = self[list_id] = codes.always if codes else frozenset()
        return found


ALWAYS: Mapping[str, frozenset[str]] = _Always()
