"""The model as a reader of XML needs it: for each class, its elements by their full names."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from exportreport.standard import Slot, Standard


class Form(IntEnum):
    """How an element's content is read."""

    TEXT = 0
    INTEGER = 1
    BOOLEAN = 2
    OBJECT = 3
    #: A wrapper whose children are named by their class.
    OBJECTS = 4
    #: A wrapper whose children are named by their kind of message.
    MESSAGES = 5


class Member(NamedTuple):
    """An element of a class. ``order`` is its place among the others; ``many`` means that it may be repeated."""

    name: str
    order: int
    form: Form
    many: bool
    shape: Shape


@dataclass(slots=True)
class Shape:
    """A class: its members by the full names of their elements, and the full name of an entry in a list of it."""

    name: str
    tag: str
    is_message: bool
    members: dict[str, Member] = field(default_factory=dict)


Shapes = dict[str, Shape]

_BASES = {"integer": Form.INTEGER, "boolean": Form.BOOLEAN}

#: The shapes of the standards in use, which are one, by identity: making them takes a millisecond.
_MADE: dict[int, tuple[Standard, Shapes]] = {}


def shapes_of(standard: Standard) -> Shapes:
    """The shapes of the classes of ``standard`` by name."""
    made = _MADE.get(id(standard))
    if made is None:
        _MADE.clear()
        made = _MADE[id(standard)] = (standard, _make(standard))
    return made[1]


def _make(standard: Standard) -> Shapes:
    shapes = {
        name: Shape(name, f"{{{standard.namespace}}}{name}", "report_type" in body.by_name)
        for name, body in standard.classes.items()
    }
    for name, body in standard.classes.items():
        for order, slot in enumerate(body.slots):
            if slot.kind != "name":
                member = Member(slot.name, order, *_form(slot, standard), shapes.get(slot.range, shapes[name]))
                shapes[name].members[f"{{{standard.namespace}}}{slot.name}"] = member
    return shapes


def _form(slot: Slot, standard: Standard) -> tuple[Form, bool]:
    if slot.kind == "class":
        if not slot.many:
            return Form.OBJECT, False
        return Form.MESSAGES if standard.classes[slot.range].abstract else Form.OBJECTS, False
    base = standard.types[slot.range].base if slot.kind == "type" else "text"
    return _BASES.get(base, Form.TEXT), slot.many
