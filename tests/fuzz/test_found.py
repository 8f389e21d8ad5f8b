"""Inputs that showed a fault once do not again: each goes through every target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exportreport.standard import Standard
from fuzz.reach import Reach
from fuzz.seeds import FOUND
from fuzz.targets import TARGETS, Take

KEPT = sorted(path for path in FOUND.iterdir() if path.name.partition("-")[0] in TARGETS)


@pytest.fixture(scope="module")
def takes(the_standard: Standard) -> dict[str, Take]:
    return {name: target.take(the_standard, Reach()) for name, target in TARGETS.items()}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_an_input_that_was_found_shows_no_fault(path: Path, takes: dict[str, Callable[[bytes], None]]) -> None:
    for take in takes.values():
        take(path.read_bytes())


def test_there_are_inputs_that_were_found() -> None:
    assert KEPT
