"""The functions of rules a second time, from their meaning in functions.json: shares no code with the first."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

from tests.witnesses import catalogue


def compare(a: str, b: str) -> int:
    difference = Fraction(a) - Fraction(b)
    return (difference > 0) - (difference < 0)


def sum_of(values: Iterable[str]) -> str:
    return _written(sum(map(Fraction, values), Fraction(0)))


def multiply(a: str, b: str) -> str:
    return _written(Fraction(a) * Fraction(b))


def _written(number: Fraction) -> str:
    """The number in digits; its denominator has no prime factor but 2 and 5."""
    places = 0
    while number.denominator != 1:
        number, places = number * 10, places + 1
    digits = str(abs(number.numerator)).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if number < 0 else "") + whole + ("." + part if part else "")


def unique(values: Iterable[Any]) -> bool:
    seen = sorted(map(str, values))
    return all(one != other for one, other in pairwise(seen))


def day(moment: str) -> str:
    return moment.partition("T")[0]


def days(first: str, second: str) -> int:
    return datetime.date.fromisoformat(second).toordinal() - datetime.date.fromisoformat(first).toordinal()


def add_months(start: str, months: int) -> str:
    date = datetime.date.fromisoformat(start)
    count = date.year * 12 + date.month - 1 + max(-12_000, min(12_000, int(months)))
    year, month = count // 12, count % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(date.day, last)).isoformat()


@cache
def _published(list_id: str) -> dict[str, Any] | None:
    path = catalogue.ARTIFACTS / "codelists" / f"{list_id}.json"
    if not path.exists():
        return None
    about = catalogue.read("codelists", path.name)
    grouped: dict[str, list[Any]] = {}
    for row in about["codes"]:
        grouped.setdefault(row["code"], []).append(row)
    ends = tuple(code for code, rows in grouped.items() if any(row.get("below") == "open" for row in rows))
    return about | {"grouped": grouped, "ends": ends}


@cache
def listed(list_id: str, code: str, on: str) -> bool:
    known = _published(list_id)
    if known is None or on < known.get("complete_from", on) or on > known.get("complete_to", on):
        return True
    rows = known["grouped"].get(code)
    if rows is not None:
        return any(row.get("valid_from", on) <= on <= row.get("valid_to", on) for row in rows)
    if known.get("partial") or any(code.startswith(end) for end in known["ends"]):
        return True
    depth = known.get("depth")
    if depth is None:
        return False
    above = code.partition(".")[0] if depth == "entries" else code[:depth]
    return above != code and above in known["grouped"]


def covers(control_list: str, a: str, b: str) -> bool:
    upper, lower = a.split("."), b.split(".")
    return lower[: len(upper)] == upper


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "compare": compare,
    "sum": sum_of,
    "multiply": multiply,
    "unique": unique,
    "day": day,
    "days": days,
    "add_months": add_months,
    "listed": listed,
    "covers": covers,
}
