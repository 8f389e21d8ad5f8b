"""A constraint about to be broken: the small message to start from, and the mutations as they are said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from exportreport.standard import Class, Slot, Standard
from tests.corpus.bases import Base, base, value
from tests.corpus.constraints import Constraint
from tests.corpus.source import Expected, List, Member, Mutation, Node, Object, Place, Text, Token, written_value

JSON, XML = "json", "xml"

#: The codes for an empty element, or one with a wrong text in it, by what is expected there.
EMPTY_TEXT, EMPTY_LIST, EMPTY_OBJECT = "ER-S-004", "ER-S-005", "ER-S-006"
NOT_OBJECT, NOT_LIST, NOT_TEXT, NOT_INTEGER, NOT_BOOLEAN = "ER-S-007", "ER-S-008", "ER-S-009", "ER-S-010", "ER-S-012"
REPEATED = "ER-D-101"


@dataclass(frozen=True, slots=True)
class Case:
    """A ``constraint`` of the ``standard``, and what decides by chance how it is broken."""

    standard: Standard
    constraint: Constraint
    random: Random

    @property
    def body(self) -> Class:
        """The class that the constraint is about."""
        return self.standard.classes[self.constraint.owner]

    @property
    def slot(self) -> Slot:
        """The slot that the constraint is about."""
        assert self.constraint.slot is not None
        return self.body.by_name[self.constraint.slot]

    @property
    def carries(self) -> bool:
        """Whether the slot holds messages, of which XML gives no one without a kind."""
        return self.slot.kind == "class" and self.standard.classes[self.slot.range].abstract

    def base(self, *slots: str) -> Base:
        """A new small message around an object of the class, which has ``slots``; one in ten in an envelope."""
        envelope = self.random.random() < 0.1
        return base(self.standard, self.body.name, self.random, slots, envelope=envelope)

    def alone(self, *slots: str) -> Base:
        """The same, never in an envelope."""
        return base(self.standard, self.body.name, self.random, slots)

    def base_of(self, name: str, *slots: str) -> Base:
        """A new small message around an object of the class ``name``."""
        return base(self.standard, name, self.random, slots)

    def value(self) -> Node:
        """A small right value of the slot, or of one of its entries."""
        return written_value(self.standard, self.slot, value(self.standard, self.slot, self.random))

    def said(
        self,
        what: str,
        root: Object,
        json: Expected | None,
        xml: Expected | None,
        right_in: tuple[str, ...] = (),
    ) -> Mutation:
        """The mutation that ``what`` was done."""
        return Mutation(self.constraint.id, what, root, json, xml, frozenset(right_in))

    def alike(self, what: str, root: Object, expected: Expected) -> Mutation:
        """The mutation of which the same is said in both syntaxes."""
        return self.said(what, root, expected, expected)

    def by_rule(self, what: str, root: Object, expected: Expected) -> Mutation:
        """The mutation that the structure allows, and of which a rule says the same in both syntaxes."""
        return replace(self.alike(what, root, expected), rules=True)


#: Makes the mutations of a case.
Maker = Callable[[Case], Iterator[Mutation]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a value in a message: a single value, or the last of two entries, or a list itself."""

    root: Object
    pointer: str
    put: Callable[[Node], None]

    def expected(self, code: str, node: Node, on: str = "value") -> Expected:
        """The finding ``code`` of the ``node`` that was put here."""
        return Expected(code, self.pointer, Place(node, on))


def single(case: Case) -> Spot:
    """Where the slot's only value stands."""
    found = case.base(case.slot.name)
    holder = found.member(case.slot.name)
    return Spot(found.root, f"{found.pointer}/{case.slot.name}", lambda node: setattr(holder, "value", node))


def entry(case: Case) -> Spot:
    """Where the second entry of the slot stands, which is a list."""
    found = case.base(case.slot.name)
    entries = found.member(case.slot.name).value
    assert isinstance(entries, List)
    return Spot(found.root, f"{found.pointer}/{case.slot.name}/1", lambda node: entries.entries.append(node))


def not_of(case: Case, *, text: bool) -> str:
    """The code for a value that is not of the type of the slot; ``text`` where a text was given instead."""
    slot = case.slot
    if slot.kind == "class":
        return NOT_OBJECT
    base_type = case.standard.types[slot.range].base if slot.kind == "type" else "text"
    if base_type == "text":
        return "" if text else NOT_TEXT
    return NOT_INTEGER if base_type == "integer" else NOT_BOOLEAN


def empty_element(case: Case) -> str:
    """The code for an element without content where a single value of the slot is expected."""
    if case.slot.kind == "class":
        return EMPTY_OBJECT
    return not_of(case, text=True) or EMPTY_TEXT


def group() -> Object:
    """An object that no class has."""
    return Object("Group", [Member("part", Text("x"))])


def token(written: str) -> Token:
    """A value that both syntaxes write alike."""
    return Token(written, written)
