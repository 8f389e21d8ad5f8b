"""What a rule can name: its object, the report around it, and the slots of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from exportreport.build.cel.tree import BOOLEAN, DATE, DATETIME, DECIMAL, INTEGER, TEXT, Type, list_of
from exportreport.standard import Slot, Standard

#: The abstract class of the messages that rules call a report.
REPORT = "Report"

#: The name of the closed list that the kinds of message are.
KINDS = "report_type"

#: The codes of each code list that is known.
Lists = Mapping[str, frozenset[str]]

_BY_NAME = {"Decimal": DECIMAL, "Date": DATE, "DateTime": DATETIME}
_BY_BASE = {"integer": INTEGER, "boolean": BOOLEAN, "text": TEXT}


@dataclass(frozen=True)
class Scope:
    """A rule's surroundings: the class ``each`` of its objects in ``standard``, and the code lists that are known."""

    standard: Standard
    each: str
    lists: Lists

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of message that objects of the class stand in; for a kind itself that kind."""
        return kinds_holding(self.standard, self.each)

    @cached_property
    def reports(self) -> tuple[str, ...]:
        """The kinds of report among them; all there are, where the object is in none."""
        every = self.standard.concrete(REPORT)
        return tuple(kind for kind in self.kinds if kind in every) or every

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """The kinds of message among them that are no reports."""
        return tuple(kind for kind in self.kinds if REPORT not in self.standard.lineage(kind))

    @property
    def is_report(self) -> bool:
        """Whether the rule's object is itself a report."""
        return REPORT in self.standard.lineage(self.each)

    @cached_property
    def repeats(self) -> bool:
        """Whether one report can hold several objects of the class."""
        return any(_count(self.standard, kind, self.each) > 1 for kind in self.kinds)

    @property
    def this(self) -> Type:
        """The type of ``this``."""
        return Type("object", self.each)

    @property
    def report(self) -> Type:
        """The type of ``report``: a kind where there is only one, else any report."""
        return Type("object", self.reports[0] if len(self.reports) == 1 else REPORT)

    def slots(self, name: str) -> Mapping[str, Slot]:
        """The slots that every object of class ``name`` may have here; of a report those that its kinds share."""
        body = self.standard.classes[name]
        return self._shared if body.abstract else body.by_name

    @cached_property
    def _shared(self) -> Mapping[str, Slot]:
        first, *others = (self.standard.classes[kind].by_name for kind in self.reports)
        return {
            name: slot._replace(required=slot.required and all(other[name].required for other in others))
            for name, slot in first.items()
            if all(name in other and _alike(slot, other[name]) for other in others)
        }

    def kinds_with(self, slot: str) -> tuple[str, ...]:
        """The kinds of report that have the slot ``slot``."""
        return tuple(k for k in self.standard.concrete(REPORT) if slot in self.standard.classes[k].by_name)

    def type_of(self, slot: Slot) -> Type:
        """The type of what the slot ``slot`` holds."""
        one = self._single(slot)
        return list_of(one) if slot.many else one

    def _single(self, slot: Slot) -> Type:
        if slot.kind == "class":
            return Type("object", slot.range)
        if slot.kind == "enum":
            return Type("enum", slot.range)
        if slot.kind == "name":
            return Type("enum", KINDS)
        body = self.standard.types[slot.range]
        code_list = slot.code_list or body.code_list
        return Type("code", code_list) if code_list else _BY_NAME.get(body.name, _BY_BASE[body.base])

    def values(self, enum: str) -> tuple[str, ...]:
        """The values of the closed list ``enum``."""
        return self.standard.kinds if enum == KINDS else self.standard.enums[enum].codes

    @cached_property
    def list_ids(self) -> frozenset[str]:
        """The code lists that there are or that the model names."""
        named = {slot.code_list for body in self.standard.classes.values() for slot in body.slots}
        named |= {body.code_list for body in self.standard.types.values()}
        return frozenset(self.lists) | frozenset(name for name in named if name)


def kinds_holding(standard: Standard, name: str) -> tuple[str, ...]:
    """The kinds of message that hold objects of class ``name``; those that it stands for, where it is one itself."""
    if standard.classes[name].abstract or name in standard.kinds:
        return standard.concrete(name)
    return tuple(kind for kind in standard.kinds if _count(standard, kind, name))


def _alike(one: Slot, other: Slot) -> bool:
    return (one.range, one.kind, one.many) == (other.range, other.kind, other.many)


def _count(standard: Standard, kind: str, name: str) -> int:
    """How many objects of class ``name`` a message of ``kind`` can hold: 0, 1 or, for several, 2."""
    if name in standard.lineage(kind):
        return 1
    return min(2, sum(_chain(standard, kind, name)))


def _chain(standard: Standard, holder: str, name: str) -> Iterator[int]:
    for slot in inner_slots(standard, holder):
        here = (slot.range == name) + sum(_chain(standard, slot.range, name))
        yield 2 if here and slot.many else here


def inner_slots(standard: Standard, holder: str) -> Iterator[Slot]:
    """The slots of the class ``holder`` that hold objects of the same message."""
    return (s for s in standard.classes[holder].slots if s.kind == "class" and not standard.classes[s.range].abstract)
