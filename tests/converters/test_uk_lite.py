"""The licenses of LITE: where each value goes, bad values in their place, there and back, and the real files."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from conversion_cases import REPORTED_AT
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.conversion import Conversion, Outcome, Summary, Writer, convert
from exportreport_converters import FORMATS

FORM = FORMATS["uk_lite/license"]
ADDRESS_OF_HOLDER = {"line_1": "Unit 3", "line_2": "Quay", "postcode": "GU14 6XX"}
HOLDER = {
    "id": "h-1", "name": "Acme", "eori_number": "GB123456789000",
    "address": ADDRESS_OF_HOLDER | {"country": {"id": "GB", "name": "United Kingdom"}},
}  # fmt: skip
GOODS = {"id": "g-1", "name": "Pump", "description": "", "unit": "NAR", "quantity": 10.0}
GOOD: dict[str, Any] = {
    "id": "l-1", "reference": "GBSIEL/2026/0000001/P", "type": "siel", "action": "insert", "start_date": "2026-06-02",
    "end_date": "2028-06-02", "organisation": HOLDER, "goods": [GOODS],
}  # fmt: skip


def license_with(**change: Any) -> dict[str, Any]:
    """The good license with changes; ``None`` takes a value away, two underscores go deeper."""
    made = deepcopy(GOOD)
    for path, value in change.items():
        *steps, last = path.split("__")
        node = made
        for step in steps:
            node = node[int(step) if step.isdigit() else step]
        if value is None:
            del node[last]
        else:
            node[last] = value
    return made


def convert_all(*licenses: dict[str, Any]) -> list[Conversion]:
    data = "".join(json.dumps({"licence": one}) + "\n" for one in licenses)
    return list(convert(FORM, [data.encode("utf-8", "surrogatepass")], reported_at=REPORTED_AT))


def report_of(**change: Any) -> dict[str, Any]:
    (found,) = convert_all(license_with(**change))
    assert found.report is not None, found.refused
    return found.report


def entries(found: Conversion, name: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (entry.outcome.value, entry.target, entry.finding_code)
        for entry in found.ledger
        if entry.cell is not None and entry.cell.column_name == f"licence.{name}"
    ]


def written(*reports: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The licenses as they are written, and what was lost."""
    writer = Writer(FORM)
    found = list(writer.write(reports))
    lost = {str(e.target): e.value for one in found for e in one.ledger if e.outcome is Outcome.LOST}
    assert all(one.refused is None for one in found)
    return [json.loads(line)["licence"] for one in found for line in one.data.splitlines()], lost


def test_a_whole_license() -> None:
    report = report_of()
    assert report["authorizations"] == [
        {
            "authorization_number": "GBSIEL/2026/0000001/P",
            "authorization_kind": "individual",
            "national_type": "siel",
            "holder": "holder",
            "valid_from": "2026-06-02",
            "valid_until": "2028-06-02",
        }
    ]
    assert report["parties"] == [
        {
            "key": "holder",
            "roles": ["exporter"],
            "name": "Acme",
            "identifiers": [
                {"identifier_scheme": "national_system", "identifier_value": "h-1"},
                {"identifier_scheme": "eori", "identifier_value": "GB123456789000"},
            ],
            "addresses": [{"lines": ["Unit 3", "Quay"], "postal_code": "GU14 6XX", "country": "GB"}],
        }
    ]
    assert report["items"] == [
        {
            "item_number": 1,
            "item_reference": "g-1",
            "product_name": "Pump",
            "quantity": {"amount": "10.0", "unit": "NAR"},
        }
    ]
    assert (report["report_id"], report["report_function"]) == ("uk_lite:GBSIEL/2026/0000001/P", "original")
    assert exportreport.validate(json.dumps(report).encode()).accepted


@pytest.mark.parametrize(
    ("kind", "form", "activity"),
    [("siel", "individual", "export"), ("sitl", "individual", "transshipment"), ("oicl", "open", "brokering")],
)
def test_a_type_stands_for_a_kind_and_an_activity(kind: str, form: str, activity: str) -> None:
    report = report_of(type=kind)
    assert (report["authorizations"][0]["authorization_kind"], report["transaction"]["activity"]) == (form, activity)


