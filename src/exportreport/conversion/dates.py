"""Dates in a column that writes them in more than one order: each separator has its own, declared by the
format."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import (
    Context,
    Kind,
    MappingError,
    Piece,
    Quick,
    Reader,
    Reading,
    Tables,
    carry,
    first,
)
from exportreport.finding import make

_DAY_FIRST, _MONTH_FIRST = "day month year", "month day year"
_DATE = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})|([0-9]{2})()([0-9]{2})([0-9]{4})")
#: Month and day, with two digits, of each day that there is in every year.
_DAYS = [(f"{month:02}", f"{day:02}") for month in range(1, 13) for day in range(1, monthrange(2001, month)[1] + 1)]
#: How many dates are remembered as keeping or breaking their order.
_REMEMBERED = 20_000
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def _date(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Dates; ``orders`` gives the order of day and month for each separator (an empty one for eight digits without),
    ``beside`` the row's other dates. Dates written year-month-day need neither, and are written so."""
    if options.get("compact"):
        return Reader(_compact, None, lambda entries, cells: entries[0]["day"].replace("-", "") if entries else None)
    orders, beside = options.get("orders", {}), tuple(options.get("beside", ()))
    for mark, order in orders.items():
        if order not in (_DAY_FIRST, _MONTH_FIRST) or mark not in ("", *"-/. "):
            raise MappingError(f'the order of "{mark}" is "{order}"; write "{_DAY_FIRST}" or "{_MONTH_FIRST}"')
    dates = _Dates(orders, beside)
    return Reader(dates.read, dates.key if beside else None, first("day"), quick=Quick("day", dates.quick, dates.key))


def _compact(text: str, context: Context) -> Reading:
    """A day of eight digits: year, month, day."""
    if not re.fullmatch("[0-9]{8}", text):
        return carry(text, make(faults.NOT_A_DATE, value=text))
    return _day(text, int(text[:4]), int(text[4:6]), int(text[6:]), note="year, month and day without marks")


class _Dates:
    """Reads the dates of columns whose separators tell the order of day and month."""

    def __init__(self, orders: Mapping[str, str], beside: tuple[str, ...]) -> None:
        self._orders, self._beside = orders, beside
        self._known: dict[str, bool] = {}
        self._usual = _usual(orders)

    def read(self, text: str, context: Context) -> Reading:
        """The day that ``text`` means, or the text carried along with what makes it doubtful."""
        iso = _ISO.fullmatch(text)
        if iso:
            return _day(text, *map(int, iso.groups()), note="")
        taken = _taken_apart(text)
        if taken is None:
            return carry(text, make(faults.NOT_A_DATE, value=text))
        first, mark, second, year = taken
        if mark not in self._orders:
            return carry(text, make(faults.ORDER_UNKNOWN, value=text))
        order = self._orders[mark]
        day, month = (first, second) if order == _DAY_FIRST else (second, first)
        if month > 12 >= day:
            return carry(text, make(faults.DATE_AGAINST_ORDER, value=text, order=order))
        if day <= 12 and day != month:  # a day in either order: the row's other dates must not speak against it
            other = self.key(context)
            if other and _mark(other) == mark and other != text:
                return carry(text, make(faults.DATE_IN_DOUBT, value=text, other=other))
        return _day(text, year, month, day, note=f"{order}, as the column writes dates with {mark or 'no separator'}")

    def quick(self, text: str) -> tuple[str, bool] | None:
        """The day of a date with two digits for day and month, and whether it is no date in the other order."""
        usual, year = self._usual.get(text[:6]), text[6:]
        if usual is None or len(year) != 4 or not ("1900" <= year <= "2199" and year.isascii() and year.isdigit()):
            return None
        return year + usual[0], usual[1]

    def key(self, context: Context) -> str:
        """The first of the row's dates that breaks the order of its separator; empty when none does."""
        for name in self._beside:
            other = context.cells.get(name, "")
            breaks = self._known.get(other)
            if breaks is None:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                breaks = self._known[other] = self._breaks(other.strip())
            if breaks:
                return other.strip()
        return ""

    def _breaks(self, other: str) -> bool:
        if self.quick(other) is not None:
            return False
        taken = _taken_apart(other)
        if taken is None or taken[1] not in self._orders:
            return False
        first, mark, second, _ = taken
        return (second if self._orders[mark] == _DAY_FIRST else first) > 12


def _usual(orders: Mapping[str, str]) -> Mapping[str, tuple[str, bool]]:
    """What day and month, as dates of two digits each begin with them, are in an ISO date; and whether they are no day
    in the other order."""
    found: dict[str, tuple[str, bool]] = {}
    for mark, order in orders.items():
        for month, day in _DAYS if mark else ():
            begin = f"{day}{mark}{month}{mark}" if order == _DAY_FIRST else f"{month}{mark}{day}{mark}"
            found[begin] = f"-{month}-{day}", day > "12" or day == month
    return found


def _taken_apart(text: str) -> tuple[int, str, int, int] | None:
    """The first number of a date, its separator, the second and the year; None for what has not the form of one."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    first, mark, second, year = match.groups()[4 * (match[1] is None) :][:4]
    return int(first), mark, int(second), int(year)


def _mark(text: str) -> str:
    """The separator of a date: the character before the year, where that is no digit."""
    return "" if text[-5].isdigit() else text[-5]


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


DATE_KIND = Kind(("day",), ("orders", "beside", "compact"), _date)
