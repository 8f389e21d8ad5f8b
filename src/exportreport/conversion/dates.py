"""Dates in a column that writes them in more than one order: each separator has its own, declared by the
format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import Context, Kind, MappingError, Piece, Reader, Reading, Tables, carry
from exportreport.finding import make

_DAY_FIRST, _MONTH_FIRST = "day month year", "month day year"
_DATE = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
#: How many dates are remembered as keeping or breaking their order.
_REMEMBERED = 20_000
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def _date(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Dates; ``orders`` gives the order of day and month for each separator, ``beside`` the row's other
    dates."""
    orders, beside = options["orders"], tuple(options.get("beside", ()))
    for mark, order in orders.items():
        if order not in (_DAY_FIRST, _MONTH_FIRST) or mark not in "-/. ":
            raise MappingError(f'the order of "{mark}" is "{order}"; write "{_DAY_FIRST}" or "{_MONTH_FIRST}"')

    def read(text: str, context: Context) -> Reading:
        iso = _ISO.fullmatch(text)
        if iso:
            return _day(text, *map(int, iso.groups()), note="")
        match = _DATE.fullmatch(text)
        if match is None:
            return carry(text, make(faults.NOT_A_DATE, value=text))
        first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        if mark not in orders:
            return carry(text, make(faults.ORDER_UNKNOWN, value=text))
        order = orders[mark]
        day, month = (first, second) if order == _DAY_FIRST else (second, first)
        if month > 12 >= day:
            return carry(text, make(faults.DATE_AGAINST_ORDER, value=text, order=order))
        note = f"{order}, as the column writes dates with {mark}"
        if day <= 12 and day != month:
            return both_ways(text, context, year, month, day, note)
        return _day(text, year, month, day, note=note)

    def both_ways(text: str, context: Context, year: int, month: int, day: int, note: str) -> Reading:
        """A date that would be a day in either order: the row's other dates must not speak against the
        order."""
        other = key(context)
        if other and _mark(other) == _mark(text) and other != text:
            return carry(text, make(faults.DATE_IN_DOUBT, value=text, other=other))
        return _day(text, year, month, day, note=note)

    def key(context: Context) -> str:
        """The first of the row's dates that breaks the order of its separator; empty when none does."""
        for name in beside:
            other = context.cells.get(name, "").strip()
            if other not in known:
                if len(known) >= _REMEMBERED:
                    known.clear()
                known[other] = breaks(other)
            if known[other]:
                return other
        return ""

    def breaks(other: str) -> bool:
        match = _DATE.fullmatch(other)
        if match is None or match[2] not in orders:
            return False
        return int(match[3 if orders[match[2]] == _DAY_FIRST else 1]) > 12

    known: dict[str, bool] = {}
    return Reader(read, key if beside else None)


def _mark(text: str) -> str:
    """The separator of a date that is written with one: the character before the year."""
    return text[-5]


def _day(text: str, year: int, month: int, day: int, *, note: str) -> Reading:
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        value = ""
    if not "1900-01-01" <= value <= "2199-12-31":
        return carry(text, make(faults.NO_SUCH_DAY, value=text))
    if value == text:
        return Reading((Piece("day", value),))
    return Reading((Piece("day", value, Outcome.DERIVED, note),))


DATE_KIND = Kind(("day",), ("orders", "beside"), _date)
