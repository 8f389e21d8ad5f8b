"""Checking a large document in pieces, so that a hostile one cannot make an engine hoard a million errors.

Engines collect the errors of a call before they give the first, at a few kilobytes each. A large object is therefore
checked without its large members, and those are checked on their own, lists in slices, or by entry where the engine can
tell entries that are wrong alike (`exportreport.structure.alike`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exportreport.finding import Path
from exportreport.standard import Slot, Standard
from exportreport.structure.alike import Alike
from exportreport.structure.breach import Breach, Check

#: The most values, nested ones counted, that an engine is given in one call.
PIECE = 4000


def in_pieces(standard: Standard, check: Check, alike: Alike | None = None) -> Check:
    """A check that gives what ``check`` gives, on objects of any size, in bounded memory."""

    def check_pieces(value: Any, class_name: str) -> Iterator[Breach]:
        if not isinstance(value, dict) or weight(value) < PIECE:
            yield from check(value, class_name)
            return
        slots = standard.classes[class_name].by_name
        unknown = tuple(name for name in value if name not in slots)
        carried = {name for name in value if name in slots and _is_carrier(slots[name], value[name], standard)}
        large = [
            name for name in value if name in slots and name not in carried and _can_be_split(slots[name], value[name])
        ]
        apart = carried.union(large)
        rest = {name: child for name, child in value.items() if name in slots and name not in apart}
        for breach in check(rest, class_name):
            if breach.missing not in apart and not (breach == Breach(()) and value):
                yield breach
        if unknown:
            yield Breach((), unknown=unknown)
        for name in large:
            yield from check_member(value[name], slots[name], class_name)

    def check_member(child: Any, slot: Slot, owner: str) -> Iterator[Breach]:
        if not slot.many:
            yield from (breach.under((slot.name,)) for breach in check_pieces(child, slot.range))
            return
        if alike and not (slot.kind == "class" and standard.classes[slot.range].abstract):
            yield from alike.check_list(child, slot, owner, check_pieces)
            return
        for first, piece in _slices(child):
            if slot.kind == "class" and isinstance(piece[0], dict) and weight(piece[0]) >= PIECE:
                yield from (breach.under((slot.name, first)) for breach in check_pieces(piece[0], slot.range))
            else:
                yield from _check_slice(piece, first, slot, owner, check)

    return check_pieces


def _check_slice(piece: list[Any], first: int, slot: Slot, owner: str, check: Check) -> Iterator[Breach]:
    for breach in check({slot.name: piece}, owner):
        if len(breach.path) > 1 and isinstance(breach.path[1], int):
            moved: Path = (slot.name, breach.path[1] + first, *breach.path[2:])
            yield Breach(moved, breach.missing, breach.unknown)


def _is_carrier(slot: Slot, child: Any, standard: Standard) -> bool:
    """Whether ``child`` is a list of messages, each of which is checked by its kind elsewhere."""
    is_list = slot.many and isinstance(child, list) and bool(child)
    return is_list and slot.kind == "class" and standard.classes[slot.range].abstract


def _can_be_split(slot: Slot, child: Any) -> bool:
    if not (slot.many or slot.kind == "class") or not isinstance(child, list if slot.many else dict):
        return False
    return weight(child) >= PIECE // 4


def _slices(values: list[Any]) -> Iterator[tuple[int, list[Any]]]:
    """``values`` in slices of bounded weight with the index of each's first; what is heavy alone stands alone."""
    first, total = 0, 0
    for index, value in enumerate(values):
        added = weight(value)
        if index > first and total + added > PIECE:
            yield first, values[first:index]
            first, total = index, 0
        total += added
    yield first, values[first:]


def weight(value: Any) -> int:
    """The number of values in ``value``, itself included, counted until it exceeds the size of a piece."""
    count, open_values = 0, [value]
    while open_values and count <= PIECE:
        children = open_values.pop()
        count += 1
        if isinstance(children, dict):
            open_values.extend(children.values())
        elif isinstance(children, list):
            open_values.extend(children if len(children) <= PIECE else children[: PIECE + 1])
    return count
