"""Strategies for messages, made from the model alone: any kind, or a message that holds a certain class."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from exportreport.standard import Slot, Standard
from tests.lossless.texts import of_type

Document = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

#: The way to a class: the slots to follow, each with the class that has it.
Way = tuple[tuple[str, Slot], ...]


def ways(standard: Standard) -> dict[str, tuple[str, Way]]:
    """For each class that a message can hold the kind of message, and the shortest way to the class."""
    found: dict[str, tuple[str, Way]] = {kind: (kind, ()) for kind in standard.kinds}
    waiting = deque(standard.kinds)
    while waiting:
        name = waiting.popleft()
        kind, way = found[name]
        for slot in standard.classes[name].slots:
            for inner in standard.concrete(slot.range) if slot.kind == "class" else ():
                if inner not in found:
                    found[inner] = (kind, (*way, (name, slot)))
                    waiting.append(inner)
    return found


def messages(standard: Standard) -> st.SearchStrategy[Document]:
    """Valid messages of all kinds."""
    return st.one_of([around(standard, name) for name in sorted(ways(standard))])


def around(standard: Standard, name: str) -> st.SearchStrategy[Document]:
    """Valid messages in which an object of the class ``name`` has most of what chance gives."""
    # Made without arguments: Hypothesis would print the whole standard wherever it names the strategy.
    return st.composite(_made(standard, ways(standard)[name][1], name))()


def _made(standard: Standard, way: Way, name: str) -> Callable[[Draw], Document]:
    def made(draw: Draw) -> Document:
        value = _object(draw, standard, name, 2, most=draw(st.sampled_from((2, 8, 1000))))
        for holder, slot in reversed(way):
            whole = _object(draw, standard, holder, 0, most=0)
            others = [_one(draw, standard, slot, 0) for _ in range(draw(st.integers(0, 1)))] if slot.many else []
            whole[slot.name] = [*others, value] if slot.many else value
            value = whole
        return value

    return made


def _object(draw: Draw, standard: Standard, name: str, depth: int, *, most: int) -> Document:
    """An object with what it must have, and at most so many other slots; its nested objects have fewer."""
    body = standard.classes[name]
    optional = [s for s in body.slots if not s.required and (s.kind != "class" or depth > 0)]
    chosen = draw(_some(optional, most)) if optional and most else []
    taken = {slot.name for slot in chosen} | {slot.name for slot in body.slots if slot.required}
    if not taken:
        taken.add(draw(st.sampled_from(body.slots)).name)
    return {slot.name: _member(draw, standard, name, slot, depth) for slot in body.slots if slot.name in taken}


def _some(slots: list[Slot], most: int) -> st.SearchStrategy[list[Slot]]:
    if most > len(slots):
        return st.just(slots)
    return st.lists(st.sampled_from(slots), max_size=most, unique_by=lambda slot: slot.name)


def _member(draw: Draw, standard: Standard, owner: str, slot: Slot, depth: int) -> Any:
    if slot.kind == "name":
        return owner
    if not slot.many:
        return _one(draw, standard, slot, depth)
    return [_one(draw, standard, slot, depth) for _ in range(draw(st.integers(1, 3)))]


def _one(draw: Draw, standard: Standard, slot: Slot, depth: int) -> Any:
    if slot.kind == "class":
        name = draw(st.sampled_from(standard.concrete(slot.range)))
        return _object(draw, standard, name, depth - 1, most=2 if depth > 0 else 0)
    if slot.kind == "enum":
        return draw(st.sampled_from(standard.enums[slot.range].codes))
    return draw(of_type(standard.types[slot.range]))
