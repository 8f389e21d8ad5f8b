"""The result as JSON follows its published schema, whatever was checked."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from exportreport.explaining import faults_of
from exportreport.finding import Severity, Verdict
from exportreport.result import json as writing
from exportreport.result.record import Result, Tally
from exportreport.result.run import Checked, RuleCount, Run
from exportreport.standard import Standard
from tests.result.running import EXAMPLES, as_form, write


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft7Validator:
    text = files("exportreport.result").joinpath("schemas", "result.schema.json").read_text(encoding="utf-8")
    parsed = json.loads(text)
    jsonschema.Draft7Validator.check_schema(parsed)
    return jsonschema.Draft7Validator(parsed)


@pytest.mark.parametrize("folder", ["valid", "invalid"])
@pytest.mark.parametrize("more", [(), ("--redact",), ("--min-severity", "error", "--as-of", "2026-01-01")])
def test_results_of_the_examples_follow_the_schema(
    folder: str, more: tuple[str, ...], schema: jsonschema.Draft7Validator
) -> None:
    schema.validate(json.loads(as_form("json", *more, EXAMPLES / folder)))


def test_results_of_hostile_files_follow_the_schema(
    schema: jsonschema.Draft7Validator, hostile: Path, tmp_path: Path
) -> None:
    schema.validate(json.loads(as_form("json", hostile, tmp_path / "absent")))


def test_the_schema_refuses_what_is_not_a_result(schema: jsonschema.Draft7Validator) -> None:
    whole = json.loads(as_form("json", EXAMPLES / "invalid" / "wrong-order.xml"))
    assert not schema.is_valid(whole | {"more": 1})
    assert not schema.is_valid({name: value for name, value in whole.items() if name != "rules"})
    whole["documents"][0]["findings"][0]["severity"] = "grave"
    assert not schema.is_valid(whole)


def test_rules_and_what_was_not_checked(the_standard: Standard, schema: jsonschema.Draft7Validator) -> None:
    tally = Tally()
    checked = Checked({"ER-C-102": RuleCount(1, 2, 3, 4, 5), "ER-C-101": RuleCount(9)}, {"hs": 3})
    run = Run(the_standard, tally, faults_of, lambda: checked, as_of="2026-01-01", profiles=("eu",))
    result = Result(Verdict.ACCEPTED, syntax="json", kind="DenialNotice", as_of="2026-01-01", profiles=("eu",))
    tally.add(result)
    whole = json.loads(b"".join(writing.write([("a", result)], run)))
    schema.validate(whole)
    outcomes = ["passed", "failed", "not_applicable", "not_run", "broke"]
    assert list(whole["rules"]) == ["ER-C-101", "ER-C-102"]
    assert whole["rules"]["ER-C-102"] == dict(zip(outcomes, range(1, 6), strict=True))
    assert whole["unchecked_code_lists"] == {"hs": 3}
    assert whole["documents"][0]["profiles"] == whole["options"]["profiles"] == ["eu"]
    assert whole["documents"][0]["as_of"] == "2026-01-01"


def test_digests_pin_what_was_judged_by(tmp_path: Path, good: dict[str, Any]) -> None:
    standard = json.loads(as_form("json", write(tmp_path / "a", good)))["standard"]
    assert standard["codelists_digest"].startswith("sha256:")


def test_totals_count_what_is_hidden(tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good | {"additional_information": "e\u0301"})
    whole = json.loads(as_form("json", "--min-severity", "error", path))
    assert whole["documents"][0]["findings"] == []
    assert whole["totals"][f"{Severity.WARNING.value}_count"] == 1
    assert whole["verdict"] == "accepted_with_warnings"
