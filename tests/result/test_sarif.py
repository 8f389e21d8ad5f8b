"""SARIF 2.1.0 as OASIS defines it, with places that others can follow."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from exportreport.result import places
from exportreport.result.sarif import FINGERPRINT
from tests.result.running import EXAMPLES, as_form, write


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    folder = os.environ.get("EXPORTREPORT_DATA")
    path = Path(folder or ".", "schemas", "sarif-schema-2.1.0.json")
    if not folder or not path.is_file():
        pytest.skip("EXPORTREPORT_DATA names no folder with the schema of OASIS")
    return jsonschema.Draft4Validator(json.loads(path.read_text(encoding="utf-8")))


def run_of(*arguments: str | Path) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(as_form("sarif", *arguments))["runs"][0]
    return run


@pytest.mark.parametrize("folder", ["valid", "invalid"])
def test_the_examples_follow_the_schema(folder: str, schema: jsonschema.Draft4Validator) -> None:
    schema.validate(json.loads(as_form("sarif", EXAMPLES / folder)))


def test_hostile_files_follow_the_schema(schema: jsonschema.Draft4Validator, hostile: Path, tmp_path: Path) -> None:
    schema.validate(json.loads(as_form("sarif", hostile, tmp_path / "absent")))


def test_rules_are_those_that_are_spoken_of() -> None:
    run = run_of(EXAMPLES / "invalid")
    rules = run["tool"]["driver"]["rules"]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in rules}
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)


def test_columns_are_code_points() -> None:
    run = run_of(EXAMPLES / "invalid" / "date-day-first.json")
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in run["results"]]
    assert regions == [{"startLine": 17, "startColumn": 21}, {"startLine": 77, "startColumn": 22}]


def fingerprints(run: dict[str, Any]) -> list[str]:
    return [result["partialFingerprints"][FINGERPRINT] for result in run["results"]]


def test_fingerprints_stay_when_lines_move(tmp_path: Path, good: dict[str, Any]) -> None:
    wrong = good | {"denial_kind": "x", "y": 1, "z": 1}
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_text(json.dumps(wrong))
    other.write_text("\n\n" + json.dumps(wrong, indent=4))
    assert sorted(fingerprints(run_of(one))) == sorted(fingerprints(run_of(other)))
    assert len(set(fingerprints(run_of(one)))) == 3


def test_fingerprints_of_one_place_differ(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text('{"report_type":"DenialNotice","a":1,"a":2,"a":3}')
    found = fingerprints(run_of(path))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("in/a b.json", "in/a%20b.json"),
        ("a:b#?.json", "a%3Ab%23%3F.json"),
        ("100%.json", "100%25.json"),
        ("/tmp/é", "file:///tmp/%C3%A9"),
        ("C:\\in\\a b.json", "file:///C:/in/a%20b.json"),
        ("\udcff", "%FF"),
        ("../a", "../a"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
    ],
)
def test_uris_are_encoded(name: str, uri: str) -> None:
    assert places.uri(name) == uri


def test_a_hostile_name_is_a_uri(hostile: Path) -> None:
    uri = run_of(hostile)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set(' <>"\\^`{|}')
    assert unquote(uri).endswith(hostile.name)


def test_an_undecided_run_did_not_succeed(tmp_path: Path, good: dict[str, Any]) -> None:
    run = run_of("--max-bytes", "9", write(tmp_path / "a", good))
    assert run["invocations"][0]["executionSuccessful"] is False
