"""The answer to a sender is itself a valid message, whatever was sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import jsonschema_rs
import pytest
from lxml import etree

from exportreport import digest, validate_all
from exportreport.standard import Standard
from tests.messages import example
from tests.result.running import EXAMPLES, MOMENT, ROOT, as_form, validate, write

ARTIFACTS = ROOT / "src" / "exportreport" / "artifacts"


@pytest.fixture(scope="module")
def json_schema() -> Callable[[Any], bool]:
    schema = json.loads((ARTIFACTS / "jsonschema" / "Acknowledgement.schema.json").read_text(encoding="utf-8"))
    return cast(Callable[[Any], bool], jsonschema_rs.Draft7Validator(schema).is_valid)


@pytest.fixture(scope="module")
def xsd() -> Any:
    return etree.XMLSchema(etree.parse(ARTIFACTS / "xsd" / "exportreport.xsd"))


def answers(*arguments: str | Path) -> list[dict[str, Any]]:
    said = as_form("acknowledgement-json", *arguments)
    assert all(result.verdict == "accepted" for result in validate_all(said.encode())), said[:2000]
    whole = json.loads(said)
    return whole if isinstance(whole, list) else [whole]


@pytest.mark.parametrize("folder", ["valid", "invalid"])
def test_answers_to_the_examples_are_valid(folder: str, json_schema: Callable[[Any], bool]) -> None:
    found = answers(EXAMPLES / folder)
    assert len(found) >= 60
    assert all(map(json_schema, found))


@pytest.mark.parametrize("path", sorted((EXAMPLES / "invalid").iterdir())[::4], ids=lambda path: path.name)
def test_an_answer_in_xml_is_the_same(path: Path, xsd: Any) -> None:
    said = as_form("acknowledgement-xml", path).encode()
    assert xsd.validate(etree.fromstring(said)), xsd.error_log
    (result,) = validate_all(said)
    assert result.verdict == "accepted"
    assert [result.document] == answers(path)


def test_answers_to_hostile_files_are_valid(hostile: Path, json_schema: Callable[[Any], bool], xsd: Any) -> None:
    (answer,) = answers(hostile)
    assert json_schema(answer)
    assert len(answer["record_verdicts"]) >= 25
    assert xsd.validate(etree.fromstring(as_form("acknowledgement-xml", hostile).encode())), xsd.error_log


@pytest.mark.parametrize("text", ["\x1b[2J\u202e", "e\u0301", " ", "é" * 9_000, "]]>&<", "\ufffe\x85\u2028"])
def test_each_hostile_value_alone(text: str, tmp_path: Path, good: dict[str, Any], xsd: Any) -> None:
    path = write(tmp_path / "a", good | {"denial_kind": text, "report_id": text, text: 1})
    assert "responds_to" not in answers(path)[0]
    assert xsd.validate(etree.fromstring(as_form("acknowledgement-xml", path).encode())), xsd.error_log


def test_the_digest_is_of_the_bytes(tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    for name, documents in (("one", [good]), ("lines", [good, bad] * 60), ("array", [[good, bad]]), ("text", ["x"])):
        path = write(tmp_path / name, *documents)
        path.write_bytes(path.read_bytes() + b"\n \n")
        (answer,) = answers(path)
        assert answer["received_digest"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_digest_of_a_file_over_the_limit_is_of_all_of_it(tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good | {"additional_information": "x" * 200_000})
    (answer,) = answers("--max-bytes", "1000", path)
    assert answer["verdict"] == "undecided"
    assert answer["received_digest"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def test_it_names_the_message_that_it_answers(tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    (answer,) = answers(write(tmp_path / "a", good))
    assert answer["responds_to"] == {"message_id": good["report_id"], "digest": digest(good)}
    (answer,) = answers(write(tmp_path / "b", bad))
    assert answer["responds_to"] == {"message_id": good["report_id"]}


def test_each_document_of_a_file_gets_a_verdict(tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    (answer,) = answers(write(tmp_path / "a", good, bad, {"report_type": "x"}))
    verdicts = [(r["record_reference"], r["verdict"], len(r.get("findings", ()))) for r in answer["record_verdicts"]]
    assert verdicts == [
        (good["report_id"], "accepted", 0), (good["report_id"], "rejected", 1), ("document 3", "unreadable", 1)
    ]  # fmt: skip
    assert answer["verdict"] == "unreadable"
    assert answer["totals"]["error_count"] == answer["totals"]["fatal_count"] == 1


def test_each_report_of_a_submission_gets_a_verdict(
    tmp_path: Path, good: dict[str, Any], bad: dict[str, Any], the_standard: Standard
) -> None:
    whole = example("Submission/exchange-of-denials") | {"reports": [good, bad, bad], "sequence_number": 4, "x": 1}
    (answer,) = answers(write(tmp_path / "a", whole))
    assert [record["verdict"] for record in answer["record_verdicts"]] == ["accepted", "rejected", "rejected"]
    assert answer["record_verdicts"][1]["findings"][0]["pointer"] == "/reports/1/denial_kind"
    assert [finding["pointer"] for finding in answer["findings"]] == ["/x"]
    (cut,) = answers("--max-findings", "1", write(tmp_path / "b", whole))
    assert all(record["verdict"] == "rejected" for record in cut.get("record_verdicts", ()))


def test_a_submission_is_answered_with_its_number(tmp_path: Path, good: dict[str, Any], the_standard: Standard) -> None:
    whole = example("Submission/exchange-of-denials") | {"reports": [good], "sequence_number": 4}
    assert answers(write(tmp_path / "a", whole))[0]["responds_to"]["sequence_number"] == 4


def test_each_file_gets_its_answer(tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    paths = [write(tmp_path / "a", good), write(tmp_path / "b", bad, bad), write(tmp_path / "c", good)]
    found = answers(*paths, tmp_path / "absent")
    assert [answer["verdict"] for answer in found] == ["accepted", "rejected", "accepted"]
    assert found[0]["report_id"] == found[2]["report_id"] != found[1]["report_id"]
    assert validate("-f", "acknowledgement-xml", *paths).exit_code == 2


def test_what_was_not_received_is_not_answered(tmp_path: Path) -> None:
    for form in ("acknowledgement-json", "acknowledgement-xml"):
        result = validate("-f", form, tmp_path / "absent", "-o", tmp_path / "out")
        assert result.exit_code == 3
        assert not list(tmp_path.iterdir())


def test_its_identifier_follows_from_bytes_day_and_versions(tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good)
    form = ("-f", "acknowledgement-json", path, "--reported-at")
    morning, evening, later = (
        json.loads(validate(*form, moment).stdout)
        for moment in ("2026-11-24T08:00:00Z", "2026-11-24T20:00:00Z", "2026-11-25T08:00:00Z")
    )
    assert morning["report_id"] == evening["report_id"] != later["report_id"]
    assert answers(path)[0]["reported_at"] == MOMENT


def test_a_list_too_long_says_so(tmp_path: Path, bad: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exportreport.result.acknowledgement.MOST", 3)
    (answer,) = answers(write(tmp_path / "a", *[bad] * 5))
    assert len(answer["record_verdicts"]) == 3
    assert [finding["finding_code"] for finding in answer["findings"]] == ["ER-D-204"]
    assert answer["totals"]["error_count"] == 5
