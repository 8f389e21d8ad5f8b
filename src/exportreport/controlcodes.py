"""Entries of control lists: one parser for all spellings, what lies under what, and what is the same elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from exportreport import artifact
from exportreport.pattern import pattern

#: Whose way of numbering a code follows: the dual-use lists (`6A002a2a`), the Wassenaar Arrangement's own print
#: (`5.A.1.f`), the military lists (`ML15`), the categories of the US Munitions List (`XI(b)`), or `EAR99`.
Numbering = Literal["dual_use", "wassenaar", "military", "usml", "ear99"]

#: An entry of the dual-use lists: category, product group, three digits; then sub-entries, letters and numbers in turn.
#: A number may follow the entry at once only behind a mark (`1C350-46`): `8A00201e` is a typing slip.
_DUAL_USE = pattern(r"([0-9][A-Ea-e][0-9]{3})((?:[-.]?[A-Za-z]|[-.][0-9]{1,2}|(?<=[A-Za-z])[0-9]{1,2})*)")
#: The same as Wassenaar prints it: the number of the item without leading zeros, all parts set off by dots.
_WASSENAAR = pattern(r"([0-9])\. ?([A-Ea-e])\. ?([0-9]{1,3})((?:\. ?[A-Za-z0-9]{1,2})*)\.?")
_MILITARY = pattern(
    r"(ML|PL)[ -]?([0-9]{1,4})((?:[-. ]?[A-Za-z]|[-.][0-9]{1,2}|(?<=[A-Za-z])[0-9]{1,2})*)", re.IGNORECASE
)
_USML = pattern(
    r"(?:USML |Category |Cat\.? )?((?=[XVI])X{0,2}(?:I[XV]|V?I{0,3}))"
    r"((?:[. ]?(?:\([A-Za-z0-9]{1,4}\)|(?<=[. ])[A-Za-z0-9]{1,4}))*)"
)
_EAR99 = pattern(r"EAR[ -]?99", re.IGNORECASE)
_SEGMENT = pattern(r"[A-Za-z]|[0-9]+")
_USML_SEGMENT = pattern(r"[A-Za-z]+|[0-9]+")

#: How many sub-entries the normal form has room for.
_DEEPEST = 9

#: The highest category of the US Munitions List.
_LAST_CATEGORY = "XXI"


class ControlCode(NamedTuple):
    """An entry of a control list: the text as it came, and its normal form, sub-entries set off by dots."""

    original: str
    normal: str
    numbering: Numbering

    @property
    def entry(self) -> str:
        """The entry without what lies under it: `5A001` of `5A001.f.1`."""
        return self.normal.partition(".")[0]

    @property
    def series_600(self) -> bool:
        """Whether it is of the US 600 series: items that came from the munitions list (`9A610`)."""
        return self.numbering == "dual_use" and self.normal[2] == "6"


def parse(text: str) -> ControlCode | None:
    """The control code that ``text`` writes, in whichever way; None when it writes none.

    Numbers lose leading zeros, as the lists print them (`1C350-02` is `1C350.2`), and letters of sub-entries are small.
    """
    for numbering, form, normal in _SPELLINGS:
        match = form.fullmatch(text)
        found = normal(match) if match else None
        if found:
            return ControlCode(text, found, numbering)
    return None


def _dual_use(match: re.Match[str]) -> str | None:
    return _joined(match[1].upper(), _SEGMENT.findall(match[2]))


def _wassenaar(match: re.Match[str]) -> str | None:
    number = int(match[3])
    return _joined(f"{match[1]}{match[2].upper()}{number:03}", _SEGMENT.findall(match[4])) if number else None


def _military(match: re.Match[str]) -> str | None:
    return _joined(match[1].upper() + match[2].lstrip("0"), _SEGMENT.findall(match[3]))


def _usml(match: re.Match[str]) -> str | None:
    if match[1] > _LAST_CATEGORY and match[1].startswith("XX"):
        return None
    return _joined(match[1], _USML_SEGMENT.findall(match[2]), in_turn=False)


def _ear99(match: re.Match[str]) -> str | None:
    return "EAR99"


def _joined(entry: str, parts: list[str], *, in_turn: bool = True) -> str | None:
    """The normal form; None where a number is zero, letters and numbers do not take turns, or there are too many."""
    segments = [part.lstrip("0") if part.isdigit() else part.lower() for part in parts]
    kinds = [segment.isdigit() for segment in segments]
    wrong = in_turn and any(one == other for one, other in pairwise(kinds))
    return None if wrong or not all(segments) or len(segments) > _DEEPEST else ".".join([entry, *segments])


_SPELLINGS: tuple[tuple[Numbering, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    ("dual_use", _DUAL_USE, _dual_use),
    ("wassenaar", _WASSENAAR, _wassenaar),
    ("military", _MILITARY, _military),
    ("ear99", _EAR99, _ear99),
    ("usml", _USML, _usml),
)


def covers(control_list: str, a: str, b: str) -> bool:
    """Whether ``b`` is the entry ``a`` of ``control_list`` or lies under it; both in their normal form.

    `5A001.f.1` lies under `5A001.f` and under `5A001`; `5A001.f.10` does not lie under `5A001.f.1`. This is the
    function ``covers`` of the rules: ``b`` equals ``a``, or begins with ``a`` and a dot. It is the same for all lists.
    """
    return b == a or b.startswith(f"{a}.")


def lineage(code: str) -> Iterator[str]:
    """The code, in its normal form, and all that it lies under, nearest first."""
    while code:
        yield code
        code = code.rpartition(".")[0]


class Counterpart(NamedTuple):
    """The code of another list that stands for the same items.

    ``evidence`` is "confirmed" or "believed". ``by`` is the entry that the table names; where that is not the code
    asked for but one above it, the sub-entries are taken to have kept their places.
    """

    control_list: str
    code: str
    evidence: str
    by: str
    note: str = ""


def counterparts(control_list: str, code: str) -> tuple[Counterpart, ...]:
    """The codes of other lists for what ``code``, in its normal form, is on ``control_list``; those known, at most one
    for each list."""
    lists, rows = _crosswalk()
    known = rows.get(control_list, {})
    for by in lineage(code):
        if by in known:
            row = known[by]
            below = code[len(by) :]
            evidence, note = row[len(lists) :]
            others = ((name, other) for name, other in zip(lists, row, strict=False) if name != control_list and other)
            return tuple(
                Counterpart(name, other + below, evidence if not below else "believed", by, note)
                for name, other in others
            )
    return ()


@cache
def _crosswalk() -> tuple[list[str], Mapping[str, Mapping[str, list[str]]]]:
    """The lists of the table, and for each of them its rows by the code that they give it."""
    import orjson

    data = artifact.read("crosswalks", "control_codes.json")
    table = orjson.loads(data)
    rows: dict[str, dict[str, list[str]]] = {name: {} for name in table["lists"]}
    for row in table["rows"]:
        for name, code in zip(table["lists"], row, strict=False):
            if code:
                rows[name].setdefault(code, row)
    return table["lists"], rows