@pytest.mark.parametrize(
    ("unit", "ours", "form", "back"),
    [("TON", "TNE", None, "TON"), ("MIM", "MGM", None, "MGM"), ("ITG", "NAR", "intangible", "ITG"),
     ("MCL", "4G", None, "MCL"), ("NAR", "NAR", None, "NAR")],
)  # fmt: skip
def test_units_there_and_back(unit: str, ours: str, form: str | None, back: str) -> None:
    report = report_of(goods__0__unit=unit)
    assert (report["items"][0]["quantity"]["unit"], report["items"][0].get("item_form")) == (ours, form)
    (again,), lost = written(report)
    assert (again["goods"][0]["unit"], lost) == (back, {})


def test_an_address_with_gaps_moves_up() -> None:
    report = report_of(organisation__address__line_2="", organisation__address__line_4="Surrey")
    assert report["parties"][0]["addresses"][0]["lines"] == ["Unit 3", "Surrey"]
    (again,), lost = written(report)
    assert again["organisation"]["address"]["line_2"] == "Surrey" and lost == {}


def test_an_open_license_holds_for_countries() -> None:
    report = report_of(goods=None, type="oiel", end_user={}, countries=[{"id": "CA"}, {"id": "ZZ", "name": "Nowhere"}])
    assert report["authorizations"][0]["territorial_scope"] == [
        {"territory_use": "destination_allowed", "country": "CA"},
        {"territory_use": "destination_allowed", "territory_text": "ZZ"},
    ]
    assert len(report["parties"]) == 1
    (again,), lost = written(report)
    assert again["countries"] == [{"id": "CA", "name": "Canada"}, {"id": "ZZ", "name": "Nowhere"}] and lost == {}


def test_a_name_that_is_not_the_code_s_is_told() -> None:
    (found,) = convert_all(license_with(organisation__address__country__name="France"))
    assert entries(found, "organisation.address.country.name") == [("ambiguous", "/extensions/0", "ER-K-234")]
    assert found.report is not None
    (again,), _ = written(found.report)
    assert again["organisation"]["address"]["country"] == {"id": "GB", "name": "France"}


def test_parties_are_known_by_their_roles_wherever_they_stand() -> None:
    end_user = {"name": "Users", "address": {"line_1": "1 Road", "country": {"id": "CL"}}}
    report = report_of(end_user=end_user)
    (wanted,), _ = written(report)
    other = {"key": "agent", "roles": ["agent"], "name": "Another"}
    (again,), lost = written({**report, "parties": [other, *reversed(report["parties"])]})
    assert again == wanted and set(lost) == {"/parties/0/key", "/parties/0/roles/0", "/parties/0/name"}


def test_what_the_layout_does_not_have_is_carried_with_its_goods() -> None:
    report = report_of(goods=[GOODS, GOODS | {"id": "g-2", "color": "red"}], note="n")
    assert [(e["extension_path"], e.get("about")) for e in report["extensions"]] == [
        ("licence.note", None), ("licence.goods[].color", "/items/1"),
    ]  # fmt: skip
    (again,), lost = written(report)
    assert (again["note"], again["goods"][1]["color"], lost) == ("n", "red", {})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reference": None}, "ER-K-107"), ({"reference": "a\nb"}, "ER-K-108"), ({"id": ""}, "ER-K-109"),
        ({"organisation": None}, "ER-K-109"), ({"goods__0__quantity": None}, "ER-K-109"),
        ({"goods__0__quantity": "many"}, "ER-K-109"), ({"goods__0__quantity": -1}, "ER-K-109"),
    ],
)  # fmt: skip
def test_a_bad_license_is_refused_and_the_others_stay(change: dict[str, Any], code: str) -> None:
    before, bad, after = convert_all(GOOD, license_with(**change), license_with(reference="other"))
    assert bad.refused is not None and (bad.refused.fault.code, bad.refused.line) == (code, 2)
    assert before.report is not None and after.report is not None
    assert {entry.outcome for entry in bad.ledger} <= {Outcome.REFUSED, Outcome.BLANK}


