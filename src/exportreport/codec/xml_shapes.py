"""The model as a reader of XML needs it: for each class, its elements by their full names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from exportreport.codec.per_standard import per_standard
from exportreport.standard import Slot, Standard

#: How an element's content is read: as a text, an integer, a boolean, an object; as a wrapper whose children
#: are named by their class, or by their kind of message. Plain integers: an enumeration costs a tenth of the
#: whole reading.
TEXT, INTEGER, BOOLEAN, OBJECT, OBJECTS, MESSAGES = range(6)


class Member(NamedTuple):
    """An element of a class: ``order`` is its place among the others, ``many`` that it may be repeated."""

    name: str
    order: int
    form: int
    many: bool
    shape: Shape


@dataclass(slots=True)
class Shape:
    """A class: its members by the full names of their elements, and the full name of a list's entry."""

    name: str
    tag: str
    is_message: bool
    members: dict[str, Member] = field(default_factory=dict)


Shapes = dict[str, Shape]

_BASES = {"integer": INTEGER, "boolean": BOOLEAN}


@per_standard
def shapes_of(standard: Standard) -> Shapes:
    """The shapes of the classes of ``standard`` by name."""
    shapes = {
        name: Shape(name, f"{{{standard.namespace}}}{name}", "report_type" in body.by_name)
        for name, body in standard.classes.items()
    }
    for name, body in standard.classes.items():
        for order, slot in enumerate(body.slots):
            if slot.kind != "name":
                inner = shapes.get(slot.range, shapes[name])
                member = Member(slot.name, order, *_form(slot, standard), inner)
                shapes[name].members[f"{{{standard.namespace}}}{slot.name}"] = member
    return shapes


def _form(slot: Slot, standard: Standard) -> tuple[int, bool]:
    if slot.kind == "class":
        if not slot.many:
            return OBJECT, False
        return MESSAGES if standard.classes[slot.range].abstract else OBJECTS, False
    base = standard.types[slot.range].base if slot.kind == "type" else "text"
    return _BASES.get(base, TEXT), slot.many
