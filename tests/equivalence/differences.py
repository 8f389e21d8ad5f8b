"""The checked list of what only one syntax or one foreign engine can say: `one_syntax.toml`, read and applied."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.equivalence.comparison import Case, Deviation
from tests.equivalence.constructs import CONSTRUCTS

LIST = Path(__file__).resolve().parent / "one_syntax.toml"

#: How many entries the list may have.
MOST = 15


@dataclass(frozen=True, slots=True)
class Entry:
    """One difference that is known: each of ``engines`` ``does`` this to whatever has the ``construct``.

    An engine is named by its name in the table; JSON and XML stand for the syntax itself.
    """

    engines: tuple[str, ...]
    does: tuple[str, ...]
    construct: str
    reason: str

    def explains(self, deviation: Deviation) -> bool:
        """Whether ``deviation`` is this difference."""
        known = deviation.who in self.engines and deviation.does in self.does
        return known and CONSTRUCTS[self.construct](deviation.case.mutation)


def entries(path: Path = LIST) -> tuple[Entry, ...]:
    """The entries of the list, in its order."""
    with path.open("rb") as file:
        return tuple(_entry(**table) for table in tomllib.load(file)["entry"])


def _entry(engine: str | list[str], does: str | list[str], construct: str, reason: str) -> Entry:
    return Entry(_listed(engine), _listed(does), construct, " ".join(reason.split()))


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@dataclass
class Sorted:
    """Deviations, told apart: those that the list explains, counted by entry, and the others.

    ``idle`` are cases that have the construct of an entry, though an engine it names says what is expected: the entry
    claims too much.
    """

    entries: tuple[Entry, ...]
    explained: Counter[tuple[Entry, str]] = field(default_factory=Counter)
    unexplained: list[Deviation] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)

    def add(self, case: Case, deviations: Iterable[Deviation], asked: Iterable[str]) -> None:
        """Sort all ``deviations`` of a ``case`` of which the engines ``asked`` were asked."""
        seen = set()
        for deviation in deviations:
            entry = next((entry for entry in self.entries if entry.explains(deviation)), None)
            if entry is None:
                self.unexplained.append(deviation)
            else:
                self.explained[entry, deviation.who] += 1
                seen.add((entry, deviation.who))
        for entry in self.entries:
            if CONSTRUCTS[entry.construct](case.mutation):
                named = {"JSON", "XML"} if set(entry.engines) <= {"JSON", "XML"} else set(entry.engines) & set(asked)
                silent = {who for who in named if (entry, who) not in seen}
                if silent and (silent == named or not named <= {"JSON", "XML"}):
                    self.idle.append(f"{sorted(silent)} on {entry.construct}: {case.mutation}")
