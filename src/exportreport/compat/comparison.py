"""Two editions of the standard compared: all changes, and whether the declared version is large enough for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from exportreport.compat.catalogues import catalogue_differences
from exportreport.compat.change import BUMPS, GRADES, LANES, Bump, Change, Lane
from exportreport.compat.edition import Edition, EditionError
from exportreport.compat.kinds import judged
from exportreport.compat.lists import list_differences
from exportreport.compat.models import model_differences


@dataclass(frozen=True, slots=True)
class Comparison:
    """The ``changes`` from the version ``old`` to ``new``; what they ask for, and what the version declares."""

    old: str
    new: str
    changes: tuple[Change, ...]
    asked: Bump
    declared: Bump
    goes_back: bool

    @property
    def suffices(self) -> bool:
        """Whether the declared version is large enough."""
        return not self.goes_back and BUMPS.index(self.declared) >= BUMPS.index(self.asked)

    def count(self, lane: Lane) -> dict[str, int]:
        """How many changes of each grade the lane has."""
        found = Counter(change.verdict.grade for change in self.changes if change.lane == lane)
        return {grade: found[grade] for grade in reversed(GRADES)}

    def record(self) -> dict[str, Any]:
        """The comparison as members of JSON."""
        return {
            "old": self.old,
            "new": self.new,
            "bump": {"asked": self.asked, "declared": self.declared, "enough": self.suffices},
            "lanes": {lane: self.count(lane) for lane in LANES},
            "changes": [change.record() for change in self.changes],
        }


def compare(old: Edition, new: Edition) -> Comparison:
    """What changed from ``old`` to ``new``.

    Raises `EditionError` where one of them is not as the build writes it in a place that only comparing looks at.
    """
    try:
        return _compared(old, new)
    except (LookupError, TypeError, AttributeError, ValueError, re.error) as error:
        what = f"the artifacts have not the form that `exportreport build` gives them ({error}); build them again."
        raise EditionError(what) from error


def _compared(old: Edition, new: Edition) -> Comparison:
    found = chain(
        model_differences(old.model, new.model),
        catalogue_differences(old, new),
        list_differences(old.lists, new.lists),
    )
    changes = tuple(judged(found))
    asked = BUMPS[max((BUMPS.index(change.verdict.bump) for change in changes), default=0)]
    declared = _declared(old.version, new.version)
    goes_back = new.version < old.version
    return Comparison(old.model["version"], new.model["version"], changes, asked, declared, goes_back)


def _declared(old: tuple[int, int, int], new: tuple[int, int, int]) -> Bump:
    steps: tuple[Bump, ...] = ("major", "minor", "patch")
    return next((step for step, a, b in zip(steps, old, new, strict=True) if a != b), "none")


def text(comparison: Comparison) -> Iterator[str]:
    """The comparison for people, a line each."""
    yield f"From {comparison.old} to {comparison.new}: {len(comparison.changes)} changes."
    for lane in LANES:
        counts = ", ".join(f"{number} {grade}" for grade, number in comparison.count(lane).items())
        yield f"  {_LANES[lane]}: {counts}"
    for change in comparison.changes:
        yield ""
        graded = f"{change.verdict.grade} ({change.verdict.bump})"
        yield f"{graded} in {_LANES[change.lane]}: {change.element} [{change.kind}]"
        yield from _sides(change)
        yield f"  for {change.verdict.concerns}: {change.verdict.reason}"
    yield ""
    yield from _conclusion(comparison)


_LANES = {"json": "JSON", "xml": "XML", "rules": "rules", "lists": "code lists"}

#: How much of a side is shown.
_WIDTH = 300


def _sides(change: Change) -> Iterator[str]:
    for name, value in (("was", change.old), ("is ", change.new)):
        if value is not None:
            shown = str(value)
            yield f"  {name} {shown if len(shown) <= _WIDTH else shown[:_WIDTH] + ' ...'}"


def _conclusion(comparison: Comparison) -> Iterator[str]:
    asked, declared = _step(comparison.asked), _step(comparison.declared)
    if comparison.goes_back:
        yield f"The version goes back from {comparison.old} to {comparison.new}: give the older one first."
    elif comparison.suffices:
        yield f"The changes ask for {asked}; the version declares {declared}: enough."
    else:
        yield (
            f"The changes ask for {asked}, and the version {comparison.new} after {comparison.old} "
            f"declares {declared}: raise the version in schema/exportreport.yaml, or take back what "
            "asks for more."
        )
        if comparison.declared == "none":
            yield "Where that version is not published yet, keep it anew: make freeze FORCE=1."


def _step(bump: Bump) -> str:
    return "no new version" if bump == "none" else f"a {bump} version"
