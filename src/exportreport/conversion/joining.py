"""The records of one report, laid one after the other into its draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exportreport.conversion import faults
from exportreport.conversion.columns import BLANK, Column, Placed, is_carried
from exportreport.conversion.constants import Constants
from exportreport.conversion.further import Further, alike, moved
from exportreport.conversion.ledger import Step
from exportreport.conversion.parts import Draft, Leaf, Steps
from exportreport.conversion.shapes.record import Record
from exportreport.finding import Fault, make


class Said(NamedTuple):
    """What a cell added to a report: its record and number, what it became, and the entry that its record gives.

    ``extension`` is the number of the first extension that carries a text of it, ``leaves`` the places that
    its values got, where they hang on the record.
    """

    record: int
    number: int
    placed: Placed
    entry: int
    extension: int
    leaves: Sequence[Leaf] | None = None


class Carried(NamedTuple):
    """A text that is kept beside the fields, and the part of the report that it belongs to, as the mapping says it."""

    column: Column
    number: int
    step: Step
    about: Steps | None
    record: int = -1


class Joining:
    """A report as it grows from its records. What is said once for all of them must be said alike by each.

    ``home`` is the part of the report, with a ``*``, that each row gives. ``records`` are the places of the records of
    each kind.
    """

    __slots__ = ("_constants", "_further", "_home", "_once", "_owners", "carried", "draft", "records", "said")

    def __init__(self, draft: Draft, constants: Constants, home: Steps | None) -> None:
        self.draft = draft
        self._constants = constants
        self._home = home
        self._once: dict[Column, Said] = {}
        self._further = Further()
        self.said: list[Said] = []
        self.carried: list[Carried] = []
        self.records: dict[str, list[int]] = {}
        self._owners: dict[tuple[object, ...], int] = {}

    def add(self, at: int, record: Record, columns: Sequence[Column], placed: Sequence[Placed]) -> None:
        """Add the record at the place ``at`` among those of the report."""
        entry = len(self.records.setdefault(record.kind, []))
        self.records[record.kind].append(at)
        if record.within is not None:
            self.draft.within[at] = record.within
        self._constants.begin(self.draft, record.kind, at, entry)
        numbers = self._further.of(columns, placed) if self._home is not None else {}
        for number, (column, what) in enumerate(zip(columns, placed, strict=False), 1):
            said = Said(at, number, what, entry, len(self.carried))
            of = numbers.get(column.several, 0) if column.several is not None and what is not BLANK else 0
            if of != 0:
                self._other(column, said, of, record.texts[number - 1])
            elif entry and not column.each and what is not BLANK:
                self._again(column, said, record.texts[number - 1])
            else:
                self._say(column, said)

    @property
    def doubtful(self) -> frozenset[Steps]:
        """The places of fields that say something which was carried instead."""
        fields = [one.column.field for one in self.carried]
        targets = (targets for field in fields if field is not None for targets in field.targets.values())
        return frozenset(target.steps for of_part in targets for target in of_part)

    def _say(self, column: Column, said: Said) -> None:
        """Put what a cell became into the report."""
        what = said.placed
        if what.moving:
            before = self._shared(column, said)
            leaves = []
            for leaf in what.leaves:
                *at, name = self.draft.resolved((*leaf.at, leaf.name), said.record)
                leaves.append(Leaf(tuple(at), name, leaf.value))
                if not before:
                    self.draft.put(*leaves[-1])
            said = said._replace(leaves=leaves)
        else:
            for leaf in what.leaves:
                self.draft.put(*leaf)
        self.said.append(said)
        if what.carried:
            self._carry(column, said, column.about)
        if what is not BLANK and not column.each:
            self._once[column] = said

    def _shared(self, column: Column, said: Said) -> bool:
        """Whether an earlier record made the entry that the cell finds: one that said the same."""
        if column.entry is None or not said.placed.leaves:
            return False
        words = column.entry, *(leaf.value for leaf in said.placed.leaves)
        owner = self._owners.setdefault(words, said.record)
        return self.draft.owners.setdefault((column.entry, said.record), owner) != said.record

    def _carry(self, column: Column, said: Said, about: Steps | None) -> None:
        steps = (step for step in said.placed.steps if is_carried(step))
        self.carried += [Carried(column, said.number, step, about, said.record) for step in steps]

    def _again(self, column: Column, said: Said, text: str) -> None:
        """A cell of what is said once for all records of a number: the same again, new, or a disagreement."""
        first = self._once.get(column)
        if first is not None and alike(first.placed, said.placed):
            self.said.append(said._replace(extension=first.extension, leaves=first.leaves))
        elif column.field is None:
            self.said.append(said)
            self._carry(column, said, self._home)
        elif first is None:
            self._say(column, said)
        else:
            self._keep(column, said, text, faults.RECORDS_DISAGREE, self._home)

    def _other(self, column: Column, said: Said, number: int | None, text: str) -> None:
        """A cell that tells of another entry than the first: one with a ``number``, or one that cannot be made."""
        if number is None or column.several is None:
            self._keep(column, said, text, faults.RECORDS_DISAGREE, self._home)
            return
        kept = column.keep(text, make(faults.RECORDS_DISAGREE, value=text))
        said = said._replace(placed=moved(said.placed, column.several, number, kept))
        for leaf in said.placed.leaves:
            self.draft.put(*leaf)
        self.said.append(said)
        self._carry(column, said, self._home)

    @property
    def counts(self) -> Mapping[Steps, int]:
        """How many entries records told of, by the first of each list that may have several."""
        return self._further.counts()

    def _keep(self, column: Column, said: Said, text: str, fault: Fault, about: Steps | None) -> None:
        """Keep a cell beside the fields because of ``fault``."""
        said = said._replace(placed=column.keep(text, make(fault, value=text)))
        self.said.append(said)
        self._carry(column, said, about)
