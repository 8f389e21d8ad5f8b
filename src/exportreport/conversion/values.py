"""Values of the standard's other types: whole numbers, yes and no, numbers of chemicals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import CARRIED, Context, Kind, Piece, Reader, Reading, Tables, carry, first
from exportreport.finding import make

_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
_CAS = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]")
_SEVERAL = re.compile(r"\s*[,;|\n]\s*|\s+")


def _integer(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Whole numbers, without a sign; zeros before them say nothing."""

    def read(text: str, context: Context) -> Reading:
        return Reading((_whole(text),))

    return Reader(read, write=first("number"))


def _integers(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Whole numbers, several in a cell."""

    def read(text: str, context: Context) -> Reading:
        pieces = [_whole(number) for number in filter(None, _SEVERAL.split(text))]
        entries = accumulate((piece.part == "number" for piece in pieces), initial=0)
        return Reading(tuple(piece._replace(entry=entry) for piece, entry in zip(pieces, entries, strict=False)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return ", ".join(entry["number"] for entry in entries if "number" in entry) or None

    return Reader(read, write=write)


def _whole(text: str) -> Piece:
    """The whole number that ``text`` is, or the text carried."""
    bare = text.lstrip("0") or "0" if text.isascii() and text.isdigit() else text
    if not _WHOLE.fullmatch(bare):
        return Piece(CARRIED, text, Outcome.AMBIGUOUS, finding=make(faults.NOT_A_WHOLE_NUMBER, value=text))
    outcome, note = (Outcome.MAPPED, "") if bare == text else (Outcome.DERIVED, "zeros before the number left out")
    return Piece("number", int(bare), outcome, note)


def _yes_no(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Yes and no; ``yes`` and ``no`` are the words for them, the first of each is written."""
    yes, no = options.get("yes", ["true", "yes", "y", "x", "1"]), options.get("no", ["false", "no", "n", "0"])
    table = {word.casefold(): True for word in yes} | {word.casefold(): False for word in no}

    def read(text: str, context: Context) -> Reading:
        value = table.get(text.casefold())
        if value is None:
            return carry(text, make(faults.UNKNOWN_CODE, value=text, known=", ".join((*yes, *no))))
        return Reading((Piece("answer", value),))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        answer = entries[0].get("answer") if entries else None
        return None if answer is None else (yes if answer == "true" else no)[0]

    return Reader(read, write=write)


def _cas(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Numbers of chemicals (CAS), several in a cell."""

    def read(text: str, context: Context) -> Reading:
        return Reading(tuple(_numbers(text)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return ", ".join(entry["number"] for entry in entries if "number" in entry) or None

    return Reader(read, write=write)


def _numbers(text: str) -> Iterator[Piece]:
    entry = 0
    for number in filter(None, _SEVERAL.split(text)):
        if _CAS.fullmatch(number):
            yield Piece("number", number, entry=entry)
            entry += 1
        else:
            finding = make(faults.NOT_A_CAS_NUMBER, value=number)
            yield Piece(CARRIED, number, Outcome.AMBIGUOUS, finding=finding)


INTEGER_KIND = Kind(("number",), (), _integer)
INTEGERS_KIND = Kind(("number",), (), _integers)
YES_NO_KIND = Kind(("answer",), ("yes", "no"), _yes_no)
CAS_KIND = Kind(("number",), (), _cas)
