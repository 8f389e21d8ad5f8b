"""Small right messages that hold an object of a given class: what mutations start from."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from exportreport.standard import Class, Slot, Standard
from tests.corpus.source import List, Member, Object, written
from tests.corpus.values import ORDINARY

#: The kinds in the order in which they are tried: the smallest messages first.
_KINDS = ("Acknowledgement", "LicenseFiling", "DenialNotice", "ReexportNotice", "Submission")


@dataclass(frozen=True, slots=True)
class Base:
    """A right message and in it an object: ``target``, at ``pointer``, the value or an entry of ``holder``.

    ``holder`` is None where the object is the message itself.
    """

    root: Object
    target: Object
    pointer: str
    holder: Member | None

    def member(self, name: str) -> Member:
        """The member of the object that has this ``name``."""
        return next(member for member in self.target.members if member.name == name)


def base(standard: Standard, name: str, random: Random, slots: Sequence[str] = (), *, envelope: bool = False) -> Base:
    """A small message around an object of the class ``name`` that has ``slots``, and at least one slot besides.

    With ``envelope`` it is a submission, where its kind can be carried by one.
    """
    body = standard.classes[name]
    way = _ways(standard)[name]
    inner = small(standard, body, random, (*slots, *_company(body, slots)))
    message = around(standard, name, inner, random)
    if envelope and message["report_type"] in standard.concrete("Report"):
        outer, reports = standard.classes["Submission"], standard.classes["Submission"].by_name["reports"]
        message = small(standard, outer, random) | {"reports": [message]}
        way = ((outer.name, reports), *way)
    return _found(written(standard, message), [slot for _, slot in way])


def around(standard: Standard, name: str, inner: dict[str, Any], random: Random) -> dict[str, Any]:
    """The smallest message that has ``inner``, an object of the class ``name``, in it."""
    for holder, slot in reversed(_ways(standard)[name]):
        inner = small(standard, standard.classes[holder], random) | {slot.name: [inner] if slot.many else inner}
    return inner


def small(standard: Standard, body: Class, random: Random, slots: Sequence[str] = ()) -> dict[str, Any]:
    """An object of the class ``body`` with what is required and ``slots``; with some slot, if that is none."""
    chosen = [slot for slot in body.slots if slot.required or slot.name in slots]
    if not chosen:
        single = [slot for slot in body.slots if slot.kind != "class"]
        chosen = [random.choice(single or body.slots)]
    return {slot.name: member(standard, body, slot, random) for slot in chosen}


def member(standard: Standard, owner: Class, slot: Slot, random: Random) -> Any:
    """A small right value of ``slot``: of a list one entry."""
    if slot.kind == "name":
        return owner.name
    return [value(standard, slot, random)] if slot.many else value(standard, slot, random)


def value(standard: Standard, slot: Slot, random: Random, name: str | None = None) -> Any:
    """A small right value for ``slot``, or for an entry of it; an object of the class ``name``, if it says so."""
    if slot.kind == "class":
        concrete = [kind for kind in standard.concrete(slot.range) if kind != "Submission"]
        return small(standard, standard.classes[name or random.choice(concrete)], random)
    return random.choice(standard.enums[slot.range].codes if slot.kind == "enum" else ORDINARY[slot.range])


def _company(body: Class, slots: Sequence[str]) -> tuple[str, ...]:
    """A slot to stand beside ``slots`` in an object of ``body``, where nothing else is required there."""
    if any(slot.required and slot.name not in slots and slot.kind != "name" for slot in body.slots):
        return ()
    others = [slot for slot in body.slots if slot.name not in slots and slot.kind != "name"]
    plain = [slot for slot in others if slot.kind != "class" and not slot.many]
    return tuple(slot.name for slot in (plain or others)[:1])


#: A step from a class to the class of one of its slots.
_Step = tuple[str, Slot]

#: The ways already found, by the digest of the standard.
_WAYS: dict[str, dict[str, tuple[_Step, ...]]] = {}


def _ways(standard: Standard) -> dict[str, tuple[_Step, ...]]:
    """For each class the fewest steps that lead to it from a kind of message."""
    if standard.digest in _WAYS:
        return _WAYS[standard.digest]
    ways: dict[str, tuple[_Step, ...]] = dict.fromkeys(_KINDS, ())
    waiting = deque(_KINDS)
    while waiting:
        name = waiting.popleft()
        for slot in standard.classes[name].slots:
            if slot.kind == "class" and slot.range not in ways and not standard.classes[slot.range].abstract:
                ways[slot.range] = (*ways[name], (name, slot))
                waiting.append(slot.range)
    return _WAYS.setdefault(standard.digest, ways)


def _found(root: Object, way: Sequence[Slot]) -> Base:
    target, pointer, holder = root, "", None
    for slot in way:
        holder = next(member for member in target.members if member.name == slot.name)
        inner = holder.value.entries[0] if isinstance(holder.value, List) else holder.value
        assert isinstance(inner, Object)
        target, pointer = inner, f"{pointer}/{slot.name}" + ("/0" if slot.many else "")
    return Base(root, target, pointer, holder)
