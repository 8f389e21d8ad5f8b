"""Generated messages in which the rules find something to say: cases of the rules, mixed, mutated and filled up.

A message begins with one case; others of its kind are merged into it. Keys and item numbers of a fragment mostly get
names of their own; then dates move, codes and numbers change, slots go and objects come twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from exportreport.standard import Slot, Standard
from tests.corpus import generate
from tests.witnesses.cases import PlacedCase
from tests.witnesses.documents import Document, Place, places

_NUMBERS = ("item_number", "item_numbers")
_DECIMALS = ("0", "-0", "1", "-1", "0.000001", "99.999999", "100", "100.01", "1.50", "999999999999999999.999999")


def messages(standard: Standard, cases: Sequence[PlacedCase], count: int, seed: str) -> Iterator[Document]:
    """``count`` messages of valid structure; every rule's passing and failing cases come up about equally often.

    Cases of a profile's rules begin more messages: behind a case of another profile they rarely apply.
    """
    of_profiles = [case for case in cases if case.layer != "ER"]
    first = _Turns([*cases, *of_profiles, *of_profiles], Random(seed))
    others: dict[tuple[str, str], _Turns] = {}
    for number in range(count):
        random = Random(f"{seed}/{number}")
        begun = first.next()
        fragments = [begun]
        for _ in range(random.choice((0, 0, 1, 3, 5, 7))):
            layer = begun.layer if random.random() < 0.5 else "ER"
            turns = others.get((begun.kind, layer))
            if turns is None:
                alike = [case for case in cases if (case.kind, case.layer) == (begun.kind, layer)]
                turns = others[begun.kind, layer] = _Turns(alike or [begun], Random(f"{seed}/{begun.kind}/{layer}"))
            fragments.append(turns.next())
        yield _message(standard, fragments, random)


def more(
    standard: Standard, cases: Sequence[PlacedCase], lacking: Mapping[tuple[str, str], int], seed: str
) -> Iterator[Document]:
    """Messages of one lightly changed case each: for a rule and a status as many as are ``lacking``, and a few more."""
    for (code, expect), count in lacking.items():
        fitting = [case for case in cases if (case.code, case.expect) == (code, expect)]
        random = Random(f"{seed}/{code}/{expect}")
        yield from (_fragment(standard, random.choice(fitting).document, random) for _ in range(count + count // 3 + 2))


class _Turns:
    """Cases in turn: in each round a passing and a failing case of every rule, in an order drawn anew.

    One round in four has a case to which the rule does not apply, too. What is given twice has two turns.
    """

    def __init__(self, cases: Sequence[PlacedCase], random: Random) -> None:
        self.random = random
        self.waiting: list[PlacedCase] = []
        self.groups: dict[tuple[str, str], list[PlacedCase]] = {}
        for case in cases:
            self.groups.setdefault((case.code, case.expect), []).append(case)
        self.turns = {key: len(group) // len(set(map(id, group))) for key, group in self.groups.items()}

    def next(self) -> PlacedCase:
        while not self.waiting:
            for (code, expect), group in self.groups.items():
                if expect != "not_applicable" or self.random.random() < 0.25:
                    self.waiting += self.random.choices(group, k=self.turns[code, expect])
            self.random.shuffle(self.waiting)
        return self.waiting.pop()


def _message(standard: Standard, fragments: Sequence[PlacedCase], random: Random) -> Document:
    first, *others = fragments
    whole = _fragment(standard, first.document, random)
    for other in others:
        _merge(standard, first.kind, whole, _fragment(standard, other.document, random), random)
    if random.random() < 0.3:
        filler = generate.document(standard, first.kind, random.randrange(10**6), fullness=random.choice((0.05, 0.2)))
        _merge(standard, first.kind, whole, filler, random)
    for _ in range(random.choice((0, 0, 1, 2, 4))):
        _mutate(standard, whole, random)
    if "Report" in standard.lineage(first.kind) and random.random() < 0.1:
        return _submission([whole, _fragment(standard, first.document, random)], random)
    return whole


def _submission(reports: Sequence[Document], random: Random) -> Document:
    dated = {"as_of": "2026-03-01"} if random.random() < 0.5 else {}
    names = {"report_type": "Submission", "schema_version": "1.0", "report_id": "S-1"}
    return {**names, "reported_at": "2026-02-01T00:00:00Z", **dated, "reports": list(reports)}


# One case as a fragment: names of its own


def _fragment(standard: Standard, document: Document, random: Random) -> Document:
    fragment = deepcopy(document)
    changes: list[Callable[[Slot, Any], Any]] = []
    if random.random() < 0.9:
        name = f"{random.randrange(1000)}"
        changes.append(lambda slot, value: f"{value}-{name}" if slot.range == "Key" else value)
    if random.random() < 0.9:
        start = random.randrange(1, 1000) * 10
        changes.append(lambda slot, value: value + start if slot.name in _NUMBERS and value < 10**14 else value)
    if random.random() < 0.1:
        days = random.choice((-400, -31, -1, 1, 30, 365))
        changes.append(lambda slot, value: _moved(value, days) if slot.range == "Date" else value)
    for change in changes:
        _rewrite(standard, fragment, change)
    return fragment


def _rewrite(standard: Standard, document: Document, change: Callable[[Slot, Any], Any]) -> None:
    """Put what ``change`` gives for each single value of a type in its place."""
    for place in places(standard, document):
        for slot in standard.classes[place.classes[0]].slots:
            if slot.kind == "type" and slot.name in place.value:
                value = place.value[slot.name]
                place.value[slot.name] = [change(slot, one) for one in value] if slot.many else change(slot, value)


def _moved(day: str, days: int) -> str:
    try:
        moved = datetime.date.fromisoformat(day) + datetime.timedelta(days)
    except OverflowError:
        return day
    return moved.isoformat() if 1900 <= moved.year <= 2199 else day


def _merge(standard: Standard, name: str, whole: Document, other: Document, random: Random) -> None:
    for slot in standard.classes[name].slots:
        if slot.name not in other or slot.kind == "name":
            continue
        if slot.name not in whole:
            whole[slot.name] = other[slot.name]
        elif slot.many:
            more = (
                other[slot.name] if slot.kind == "class" else [v for v in other[slot.name] if v not in whole[slot.name]]
            )
            whole[slot.name] = [*whole[slot.name], *more]
        elif slot.kind == "class" and random.random() < 0.7:
            _merge(standard, slot.range, whole[slot.name], other[slot.name], random)
        elif random.random() < 0.4:
            whole[slot.name] = other[slot.name]


# Mutations of a whole message


def _mutate(standard: Standard, document: Document, random: Random) -> None:
    place = random.choice(list(places(standard, document)))
    body = standard.classes[place.classes[0]]
    slots = [slot for slot in body.slots if slot.name in place.value and slot.kind != "name"]
    if not slots:
        return
    slot = random.choice(slots)
    choice = random.random()
    if choice < 0.2 and not slot.required and len(place.value) > 1:
        del place.value[slot.name]
    elif choice < 0.3 and slot.many:
        place.value[slot.name] = [*place.value[slot.name], deepcopy(random.choice(place.value[slot.name]))]
    elif slot.kind != "class":
        _change(standard, place, slot, random)


def _change(standard: Standard, place: Place, slot: Slot, random: Random) -> None:
    value = place.value[slot.name]
    if slot.many:
        value[random.randrange(len(value))] = _another(standard, slot, value[0], random)
    else:
        place.value[slot.name] = _another(standard, slot, value, random)


def _another(standard: Standard, slot: Slot, value: Any, random: Random) -> Any:
    if slot.kind == "enum":
        return random.choice(standard.enums[slot.range].codes)
    if slot.range == "Date":
        return _moved(value, random.choice((-1100, -366, -30, -1, 1, 29, 365, 1826)))
    if slot.range == "Decimal":
        return random.choice(_DECIMALS)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return random.choice((0, 1, 2, 12, value // 2 + 1, 10**15 - 1))
    return value if slot.name == "schema_version" else random.choice((*slot.examples, value))