@pytest.mark.parametrize(
    ("change", "name", "code"),
    [
        ({"type": "sxel"}, "type", "ER-K-241"), ({"start_date": "02/06/2026"}, "start_date", "ER-K-204"),
        ({"end_date": "2026-02-30"}, "end_date", "ER-K-202"), ({"goods__0__unit": "BOX"}, "goods[].unit", "ER-K-241"),
        ({"organisation__address__country__id": "ZZ"}, "organisation.address.country.id", "ER-K-231"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_in_its_place_and_comes_back(change: dict[str, Any], name: str, code: str) -> None:
    (found,) = convert_all(license_with(**change))
    assert [(outcome, finding) for outcome, _, finding in entries(found, name)] == [("ambiguous", code)]
    assert found.report is not None
    _, lost = written(found.report)
    assert lost == {}


def test_another_file_is_recognized_as_such() -> None:
    (found,) = convert(FORM, [b'{"report_type": "LicenseFiling"}'], reported_at=REPORTED_AT)
    assert found.refused is not None and found.refused.fault.code == "ER-K-003"


TEXT = st.sampled_from(["", "Acme", " b ", "é", "x\ty", "2026-06-02", "\u0000"]) | st.text(max_size=5)
COUNTRY = st.fixed_dictionaries({}, optional={"id": st.sampled_from(["GB", "CL", "ZZ", "", "gb"]), "name": TEXT})
LINES = {f"line_{n}": TEXT for n in range(1, 6)}
ADDRESS = st.fixed_dictionaries({}, optional={**LINES, "postcode": TEXT, "country": COUNTRY, "odd": TEXT})
UNIT = st.sampled_from(["NAR", "TON", "ITG", "MIM", "?"])
ACTION = st.sampled_from(["insert", "update", "replace"])
ITEM = st.fixed_dictionaries(
    {"id": TEXT, "quantity": st.sampled_from([1, 10.0, "2.50"])},
    optional={
        "name": TEXT,
        "description": TEXT,
        "unit": UNIT,
        "more": TEXT,
    },
)
LICENSE = st.fixed_dictionaries(
    {"id": st.just("l-1"), "reference": st.sampled_from(["A/1", "A 2"]), "organisation": st.fixed_dictionaries(
        {"id": st.just("h"), "name": st.just("Acme"), "eori_number": st.just("GB1")}, optional={"address": ADDRESS})},
    optional={
        "type": st.sampled_from(["siel", "oicl", "SIEL", "?"]), "action": ACTION,
        "old_id": TEXT, "start_date": TEXT, "end_date": TEXT, "note": TEXT,
        "end_user": st.none() | st.fixed_dictionaries({}, optional={"name": TEXT, "address": ADDRESS}),
        "goods": st.lists(ITEM, max_size=3), "countries": st.lists(COUNTRY, max_size=3),
    },
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(LICENSE)
def test_there_and_back(license: dict[str, Any]) -> None:
    """What was read is written without loss, and is then in normal form: it is written as it stands."""
    (found,) = convert_all(license)
    assert found.report is not None, found.refused
    findings = exportreport.validate(json.dumps(found.report).encode()).findings
    assert not [finding for finding in findings if finding.finding_code.startswith("ER-S")]
    (once,), lost = written(found.report)
    assert lost == {}
    (again,) = convert_all(once)
    assert again.report is not None
    (twice,), lost = written(again.report)
    assert (twice, lost) == (once, {})


@pytest.mark.parametrize("name", ["open_licence.json", "standard_licence.json"])
def test_the_real_files_there_and_back(name: str, real_data: Path) -> None:
    summary = Summary()
    (found,) = list(
        summary.watch(convert(FORM, [(real_data / "real" / "uk_lite" / name).read_bytes()], reported_at=REPORTED_AT))
    )
    assert found.report is not None and summary.placed_share == 1
    assert exportreport.validate(json.dumps(found.report).encode()).accepted
    (again,), lost = written(found.report)
    wanted = json.loads((real_data / "real" / "uk_lite" / name).read_bytes())["licence"]
    for goods in wanted.get("goods", ()):
        goods["unit"] = {"MIM": "MGM"}.get(goods["unit"], goods["unit"])  # the present code of the milligram
    assert (again, lost) == (wanted, {})
