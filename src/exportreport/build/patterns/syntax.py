"""The tree of a pattern: characters, sequences, alternatives and counted repetitions (a subset of RFC 9485)."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Characters from the first to the last code point, both included.
Ranges = tuple[tuple[int, int], ...]

_COUNT = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_SIGNS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}


class PatternError(Exception):
    """A pattern that is outside the subset; ``at`` is the place in it, from 0."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of ``ranges``; ``at`` is where it stands in the pattern."""

    ranges: Ranges
    at: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """All ``parts``, one after the other; nothing where there are none."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of ``parts``."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """``part`` at least ``low`` times and at most ``high`` times, which None leaves open."""

    part: Tree
    low: int
    high: int | None


Tree = Characters | Sequence | Alternatives | Repeated


def parse(pattern: str) -> Tree:
    """The tree of ``pattern``, which is anchored: ``^...$``. Raises `PatternError`."""
    if len(pattern) < 2 or pattern[0] != "^" or pattern[-1] != "$":
        raise PatternError("the pattern is not anchored; write ^...$", 0)
    reading = _Reading(pattern[:-1], 1)
    tree = reading.alternatives()
    if reading.at < len(reading.text):
        raise reading.refused("a ) has no (")
    return tree


@dataclass(slots=True)
class _Reading:
    text: str
    at: int

    @property
    def seen(self) -> str:
        return self.text[self.at : self.at + 1]

    def refused(self, message: str) -> PatternError:
        return PatternError(message, self.at)

    def alternatives(self) -> Tree:
        parts = [self.sequence()]
        while self.seen == "|":
            self.at += 1
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else Alternatives(tuple(parts))

    def sequence(self) -> Tree:
        parts = []
        while self.seen not in ("", "|", ")"):
            parts.append(self.repeated(self.atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def atom(self) -> Tree:
        at, sign = self.at, self.seen
        if sign in ".*+?{}]^$":
            raise self.refused(f"{sign} cannot stand here")
        if sign == "[":
            return self.listed()
        if sign != "(":
            code = self.character()
            return Characters(((code, code),), at)
        self.at += 1
        tree = self.alternatives()
        if self.seen != ")":
            raise self.refused("a group is not closed")
        self.at += 1
        return tree

    def repeated(self, part: Tree) -> Tree:
        if self.seen in ("?", "*", "+"):
            low, high = _SIGNS[self.seen]
            self.at += 1
            return Repeated(part, low, high)
        count = _COUNT.match(self.text, self.at)
        if count is None:
            return part
        self.at = count.end()
        low = int(count[1])
        high = low if count[2] is None else int(count[3]) if count[3] else None
        if high is not None and high < low:
            raise PatternError(f"{count[0]} asks for at least {low} and at most {high}", count.start())
        return Repeated(part, low, high)

    def character(self) -> int:
        sign = self.seen
        self.at += 1
        if sign == "\\":
            sign = self.seen
            self.at += 1
            if sign.isalnum() and sign not in _ESCAPES:
                raise self.refused(f"\\{sign} is outside the subset")
            sign = _ESCAPES.get(sign, sign)
        if not sign:
            raise self.refused("the pattern ends too early")
        return ord(sign)

    def listed(self) -> Tree:
        at, ranges = self.at, []
        self.at += 1
        while self.seen != "]":
            low = high = self.character()
            if self.seen == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.character()
            if high < low:
                raise PatternError("a range in [ ] ends before it begins", at)
            ranges.append((low, high))
        if not ranges:
            raise PatternError("[] holds no character", at)
        self.at += 1
        return Characters(tuple(ranges), at)
