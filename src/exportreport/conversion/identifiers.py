"""Numbers by which companies are known: the number, and the register that gave it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from exportreport import codelists
from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import (
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

_WITH_SCHEME = re.compile(r"([a-z][a-z0-9_]*): *([^ ].*)")


def _identifier(options: Mapping[str, Any], tables: Tables) -> Reader:
    """A number whose register is told by a word before it (``vat: NL123``), else by its form.

    ``forms`` has the form of the numbers of a scheme, ``otherwise`` is the scheme of all others.
    """
    known = codelists.load("identifier_schemes")
    schemes = frozenset(known.by_code) if known is not None else frozenset()
    forms = {scheme: re.compile(form) for scheme, form in options.get("forms", {}).items()}
    otherwise = str(options["otherwise"])

    def scheme_of(number: str) -> str:
        return next((scheme for scheme, form in forms.items() if form.fullmatch(number)), otherwise)

    def read(text: str, context: Context) -> Reading:
        if len(text) > MAX_REFERENCE or not REFERENCE.fullmatch(text):
            return carry(text, make(faults.TOO_LONG, length=len(text), limit=MAX_REFERENCE), Outcome.CARRIED)
        named = _WITH_SCHEME.fullmatch(text)
        if named and named[1] in schemes:
            note = "the word before the number"
            return Reading((Piece("scheme", named[1], Outcome.DERIVED, note), Piece("value", named[2])))
        scheme = Piece("scheme", scheme_of(text), Outcome.DERIVED, "by the form of the number")
        return Reading((scheme, Piece("value", text)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        entry = entries[0] if entries else {}
        number, scheme = entry.get("value"), entry.get("scheme")
        if number is None or scheme is None:
            return number
        named = _WITH_SCHEME.fullmatch(number)
        plain = scheme == scheme_of(number) and not (named and named[1] in schemes)
        return number if plain else f"{scheme}: {number}"

    return Reader(read, write=write)


IDENTIFIER_KIND = Kind(("scheme", "value"), ("forms", "otherwise"), _identifier)
