"""One column of a file: what each of its cells becomes, worked out once for texts that come again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from exportreport.conversion.form import Field
from exportreport.conversion.ledger import GRAVITY, Outcome, Step
from exportreport.conversion.parts import put
from exportreport.conversion.readings import CARRIED, LEFT_OUT, REFUSED, Context, Piece, Reading, read_unfit
from exportreport.finding import Finding

_TRIMMED = "blank space around the text left out"
_LINE_ENDS = "line ends written as line feeds"
_NO_PLACE = "the format has no field for it"
_NOT_A_COLUMN = "the column is none of the format's"

#: Texts up to this length are remembered with what they became, so many of each column: codes, countries and
#: dates come again and again.
_MEMORABLE, _REMEMBERED = 100, 2_000


class Placed(NamedTuple):
    """What a cell became: its part of the report, the steps of the ledger, and how many texts are to be
    carried.

    A step for a carried text has no target yet: it depends on how many the report carries before it.
    """

    steps: tuple[Step, ...]
    part: dict[str, Any]
    carried: int
    refused: Finding | None
    lasting: bool


class Column:
    """A column of a file. One that the format does not know has no ``field``, and its cells are carried."""

    def __init__(self, number: int, name: str, field: Field | None) -> None:
        self.number = number
        self.name = name
        self.field = field
        self.about = field.about if field is not None else None
        self._key = field.reader.key if field is not None else None
        self._targets = field.targets if field is not None else {}
        self._known: dict[tuple[str, str], Placed] = {}

    def place(self, text: str, context: Context) -> Placed:
        """What the cell ``text`` becomes."""
        key = (text, self._key(context) if self._key is not None else "")
        known = self._known.get(key)
        if known is not None:
            return known
        placed = self._place(text, context)
        if placed.lasting and len(text) <= _MEMORABLE:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = placed
        return placed

    def _place(self, text: str, context: Context) -> Placed:
        bare = text.strip()
        if not bare:
            return Placed((Step(self.number, Outcome.BLANK, None, None, ""),), {}, 0, None, True)
        changes = [] if bare == text else [_TRIMMED]
        if "\r" in bare:
            bare = bare.replace("\r\n", "\n").replace("\r", "\n")
            changes.append(_LINE_ENDS)
        return self._laid_out(self._read(bare, context), changes)

    def _read(self, text: str, context: Context) -> Reading:
        unfit = read_unfit(text)
        if unfit is not None:
            return unfit
        if self.field is None:
            return Reading((Piece(CARRIED, text, Outcome.CARRIED, _NOT_A_COLUMN),))
        return self.field.reader.read(text, context)

    def _laid_out(self, reading: Reading, changes: Sequence[str]) -> Placed:
        steps: list[Step] = []
        part: dict[str, Any] = {}
        carried, refused = 0, None
        for piece in reading.pieces:
            if piece.part == REFUSED:
                refused = piece.finding
                continue
            targets = self._targets.get(piece.part)
            if targets is None:
                steps.append(self._without_place(piece, changes))
                carried += piece.value is not None
                continue
            outcome = Outcome.DERIVED if changes and piece.outcome is Outcome.MAPPED else piece.outcome
            for target in targets:
                to = target.of(piece.entry)
                note = _in_one(changes, piece.note, to.note)
                steps.append(Step(self.number, outcome, to.pointer, piece.value, note, piece.finding))
                put(part, to.steps, piece.value)
        return Placed(tuple(steps), part, carried, refused, reading.lasting)

    def _without_place(self, piece: Piece, changes: Sequence[str]) -> Step:
        outcome, value, why = piece.outcome, piece.value, ""
        if piece.part not in (CARRIED, LEFT_OUT):
            outcome, value = max(outcome, Outcome.CARRIED, key=_gravity), piece.words or value
            why = _NO_PLACE
        return Step(self.number, outcome, None, value, _in_one(changes, piece.note, why), piece.finding)


def _gravity(outcome: Outcome) -> int:
    return GRAVITY[outcome]


def _in_one(changes: Sequence[str], note: str, why: str) -> str:
    """The notes of a step as one text."""
    if not changes and not why:
        return note
    return "; ".join(filter(None, (*changes, note, why)))
