"""One column of a file: what each of its cells becomes, worked out once for texts that come again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.conversion.form import Field
from exportreport.conversion.ledger import GRAVITY, Outcome, Step
from exportreport.conversion.parts import Leaf, Steps, steps_in
from exportreport.conversion.readings import CARRIED, LEFT_OUT, REFUSED, Context, Piece, Quick, Reading, read_unfit
from exportreport.finding import Finding

_TRIMMED = "blank space around the text left out"
_LINE_ENDS = "line ends written as line feeds"
_NO_PLACE = "the format has no field for it"
_GUARD_OFF = "the mark before what a spreadsheet takes for a formula left out"
_NOT_A_COLUMN = "the column is none of the format's"

#: A text that a spreadsheet would take for a formula, with the mark that keeps it from doing so.
_GUARDED = re.compile(r"'+[=+@-]")

#: Texts up to this length are remembered with what they became, so many of each column: codes, countries and
#: dates come again and again.
MEMORABLE, REMEMBERED = 100, 2_000


class Placed(NamedTuple):
    """What a cell became: its values in the report, the steps of the ledger, and how many texts are to be carried.

    A step has no column yet, and one for a carried text no target: it depends on how many the report carries before
    it. ``outcome`` is the gravest of the steps. The place of what is ``moving`` hangs on the record.
    """

    steps: tuple[Step, ...]
    leaves: tuple[Leaf, ...]
    carried: int
    refused: Finding | None
    lasting: bool
    outcome: Outcome
    moving: bool = False


BLANK = Placed((Step(0, Outcome.BLANK, None, None, ""),), (), 0, None, True, Outcome.BLANK)


class Column:
    """A column of a file. One that the format does not know has no ``field``, and its cells are carried.

    Where files of the format are written, too, ``guarded`` texts have the mark taken off that writing puts before what
    a spreadsheet would take for a formula.
    """

    __slots__ = (
        "_clean", "_known", "_straight", "_targets", "about", "each", "entry", "field", "guarded", "key", "moving",
        "name", "several",
    )  # fmt: skip

    def __init__(
        self, name: str, field: Field | None, guarded: bool = False, about: Steps | None = None, each: bool = False
    ) -> None:
        self.name = name
        self.field = field
        self.guarded = guarded
        self.each = field.each if field is not None else each
        self.about = (steps_in(field.about) if field.about else None) if field is not None else about
        self.key = field.reader.key if field is not None else None
        self._targets = field.targets if field is not None else {}
        self.entry: Steps | None = None
        self.several = field.several if field is not None else None
        self.moving = any(target.moving for targets in self._targets.values() for target in targets)
        self._clean = field.reader.clean if field is not None and not guarded else None
        plain = self._targets.get(field.reader.plain or "", ()) if field is not None else ()
        self._straight = [(target.steps[:-1], target.steps[-1], target.pointer, target.note) for target in plain]
        self._known: dict[Any, Placed] = {}

    def shares(self, entries: Mapping[Steps, bool]) -> Column:
        """The column, knowing which of the ``entries`` with a key its cells go into, if records share it."""
        every = [target.steps for targets in self._targets.values() for target in targets]
        self.entry = next((one for one, shared in entries.items() for steps in every
                           if shared and steps[: len(one)] == one), None)  # fmt: skip
        return self

    @property
    def homes(self) -> Mapping[str, Sequence[Steps]]:
        """The places of each part of its cells."""
        return {part: [target.steps for target in targets] for part, targets in self._targets.items()}

    def place(self, text: str, context: Context) -> Placed:
        """What the cell ``text`` becomes."""
        key = text if self.key is None else (text, self.key(context))
        known = self._known.get(key)
        if known is not None:
            return known
        if self._straight and self._clean is not None and self._clean(text):
            return self._as_it_is(text)  # as quick as to remember it
        placed = self.placed(text, context)
        if placed.lasting and len(text) <= MEMORABLE:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = placed
        return placed

    @property
    def quick(self) -> Quick | None:
        """What its most usual texts give at once, where the reading can tell."""
        return self.field.reader.quick if self.field is not None else None

    @property
    def is_plain(self) -> Callable[[str], object] | None:
        """Says of a text whether it goes to the places of `plain` as it is; None where the reading cannot tell."""
        return self._clean if self._straight else None

    @property
    def plain(self) -> str:
        """The part that such a text is."""
        return (self.field.reader.plain or "") if self.field is not None else ""

    def keep(self, text: str, finding: Finding) -> Placed:
        """The cell ``text`` kept beside the fields, whatever it could be read as, because of ``finding``."""
        kept = Column(self.name, None, self.guarded).place(text, Context(None, {}))
        steps = (step._replace(outcome=Outcome.AMBIGUOUS, finding=step.finding or finding, note=_unless_odd(step.note))
                 for step in kept.steps)  # fmt: skip
        return kept._replace(steps=tuple(steps), outcome=Outcome.AMBIGUOUS, lasting=False)

    def reading(self, text: str, context: Context) -> Reading | None:
        """What the cell ``text`` is read as, with nothing said about where it goes; None for a blank one."""
        bare, _ = self._bare(text)
        return self._read(bare, context) if bare else None

    def placed(self, text: str, context: Context) -> Placed:
        """What the cell ``text`` becomes, whether or not the text came before."""
        bare, changes = self._bare(text)
        return self._laid_out(self._read(bare, context), changes) if bare else BLANK

    def _bare(self, text: str) -> tuple[str, Sequence[str]]:
        """The text without what stands around it, and what was left out or changed, in words."""
        bare = text.strip()
        changes = [] if bare == text else [_TRIMMED]
        if "\r" in bare:
            bare = bare.replace("\r\n", "\n").replace("\r", "\n")
            changes.append(_LINE_ENDS)
        if self.guarded and _GUARDED.match(bare):
            bare = bare[1:]
            changes.append(_GUARD_OFF)
        return bare, changes

    def _as_it_is(self, text: str) -> Placed:
        """A text that its field takes as it is."""
        if len(self._straight) == 1:
            at, name, target, note = self._straight[0]
            step = Step(0, Outcome.MAPPED, target, text, note)
            return Placed((step,), (Leaf(at, name, text),), 0, None, True, Outcome.MAPPED, self.moving)
        steps = tuple([Step(0, Outcome.MAPPED, target, text, note) for _, _, target, note in self._straight])
        leaves = tuple([Leaf(at, name, text) for at, name, _, _ in self._straight])
        return Placed(steps, leaves, 0, None, True, Outcome.MAPPED, self.moving)

    def _read(self, text: str, context: Context) -> Reading:
        unfit = read_unfit(text)
        if unfit is not None:
            return unfit
        if self.field is None:
            return Reading((Piece(CARRIED, text, Outcome.CARRIED, _NOT_A_COLUMN),))
        return self.field.reader.read(text, context)

    def _laid_out(self, reading: Reading, changes: Sequence[str]) -> Placed:
        steps: list[Step] = []
        leaves: list[Leaf] = []
        refused, carried, gravest = None, 0, Outcome.BLANK if reading.pieces else Outcome.REFUSED
        for piece in reading.pieces:
            if piece.part == REFUSED:
                refused, gravest = piece.finding, Outcome.REFUSED
                continue
            targets = self._targets.get(piece.part)
            if targets is None:
                step = self._without_place(piece, changes)
                steps.append(step)
                carried += is_carried(step)
                outcome = step.outcome
            else:
                outcome = Outcome.DERIVED if changes and piece.outcome is Outcome.MAPPED else piece.outcome
                for target in targets:
                    to = target.of(piece.entry) if target.listed else target
                    note = _in_one(changes, piece.note, to.note)
                    steps.append(Step(0, outcome, to.pointer, piece.value, note, piece.finding))
                    assert piece.value is not None
                    leaves.append(Leaf(to.steps[:-1], to.steps[-1], piece.value))
            if outcome is not gravest and _gravity(outcome) > _gravity(gravest):
                gravest = outcome
        return Placed(tuple(steps), tuple(leaves), carried, refused, reading.lasting, gravest, self.moving)

    def _without_place(self, piece: Piece, changes: Sequence[str]) -> Step:
        outcome, value, why = piece.outcome, piece.value, ""
        if piece.part not in (CARRIED, LEFT_OUT):
            outcome, value = max(outcome, Outcome.CARRIED, key=_gravity), piece.words or value
            why = _NO_PLACE
        return Step(0, outcome, None, value, _in_one(changes, piece.note, why), piece.finding)


def _unless_odd(note: str) -> str:
    return note.replace(_NOT_A_COLUMN, "").removesuffix("; ")


def is_carried(step: Step) -> bool:
    """Whether the text of ``step`` is to be kept beside the fields."""
    return step.target is None and step.value is not None


def _gravity(outcome: Outcome) -> int:
    return GRAVITY[outcome]


def _in_one(changes: Sequence[str], note: str, why: str) -> str:
    """The notes of a step as one text."""
    if not changes and not why:
        return note
    return "; ".join(filter(None, (*changes, note, why)))
