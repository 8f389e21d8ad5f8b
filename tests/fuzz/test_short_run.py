"""A short run with a seed: no fault, and enough of the inputs come far enough, so that the fuzzer cannot rot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fuzz.run import main
from fuzz.targets import TARGETS

pytest.importorskip("atheris")

RUNS = 3_000

#: The least shares of the inputs of each target that have to reach decoding, structure and rules.
ENOUGH = {
    "json": (0.99, 0.7, 0.0),
    "xml": (0.99, 0.7, 0.0),
    "validate": (0.95, 0.7, 0.35),
    "results": (0.95, 0.7, 0.25),
    "converters": (0.6, 0.6, 0.3),
}


def test_a_short_run_finds_nothing_and_comes_far_enough(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert main(["--runs", str(RUNS), "--found", str(tmp_path / "found"), "--report", str(report)]) == 0
    counts = json.loads(report.read_text(encoding="utf-8"))
    assert counts.keys() == TARGETS.keys()
    for name, (decoding, structure, rules) in ENOUGH.items():
        said = counts[name]
        assert said["inputs"] >= 0.9 * RUNS * TARGETS[name].share
        assert said["decoding"] >= decoding * said["inputs"], name
        assert said["structure"] >= structure * said["inputs"], name
        assert said["rules"] >= rules * said["inputs"], name
        assert said["distinct"] >= 0.5 * said["structure"], name
