"""Which entries of a report's lists the names and records of a mapping stand for, when the report is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from exportreport.conversion.form import Constant
from exportreport.conversion.parts import Steps, at_steps, is_symbol, key_of

#: What an entry must hold: steps within it, and the values of which one is there; and to which kind of record it is
#: said.
_Marks = dict[tuple[Steps, str], list[tuple[Steps, Sequence[object]]]]


class Marks:
    """The marks of a format: what an entry holds that a name, or a kind of record, stands for."""

    def __init__(self, constants: Sequence[Constant]) -> None:
        self.keys = {one.of: one.steps for one in constants if one.of is not None and one.each}
        self.named: _Marks = {}
        self.each: _Marks = {}
        for one in constants:
            if one.marks:
                entry = entry_marked(one.steps)
                marks = self.each if entry[-1] == "*" else self.named
                kind = one.kind if entry[-1] == "*" else ""
                marks.setdefault((entry, kind), []).append((one.steps[len(entry) :], one.marks))


def entry_marked(steps: Steps) -> Steps:
    """The entry that a constant at ``steps`` is a mark of: the innermost that has a name or is given by a record."""
    *_, last = (number for number, step in enumerate(steps, 1) if is_symbol(step))
    return steps[:last]


class Located:
    """The entries of one report by the names and the kinds of records that stand for them."""

    def __init__(self, report: Mapping[str, Any], marks: Marks) -> None:
        self.report = report
        self._marks = marks
        self._named: dict[tuple[Steps, Steps], Mapping[Steps, int]] = {}

    def place(self, steps: Steps, stars: Sequence[int | None]) -> Steps | None:
        """The place that ``steps`` stand for, in records that give the entries ``stars``, the innermost last; None
        where the report has no such entry."""
        numbers = iter(stars[len(stars) - steps.count("*") :])
        place: Steps = ()
        for number, step in enumerate(steps, 1):
            entry: str | int | None = step
            if step == "*":
                entry = next(numbers, None)
            elif steps[:number] in self._marks.keys:
                entry = self._with_key(steps[:number], place, self.place(self._marks.keys[steps[:number]], stars))
            elif is_symbol(step):
                entry = self._names(steps[: number - 1], place).get(steps[:number])
            if entry is None:
                return None
            place = (*place, entry)
        return place

    def _with_key(self, entry: Steps, place: Steps, at: Steps | None) -> int | None:
        """The number of the ``entry``, in the list at ``place``, that has the key which stands ``at``."""
        key = at_steps(self.report, at) if at is not None else None
        entries = at_steps(self.report, place)
        numbered = enumerate(entries if isinstance(entries, list) else ())
        return next((number for number, one in numbered if key is not None and one.get(key_of(entry)) == key), None)

    def given_by(self, kind: str, home: Steps, stars: Sequence[int | None]) -> Sequence[int]:
        """The numbers of the entries of the list ``home`` that records of the ``kind`` give."""
        place = self.place(home[:-1], stars)
        entries = at_steps(self.report, place) if place is not None else None
        if not isinstance(entries, list) or place is None:
            return ()
        taken = set(self._names(home[:-1], place).values())
        marks = self._marks.each.get((home, kind), ())
        return [number for number, entry in enumerate(entries) if number not in taken and _holds(entry, marks)]

    def _names(self, above: Steps, place: Steps) -> Mapping[Steps, int]:
        """The numbers of the entries with a name in the list at ``place``, which the mapping calls ``above``.

        Each name takes the first entry that holds its marks and that no name before it took; where all such are taken,
        the first of them.
        """
        known = self._named.get((above, place))
        if known is None:
            entries = at_steps(self.report, place)
            known = self._named[above, place] = self._claimed(above, entries if isinstance(entries, list) else ())
        return known

    def _claimed(self, above: Steps, entries: Sequence[Any]) -> Mapping[Steps, int]:
        claimed: dict[Steps, int] = {}
        for (name, _), marks in self._marks.named.items():
            if name[:-1] == above:
                fit = [number for number, entry in enumerate(entries) if _holds(entry, marks)]
                free = [number for number in fit if number not in claimed.values()]
                if fit:
                    claimed[name] = (free or fit)[0]
        return claimed


def _holds(entry: Any, marks: Sequence[tuple[Steps, Sequence[object]]]) -> bool:
    return all(_has(entry, steps, values) for steps, values in marks)


def _has(entry: Any, steps: Steps, values: Sequence[object]) -> bool:
    if steps and type(steps[-1]) is int:
        return any(one in values for one in at_steps(entry, steps[:-1]) or ())
    return at_steps(entry, steps) in values


def symbols_of(kind: str, targets: Iterable[tuple[str, Steps]]) -> Sequence[Steps]:
    """The entries whose numbers hang on a report, of the records of the ``kind``: the steps that lead to each.

    Those of the records that enclose it are not among them.
    """
    found: dict[Steps, None] = {}
    for steps in (steps for of_kind, steps in targets if of_kind == kind):
        for number, step in enumerate(steps, 1):
            if is_symbol(step) and steps[:number].count("*") in (0, steps.count("*")):
                found[steps[:number]] = None
    return tuple(found)
