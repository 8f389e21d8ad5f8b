"""A page that is written on from left to right and knows at each moment the line and the column it is at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.corpus.source import Member, Node, Place

#: Line and column from 1, in code points; LF, CRLF and CR end a line.
Spot = tuple[int, int]


class UnsayableError(ValueError):
    """A syntax has no way to write this."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message as the bytes of a file, and the ``spots`` of all its nodes and members in it."""

    data: bytes
    spots: Mapping[tuple[Node | Member, str], Spot]

    def at(self, place: Place) -> Spot:
        """The line and the column of ``place``."""
        return self.spots[place.node, place.on]


class Page:
    """Takes texts, keeps count, and notes where marked parts come to stand."""

    def __init__(self) -> None:
        self.line = self.column = 1
        self.spots: dict[tuple[Node | Member, str], Spot] = {}
        self._texts: list[str] = []
        self._after_return = False

    def put(self, text: str) -> None:
        """Write ``text``."""
        if not text:
            return
        self._texts.append(text)
        if "\r" in text or self._after_return:
            for character in text:
                self._count(character)
        elif "\n" in text:
            self.line += text.count("\n")
            self.column = len(text) - text.rfind("\n")
        else:
            self.column += len(text)

    def _count(self, character: str) -> None:
        if character == "\r" or (character == "\n" and not self._after_return):
            self.line, self.column = self.line + 1, 1
        elif character != "\n":
            self.column += 1
        self._after_return = character == "\r"

    def mark(self, part: Node | Member, *ons: str, ahead: int = 0) -> None:
        """Note that what comes next, or so many columns ``ahead``, is ``part``. The first time counts."""
        for on in ons or ("value",):
            self.spots.setdefault((part, on), (self.line, self.column + ahead))

    def text(self) -> str:
        """What was written."""
        return "".join(self._texts)
