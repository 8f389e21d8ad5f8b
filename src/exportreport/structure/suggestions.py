"""What the sender probably meant: near misses, for values short enough to compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

_LONGEST = 64

#: A day on which only codes without a last day are valid.
_FAR_OFF = "9999-12-31"

#: By how many letters a near miss may be longer or shorter, and how many letters only one of the two may have. What is
#: farther away is not compared, since comparing is what costs.
_FARTHEST = 4


def question(meant: str | None) -> str:
    """How a message ends: ``; did you mean X?``, or a full stop where nothing is known to be meant."""
    return f"; did you mean {meant}?" if meant else "."


def nearest(value: str, known: Mapping[str, str]) -> str | None:
    """What ``known`` gives for the name in it that is nearest to ``value``; None where none is near."""
    if len(value) >= _LONGEST:
        return None
    folded = _fold(value)
    letters = set(folded)
    near = {}
    for name, meant in known.items():
        other, others = _known(name)
        if abs(len(other) - len(folded)) <= _FARTHEST and len(letters ^ others) <= _FARTHEST:
            near[other] = meant
    from difflib import get_close_matches

    found = get_close_matches(folded, near, n=1, cutoff=0.72) if near else []
    return near[found[0]] if found else None


@lru_cache(maxsize=4_096)
def _known(name: str) -> tuple[str, frozenset[str]]:
    """A name of the model as it is compared, and its letters: kept, since a bad document asks a million times."""
    folded = _fold(name)
    return folded, frozenset(folded)


def _fold(name: str) -> str:
    return name.lower().replace("_", "").replace(" ", "").replace("-", "")


def for_type(value: str, type_name: str, code_list: str | None = None) -> str | None:
    """What a text that nearly has the form of a type was meant to be, or None.

    A date is suggested only where it can be read in one way; of ``code_list`` only codes that have no last day.
    """
    if code_list:
        return _code_of(value, code_list)
    suggest = {"Date": _date, "Decimal": _decimal, "ControlCode": _control_code}.get(type_name)
    return suggest(value) if suggest and len(value) < _LONGEST else None


def _code_of(value: str, list_id: str) -> str | None:
    from exportreport import codelists

    known = codelists.load(list_id)
    meant = known.meant_by(value, _FAR_OFF) if known else None
    return str(meant) if meant else None


def _date(value: str) -> str | None:
    value = value.strip(" \t\r\n")
    dashed = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value, re.ASCII)
    if dashed and re.match("19|20|21", value):
        return _day(*dashed.groups())
    compact = re.fullmatch(r"((?:19|20|21)\d\d)[./]?(\d\d)[./]?(\d\d)", value, re.ASCII)
    if compact:
        return _day(*compact.groups())
    turned = re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./]((?:19|20|21)\d\d)", value, re.ASCII)
    if turned is None:
        return None
    first, second, year = turned.groups()
    if int(first) > 12:
        return _day(year, second, first)
    return _day(year, first, second) if int(second) > 12 else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _decimal(value: str) -> str | None:
    plain = re.fullmatch(r"\+?(\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?: \d{3})+|0*\d+)(\.\d{1,6})?", value, re.ASCII)
    if plain is None:
        return None
    whole = re.sub(r"[, ]", "", plain[1]).lstrip("0") or "0"
    return whole + (plain[2] or "") if len(whole) <= 18 else None


def _control_code(value: str) -> str | None:
    from exportreport.controlcodes import parse

    parsed = parse(value)
    return parsed.normal if parsed else None
