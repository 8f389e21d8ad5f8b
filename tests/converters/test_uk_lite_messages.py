"""The messages about the licenses of LITE: use that customs report, answers to it, and import licenses of ICMS."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from conversion_cases import FOLDER, REPORTED_AT
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.conversion import Conversion, Outcome, Summary, Writer, convert
from exportreport_converters import FORMATS, layouts_of

FORMS = layouts_of("uk_lite")
USE: dict[str, Any] = {
    "usage_data_id": "m-1",
    "licences": [
        {"id": "l-1", "action": "exhaust", "completion_date": "2026-10-30",
         "goods": [{"id": "g-1", "usage": 4.0, "value": 10.5, "currency": "GBP"}, {"id": "g-2", "usage": 1}]},
        {"id": "l-2", "action": "open", "goods": [{"id": "g-3", "usage": 2}]},
    ],
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "usage_data_id": "m-1", "status": 207,
    "licences": {
        "accepted": [{"id": "l-1"}],
        "rejected": [{"id": "l-2", "errors": [{"code": "late", "message": "Too late."}, {"message": "Unknown."}]}],
    },
}  # fmt: skip
IMPORT: dict[str, Any] = {
    "licence": {
        "id": "i-1", "reference": "IMA/2026/00021", "type": "SIL", "action": "replace", "start_date": "2026-06-02",
        "organisation": {"name": "Acme", "eori_number": "GB123456789000"}, "country_code": "US",
        "goods": [{"description": "Rifle", "controlled_by": "Q", "unit": "NAR", "quantity": 2},
                  {"description": "Parts", "controlled_by": "O"}],
    },
}  # fmt: skip

#: Where each value goes, as the field map says it; the first place is that which it is written from.
PLACES: Mapping[str, Mapping[str, list[str]]] = {
    "uk_lite/usage": {
        "usage_data_id": ["/sources/0/record_reference"],
        "licences[].id": ["/authorizations/*/authorization_number", "/sources/*/record_reference"],
        "licences[].action": ["/authorizations/*/status_changes/0/authorization_status"],
        "licences[].completion_date": ["/authorizations/*/status_changes/0/occurred_on"],
        "licences[].goods[].licence": ["/usage_totals/*/authorization_number"],
        "licences[].goods[].id": ["/items/{goods}/item_reference"],
        "licences[].goods[].usage": ["/usage_totals/*/quantity/amount"],
        "licences[].goods[].value": ["/usage_totals/*/value/amount"],
        "licences[].goods[].currency": ["/usage_totals/*/value/currency"],
    },
    "uk_lite/answer": {
        "usage_data_id": ["/responds_to/message_id"],
        "status": ["/verdict"],
        "licences.accepted[].id": ["/record_verdicts/*/record_reference"],
        "licences.rejected[].id": ["/record_verdicts/*/record_reference"],
        "licences.rejected[].errors[].code": ["/record_verdicts/*/findings/*/finding_code"],
        "licences.rejected[].errors[].message": ["/record_verdicts/*/findings/*/message"],
    },
}


@pytest.mark.parametrize("name", PLACES)
def test_every_value_goes_where_the_field_map_says(name: str) -> None:
    found = {
        field.column: [target.pointer for targets in field.targets.values() for target in targets]
        for field in FORMATS[name].fields
    }
    assert found == PLACES[name]


@pytest.mark.parametrize(
    ("column", "place"),
    [
        ("licence.country_code", "/authorizations/0/territorial_scope/{origin}/country"),
        ("licence.country_group", "/authorizations/0/territorial_scope/{origin}/country_group"),
        ("licence.goods[].controlled_by", "/authorizations/0/limits/*/controlled_by"),
        ("licence.action", "/report_function"), ("licence.type", "/authorizations/0/national_type"),
    ],
)  # fmt: skip
def test_what_only_import_licenses_have(column: str, place: str) -> None:
    (field,) = (field for field in FORMATS["uk_lite/icms"].fields if field.column == column)
    assert place in [target.pointer for targets in field.targets.values() for target in targets]


def read(*objects: Mapping[str, Any]) -> list[Conversion]:
    data = "".join(json.dumps(one) + "\n" for one in objects)
    return list(convert(FORMS, [data.encode("utf-8", "surrogatepass")], reported_at=REPORTED_AT))


def report_of(source: Mapping[str, Any]) -> dict[str, Any]:
    (found,) = read(source)
    assert found.report is not None, found.refused
    return found.report


def written(report: Mapping[str, Any]) -> tuple[dict[str, Any], list[str | None]]:
    """The object as it is written, and the places of what was lost."""
    (found,) = Writer(FORMS).write([report])
    assert found.refused is None, found.refused
    return json.loads(found.data), [entry.target for entry in found.ledger if entry.outcome is Outcome.LOST]


@pytest.mark.parametrize(("source", "kind"), [(USE, "usage"), (ANSWER, "answer"), (IMPORT, "icms")])
def test_each_message_is_read_in_its_layout_accepted_and_comes_back(source: Mapping[str, Any], kind: str) -> None:
    summary = Summary()
    (found,) = summary.watch(read(source))
    assert found.report is not None and summary.placed_share == 1
    if kind != "answer":
        assert found.report["sources"][0]["source_format"] == f"uk_lite/{kind}"
    assert exportreport.validate(json.dumps(found.report).encode()).accepted
    again, lost = written(found.report)
    normal = {**source, "licences": {"accepted": [{"id": "l-1"}], "rejected": [{"id": "l-2", "errors": [
        {"code": "late", "message": "Too late."}, {"code": "rejected", "message": "Unknown."}]}]}}  # fmt: skip
    assert (again, lost) == (normal if kind == "answer" else source, [])


def test_use_is_told_license_by_license() -> None:
    report = report_of(USE)
    assert [one["authorization_number"] for one in report["authorizations"]] == ["l-1", "l-2"]
    assert report["authorizations"][0]["status_changes"] == [
        {"authorization_status": "exhausted", "occurred_on": "2026-10-30"}
    ]
    totals = [(one["authorization_number"], one["item_numbers"], one["quantity"]) for one in report["usage_totals"]]
    assert totals == [
        ("l-1", [1], {"amount": "4.0"}), ("l-1", [2], {"amount": "1"}), ("l-2", [3], {"amount": "2"}),
    ]  # fmt: skip
    assert [(one["item_number"], one["item_reference"]) for one in report["items"]] == [
        (1, "g-1"), (2, "g-2"), (3, "g-3"),
    ]  # fmt: skip
    assert [one.get("record_reference") for one in report["sources"]] == ["m-1", "l-1", "l-2"]


def test_goods_are_found_by_their_numbers_wherever_they_stand() -> None:
    report = report_of(USE)
    report["items"].reverse()
    assert written(report) == (USE, [])


def test_the_answer_has_a_verdict_for_each_license() -> None:
    report = report_of(ANSWER)
    assert (report["report_id"], report["responds_to"], report["verdict"]) == (
        "uk_lite:answer:m-1", {"message_id": "m-1"}, "accepted",
    )  # fmt: skip
    verdicts = [(one["record_reference"], one["verdict"]) for one in report["record_verdicts"]]
    assert verdicts == [("l-1", "accepted"), ("l-2", "rejected")]
    codes = [(one["finding_code"], one["severity"]) for one in report["record_verdicts"][1]["findings"]]
    assert codes == [("late", "error"), ("rejected", "error")]


def test_a_message_that_was_taken_in_before_is_a_duplicate() -> None:
    assert report_of({"usage_data_id": "m-1", "status": 208})["verdict"] == "duplicate"


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"status": 500}, "ER-K-112", "status"), ({"note": "x"}, "ER-K-112", "note"),
        ({"usage_data_id": "two words"}, "ER-K-108", "usage_data_id"),
        ({"licences": {"rejected": [{"id": "l", "errors": [{"code": "c d", "message": "x"}]}]}}, "ER-K-112",
         "licences.rejected[].errors[].code"),
    ],
)  # fmt: skip
def test_an_answer_has_no_place_beside_its_fields(change: dict[str, Any], code: str, column: str) -> None:
    bad, after = read(ANSWER | change, ANSWER)
    assert bad.refused is not None and bad.refused.cell is not None and after.report is not None
    assert (bad.refused.fault.code, bad.refused.cell.column_name, bad.refused.line) == (code, column, 1)


def test_an_import_license_names_the_origin_and_its_limits() -> None:
    report = report_of(IMPORT)
    (license,) = report["authorizations"]
    assert license["territorial_scope"] == [{"territory_use": "origin_allowed", "country": "US"}]
    assert [one["controlled_by"] for one in license["limits"]] == ["quantity", "neither"]
    assert license["limits"][0]["quantity"] == report["items"][0]["quantity"] == {"amount": "2", "unit": "NAR"}
    assert (report["transaction"]["activity"], report["report_function"]) == ("import", "correction")


def test_a_limit_that_no_table_has_comes_back_alone() -> None:
    source = {"licence": {**IMPORT["licence"], "goods": [{"description": "Rifle", "controlled_by": "X"}]}}
    report = report_of(source)
    assert report["authorizations"][0]["limits"][0]["controlled_by"] == "neither"
    assert written(report) == (source, [])


def test_a_group_of_countries() -> None:
    source = {"licence": {**IMPORT["licence"], "type": "OIL", "country_group": "G001"}}
    del source["licence"]["country_code"]
    report = report_of(source)
    assert report["authorizations"][0]["territorial_scope"] == [
        {"territory_use": "origin_allowed", "country_group": "uk:G001"}
    ]
    assert written(report) == (source, [])


def test_an_export_license_is_still_one() -> None:
    lines = (FOLDER / "uk_lite" / "license" / "cases" / "theirs.json").read_text(encoding="utf-8").splitlines()
    report = report_of(json.loads(lines[0]))
    assert report["sources"][0]["source_format"] == "uk_lite/license"
    assert written(report)[0]["licence"]["type"] == "siel"


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"action": "paused"}, "licences[].action", "ER-K-241"),
        ({"completion_date": "30/10/2026"}, "licences[].completion_date", "ER-K-204"),
        ({"action": "paused"}, "licences[].completion_date", "ER-K-262"),
        ({"goods": [{"id": "g", "usage": "4 pieces"}]}, "licences[].goods[].usage", "ER-K-216"),
        ({"goods": [{"id": "g", "currency": "GBP"}]}, "licences[].goods[].currency", "ER-K-262"),
        ({"goods": [{"id": "g", "value": 1, "currency": "guineas"}]}, "licences[].goods[].currency", "ER-K-242"),
    ],
)  # fmt: skip
def test_a_bad_value_of_use_is_named_in_its_place(change: dict[str, Any], column: str, code: str) -> None:
    (found,) = read({**USE, "licences": [USE["licences"][0] | change]})
    named = [(one.cell.column_name, one.finding_code) for one in found.ledger if one.cell and one.finding_code]
    assert (column, code) in named and found.report is not None
    assert written(found.report)[1] == []


TEXT = st.sampled_from(["", "Acme", " b ", "é", "x\ty", "2026-06-02", "\u0000", "G001"]) | st.text(max_size=4)
NUMBER = st.sampled_from([1, 10.0, "2.50", "many", -1, ""])
ID = st.sampled_from(["g-1", "g 2", "é"])


def some(
    must: Mapping[str, st.SearchStrategy[Any]], **may: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(dict(must), optional=may)


USED = some({"id": ID}, usage=NUMBER, value=NUMBER, currency=st.sampled_from(["GBP", "?"]), odd=TEXT)
LICENCES = some(
    {"action": st.sampled_from(["open", "expire"])}, completion_date=TEXT, goods=st.lists(USED, max_size=2), site=TEXT
)
USES = some(
    {"usage_data_id": st.sampled_from(["m-1", "m 2"]), "licences": st.lists(LICENCES, min_size=1, max_size=3)}, odd=TEXT
)
ERRORS = st.lists(some({"message": st.just("No.")}, code=st.sampled_from(["a", "", "b:1"])), max_size=2)
ANSWERS = some(
    {"usage_data_id": st.just("m-1"), "status": st.sampled_from([207, "208", ""])},
    licences=some({}, accepted=st.lists(some({"id": ID}), max_size=2),
                  rejected=st.lists(some({"id": ID}, errors=ERRORS), max_size=2)),
)  # fmt: skip
GOODS = some(
    {}, id=TEXT, commodity=st.sampled_from(["9303", "93", "x"]), description=TEXT, odd=TEXT, quantity=NUMBER,
    controlled_by=st.sampled_from(["Q", "O", "X"]), unit=st.sampled_from(["NAR", "TON", "?"]),
)  # fmt: skip
IMPORTS = some(
    {"id": st.just("i"), "reference": st.sampled_from(["A/1", "IMA/2026/1"]), "type": st.sampled_from(["SIL", "oil"]),
     "organisation": some({"eori_number": st.just("GB1")}, name=TEXT, address=some({}, line_1=TEXT, line_4=TEXT))},
    country_code=st.sampled_from(["US", "ZZ"]), country_group=st.sampled_from(["G001", "G9"]), restrictions=TEXT,
    action=st.sampled_from(["insert", "replace", "update", "?"]), start_date=TEXT, end_date=TEXT,
    goods=st.lists(GOODS, max_size=3), odd=TEXT,
).map(lambda licence: {"licence": licence})  # fmt: skip


def with_ids(source: dict[str, Any]) -> dict[str, Any]:
    """The source with a number for each license: two of one number would be one license."""
    for number, license in enumerate(source.get("licences", ()) if "status" not in source else ()):
        if isinstance(license, dict):
            license["id"] = f"l-{number}"
    return source


@settings(max_examples=40, deadline=None)
@given(USES.map(with_ids) | ANSWERS | IMPORTS)
def test_there_and_back(source: dict[str, Any]) -> None:
    """What was read is written without loss, and is then in normal form: it is written as it stands."""
    report = report_of(source)
    findings = exportreport.validate(json.dumps(report).encode()).findings
    assert not [finding for finding in findings if finding.finding_code.startswith("ER-S")]
    once, lost = written(report)
    assert lost == []
    assert written(report_of(once)) == (once, [])
