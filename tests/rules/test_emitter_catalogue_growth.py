"""The whole catalogue over reports of ten times the length reads about ten times as much."""

from __future__ import annotations

from copy import deepcopy
from importlib import import_module
from typing import Any

import pytest

from exportreport.build.rules.records import LAYERS
from exportreport.standard import Standard
from tests.corpus.generate import document
from tests.rules.test_emitter_growth import Read

SETS = ("base", "eu", "surveillance", "uk", "us", "wassenaar")

#: Slots by which the parts of a report are told apart: each copy of a part gets its own.
NUMBERS = ("item_number", "line_number")
NAMES = ("key", "authorization_number", "denial_reference", "regime_reference", "report_id")


def test_the_sets_are_those_that_there_are() -> None:
    assert set(SETS) - {"base"} <= set(LAYERS.values())


def long(report: dict[str, Any], length: int) -> Any:
    """``report`` with so many entries in each of its lists of objects, each entry with numbers of its own."""
    made = dict(report)
    for name, held in report.items():
        if isinstance(held, list) and isinstance(held[0], dict):
            made[name] = [numbered(deepcopy(held[n % len(held)]), n) for n in range(length)]
    return read(made)


def numbered(part: dict[str, Any], number: int) -> dict[str, Any]:
    for name, value in part.items():
        if name in NUMBERS:
            part[name] = number
        elif name in NAMES:
            part[name] = f"{value[:20]}-{number}"
        elif name == "item_numbers":
            part[name] = [number]
        elif isinstance(value, dict):
            numbered(value, number)
    return part


def read(value: Any) -> Any:
    if isinstance(value, dict):
        return Read({name: read(part) for name, part in value.items()})
    return [read(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", ["LicenseFiling", "DenialNotice", "ReexportNotice"])
@pytest.mark.parametrize("seed", range(3))
def test_reads_grow_with_the_report(the_standard: Standard, kind: str, seed: int) -> None:
    report = document(the_standard, kind, seed, fullness=0.9)
    counts = []
    for length in (60, 600):
        message = long(report, length)
        Read.count = 0
        for name in SETS:
            made = import_module(f"exportreport.artifacts.evaluation.{name}")
            made.check(message, kind, "2026-01-15", [0] * made.COUNTERS, [])
        counts.append(Read.count)
    assert counts[1] <= 10.5 * counts[0]
