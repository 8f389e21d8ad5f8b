"""Nothing is changed between the syntaxes: neither on the way to XML and back, nor on the way to JSON and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exportreport import standard
from exportreport.standard import Standard
from tests.corpus.valid import valid
from tests.lossless import run
from tests.lossless.each_slot import each_slot
from tests.lossless.sources import all_of_them
from tests.lossless.strategies import ways
from tests.lossless.tally import TALLY
from tests.lossless.texts import EDGES, LOOK_ALIKES, SIGNS
from tests.lossless.trips import Product

STANDARD = standard.load()


def test_ten_thousand_round_trips_change_nothing(trial: Product, real_data: Path) -> None:
    before = TALLY.trips
    assert run.from_sources(trial, TALLY, real_data) == []
    assert TALLY.trips - before >= 10_000


@pytest.mark.parametrize("name", sorted(ways(STANDARD)))
def test_messages_by_chance_are_not_changed(name: str, trial: Product) -> None:
    run.by_chance(trial, TALLY, name)()


def _objects(the_standard: Standard, value: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield name, value
    for slot in the_standard.classes[name].slots:
        if slot.kind == "class" and slot.name in value:
            for entry in value[slot.name] if slot.many else [value[slot.name]]:
                yield from _objects(the_standard, entry, entry.get("report_type", slot.range))


def test_no_slot_and_no_code_is_left_out(the_standard: Standard) -> None:
    used: set[tuple[str, str]] = set()
    values: dict[str, set[Any]] = {}
    for document in (*each_slot(the_standard), *valid(the_standard)):
        for owner, value in _objects(the_standard, document, document["report_type"]):
            used |= {(owner, name) for name in value}
            for slot in the_standard.classes[owner].slots:
                if slot.name in value and slot.kind != "class":
                    entries = value[slot.name] if slot.many else [value[slot.name]]
                    values.setdefault(slot.range, set()).update(entries)
    assert used == {(b.name, s) for b in the_standard.classes.values() if not b.abstract for s in b.by_name}
    for enum in the_standard.enums.values():
        assert values[enum.name] == set(enum.codes), enum.name
    for name, edges in EDGES.items():
        assert values[name] >= set(edges), name
    assert values["Integer"] >= {0, the_standard.types["Integer"].maximum}
    assert values["Text"] >= {*LOOK_ALIKES, *(f"x{sign}x" for sign in SIGNS)}


def test_every_source_has_documents(the_standard: Standard, real_data: Path) -> None:
    assert all(next(documents) for documents in all_of_them(the_standard, real_data).values())
