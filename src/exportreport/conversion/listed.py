"""Codes of the standard's own code lists; countries, several in a cell; codes of goods, by their number of digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exportreport import codelists
from exportreport.conversion import faults
from exportreport.conversion.countries import COUNTRY_CODE_KIND
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.places import folded
from exportreport.conversion.readings import Context, Kind, MappingError, Piece, Reader, Reading, Tables, carry, first
from exportreport.finding import make

#: What parts the codes of several countries in one cell.
_SEVERAL = re.compile(r"\s*[,;/|\n]\s*|\s+")
_DIGITS = re.compile(r"[0-9]{2,10}")


def _listed(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Codes of the code list ``list``, or their titles; a list that is open to other codes takes any of the form."""
    known = codelists.load(options["list"])
    if known is None:
        raise MappingError(f'there is no code list "{options["list"]}"')
    titles = {folded(entry.title): entry.code for entry in known.entries}
    folded_codes = {entry.code.casefold(): entry.code for entry in known.entries}

    def read(text: str, context: Context) -> Reading:
        if text in known.by_code or (known.open and _CODE.fullmatch(text)):
            return Reading((Piece("code", text),))
        code = folded_codes.get(text.casefold()) or titles.get(folded(text))
        if code is None:
            return carry(text, make(faults.NOT_LISTED, value=text, title=known.title))
        return Reading((Piece("code", code, Outcome.DERIVED, f"{text}, by the list: {known.title}"),))

    return Reader(read, write=first("code"))


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


def _country_codes(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Countries by their two letters, several in a cell: ``DE/FR``."""
    one = COUNTRY_CODE_KIND.make({}, tables)

    def read(text: str, context: Context) -> Reading:
        codes = [code for code in _SEVERAL.split(text) if code]
        return Reading(tuple(_numbered(codes, one, context)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return ", ".join(entry["country"] for entry in entries if "country" in entry) or None

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
COMMODITY_KIND = Kind(("code", "nomenclature"), ("lists",), _commodity)
