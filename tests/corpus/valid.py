"""Messages that follow the structure, and together use all of it: every class, slot, code and end of a bound."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from exportreport.standard import Class, Slot, Standard
from tests.corpus.bases import around, small, value
from tests.corpus.values import ENDS

Document = dict[str, Any]


def valid(standard: Standard, seed: int = 0) -> Iterator[Document]:
    """Right messages; the same for the same ``seed``. For each class there are sparse objects of it and full ones."""
    for body in standard.classes.values():
        if not body.abstract:
            random = Random(f"valid/{seed}/{body.name}")
            for one in (*_sparse(standard, body, random), *_full(standard, body, random)):
                yield around(standard, body.name, one, random)


def _sparse(standard: Standard, body: Class, random: Random) -> Iterator[Document]:
    """Objects of what is required alone, or of one slot each where nothing is; and of each optional slot besides."""
    if any(slot.required for slot in body.slots):
        yield small(standard, body, random)
    for slot in body.slots:
        if not slot.required:
            yield small(standard, body, random, (slot.name,))


def _full(standard: Standard, body: Class, random: Random) -> Iterator[Document]:
    """Objects of all slots, as many as it takes for each slot to have had each of its choices."""
    choices = {slot.name: _choices(standard, body, slot, random) for slot in body.slots}
    for number in range(max(map(len, choices.values()))):
        # Neighbors are out of step, lest all texts of an object be the longest at once.
        yield {name: given[(number + 3 * place) % len(given)] for place, (name, given) in enumerate(choices.items())}


def _choices(standard: Standard, owner: Class, slot: Slot, random: Random) -> list[Any]:
    if slot.kind == "name":
        return [owner.name]
    if slot.kind == "class":
        entries = [value(standard, slot, random, kind) for kind in standard.concrete(slot.range)]
        return [entries[:1], entries * 2, [*entries, *entries[:1]]] if slot.many else entries
    codes = standard.enums[slot.range].codes if slot.kind == "enum" else ENDS[slot.range]
    given: list[Any] = list(codes)
    turn = random.randrange(len(given))
    given = given[turn:] + given[:turn]
    if not slot.many:
        return given
    return [[one] for one in given] + [given[-1:] + given[:2], given[:1] * 2]
