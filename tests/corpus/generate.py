"""Documents made from the model, by seed: valid ones of every kind, and ones with a single fault."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from exportreport.standard import Class, Slot, Standard, Type

Document = dict[str, Any]

_PLAIN = (
    "Thermal imaging camera, uncooled, 9 Hz",
    "Radio monitoring of licensed operators in the capital, no recording of content",
    "Encryption module, AES 256, for backbone routers",
    "x",
)
_UNUSUAL = (
    "Beeldversterkerbuis (tweede generatie) voor Curaçao",
    "Überwachungsempfänger für Behörden & Co. <GmbH>",
    "暗号化装置 第二版",
    "Приёмник сигналов",
    "line one\nline two\tand a tab",
    "quotes \" and ' and \\ backslash ]]> end",
    "emoji 🛰 and flag 🇳🇱",
)
_TOKENS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def document(standard: Standard, kind: str, seed: int, *, fullness: float = 0.25) -> Document:
    """A valid message of ``kind``; ``fullness`` is the chance of each optional slot, less further down."""
    return _object(standard, standard.classes[kind], Random(f"{kind}/{seed}"), fullness)


def _object(standard: Standard, body: Class, random: Random, fullness: float) -> Document:
    chosen = [slot for slot in body.slots if slot.required or random.random() < fullness]
    if not chosen:
        chosen = [random.choice(body.slots)]
    return {slot.name: _member(standard, body, slot, random, fullness * 0.7) for slot in chosen}


def _member(standard: Standard, owner: Class, slot: Slot, random: Random, fullness: float) -> Any:
    if slot.kind == "name":
        return owner.name
    if slot.many:
        return [_one(standard, slot, random, fullness) for _ in range(random.choice((1, 1, 2, 3)))]
    return _one(standard, slot, random, fullness)


def _one(standard: Standard, slot: Slot, random: Random, fullness: float) -> Any:
    if slot.kind == "class":
        return _object(standard, standard.classes[random.choice(standard.concrete(slot.range))], random, fullness)
    if slot.kind == "enum":
        return random.choice(standard.enums[slot.range].codes)
    return _value(standard.types[slot.range], random)


def _value(kind: Type, random: Random) -> Any:
    if kind.base == "integer":
        return random.choice((0, 1, random.randrange(1000), kind.maximum))
    if kind.base == "boolean":
        return random.random() < 0.5
    make = _MAKERS.get(kind.name)
    return make(random) if make else random.choice(kind.examples)


def _word(random: Random, longest: int) -> str:
    return "".join(random.choices(_TOKENS, k=random.randint(1, longest)))


def _text(random: Random) -> str:
    """Mostly plain ASCII, as filings are; often enough not."""
    return random.choice(_PLAIN if random.random() < 0.7 else _UNUSUAL)


def _date(random: Random) -> str:
    return str(datetime.date(1900, 1, 1) + datetime.timedelta(days=random.randrange(109_000)))


def _decimal(random: Random) -> str:
    whole = str(random.randrange(10 ** random.randint(1, 18)))
    part = "." + "".join(random.choices("0123456789", k=random.randint(1, 6))) if random.random() < 0.4 else ""
    return random.choice(("", "", "-")) + whole + part


_MAKERS: dict[str, Callable[[Random], str]] = {
    "Text": lambda random: _text(random) if random.random() < 0.8 else _word(random, 60),
    "LongText": lambda random: _text(random) if random.random() < 0.9 else "x" * 5000,
    "Reference": lambda random: random.choice((_word(random, 20), "GBSIEL/2026/0000123/P", "№ 12 ü")),
    "Token": lambda random: _word(random, 12),
    "Key": lambda random: "k" + _word(random, 8),
    "Decimal": _decimal,
    "Date": _date,
    "DateTime": lambda random: f"{_date(random)}T{random.randrange(24):02}:{random.randrange(60):02}:00Z",
    "Digest": lambda random: "sha256:" + "".join(random.choices("0123456789abcdef", k=64)),
    "CountryCode": lambda random: random.choice(("NL", "DE", "KE", "US", "XK")),
    "ControlCode": lambda random: random.choice(("6A003.b.4.b", "5A001.f", "ML15", "EAR99")),
}

#: What is put in the place of a value, by what the model expects there; each breaks it.
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (5, True, None, {}, [], {"a": "b"}, "", " x", "x ", "a\rb", "a\u0000b", "x\n", "\u0085", "a" * 70000),
    "integer": (-1, 10**15, 10**17, 1.5, "1", "01", "+1", "", None, True, [1]),
    "boolean": ("true", "yes", 0, 1, None, "", []),
    "enum": ("nonsense", "", None, 3, ["x"]),
    "form": ("!", "ä", "", None, 7, " ", "x\n", "a b\n"),
    "class": (None, "text", 5, [], {}, [{}], {"no_such_member": "x"}),
    "list": (None, "text", {}, [], [None], [[]], [{}], 5),
}

_TEXT_TYPES = frozenset({"Text", "LongText", "Reference", "VersionText"})


def broken(standard: Standard, kind: str, seed: int, *, fullness: float = 0.25) -> tuple[Document, str]:
    """A message of ``kind`` with one change that breaks it in most cases, and what was changed."""
    return break_one(standard, document(standard, kind, seed, fullness=fullness), Random(f"broken/{kind}/{seed}"))


def break_one(standard: Standard, whole: Document, random: Random) -> tuple[Document, str]:
    """The message ``whole``, changed in one place so that it is broken in most cases, and what was changed."""
    places = list(_places(standard, whole, standard.classes[whole["report_type"]]))
    holder, key, slot, owner = random.choice(places)
    choice = random.random()
    if choice < 0.2 and isinstance(holder, dict):
        holder["no_such_member"] = random.choice(("x", 1, {"a": "b"}, ["x"]))
        return whole, f"unknown member in {owner.name}"
    if choice < 0.4 and isinstance(holder, dict):
        required = [s.name for s in owner.slots if s.required and s.name in holder and s.kind != "name"]
        if required:
            gone = random.choice(required)
            del holder[gone]
            return whole, f"{owner.name}.{gone} removed"
    value = random.choice(WRONG[_expected(standard, slot, isinstance(key, int))])
    holder[key] = value
    return whole, f"{owner.name}.{slot.name} = {str(value)[:40]!r}"


def _expected(standard: Standard, slot: Slot, entry: bool) -> str:
    if slot.many and not entry:
        return "list"
    if slot.kind != "type":
        return slot.kind
    base = standard.types[slot.range].base
    return base if base != "text" or slot.range in _TEXT_TYPES else "form"


def _places(standard: Standard, value: Document, body: Class) -> Iterator[tuple[Any, Any, Slot, Class]]:
    """Every place of a document but the names of kinds: its holder, its key in it, its slot and the slot's class."""
    for name, child in value.items():
        slot = body.by_name[name]
        if slot.kind == "name":
            continue
        yield value, name, slot, body
        for holder, key, entry in [(child, i, e) for i, e in enumerate(child)] if slot.many else [(value, name, child)]:
            if slot.many:
                yield holder, key, slot, body
            if slot.kind == "class":
                inner = standard.classes[slot.range]
                inner = standard.classes[entry["report_type"]] if inner.abstract else inner
                yield from _places(standard, entry, inner)
