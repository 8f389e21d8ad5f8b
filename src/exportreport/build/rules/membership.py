"""Membership of code lists in XPath: each list as a few strings, and the test that looks a code up in them.

``' AD AE '`` holds the codes that are valid on every day (``L-``), or those under which a list ends (``B-``);
``' AN|0000-00-00|2010-12-15 '`` those with days (``D-``), one pair of days after the other where a code has several.
The meaning is that of `exportreport.codelists`: what a list cannot know, it does not deny.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

#: A code list as it is read: what its TOML says, and ``codes``, its rows.
CodeList = Mapping[str, Any]

#: A pair of days, with the bar between them and the one behind.
_PAIR = len("0000-00-00|9999-99-99|")


@dataclass(frozen=True, slots=True)
class Names:
    """Variables that a test may use: for the code, the day, a pair of days and a place in a text."""

    code: str
    day: str
    days: str
    place: str


@dataclass(frozen=True)
class Membership:
    """One code list, as strings and as a test."""

    code_list: CodeList

    @cached_property
    def dated(self) -> dict[str, list[tuple[str, str]]]:
        """The codes that are not valid on every day, with their first and last days."""
        found: dict[str, list[tuple[str, str]]] = {}
        for entry in self.code_list["codes"]:
            days = (entry.get("valid_from", "0000-00-00"), entry.get("valid_to", "9999-99-99"))
            found.setdefault(entry["code"], []).append(days)
        return {code: days for code, days in found.items() if days != [("0000-00-00", "9999-99-99")]}

    @cached_property
    def below(self) -> list[str]:
        """The codes under which the list ends."""
        return [entry["code"] for entry in self.code_list["codes"] if entry.get("below") == "open"]

    def lets(self) -> Iterator[tuple[str, str]]:
        """The names and the texts that the test speaks of."""
        name = self.code_list["id"]
        always = [entry["code"] for entry in self.code_list["codes"] if entry["code"] not in self.dated]
        yield f"L-{name}", f" {' '.join(always)} "
        if self.dated:
            entries = ("|".join((code, *map("|".join, days))) for code, days in self.dated.items())
            yield f"D-{name}", f" {' '.join(entries)} "
        if self.below:
            yield f"B-{name}", f" {' '.join(self.below)} "

    def test(self, code: str, day: str, names: Names) -> str:
        """Whether the list has ``code`` on ``day``, or cannot know; both are given in XPath, as texts."""
        reasons = [*self._other_time(names.day), *self._valid(names)]
        beyond = list(self._beyond(names))
        if beyond:
            reasons.append(f"(not({self._known(names.code)}) and ({' or '.join(beyond)}))")
        return f"(some {names.code} in {code}, {names.day} in {day} satisfies ({' or '.join(reasons)}))"

    def _other_time(self, day: str) -> Iterator[str]:
        if "complete_from" in self.code_list:
            yield f"{day} lt '{self.code_list['complete_from']}'"
        if "complete_to" in self.code_list:
            yield f"{day} gt '{self.code_list['complete_to']}'"

    def _valid(self, names: Names) -> Iterator[str]:
        code, day, days = names.code, names.day, names.days
        yield f"({_whole(code)} and {self._always(code)})"
        if self.dated:
            found = f"substring-before(substring-after($D-{self.code_list['id']}, concat(' ', {code}, '|')), ' ')"
            pairs = _pairs(found, self.dated.values(), names.place)
            inside = (
                f"{days} ne '' and substring-before({days}, '|') le {day} and {day} le substring-after({days}, '|')"
            )
            yield f"({_whole(code)} and (some {days} in {pairs} satisfies ({inside})))"

    def _beyond(self, names: Names) -> Iterator[str]:
        """Where the list cannot know a code that it does not hold."""
        code, depth = names.code, self.code_list.get("depth")
        if self.code_list.get("partial"):
            yield "true()"
        if self.below:
            start = f"substring({code}, 1, {names.place})"
            among = f"contains($B-{self.code_list['id']}, concat(' ', {start}, ' '))"
            held = f"not(contains({start}, ' ')) and {among}"
            yield f"(some {names.place} in 1 to string-length({code}) satisfies ({held}))"
        if depth == "entries":
            yield f"(contains({code}, '.') and {self._known(f'''substring-before({code}, '.')''')})"
        elif depth is not None:
            yield f"(string-length({code}) gt {depth} and {self._known(f'substring({code}, 1, {depth})')})"

    def _known(self, code: str) -> str:
        dated = f" or contains($D-{self.code_list['id']}, concat(' ', {code}, '|'))" if self.dated else ""
        return f"({_whole(code)} and ({self._always(code)}{dated}))"

    def _always(self, code: str) -> str:
        return f"contains($L-{self.code_list['id']}, concat(' ', {code}, ' '))"


def _whole(code: str) -> str:
    """That the text is none that the strings use to part codes."""
    return f"not(contains({code}, ' ')) and not(contains({code}, '|'))"


def _pairs(found: str, dated: Iterable[Sequence[object]], place: str) -> str:
    """The pairs of days in the text ``found``, of which a code has as many as the longest of ``dated``."""
    most = max(map(len, dated))
    if most == 1:
        return found
    places = ", ".join(str(1 + _PAIR * number) for number in range(most))
    return f"(for {place} in ({places}) return substring({found}, {place}, {_PAIR - 1}))"
