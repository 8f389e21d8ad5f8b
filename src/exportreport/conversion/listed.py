"""Codes of the standard's own code lists; countries, several in a cell; codes of goods, by their number of digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exportreport import codelists
from exportreport.conversion import faults
from exportreport.conversion.countries import COUNTRY_CODE_KIND, SEVERAL_CODES
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.places import folded
from exportreport.conversion.readings import Context, Kind, MappingError, Piece, Reader, Reading, Tables, carry, first
from exportreport.finding import make

_DIGITS = re.compile(r"[0-9]{2,10}")


def _listed(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Codes of the code list ``list``, or their titles and usual names, where only one has it; a list that is open to
    other codes takes any of the form."""
    known = codelists.load(options["list"])
    if known is None:
        raise MappingError(f'there is no code list "{options["list"]}"')
    names = _names(known)

    def read(text: str, context: Context) -> Reading:
        if any(not entry.valid_to for entry in known.by_code.get(text, ())):
            return Reading((Piece("code", text),))
        code = names.get(text.casefold()) or names.get(folded(text))
        if code is not None:
            return Reading((Piece("code", code, Outcome.DERIVED, f"{text}, by the list: {known.title}"),))
        if text in known.by_code or (known.open and _CODE.fullmatch(text)):
            return Reading((Piece("code", text),))
        return carry(text, make(faults.NOT_LISTED, value=text, title=known.title))

    return Reader(read, write=first("code"))


def _names(known: codelists.CodeList) -> Mapping[str, str]:
    """The codes in use by what only they are called: themselves, titles, usual names, symbols."""
    named: dict[str, set[str]] = {}
    for entry in (entry for entry in known.entries if not entry.valid_to):
        called = (entry.title, entry.more.get("symbol", ""), *entry.more.get("also", "").split("|"))
        for name in (entry.code.casefold(), *map(folded, called)):
            named.setdefault(name, set()).add(entry.code)
    return {name: min(codes) for name, codes in named.items() if name and len(codes) == 1}


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


def _country_codes(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Countries by their two letters, several in a cell: ``DE/FR``."""
    one = COUNTRY_CODE_KIND.make({}, tables)

    def read(text: str, context: Context) -> Reading:
        codes = [code for code in SEVERAL_CODES.split(text) if code]
        return Reading(tuple(_numbered(codes, one, context)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return ", ".join(entry["country"] for entry in entries if "country" in entry) or None

    return Reader(read, one.key, write)


def _territory(options: Mapping[str, Any], tables: Tables) -> Reader:
    """A country by its two letters, or a group of countries by the code of the standard's list."""
    one, groups = COUNTRY_CODE_KIND.make({}, tables), codelists.load("country_groups")

    def read(text: str, context: Context) -> Reading:
        if groups is not None and text in groups.by_code:
            return Reading((Piece("group", text),))
        return one.read(text, context)

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        entry = entries[0] if entries else {}
        return entry.get("country") or entry.get("group") or entry.get("text")

    return Reader(read, one.key, write)


def _numbered(codes: Sequence[str], one: Reader, context: Context) -> Iterator[Piece]:
    """The countries as entries of a list; what is none has no entry."""
    entry = 0
    for code in codes:
        (piece,) = one.read(code, context).pieces
        yield piece._replace(entry=entry)
        entry += piece.part == "country"


def _commodity(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Codes of goods; ``lists`` says of which nomenclature one is, by the number of its digits (``cn = [8]``)."""
    lists = {length: name for name, lengths in options["lists"].items() for length in lengths}

    def read(text: str, context: Context) -> Reading:
        digits = re.sub(r"[ .]", "", text)
        if not _DIGITS.fullmatch(digits) or len(digits) not in lists:
            known = ", ".join(map(str, sorted(lists)))
            return carry(text, make(faults.NOT_A_COMMODITY_CODE, value=text, known=known))
        same = digits == text
        code = Piece("code", digits, Outcome.MAPPED if same else Outcome.DERIVED, "" if same else "digits alone")
        note = f"a code of {len(digits)} digits"
        return Reading((code, Piece("nomenclature", lists[len(digits)], Outcome.DERIVED, note)))

    return Reader(read, write=first("code"), told=("nomenclature",))


LISTED_KIND = Kind(("code",), ("list",), _listed)
COUNTRY_CODES_KIND = Kind(("country", "text"), (), _country_codes)
TERRITORY_KIND = Kind(("country", "group", "text"), (), _territory)
COMMODITY_KIND = Kind(("code", "nomenclature"), ("lists",), _commodity)
