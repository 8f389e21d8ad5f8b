"""Small messages by construction: each slot, each code, each bound, each character, so that chance decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

from exportreport.standard import Class, Slot, Standard
from tests.lossless.strategies import ways
from tests.lossless.texts import EDGES, LOOK_ALIKES, SIGNS

Document = dict[str, Any]

#: How many messages each slot of a single text or code has: they take turns over all slots. Others have all values.
_TURNS = 2

_LONGEST_TEXT = 4000


def smallest(standard: Standard, name: str) -> Document:
    """An object of the class ``name`` with what it must have; with its first slot, where that is nothing."""
    body = standard.classes[name]
    needed = [slot for slot in body.slots if slot.required] or list(body.slots[:1])
    return {slot.name: _value(standard, body, slot) for slot in needed}


def _value(standard: Standard, body: Class, slot: Slot) -> Any:
    if slot.kind == "name":
        return body.name
    value: Any
    if slot.kind == "class":
        value = smallest(standard, standard.concrete(slot.range)[0])
    elif slot.kind == "enum":
        value = standard.enums[slot.range].codes[0]
    else:
        kind = standard.types[slot.range]
        value = {"integer": 1, "boolean": True}.get(kind.base) or kind.examples[0]
    return [value] if slot.many else value


def each_slot(standard: Standard) -> Iterator[Document]:
    """For each slot of each class messages around it; lists hold all values of their range, in both orders."""
    texts = [kind.name for kind in standard.types.values() if kind.max_length]
    turns = {name: cycle(_values_of(standard, name)) for name in (*texts, *standard.enums)}
    for name, (kind, way) in ways(standard).items():
        for slot in standard.classes[name].slots:
            for value in () if slot.kind == "name" else _values(standard, slot, turns):
                whole = smallest(standard, name) | {slot.name: value}
                for holder, step in reversed(way):
                    whole = smallest(standard, holder) | {step.name: [whole] if step.many else whole}
                assert whole["report_type"] == kind
                yield whole


def _values(standard: Standard, slot: Slot, turns: dict[str, Any]) -> Iterator[Any]:
    if slot.kind == "class":
        entries = [smallest(standard, name) for name in standard.concrete(slot.range)]
        yield [*entries, *entries] if slot.many else entries[0]
    elif slot.many:
        values = _values_of(standard, slot.range)
        yield from (values, values[::-1], [values[0], values[0]])
    elif slot.range in turns:
        yield from islice(turns[slot.range], _TURNS)
    else:
        yield from _values_of(standard, slot.range)


def _values_of(standard: Standard, name: str) -> list[Any]:
    """The codes of an enum; of a type its bounds, and what looks like something else."""
    if name in standard.enums:
        return list(standard.enums[name].codes)
    kind = standard.types[name]
    if kind.base == "boolean":
        return [True, False]
    if kind.base == "integer":
        return [0, 1, 2**31, 2**32 + 1, kind.maximum]
    if not kind.max_length:
        return list(EDGES.get(name, ())) + list(kind.examples)
    texts = [*LOOK_ALIKES, *(f"x{sign}x" for sign in SIGNS), "x" * kind.max_length, "\U0001f6f0" * kind.max_length]
    return texts if name in ("Text", "LongText") else [text for text in texts if not {"\t", "\n"} & set(text)]


def every_character(standard: Standard) -> Iterator[Document]:
    """Messages whose texts hold every character that the standard allows, neighbors of Unicode side by side."""
    numbers = (*range(0x20, 0x7F), *range(0xA0, 0xD800), *range(0xE000, 0xFFFE), *range(0x10000, 0x110000))
    whole = "\t\n" + "".join(map(chr, numbers))
    inner = _LONGEST_TEXT - 2
    texts = [f"<{whole[start : start + inner]}>" for start in range(0, len(whole), inner)]
    body = smallest(standard, "DenialNotice")
    for start in range(0, len(texts), 30):
        party = smallest(standard, "Party") | {"alternative_names": texts[start : start + 30]}
        yield body | {"parties": [party]}
