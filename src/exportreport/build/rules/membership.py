"""Membership of code lists in XPath: each list as one or two strings, and the test that looks a code up in them.

``' AD AE '`` holds the codes that are valid on every day; ``' AN|0000|2010-12-15 '`` those with days, one after the
other where a code has several, with ``0000`` and ``9999`` where a day is not given. The meaning is that of
`exportreport.codelists`: what a list cannot know, it does not deny.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

CodeList = Mapping[str, Any]


def lets(one: CodeList) -> Iterator[tuple[str, str]]:
    """The names and the texts that `test` speaks of."""
    always, dated = _codes(one)
    yield f"L-{one['id']}", f" {' '.join(always)} "
    if dated:
        entries = (f"{code}|" + "|".join(f"{first}|{last}" for first, last in days) for code, days in dated.items())
        yield f"D-{one['id']}", f" {' '.join(entries)} "


def test(one: CodeList, code: str, day: str, fresh: tuple[str, str, str, str]) -> str:
    """Whether the list ``one`` has ``code`` on ``day``, or cannot know; ``fresh`` are names of variables to use."""
    entry, on, days, start = fresh
    asked = list(_asked(one, entry, on, days, start))
    return f"(some {entry} in {code}, {on} in {day} satisfies ({' or '.join(asked)}))"


def _asked(one: CodeList, code: str, day: str, days: str, start: str) -> Iterator[str]:
    _, dated = _codes(one)
    name = one["id"]
    if "complete_from" in one:
        yield f"{day} lt '{one['complete_from']}'"
    if "complete_to" in one:
        yield f"{day} gt '{one['complete_to']}'"
    if "depth" in one:
        yield f"contains({code}, '.')" if one["depth"] == "entries" else f"string-length({code}) gt {one['depth']}"
    whole = f"not(contains({code}, ' ')) and not(contains({code}, '|'))"
    yield f"({whole} and contains($L-{name}, concat(' ', {code}, ' ')))"
    if dated:
        found = f"substring-before(substring-after($D-{name}, concat(' ', {code}, '|')), ' ')"
        inside = f"{days} ne '' and substring-before({days}, '|') le {day} and {day} le substring-after({days}, '|')"
        yield f"({whole} and (some {days} in {_pairs(found, dated, start)} satisfies ({inside})))"
    if one.get("partial"):
        known = f"contains($L-{name}, concat(' ', {code}, ' '))"
        known += f" or contains($D-{name}, concat(' ', {code}, '|'))" if dated else ""
        yield f"not({whole} and ({known}))"


def _pairs(found: str, dated: Mapping[str, Sequence[tuple[str, str]]], start: str) -> str:
    """The pairs of days in the text ``found``: a first and a last day are 21 characters with the bar between them."""
    most = max(map(len, dated.values()))
    if most == 1:
        return found
    places = ", ".join(str(1 + 22 * number) for number in range(most))
    return f"(for {start} in ({places}) return substring({found}, {start}, 21))"


def _codes(one: CodeList) -> tuple[list[str], dict[str, list[tuple[str, str]]]]:
    """The codes that are valid on every day, and the days of the others."""
    dated: dict[str, list[tuple[str, str]]] = {}
    always = []
    for entry in one["codes"]:
        if "valid_from" in entry or "valid_to" in entry:
            days = (entry.get("valid_from", "0000-00-00"), entry.get("valid_to", "9999-99-99"))
            dated.setdefault(entry["code"], []).append(days)
        else:
            always.append(entry["code"])
    return always, dated
