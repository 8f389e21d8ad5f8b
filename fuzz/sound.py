"""Changes that leave a message sound, so that it reaches the rules; and the repair of one that is not."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from exportreport.standard import Class, Slot
from fuzz.pool import Object, Pool, Spot, class_of, objects, spots

Change = Callable[[Object, Class, Pool, Random], None]


def _one(found: list[Any], random: Random) -> Any:
    return random.choice(found) if found else None


def _spots(message: Object, body: Class, pool: Pool, random: Random) -> list[Spot]:
    return list(spots(pool.standard, message, body))


def _single(spot: Spot) -> bool:
    return spot.entry or not spot.slot.many


def other_value(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """Another value of the same type, or another object of the same class."""
    spot = _one([one for one in _spots(message, body, pool, random) if _single(one)], random)
    if spot:
        spot.holder[spot.key] = pool.value(spot.slot, random)


def same_value(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A value that stands elsewhere in the message: keys that meet, days that are equal."""
    every = [one for one in _spots(message, body, pool, random) if _single(one) and one.slot.kind != "class"]
    spot = _one(every, random)
    if spot:
        alike = [one.value for one in every if one.slot.range == spot.slot.range]
        spot.holder[spot.key] = random.choice(alike)


def one_more(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A member that was not given."""
    holder, inner = random.choice(list(objects(pool.standard, message, body)))
    missing = [slot for slot in inner.slots if slot.name not in holder]
    if missing:
        slot = random.choice(missing)
        holder[slot.name] = pool.member(slot, random)


def one_less(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """An optional member left away."""
    every = [one for one in _spots(message, body, pool, random) if not (one.entry or one.slot.required)]
    spot = _one([one for one in every if len(one.holder) > 1], random)
    if spot:
        del spot.holder[spot.key]


def another_entry(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """An entry more in a list: a new one, or one that is there already."""
    every = [one for one in _spots(message, body, pool, random) if not _single(one) and isinstance(one.value, list)]
    spot = _one(every, random)
    if spot and len(spot.value) < 40:
        entry = random.choice(spot.value) if spot.value and random.random() < 0.5 else pool.value(spot.slot, random)
        spot.value.insert(random.randint(0, len(spot.value)), entry)


def fewer_entries(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """An entry less, where one is left."""
    spot = _one([one for one in _spots(message, body, pool, random) if one.entry and len(one.holder) > 1], random)
    if spot:
        del spot.holder[spot.key]


def moved(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """The members of an object, or the entries of a list, in another order."""
    holder, _ = random.choice(list(objects(pool.standard, message, body)))
    members = list(holder.items())
    random.shuffle(members)
    holder.clear()
    holder.update(members)


def next_day(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A day or moment a little earlier or later, or a number one more or less."""
    every = [one for one in _spots(message, body, pool, random) if _single(one) and one.slot.kind == "type"]
    spot = _one([one for one in every if one.slot.range in _STEPPED], random)
    if spot and isinstance(spot.value, str) and spot.value[-2:].isdigit():
        stepped = f"{spot.value[:-2]}{(int(spot.value[-2:]) + random.choice((-1, 1))) % 100:02}"
        if pool.fits(pool.standard.types[spot.slot.range], stepped):
            spot.holder[spot.key] = stepped


def judged_by(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """Profiles and the day by which the message asks to be judged."""
    for slot in body.slots:
        if slot.name in ("profiles", "as_of"):
            message[slot.name] = pool.member(slot, random)


_STEPPED = frozenset({"Date", "Decimal"})

CHANGES: tuple[Change, ...] = (
    other_value, other_value, other_value, same_value, same_value, one_more, one_more, one_less, another_entry,
    fewer_entries, moved, next_day, judged_by,
)  # fmt: skip


def change(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """One to four of the changes."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        random.choice(CHANGES)(message, body, pool, random)


def repair(message: Object, body: Class, pool: Pool, random: Random, depth: int = 0) -> None:
    """Make ``message`` sound: unknown members go, missing ones come, wrong values are replaced."""
    for name in [name for name in message if name not in body.by_name]:
        del message[name]
    for slot in body.slots:
        if slot.kind == "name":
            if slot.required or slot.name in message:
                message[slot.name] = body.name
        elif slot.name in message:
            message[slot.name] = _repaired(message[slot.name], slot, pool, random, depth)
        elif slot.required:
            message[slot.name] = pool.member(slot, random)
    if not message:
        slot = random.choice(body.slots)
        message[slot.name] = pool.member(slot, random)


def _repaired(value: Any, slot: Slot, pool: Pool, random: Random, depth: int) -> Any:
    if not slot.many:
        return _repaired_one(value, slot, pool, random, depth)
    entries = value[:40] if isinstance(value, list) and value else [value]
    return [_repaired_one(entry, slot, pool, random, depth) for entry in entries]


def _repaired_one(value: Any, slot: Slot, pool: Pool, random: Random, depth: int) -> Any:
    if slot.kind == "class":
        known = class_of(pool.standard, slot, value) if isinstance(value, dict) else None
        if known is None or known.name not in pool.standard.concrete(slot.range) or depth > 12:
            return pool.value(slot, random)
        repair(value, known, pool, random, depth + 1)
        return value
    if slot.kind == "enum":
        sound = isinstance(value, str) and value in pool.standard.enums[slot.range].codes
    else:
        sound = pool.fits(pool.standard.types[slot.range], value)
    return value if sound else pool.value(slot, random)
