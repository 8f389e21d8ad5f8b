"""Control-list entries as lists write them, several in a cell: split, brought to one spelling, the original
kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from exportreport.controlcodes import parse
from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import CARRIED, Context, Kind, MappingError, Piece, Reader, Reading, Tables
from exportreport.finding import make

#: "up to and including": what lies between two entries is nobody's to fill in.
_RANGE = re.compile(r"t/m|\stot\s", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;/\n]|\s(?:en|and|&)\s")


def _control_codes(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Entries of ``control_list``; ``words`` are texts that stand for items not listed one by one."""
    if options.get("form", "dual_use") != "dual_use":
        raise MappingError(f'the form of control codes "{options["form"]}" is not known; write "dual_use"')
    words = {word.casefold() for word in options.get("words", ())}
    control_list = options["control_list"]

    def read(text: str, context: Context) -> Reading:
        if text.casefold() in words:
            return Reading((Piece("as_given", text, note="a word for several entries, none of them named"),))
        return Reading(tuple(_pieces(_codes(text), control_list)))

    return Reader(read)


def _pieces(codes: Iterator[str], control_list: str) -> Iterator[Piece]:
    seen: set[str] = set()
    entry = 0
    for code in codes:
        normal = normalized(code)
        if normal is None:
            finding = make(faults.NOT_A_CONTROL_CODE, value=code)
            yield Piece(CARRIED, code, Outcome.AMBIGUOUS, finding=finding)
        elif normal not in seen:
            seen.add(normal)
            same = normal == code
            note = "" if same else "brought to the one spelling of entries"
            yield Piece("list", control_list, Outcome.DERIVED, "the column holds entries of this list", entry)
            yield Piece("code", normal, Outcome.MAPPED if same else Outcome.DERIVED, note, entry)
            yield Piece("as_given", code, entry=entry)
            entry += 1


def _codes(text: str) -> Iterator[str]:
    """The codes in a cell, one by one; what is left of a mark without a code beside it is no code."""
    parts = [] if _RANGE.search(text) else [part.strip() for part in _SEVERAL.split(text)]
    if not any(parts):
        parts = [text]
    for part in filter(None, parts):
        words = part.split()
        yield from words if len(words) > 1 and all(map(normalized, words)) else [part]


def normalized(code: str) -> str | None:
    """``code`` with its segments joined by dots (`6A002a2a` is `6A002.a.2.a`); None when it is no entry.

    Numbers lose leading zeros, as the list prints them: `1C350-02` is `1C350.2`.
    """
    parsed = parse(code)
    return parsed.normal if parsed and parsed.numbering == "dual_use" else None


CONTROL_CODES_KIND = Kind(("list", "code", "as_given"), ("control_list", "words", "form"), _control_codes)
