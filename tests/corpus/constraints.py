"""Every constraint of the model, by a name that a reader understands: what a corpus has to break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exportreport.standard import Class, Slot, Standard
from tests.corpus.references import KEYS, REFERENCES

#: The owner of what holds for every message.
ANY = "any message"


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the model asks of a class, or of a slot in a class. ``kind`` says what: "required", "longest"..."""

    owner: str
    slot: str | None
    kind: str

    @property
    def id(self) -> str:
        """The name of the constraint, such as ``Party.roles required``."""
        return f"{self.owner}.{self.slot} {self.kind}" if self.slot else f"{self.owner} {self.kind}"


def constraints(standard: Standard) -> tuple[Constraint, ...]:
    """Every constraint of ``standard``: of its classes that are not abstract, of each slot there, and of messages."""
    found = [Constraint(ANY, None, "nesting"), Constraint(ANY, None, "characters")]
    for body in standard.classes.values():
        if not body.abstract:
            found += (Constraint(body.name, None, kind) for kind in _of_class(body))
            for slot in body.slots:
                found += (Constraint(body.name, slot.name, kind) for kind in _of_slot(standard, slot))
                if (body.name, slot.name) in REFERENCES:
                    found.append(Constraint(body.name, slot.name, "reference"))
                if (body.name, slot.name) in KEYS:
                    found.append(Constraint(body.name, slot.name, "own key"))
    return tuple(found)


def _of_class(body: Class) -> Iterator[str]:
    yield from ("known members", "not empty", "no name twice", "no text between", "no attributes", "own namespace")
    if len([slot for slot in body.slots if slot.kind != "name"]) > 1:
        yield "order"


def _of_slot(standard: Standard, slot: Slot) -> Iterator[str]:
    if slot.required:
        yield "required"
    if slot.kind == "name":
        yield from ("null", "type", "not empty", "closed", "no element", "namespace")
    elif slot.many:
        yield from ("list null", "list", "list not empty")
        yield from (f"entry {kind}" for kind in _of_value(standard, slot))
        if slot.kind == "class":
            yield from ("entry name", "entry namespace", "no text between")
    else:
        yield "single"
        yield from _of_value(standard, slot)


def _of_value(standard: Standard, slot: Slot) -> Iterator[str]:
    """What is asked of a single value in ``slot``."""
    yield from ("null", "type", "not empty")
    if slot.kind == "enum":
        yield "closed"
    if slot.kind == "type":
        body = standard.types[slot.range]
        yield "form"
        if body.max_length is not None:
            yield "longest"
        if body.minimum is not None:
            yield "minimum"
        if body.maximum is not None:
            yield "maximum"
