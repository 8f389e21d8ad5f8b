"""Each kind of change is found in the built standard and classed as the table of cases says."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from exportreport.compat.change import LANES
from exportreport.compat.comparison import Comparison, compare
from exportreport.compat.edition import Edition, edition
from exportreport.compat.kinds import KINDS
from tests.compat.sources import catalogue_files, changed_copy, model_files

_TABLE = Path(__file__).with_name("cases.toml")
CASES: list[dict[str, Any]] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["cases"]
BATCHES = sorted({case["batch"] for case in CASES})

Found = Counter[tuple[str, str, str, str]]


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory, current: Edition, current_files: Mapping[str, bytes]
) -> Mapping[str, Comparison]:
    """For each batch of cases what was found between the standard and its changed copy."""
    folders = {batch: tmp_path_factory.mktemp(batch) for batch in BATCHES}
    return {batch: compare(current, built(batch, folder, current_files)) for batch, folder in folders.items()}


def built(batch: str, folder: Path, files: Mapping[str, bytes]) -> Edition:
    schema = changed_copy((edit for case in CASES if case["batch"] == batch for edit in case["edits"]), folder)
    if batch != "catalogue":
        return edition({**files, **model_files(schema)}, batch)
    model = files["model.json"]
    return edition({"model.json": model, **catalogue_files(schema, model)}, batch)


def said(comparison: Comparison) -> Found:
    return Counter(
        (change.kind, change.element, change.lane, f"{change.verdict.grade} {change.verdict.bump}")
        for change in comparison.changes
    )


def expected(case: Mapping[str, Any]) -> Found:
    return Counter(
        (one["kind"], one["element"], lane, one[lane]) for one in case["expect"] for lane in LANES if lane in one
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["change"])
def test_the_change_is_found_and_classed(case: dict[str, Any], found: Mapping[str, Comparison]) -> None:
    assert expected(case), "a case without an expectation proves nothing"
    assert not expected(case) - said(found[case["batch"]])


@pytest.mark.parametrize("batch", BATCHES)
def test_nothing_else_is_found(batch: str, found: Mapping[str, Comparison]) -> None:
    wanted: Found = sum((expected(case) for case in CASES if case["batch"] == batch), Counter())
    assert said(found[batch]) == wanted


def test_a_change_names_old_and_new(found: Mapping[str, Comparison]) -> None:
    change = next(one for one in found["model"].changes if one.kind == "namespace.changed" and one.lane == "xml")
    assert (change.old, change.new) == ("https://w3id.org/exportreport/1", "https://w3id.org/exportreport/2")


def test_nothing_is_found_between_a_standard_and_itself(current: Edition) -> None:
    assert compare(current, current).changes == ()


def test_the_table_of_cases_has_at_least_forty_kinds_with_reasons() -> None:
    kinds = {one["kind"] for case in CASES for one in case["expect"]}
    assert len(kinds) >= 40
    assert kinds <= set(KINDS)
    assert all(case["reason"] for case in CASES)


#: What the build cannot be made to give, or only with a large part of the standard gone; `test_editions` makes them.
ELSEWHERE = {
    "enum.removed", "type.removed", "type.pattern.added", "rule.revived", "profile.added", "profile.removed",
    "function.removed",
}  # fmt: skip


def test_each_kind_of_change_has_a_case() -> None:
    assert {one["kind"] for case in CASES for one in case["expect"]} | ELSEWHERE == set(KINDS)
