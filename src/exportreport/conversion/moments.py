"""Days that something else follows from: the last day of a period, and the moment of a message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from exportreport.conversion.dates import DATE_KIND
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import Context, Kind, MappingError, Piece, Reader, Reading, Tables, first

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
_MIDNIGHT = "T00:00:00Z"


def _deadline(options: Mapping[str, Any], tables: Tables) -> Reader:
    """A day, and as ``due`` the last of the ``days`` that follow it."""
    days, dates = options["days"], DATE_KIND.make({}, tables)
    if type(days) is not int or days < 1:
        raise MappingError(f"days is {days!r}; give the number of days, from 1")

    def read(text: str, context: Context) -> Reading:
        found = dates.read(text, context)
        day = next((piece.value for piece in found.pieces if piece.part == "day"), None)
        if day is None:
            return found
        due = (date.fromisoformat(str(day)) + timedelta(days)).isoformat()
        last = Piece("due", due, Outcome.DERIVED, f"{days} days after {day}")
        return Reading((*found.pieces, last))

    return Reader(read, write=first("day"), told=("due",))


def _moment(options: Mapping[str, Any], tables: Tables) -> Reader:
    """A moment in UTC; a day alone is its first."""
    dates = DATE_KIND.make({}, tables)

    def read(text: str, context: Context) -> Reading:
        if _is_moment(text):
            return Reading((Piece("moment", text),))
        found = dates.read(text, context)
        return Reading(tuple(map(_begun, found.pieces)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        moment = entries[0].get("moment") if entries else None
        return moment and moment.removesuffix(_MIDNIGHT)

    return Reader(read, write=write)


def _is_moment(text: str) -> bool:
    if not _MOMENT.fullmatch(text) or not "1900" <= text[:4] <= "2199":
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _begun(piece: Piece) -> Piece:
    """The beginning of the day that ``piece`` is; a piece of another kind as it is."""
    if piece.part != "day":
        return piece
    return Piece(
        "moment", f"{piece.value}{_MIDNIGHT}", Outcome.DERIVED, "the day alone is given: its beginning, in UTC"
    )


DEADLINE_KIND = Kind(("day", "due"), ("days",), _deadline)
MOMENT_KIND = Kind(("moment",), (), _moment)
