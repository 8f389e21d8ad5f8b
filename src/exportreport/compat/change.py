"""What is said of one change: its words, its lane, how grave it is, and the version that it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Lane = Literal["json", "xml", "rules", "lists"]
Grade = Literal["safe", "behavioral", "breaking"]
Bump = Literal["none", "patch", "minor", "major"]

#: The lanes in the order in which they are told.
LANES: tuple[Lane, ...] = ("json", "xml", "rules", "lists")
#: Mildest first.
GRADES: tuple[Grade, ...] = ("safe", "behavioral", "breaking")
BUMPS: tuple[Bump, ...] = ("none", "patch", "minor", "major")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a kind of change counts in one lane: its grade, the bump it asks for, and why it matters for whom."""

    grade: Grade
    bump: Bump
    concerns: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change in one lane. ``element`` names what changed, such as ``slot Party.role``; ``old`` and ``new`` are
    absent for what was not there."""

    kind: str
    lane: Lane
    element: str
    old: Any
    new: Any
    verdict: Verdict

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The gravest first, then by lane and name."""
        return (-GRADES.index(self.verdict.grade), LANES.index(self.lane), self.element, self.kind)

    def record(self) -> dict[str, Any]:
        """The change as members of JSON."""
        sides = {name: value for name, value in (("old", self.old), ("new", self.new)) if value is not None}
        words = {"concerns": self.verdict.concerns, "reason": self.verdict.reason}
        named = {"lane": self.lane, "class": self.verdict.grade, "bump": self.verdict.bump}
        return named | {"kind": self.kind, "element": self.element} | sides | words


@dataclass(frozen=True, slots=True)
class Difference:
    """A kind of change and where it was met, before it is judged."""

    kind: str
    element: str
    old: Any = None
    new: Any = None


Differences = Iterator[Difference]
