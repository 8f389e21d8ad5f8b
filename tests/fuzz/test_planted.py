"""The fuzzer finds what is planted: a rule that stops, a place outside of the file, a hang, memory without end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from fuzz.run import Outcome, Plan, run
from fuzz.targets import TARGETS

pytest.importorskip("atheris")

_BEGIN = """
import sys
from fuzz import process
process._ROOMS = ("codec",)
process._import_instrumented()
from exportreport import pipeline
from exportreport.codec import json_places, xml_places
from exportreport.artifacts.evaluation import base
from exportreport.finding import Position
"""

_END = """
process.main(sys.argv[1:])
"""

PLANTS = {
    "rule": """
check = base.check
def stopped(message, kind, day, counters, failures):
    check(message, kind, day, counters, failures)
    if "items" in message:
        failures.append((0, message, ZeroDivisionError("planted")))
base.check = stopped
""",
    "place": """
def beyond(place):
    def planted(data, findings, *more, **named):
        placed = place(data, findings, *more, **named)
        return [f._replace(position=Position(10**6, 1)) if f.path else f for f in placed]
    return planted
json_places.place, xml_places.place = beyond(json_places.place), beyond(xml_places.place)
""",
    "hang": """
kind_of = pipeline.kind_of
def endless(value, known):
    while "items" in str(value):
        pass
    return kind_of(value, known)
pipeline.kind_of = endless
""",
    "memory": """
kept = []
kind_of = pipeline.kind_of
def hungry(value, known):
    kept.append(b"x" * 20_000_000)
    return kind_of(value, known)
pipeline.kind_of = hungry
""",
}

SAYS = {"rule": "a rule stopped", "place": "line outside of the file", "hang": "timeout", "memory": "out-of-memory"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("found")

    def fuzzed(name: str) -> Outcome:
        program = ("-c", _BEGIN + PLANTS[name] + _END)
        timeout = 2 if name == "hang" else 60
        plan = Plan(0, 400, 1, 1, folder / name, timeout, program, most_faults=1)
        return run(plan, [TARGETS["validate"]])[0]

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(PLANTS, pool.map(fuzzed, PLANTS), strict=True))


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_found_and_its_input_is_kept(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[name]
    assert SAYS[name] in outcome.log
    assert outcome.counts["faults"] == 1
    (kept,) = outcome.found
    assert kept.name.startswith("validate-")
    assert kept.read_bytes()
