"""Entries of lists that records of one number say differently: each that says something new gives an entry more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exportreport.conversion.columns import Column, Placed, is_carried
from exportreport.conversion.ledger import Outcome, Step
from exportreport.conversion.parts import Leaf, Steps
from exportreport.finding import pointer

_KEPT = "kept with its record, too, so that it can be told which one said it"


class Further:
    """For each list that may grow, what its entries were said to be. Records that do not contradict an entry say it
    again, or say more of it; a blank says nothing."""

    def __init__(self) -> None:
        self._entries: dict[Steps, list[dict[Column, Placed]]] = {}

    def of(self, columns: Sequence[Column], placed: Sequence[Placed]) -> Mapping[Steps, int | None]:
        """For the first entry of each list the number of the one that a record tells of; None where a new one would be
        needed for a text that no field can hold."""
        said: dict[Steps, dict[Column, Placed]] = {}
        for column, what in zip(columns, placed, strict=False):
            if column.several is not None and (what.leaves or what.carried):
                said.setdefault(column.several, {})[column] = what
        return {entry: self._number(self._entries.setdefault(entry, []), cells) for entry, cells in said.items()}

    def counts(self) -> Mapping[Steps, int]:
        """For the first entry of each list how many there are."""
        return {entry: len(found) for entry, found in self._entries.items()}

    @staticmethod
    def _number(entries: list[dict[Column, Placed]], cells: dict[Column, Placed]) -> int | None:
        for number, entry in enumerate(entries):
            if all(column not in entry or alike(entry[column], what) for column, what in cells.items()):
                if number and _carries(cells):
                    return None
                entry.update(cells)
                return number
        if entries and (_carries(cells) or _carries(entries[0])):
            return None  # a first entry that no field holds has no place before others
        entries.append(cells)
        return len(entries) - 1


def _carries(cells: Mapping[Column, Placed]) -> bool:
    """Whether any of the ``cells`` has a text that no field can hold."""
    return any(what.carried for what in cells.values())


def alike(first: Placed, other: Placed) -> bool:
    """Whether two cells became the same."""
    return first.leaves == other.leaves and [s.value for s in first.steps] == [s.value for s in other.steps]


def moved(what: Placed, first: Steps, number: int, kept: Placed) -> Placed:
    """What a cell became, in the entry with the ``number`` instead of the ``first``; and ``kept`` with its record."""
    entry = (*first[:-1], number)
    old, new = pointer(first), pointer(entry)
    steps = [one._replace(target=new + one.target.removeprefix(old)) if one.target else one for one in what.steps]
    steps += [Step(0, Outcome.DERIVED, None, one.value, "; ".join(filter(None, (one.note, _KEPT))))
              for one in kept.steps if is_carried(one)]  # fmt: skip
    leaves = tuple(Leaf((*entry, *leaf.at[len(first) :]), leaf.name, leaf.value) for leaf in what.leaves)
    return what._replace(steps=tuple(steps), leaves=leaves, carried=kept.carried, lasting=False)
