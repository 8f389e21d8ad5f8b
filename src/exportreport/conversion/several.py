"""Cells that hold one of several things: codes in a row, a count or words, the number of a license or a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import (
    CARRIED,
    LEFT_OUT,
    MAX_REFERENCE,
    REFERENCE,
    Context,
    Kind,
    Piece,
    Reader,
    Reading,
    Tables,
    carry,
)
from exportreport.finding import make

_MARKS = re.compile(r"\s*[,;/+\n]\s*|\s+(?:en|and|&)\s+")
_COUNT = re.compile(r"0|[1-9][0-9]{0,17}")
_DAY = re.compile(r"([0-9]{1,2})[-/. ]?([0-9]{2}|[0-9])[-/. ]?([0-9]{4})")


def _codes(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Codes that a table translates (columns ``theirs``, ``ours`` and ``note``), several in a cell."""
    rows = tables(options["table"])
    table = {row["theirs"].casefold(): row for row in rows}
    known = ", ".join(row["theirs"] for row in rows)

    def read(text: str, context: Context) -> Reading:
        words = [text] if text.casefold() in table else [one for one in _MARKS.split(text) if one]
        return Reading(tuple(_translated(words or [text], table, known)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        words = (next((row["theirs"] for row in rows if row["ours"] == entry.get("code")), "") for entry in entries)
        return ", ".join(filter(None, words)) or None

    return Reader(read, write=write)


def _translated(words: Sequence[str], table: Mapping[str, Mapping[str, str]], known: str) -> Iterator[Piece]:
    met: list[str] = []
    for word in words:
        row = table.get(word.casefold())
        if row is None:
            yield Piece(CARRIED, word, Outcome.AMBIGUOUS, finding=make(faults.UNKNOWN_CODE, value=word, known=known))
        elif row["ours"] in met:
            yield Piece(LEFT_OUT, None, Outcome.DERIVED, f'"{word}" is the same as what stands before it')
        else:
            met.append(row["ours"])
            yield Piece("code", row["ours"], Outcome.DERIVED, row["note"] or f'"{word}"', len(met) - 1)


def _count(options: Mapping[str, Any], tables: Tables) -> Reader:
    """A number of pieces or of something else, in digits alone; any other text as it stands."""

    def read(text: str, context: Context) -> Reading:
        return Reading((Piece("amount" if _COUNT.fullmatch(text) else "text", text),))

    return Reader(read)


def _number_or_day(options: Mapping[str, Any], tables: Tables) -> Reader:
    """The number of another license, of one of the ``forms``.

    Cells that are all ``filler`` say nothing. Up to the day ``days_until`` the column has held days, too: of a license
    of that time, or whose day is in doubt, what may be one is carried.
    """
    forms = [re.compile(form) for form in options["forms"]]
    filler, until = re.compile(options.get("filler", "(?!)")), options.get("days_until", "")

    def read(text: str, context: Context) -> Reading:
        if filler.fullmatch(text):
            return Reading((Piece(LEFT_OUT, None, Outcome.DERIVED, "a filler, which says nothing"),))
        early = context.day is None or context.day <= until
        number = any(form.fullmatch(text) for form in forms)
        if _is_day(text) and (early or not number):
            return carry(text, make(faults.NUMBER_OR_DAY, value=text))
        if len(text) > MAX_REFERENCE or not REFERENCE.fullmatch(text):
            return carry(text, make(faults.TOO_LONG, length=len(text), limit=MAX_REFERENCE), Outcome.CARRIED)
        return Reading((Piece("reference", text, note="" if number else "not one of the usual forms of the number"),))

    return Reader(read, lambda context: context.day or "")


def _is_day(text: str) -> bool:
    """Whether ``text`` could be a day, in either order of day and month."""
    match = _DAY.fullmatch(text)
    if match is None:
        return False
    first, second, year = map(int, match.groups())
    return 1950 <= year <= 2050 and any(_exists(year, month, day) for month, day in ((second, first), (first, second)))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _kept(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Texts that have no place in a report, whatever they say."""

    def read(text: str, context: Context) -> Reading:
        return Reading((Piece(CARRIED, text, Outcome.CARRIED, "no place in the report is for it"),))

    return Reader(read, write=lambda entries, cells: None, without_target="carried, always")


CODES_KIND = Kind(("code",), ("table",), _codes)
COUNT_KIND = Kind(("amount", "text"), (), _count)
KEPT_KIND = Kind((), (), _kept)
NUMBER_OR_DAY_KIND = Kind(("reference",), ("forms", "filler", "days_until"), _number_or_day)
