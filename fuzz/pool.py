"""The parts that mutations are made from: objects and values of sound messages, by what the model expects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

import orjson

from exportreport.standard import Class, Slot, Standard, Type
from fuzz.edges import EDGES

Object = dict[str, Any]

#: So many objects of each class are kept, however large they are.
_FEW = 20


class Spot(NamedTuple):
    """A place of a message: what holds it, its key there, and what the model expects.

    ``owner`` is the class of the object that the slot is of. An ``entry`` is one of the list that the slot holds.
    """

    holder: Any
    key: Any
    slot: Slot
    owner: Class
    entry: bool

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.holder[self.key]


def class_of(standard: Standard, slot: Slot, value: Any) -> Class | None:
    """The class that the object ``value`` in ``slot`` is of; None for a message of no known kind."""
    body = standard.classes[slot.range]
    if not body.abstract:
        return body
    named = value.get("report_type")
    return standard.classes[named] if isinstance(named, str) and named in standard.kinds else None


def spots(standard: Standard, message: Object, body: Class) -> Iterator[Spot]:
    """The spots of ``message``, right or wrong, but the names of kinds and what the model does not know."""
    for name, child in list(message.items()):
        slot = body.by_name.get(name)
        if slot is None or slot.kind == "name":
            continue
        yield Spot(message, name, slot, body, False)
        many = slot.many and isinstance(child, list)
        if many:
            yield from (Spot(child, index, slot, body, True) for index in range(len(child)))
        if slot.kind == "class":
            for entry in child if many else (child,):
                if isinstance(entry, dict) and (inner := class_of(standard, slot, entry)) is not None:
                    yield from spots(standard, entry, inner)


def objects(standard: Standard, message: Object, body: Class) -> Iterator[tuple[Object, Class]]:
    """The objects of ``message``, itself first, with their classes."""
    yield message, body
    for spot in spots(standard, message, body):
        many = spot.slot.many and not spot.entry
        if spot.slot.kind == "class" and not many and isinstance(spot.value, dict):
            inner = class_of(standard, spot.slot, spot.value)
            if inner is not None:
                yield spot.value, inner


@dataclass(frozen=True)
class Pool:
    """Objects by class, as JSON so that each use is a copy, and values by the name of their type or enum."""

    standard: Standard
    objects: dict[str, list[bytes]]
    values: dict[str, list[Any]]
    patterns: dict[str, re.Pattern[str]]

    def fits(self, kind: Type, value: Any) -> bool:
        """Whether ``value`` is one of type ``kind``."""
        if kind.base == "integer":
            sound = isinstance(value, int) and not isinstance(value, bool)
            return sound and (kind.minimum or 0) <= value <= (kind.maximum or 2**53 - 1)
        if kind.base == "boolean":
            return isinstance(value, bool)
        if not isinstance(value, str) or len(value) > (kind.max_length or len(value)):
            return False
        return kind.name not in self.patterns or self.patterns[kind.name].search(value) is not None

    def object(self, name: str, random: Random) -> Object:
        """An object of the class ``name``, or of one of the kinds below it where it is abstract."""
        return orjson.loads(random.choice(self.objects[random.choice(self.standard.concrete(name))]))

    def value(self, slot: Slot, random: Random) -> Any:
        """A value, or one entry of the list, that ``slot`` may hold."""
        if slot.kind == "class":
            return self.object(slot.range, random)
        return random.choice(self.values[slot.range])

    def member(self, slot: Slot, random: Random) -> Any:
        """All that ``slot`` may hold: a value, or a list."""
        if not slot.many:
            return self.value(slot, random)
        return [self.value(slot, random) for _ in range(random.choice((1, 1, 1, 2, 3)))]


def pool_of(standard: Standard, messages: Iterable[Object], largest: int = 400) -> Pool:
    """The pool of the sound ``messages``; objects of more than ``largest`` bytes are mostly left out."""
    found_objects: dict[str, dict[bytes, None]] = defaultdict(dict)
    found_values: dict[str, dict[Any, None]] = defaultdict(dict)
    for message in messages:
        body = standard.classes[message["report_type"]]
        for value, inner in objects(standard, message, body):
            found_objects[inner.name][orjson.dumps(value)] = None
        for spot in spots(standard, message, body):
            if spot.slot.kind != "class" and (spot.entry or not spot.slot.many):
                found_values[spot.slot.range][spot.value] = None
    patterns = {name: re.compile(one.pattern, re.ASCII) for name, one in standard.types.items() if one.pattern}
    small = {name: _small(found, largest) for name, found in found_objects.items()}
    pool = Pool(standard, small, {name: list(found) for name, found in found_values.items()}, patterns)
    _add_edges(pool)
    return pool


def _small(found: Iterable[bytes], largest: int) -> list[bytes]:
    """Those of ``found`` that are not too large; of large classes the smallest."""
    ordered = sorted(found, key=len)
    return ordered[: max(_FEW, sum(len(one) <= largest for one in ordered))]


def _add_edges(pool: Pool) -> None:
    for name, kind in pool.standard.types.items():
        bounds = [one for one in (kind.minimum, kind.maximum) if one is not None]
        wanted = [*EDGES, *kind.examples, *bounds]
        pool.values.setdefault(name, []).extend(edge for edge in wanted if pool.fits(kind, edge))
    for name, enum in pool.standard.enums.items():
        pool.values[name] = list(enum.codes)
