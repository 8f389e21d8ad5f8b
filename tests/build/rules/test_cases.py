"""A case becomes a whole, valid message, and what can become none is refused where it is written."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from lxml import etree

from exportreport.build.rules.cases import CaseError, complete_case, minimal, place_of
from exportreport.build.rules.records import Case
from exportreport.build.rules.structure import structure_faults
from exportreport.codec.xml_writing import encode
from exportreport.standard import Document, load
from tests.corpus.generate import broken

ARTIFACTS = Path(__file__).resolve().parents[3] / "src" / "exportreport" / "artifacts"
STANDARD = load()
CLASSES = [name for name, body in STANDARD.classes.items() if not body.abstract]


@cache
def json_schema() -> jsonschema_rs.Validator:
    path = ARTIFACTS / "jsonschema" / "exportreport.schema.json"
    return jsonschema_rs.validator_for(json.loads(path.read_text(encoding="utf-8")))


@cache
def xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(ARTIFACTS / "xsd" / "exportreport.xsd"))


def assert_valid(document: Document) -> None:
    json_schema().validate(document)
    xsd().assertValid(etree.fromstring(encode(document, STANDARD)))


def at(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


@pytest.mark.parametrize("name", CLASSES)
def test_an_empty_value_of_any_class_becomes_a_valid_message(name: str) -> None:
    document, path = complete_case(Case("c", "pass", value={}), name, STANDARD)
    assert_valid(document)
    assert at(document, path) == (document if name in STANDARD.kinds else minimal(name, STANDARD))


@pytest.mark.parametrize("name", CLASSES)
def test_any_single_slot_of_any_class_is_completed(name: str) -> None:
    whole = minimal(name, STANDARD)
    for slot in STANDARD.classes[name].slots:
        if slot.kind == "class":
            value: Any = [{}] if slot.many else {}
            document, path = complete_case(Case("c", "pass", value={slot.name: value}), name, STANDARD)
            assert_valid(document)
            assert at(document, path).keys() >= {slot.name} | {
                k for k in whole if STANDARD.classes[name].by_name[k].required
            }


def test_completion_gives_the_same_every_time_and_leaves_the_case_alone() -> None:
    value = {"parties": [{"name": "A"}]}
    first = complete_case(Case("c", "pass", value=value), "LicenseFiling", STANDARD)
    assert first == complete_case(Case("c", "pass", value=value), "LicenseFiling", STANDARD)
    assert value == {"parties": [{"name": "A"}]}


def test_the_fixed_members_of_the_report() -> None:
    document, path = complete_case(Case("c", "pass", value={"key": "p"}), "Party", STANDARD)
    assert path == ("parties", 0)
    assert document["report_type"] == "LicenseFiling"
    assert (document["reported_at"], document["reporting_state"]) == ("2026-01-15T09:00:00Z", "NL")
    assert "as_of" not in document


def test_as_of_beside_a_value_goes_into_the_report() -> None:
    document, _ = complete_case(Case("c", "pass", value={}, as_of="2024-05-01"), "Party", STANDARD)
    assert document["as_of"] == "2024-05-01"


def test_a_profile_lends_the_members_of_its_sample() -> None:
    sample = {"reporting_state": "GB", "profiles": ["uk"], "parties": [{"key": "x"}], "denial_reference": "D"}
    document, path = complete_case(Case("c", "pass", value={"key": "p"}), "Party", STANDARD, sample)
    assert (document["reporting_state"], document["profiles"]) == ("GB", ["uk"])
    assert path == ("parties", 1)
    assert "denial_reference" not in document
    report, _ = complete_case(Case("c", "pass", report={"reporting_state": "FR"}), "LicenseFiling", STANDARD, sample)
    assert (report["reporting_state"], report["profiles"]) == ("FR", ["uk"])


def test_a_report_is_judged_at_its_pointer() -> None:
    report = {"parties": [{}, {"identifiers": [{}]}]}
    document, path = complete_case(Case("c", "pass", report=report, at="/parties/1"), "Party", STANDARD)
    assert path == ("parties", 1)
    assert_valid(document)
    for pointer in ("/parties/2", "/party", "/parties/0/key", "/parties", "", "/parties/1/identifiers/0"):
        with pytest.raises(CaseError) as raised:
            complete_case(Case("c", "pass", report=report, at=pointer), "Party", STANDARD)
        assert raised.value.keys == ("at",)


@pytest.mark.parametrize("each", ["Report", "DenialNotice", "Submission", "Message"])
def test_the_root_itself_can_be_judged(each: str) -> None:
    document, path = complete_case(Case("c", "pass", report={}), each, STANDARD)
    assert path == ()
    assert_valid(document)


def test_the_reports_of_a_submission_are_completed_by_their_kind() -> None:
    value = {"reports": [{"report_type": "DenialNotice"}, {}]}
    document, _ = complete_case(Case("c", "pass", value=value), "Submission", STANDARD)
    assert_valid(document)
    _, path = complete_case(
        Case("c", "pass", report=value | {"report_type": "Submission"}, at="/reports/0"), "Report", STANDARD
    )
    assert path == ("reports", 0)


REFUSED: list[tuple[str, dict[str, Any], tuple[str | int, ...]]] = [
    ("Party", {"nam": "A"}, ("value", "nam")),
    ("Party", {"identifiers": [{"identifier_skeme": "eori"}]}, ("value", "identifiers", 0, "identifier_skeme")),
    ("Party", {"roles": ["endUser"]}, ("value", "roles", 0)),
    ("Party", {"roles": "applicant"}, ("value", "roles")),
    ("Party", {"roles": []}, ("value", "roles")),
    ("Party", {"name": 5}, ("value", "name")),
    ("Party", {"name": ""}, ("value", "name")),
    ("Party", {"name": "x" * 4001}, ("value", "name")),
    ("Party", {"identifiers": ["eori"]}, ("value", "identifiers", 0)),
    ("Party", {"valid_from": "2026-02-30"}, ("value", "valid_from")),
    ("Item", {"item_number": -1}, ("value", "item_number")),
    ("Item", {"item_number": "1"}, ("value", "item_number")),
    ("Item", {"item_number": True}, ("value", "item_number")),
    ("Item", {"value": {"amount": 1.5}}, ("value", "value", "amount")),
    ("DataHandling", {"personal_data": "true"}, ("value", "personal_data")),
    ("LicenseFiling", {"parties": {}}, ("value", "parties")),
    ("LicenseFiling", {"report_type": "DenialNotice"}, ("value", "report_type")),
    ("Submission", {"reports": [{"denial_kind": "refusal"}]}, ("value", "reports", 0, "denial_kind")),
]


@pytest.mark.parametrize(("each", "value", "keys"), REFUSED, ids=[f"{each} {value}"[:60] for each, value, _ in REFUSED])
def test_what_is_no_message_is_refused_where_it_is_written(
    each: str, value: dict[str, Any], keys: tuple[str | int, ...]
) -> None:
    with pytest.raises(CaseError) as raised:
        complete_case(Case("c", "pass", value=value), each, STANDARD)
    assert raised.value.keys == keys
    assert raised.value.hint


def test_an_impossible_day_beside_the_value_is_refused_there() -> None:
    with pytest.raises(CaseError) as raised:
        complete_case(Case("c", "pass", value={}, as_of="2026-13-01"), "Party", STANDARD)
    assert raised.value.keys == ("as_of",)


def test_a_report_of_no_kind_is_refused() -> None:
    with pytest.raises(CaseError) as raised:
        complete_case(Case("c", "pass", report={"report_type": "Report"}), "Report", STANDARD)
    assert raised.value.keys == ("report", "report_type")
    with pytest.raises(CaseError) as raised:
        complete_case(Case("c", "pass", report={"parties": [{"kee": "a"}]}, at="/parties/0"), "Party", STANDARD)
    assert raised.value.keys == ("report", "parties", 0, "kee")


def test_reports_come_before_other_messages_and_near_places_before_far_ones() -> None:
    assert place_of("Organization", STANDARD)[0] == "LicenseFiling"
    assert [slot.name for slot in place_of("RegimeNotification", STANDARD)[1]] == ["regime_notifications"]
    assert place_of("RegimeNotification", STANDARD)[0] == "DenialNotice"
    assert place_of("RecordVerdict", STANDARD)[0] == "Acknowledgement"


def test_a_value_of_any_report_may_name_its_kind() -> None:
    document, path = complete_case(Case("c", "pass", value={"report_type": "DenialNotice"}), "Report", STANDARD)
    assert (document["report_type"], path) == ("DenialNotice", ())
    assert_valid(document)


@pytest.mark.parametrize("kind", STANDARD.kinds)
def test_the_structure_is_judged_as_the_published_schema_judges_it(kind: str) -> None:
    judged = set()
    for seed in range(150):
        document, _ = broken(STANDARD, kind, seed, fullness=0.1)
        if document.get("report_type") == kind:
            sound = not any(structure_faults(document, STANDARD))
            assert sound == json_schema().is_valid(document), seed
            judged.add(sound)
    assert False in judged
