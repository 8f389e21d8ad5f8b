"""The Python that looks up every code of a message: a function for each class that holds codes, or objects that do."""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.standard import Class, Slot, Standard

_HEAD = '''"""{note}"""

# mypy: ignore-errors

# this: the object; ok: for each list the codes that need no further look; n: how many codes of each list were seen;
# miss(list, code): looks closer; by(naming list, list, code): looks up a code of a list that the report names.
'''


def module(standard: Standard, note: str) -> str:
    """The text of the module; ``note`` is its first line.

    ``LISTS`` are the lists that slots are bound to, in the order of ``ok`` and ``n``; ``VISITS`` has a function for
    each kind of message. Messages inside a message are left to their own visit.
    """
    lists = sorted(
        {name for body in standard.classes.values() for slot in body.slots if (name := bound(standard, slot))}
    )
    places = {name: place for place, name in enumerate(lists)}
    lines = [_HEAD.format(note=note), "LISTS = (", *(f"    {name!r}," for name in lists), ")"]
    holders = _holders(standard)
    for name in sorted(holders):
        lines += ["", "", *_function(standard, standard.classes[name], places, holders)]
    lines += ["", "", "VISITS = {", *(f"    {kind!r}: _{kind}," for kind in standard.kinds if kind in holders), "}"]
    return "\n".join(lines) + "\n"


def bound(standard: Standard, slot: Slot) -> str | None:
    """The list that the slot's values are codes of, named by the slot or by its type."""
    kind = standard.types.get(slot.range) if slot.kind == "type" else None
    return slot.code_list or (kind.code_list if kind else None)


def _holders(standard: Standard) -> set[str]:
    """The classes, none of them abstract, whose objects hold codes, or objects that do."""
    found: set[str] = set()
    more = {name for name, body in standard.classes.items() if any(_is_coded(standard, slot) for slot in body.slots)}
    while more:
        found |= more
        more = {name for name, body in standard.classes.items() if any(s.range in found for s in body.slots)} - found
    return {name for name in found if not standard.classes[name].abstract}


def _is_coded(standard: Standard, slot: Slot) -> bool:
    return bool(bound(standard, slot) or slot.code_list_by)


def _function(standard: Standard, body: Class, places: dict[str, int], holders: set[str]) -> Iterator[str]:
    yield f"def _{body.name}(this, ok, n, miss, by):"
    for slot in body.slots:
        name = bound(standard, slot)
        if name:
            yield from _if_there(slot, _look(slot, places[name]))
        elif slot.code_list_by:
            naming = bound(standard, body.by_name[slot.code_list_by])
            look = f"by({naming!r}, this[{slot.code_list_by!r}], this[{slot.name!r}])"
            yield f"    if {slot.name!r} in this and {slot.code_list_by!r} in this:"
            yield f"        {look}"
        elif slot.kind == "class" and slot.range in holders:
            call = f"_{slot.range}({{}}, ok, n, miss, by)"
            yield from _if_there(slot, _each(slot, call))


def _look(slot: Slot, place: int) -> list[str]:
    check = [f"if x not in ok[{place}]:", f"    miss({place}, x)"]
    if slot.many:
        return [
            f"x = this[{slot.name!r}]",
            f"n[{place}] += len(x)",
            f"if not ok[{place}].issuperset(x):",
            "    for code in x:",
            f"        miss({place}, code)",
        ]
    return [f"n[{place}] += 1", f"x = this[{slot.name!r}]", *check]


def _each(slot: Slot, call: str) -> list[str]:
    if slot.many:
        return [f"for x in this[{slot.name!r}]:", f"    {call.format('x')}"]
    return [call.format(f"this[{slot.name!r}]")]


def _if_there(slot: Slot, lines: list[str]) -> Iterator[str]:
    if slot.required:
        yield from (f"    {line}" for line in lines)
    else:
        yield f"    if {slot.name!r} in this:"
        yield from (f"        {line}" for line in lines)
