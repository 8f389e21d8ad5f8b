"""Why the runs of a pattern have no bound: a text and a part of it that makes more of them each time it is repeated.

A position that comes back to itself in two ways over one text doubles the runs each time (exponential growth). Two
positions that each come back to themselves over a text that also leads from the first to the second add one run each
time (a power of the length). Nothing else makes them grow without bound (Weber and Seidl, 1991).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from exportreport.build.patterns.positions import START, Positions

_State = TypeVar("_State", bound=Hashable)
_Steps = Callable[[_State], Iterable[tuple[_State, int]]]

#: So many states of one search are looked at, no more.
_MOST_STATES = 200_000


@dataclass(frozen=True, slots=True)
class Pump:
    """``prefix`` and any number of times ``pump`` have ever more runs; ``at`` is where the loop's part stands."""

    prefix: str
    pump: str
    exponential: bool
    at: int


def pump(found: Positions) -> Pump | None:
    """Why the runs of ``found`` have no bound; None where they have one (or, in a giant, where none was found)."""
    loops = list(_loops(found))
    doubling = ((p, _doubling(p, found)) for loop in loops for p in loop[:1])
    adding = ((p, _adding(p, q, found)) for one in loops for two in loops if one is not two for p in one for q in two)
    for exponential, search in ((True, doubling), (False, adding)):
        for position, again in search:
            if again is not None:
                prefix = _path(START, position, lambda p: _steps(p, found), found) or ""
                return Pump(prefix, again, exponential, found.characters[position].at)
    return None


def _steps(position: int, found: Positions) -> Iterator[tuple[int, int]]:
    for following in found.next[position]:
        for block in found.reads[following]:
            yield following, block


def _loops(found: Positions) -> Iterator[list[int]]:
    """The positions that can come back to themselves, those together that can reach each other."""
    reached = {p: _reached(p, found) for p in range(len(found.next))}
    left = [p for p, after in reached.items() if p in after]
    while left:
        loop = [p for p in left if p in reached[left[0]] and left[0] in reached[p]]
        yield loop
        left = [p for p in left if p not in loop]


def _reached(start: int, found: Positions) -> set[int]:
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        new = [p for p in found.next[waiting.pop()] if p not in seen]
        seen.update(new)
        waiting += new
    return seen


def _doubling(start: int, found: Positions) -> str | None:
    """A text over which ``start`` comes back to itself in two ways."""

    def steps(state: tuple[int, int, bool]) -> Iterator[tuple[tuple[int, int, bool], int]]:
        one, two, apart = state
        for first, ways in found.next[one].items():
            for second in found.next[two]:
                parted = apart or first != second or ways > 1
                for block in found.reads[first] & found.reads[second]:
                    yield (first, second, parted), block

    return _path((start, start, False), (start, start, True), steps, found)


def _adding(first: int, second: int, found: Positions) -> str | None:
    """A text over which both come back to themselves, and the first leads to the second."""

    def steps(state: tuple[int, int, int]) -> Iterator[tuple[tuple[int, int, int], int]]:
        one, between, two = state
        for a in found.next[one]:
            for b in found.next[between]:
                for c in found.next[two]:
                    for block in found.reads[a] & found.reads[b] & found.reads[c]:
                        yield (a, b, c), block

    return _path((first, first, second), (first, second, second), steps, found)


def _path(start: _State, goal: _State, steps: _Steps[_State], found: Positions) -> str | None:
    """A shortest text, of one character at least unless nothing is to be read, that leads from start to goal."""
    if start == goal == START:
        return ""
    came: dict[_State, tuple[_State, int] | None] = {}
    waiting = [start]
    for state in waiting:
        for after, block in steps(state):
            if after in came:
                continue
            came[after] = (state, block)
            if after == goal:
                return _text(start, goal, came, found)
            if len(came) > _MOST_STATES:
                return None
            waiting.append(after)
    return None


def _text(start: _State, goal: _State, came: dict[_State, tuple[_State, int] | None], found: Positions) -> str:
    signs, state = [], goal
    while (step := came[state]) is not None:
        state, block = step
        signs.append(found.blocks[block])
        if state == start:
            break
    return "".join(reversed(signs))
