"""Countries by name or by code, one in a cell, through the code list of countries.

A name matches without regard to letter case, accents, marks and blank space, and never by likeness. Usual names that
the list does not have are added by a format's own table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from exportreport import codelists
from exportreport.codelists import Entry
from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.places import folded
from exportreport.conversion.readings import LEFT_OUT, Context, Kind, Piece, Reader, Reading, Tables, carry, first
from exportreport.finding import Finding, make


def _country(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Names of countries; ``table`` has further ones, with the columns ``name``, ``code`` and ``note``."""
    rows = tables(options["table"]) if "table" in options else ()
    own = {folded(row["name"]): row["code"] for row in rows}

    def read(text: str, context: Context) -> Reading:
        name = folded(text)
        found = _entries_of(own[name]) if name in own else _named().get(name, ())
        if not found:
            return _as_text(text, make(faults.UNKNOWN_PLACE, value=text))
        return _on_day(text, found, context.day)

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        entry = entries[0] if entries else {}
        return name_of(entry["country"]) if "country" in entry else entry.get("text")

    return Reader(read, _day, write)


def _government(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Authorities by name; one that is called by its country's name is of that country."""
    country = _country(options, tables)

    def read(text: str, context: Context) -> Reading:
        (of,) = country.read(text, context).pieces
        name = Piece("name", text)
        if of.part != "country":
            return Reading((name,))
        note = "the authority is called by the name of its country"
        return Reading((name, Piece("country", of.value, Outcome.DERIVED, note)))

    return Reader(read, _day, first("name"), told=("country",))


def _code(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Countries by their two letters."""

    def read(text: str, context: Context) -> Reading:
        found = _entries_of(text)
        return _on_day(text, found, context.day) if found else _as_text(text, make(faults.UNKNOWN_PLACE, value=text))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return entries[0].get("country", entries[0].get("text")) if entries else None

    return Reader(read, _day, write)


def _name(options: Mapping[str, Any], tables: Tables) -> Reader:
    """The name that goes with the code in the cell ``of``, or the names with several codes: it says nothing new, unless
    it is another country's."""
    beside = options["of"]

    def code_of(context: Context) -> str:
        return context.cells.get(beside, "").strip()

    def read(text: str, context: Context) -> Reading:
        code = code_of(context)
        if _named_so(text, SEVERAL_CODES.split(code)):
            return Reading((Piece(LEFT_OUT, None, Outcome.DERIVED, f"the name of {code}, which says the same"),))
        return carry(text, make(faults.NAME_DIFFERS, value=text, code=code or "that is missing"))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        names = [name_of(code) for code in SEVERAL_CODES.split(cells.get(beside, ""))]
        return "; ".join(name for name in names if name) or None

    return Reader(read, code_of, write)


#: What parts the codes of several countries in one cell, and the names of several.
SEVERAL_CODES, _SEVERAL_NAMES = re.compile(r"\s*[,;/|\n]\s*|\s+"), re.compile(r"\s*[;/|\n]\s*")


def _named_so(text: str, codes: Sequence[str]) -> bool:
    """Whether ``text`` names the countries that have the ``codes``, in their order."""
    names = [text] if len(codes) == 1 else _SEVERAL_NAMES.split(text)
    if len(names) != len(codes):
        names = [name.strip() for name in text.split(",")]
    return len(names) == len(codes) and all(
        folded(name) in {folded(one) for entry in _entries_of(code) for one in _names(entry)}
        for name, code in zip(names, codes, strict=True)
    )


def name_of(code: str) -> str | None:
    """The name by which the list calls the country that has this code, or had it last."""
    found = _entries_of(code)
    return found[-1].title if found else None


def _as_text(text: str, finding: Finding) -> Reading:
    """The reading of what names no country, or not one: the text itself, for a field that takes any place."""
    return Reading((Piece("text", text, Outcome.AMBIGUOUS, finding=finding),))


def _day(context: Context) -> str:
    return context.day or ""


def _on_day(text: str, found: Sequence[Entry], day: str | None) -> Reading:
    """The one country of ``found`` whose code is valid on ``day``."""
    valid = [entry for entry in found if not (entry.valid_from or entry.valid_to) or (day and entry.on(day))]
    codes = sorted({entry.code for entry in valid})
    if len(codes) == 1:
        outcome = Outcome.MAPPED
        return Reading((Piece("country", codes[0], outcome, "" if text == codes[0] else "by the list of countries"),))
    if codes:
        return _as_text(text, make(faults.PLACE_TWO_WAYS, value=text, note=" or ".join(codes)))
    last = found[-1]
    finding = make(faults.PLACE_NOT_THEN, value=text, code=last.code, day=day or "an unknown day",
                   first=last.valid_from or "the beginning", last=last.valid_to or "today")  # fmt: skip
    return _as_text(text, finding)


@cache
def _named() -> Mapping[str, tuple[Entry, ...]]:
    """The countries by each of their names."""
    named: dict[str, tuple[Entry, ...]] = {}
    for entry in _all():
        for name in {folded(name) for name in _names(entry)}:
            named[name] = (*named.get(name, ()), entry)
    return named


def _names(entry: Entry) -> Iterator[str]:
    yield entry.title
    yield entry.code
    yield from filter(None, entry.more.get("also", "").split("|"))


def _entries_of(code: str) -> Sequence[Entry]:
    countries = codelists.load("countries")
    return countries.by_code.get(code, ()) if countries else ()


def _all() -> Sequence[Entry]:
    countries = codelists.load("countries")
    return countries.entries if countries else ()


COUNTRY_KIND = Kind(("country", "text"), ("table",), _country)
GOVERNMENT_KIND = Kind(("name", "country"), ("table",), _government)
COUNTRY_CODE_KIND = Kind(("country", "text"), (), _code)
COUNTRY_NAME_KIND = Kind((), ("of",), _name)
