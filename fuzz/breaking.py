"""Changes that break the structure of a message."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from exportreport.standard import Class
from fuzz.edges import EDGES, NAMES, SHAPES
from fuzz.pool import Object, Pool, objects, spots

Break = Callable[[Object, Class, Pool, Random], None]


def anything(random: Random) -> Any:
    """A value that fits in few places, if any."""
    return random.choice(EDGES if random.random() < 0.6 else SHAPES)


def wrong_value(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """Something else at a place."""
    found = list(spots(pool.standard, message, body))
    if found:
        spot = random.choice(found)
        spot.holder[spot.key] = anything(random)


def unknown_member(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A member that the class does not have."""
    holder, _ = random.choice(list(objects(pool.standard, message, body)))
    holder[random.choice(NAMES)] = anything(random)


def misspelled(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A name that is nearly right."""
    holder, _ = random.choice(list(objects(pool.standard, message, body)))
    if holder:
        name = random.choice(list(holder))
        at = random.randrange(len(name) or 1)
        holder[name[:at] + random.choice(("", "s", "_", "X")) + name[at + 1 :]] = holder.pop(name)


def missing_member(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A member less, required or not."""
    holder, _ = random.choice(list(objects(pool.standard, message, body)))
    if holder:
        del holder[random.choice(list(holder))]


def lifted(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A part put where a part of another class belongs."""
    found = list(spots(pool.standard, message, body))
    if found:
        one, other = random.choice(found), random.choice(found)
        one.holder[one.key] = pool.member(other.slot, random)


def wrapped(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A value in a list or in an object, once or many times: to the limit of depth and beyond."""
    found = list(spots(pool.standard, message, body))
    if found:
        spot = random.choice(found)
        value = spot.value
        for _ in range(random.choice((1, 1, 2, 3, 10, 61, 62, 63, 64, 65, 200))):
            value = [value] if random.random() < 0.5 else {"a": value}
        spot.holder[spot.key] = value


def many(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """A long list."""
    found = [spot for spot in spots(pool.standard, message, body) if isinstance(spot.value, list)]
    if found:
        spot = random.choice(found)
        value = random.choice((anything(random), pool.value(spot.slot, random)))
        spot.holder[spot.key] = [value] * random.choice((2, 30, 300)) if len(repr(value)) < 90 else [value] * 3


def other_kind(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """Another kind than its members are of, or none."""
    message["report_type"] = random.choice((*pool.standard.kinds, "Report", "LicenceFiling", None, 5, "", [], "x"))


BREAKS: tuple[Break, ...] = (
    wrong_value, wrong_value, wrong_value, unknown_member, misspelled, missing_member, missing_member, lifted,
    wrapped, many, other_kind,
)  # fmt: skip


def break_some(message: Object, body: Class, pool: Pool, random: Random) -> None:
    """One or two of the changes."""
    for _ in range(random.choice((1, 1, 1, 2))):
        random.choice(BREAKS)(message, body, pool, random)
