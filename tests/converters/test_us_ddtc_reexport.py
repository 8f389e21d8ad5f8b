"""Letters under 22 CFR 123.9: where each element goes, bad values in their place, there and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from conversion_cases import FOLDER, REPORTED_AT
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.conversion import Conversion, Format, Outcome, Summary, Writer, convert
from exportreport_converters import layouts_of

FORMS = layouts_of("us_ddtc_reexport")
ADDRESS = " ".join(f"parties.addresses.{part}" for part in ("lines", "city", "region", "postal_code", "country"))
NUMBER = "parties.identifiers.identifier_scheme parties.identifiers.identifier_value"
CONTACT = "parties.contacts.name parties.contacts.phones parties.contacts.email"
PRIOR = " ".join(
    f"prior_authorizations.{part}"
    for part in ("prior_authorization_kind", "authorization_number", "legal_bases", "issued_on", "exported_on",
                 "reexport_restricted", "item_numbers", "original_destinations.country",
                 "original_destinations.country_group", "original_destinations.territory_text")
)  # fmt: skip
ARTICLES = " ".join(
    f"items.{part}"
    for part in ("product_name", "technical_description", "quantity.amount", "quantity.unit", "value.amount",
                 "value.currency", "serial_numbers", "special_designations", "classifications.control_code",
                 "classifications.control_code_as_given")
)  # fmt: skip
TO = " ".join(f"transaction.destinations.{part}" for part in ("country", "country_group", "territory_text"))

#: Where the parts of each element go: by the first step of its name. The places are those of the field map, or more.
PLACES: Mapping[str, Mapping[str, str]] = {
    "us_ddtc_reexport/request": {
        "notice": "notice_kind", "reference": "application.applicant_reference",
        "c_submitted_on": "application.submitted_on as_of", "c_case_number": "application.application_reference",
        "c_requester": f"parties.name parties.roles parties.role_text {NUMBER} {ADDRESS} {CONTACT}",
        "c_certification": " ".join(
            f"application.declarations.{part}"
            for part in ("signatory_name", "signatory_title", "declared_on", "declaration_text")
        ),
        "c_documents[]": "documents.document_kind documents.document_note documents.document_reference"
        " documents.issued_by documents.issued_on",
        "c_change": "change_kinds", "c_location": "transaction.country_of_location",
        "c_original_consignee": f"parties.name {ADDRESS}", "c_original_end_user": f"parties.name {ADDRESS}",
        "c_1_authorization[]": f"{PRIOR} prior_authorizations.original_end_use.statement"
        " prior_authorizations.original_end_use.project",
        "c_2_articles[]": ARTICLES,
        "c_3[]": f"parties.name parties.party_nature {ADDRESS} transaction.end_uses.statement"
        " transaction.end_uses.project",
        "c_3_destination[]": TO,
        "c_4_certification": "documents.document_reference documents.issued_by documents.signatory_name"
        " documents.issued_on",
        "additional_information": "additional_information",
        "answer": "decisions.decision_kind decisions.decided_on decisions.authorization_number"
        " decisions.reasons.reason_text authorizations.authorization_number authorizations.valid_until"
        " authorizations.conditions.condition_text",
    },
    "us_ddtc_reexport/notification": {
        "notice": "notice_kind", "reference": "application.applicant_reference", "e_3_notified_on": "reported_at",
        "e_reexporter": f"parties.name {NUMBER} {ADDRESS} {CONTACT}",
        "e_original_consignee": f"parties.name {ADDRESS}", "e_change": "change_kinds",
        "e_location": "transaction.country_of_location", "e_1_authorization[]": PRIOR, "e_articles[]": ARTICLES,
        "e_recipient[]": f"parties.name parties.party_nature {ADDRESS} transaction.end_uses.incorporated_into"
        " transaction.end_uses.statement",
        "e_destination[]": TO,
        "e_2_contract": "transaction.contract_reference transaction.contract_value.amount"
        " transaction.contract_value.currency",
        "e_2": "application.declarations.declared",
        "e_3_reexported_on": "reexported_on notification_due_on as_of",
        "additional_information": "additional_information",
    },
}  # fmt: skip

ARTICLE = {
    "description": "Gyro", "quantity": {"amount": 1, "unit": "NAR"}, "value": {"amount": 5, "currency": "USD"},
    "usml_category": "XII(d)(2)",
}  # fmt: skip
AUTHORIZATION = {"kind": "license", "number": "050000001"}
FIRST_TO = [{"country_code": "NO"}]
FOR_REQUESTS = AUTHORIZATION | {"c_1_original_destination": FIRST_TO}
FOR_NOTIFICATIONS = AUTHORIZATION | {"e_1_original_destination": FIRST_TO}
#: The least that makes an accepted letter of each kind.
REQUEST: dict[str, Any] = {
    "notice": "request", "reference": "R-1", "c_submitted_on": "2026-04-01", "c_requester": {"name": "Acme"},
    "c_change": "reexport", "c_original_consignee": {"name": "Acme"}, "c_1_authorization": [FOR_REQUESTS],
    "c_2_articles": [ARTICLE], "c_3": [{"end_user": {"name": "Users"}, "end_use": "Trials"}],
    "c_3_destination": [{"country_code": "LT"}],
}  # fmt: skip
NOTIFICATION: dict[str, Any] = {
    "notice": "notification", "reference": "N-1", "e_3_notified_on": "2026-04-20", "e_reexporter": {"name": "Acme"},
    "e_original_consignee": {"name": "Acme"}, "e_1_authorization": [FOR_NOTIFICATIONS], "e_articles": [ARTICLE],
    "e_recipient": [{"name": "Ministry", "kind": "government", "country_code": "PL", "foreign_article": "Vehicle"}],
    "e_destination": [{"country_code": "PL"}], "e_3_reexported_on": "2026-04-01",
}  # fmt: skip
WHOLE = [(form.name, number) for form in FORMS for number in range(3)]


def slots_of(pointer: str) -> str:
    return re.sub(r"/(?:[0-9]+|[*+-]|\{[a-z_]+\})(?=/|$)", "", pointer)[1:].replace("/", ".")


def read(*objects: Mapping[str, Any]) -> list[Conversion]:
    data = "".join(json.dumps(one) + "\n" for one in objects)
    return list(convert(FORMS, [data.encode("utf-8", "surrogatepass")], reported_at=REPORTED_AT))


def report_of(source: Mapping[str, Any]) -> dict[str, Any]:
    (found,) = read(source)
    assert found.report is not None, found.refused
    return found.report


def findings_of(report: Mapping[str, Any]) -> set[str]:
    return {one.finding_code for one in exportreport.validate(json.dumps(report).encode()).findings}


def written(*reports: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[str | None]]:
    """The objects as they are written, and the places of what was lost."""
    found = list(Writer(FORMS).write(reports))
    assert all(one.refused is None for one in found), [one.refused for one in found]
    return [json.loads(one.data) for one in found], [
        entry.target for one in found for entry in one.ledger if entry.outcome is Outcome.LOST
    ]


def case(name: str, number: int) -> dict[str, Any]:
    lines = (FOLDER / name / "cases" / "theirs.json").read_text(encoding="utf-8").splitlines()
    return dict(json.loads(lines[number]))


def values(node: Any, at: str = "") -> Iterable[tuple[str, Any]]:
    if isinstance(node, dict | list):
        for name, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from values(child, f"{at}/{name}")
    else:
        yield at, node


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_element_goes_where_the_field_map_says(form: Format) -> None:
    found: dict[str, set[str]] = {}
    for field in form.fields:
        targets = (target.pointer for of_part in field.targets.values() for target in of_part)
        found.setdefault(field.column.split(".")[0], set()).update(map(slots_of, targets))
    assert found == {name: set(places.split()) for name, places in PLACES[form.name].items()}


@pytest.mark.parametrize("source", [REQUEST, NOTIFICATION], ids=["request", "notification"])
def test_the_least_letter_is_accepted(source: dict[str, Any]) -> None:
    report = report_of(source)
    assert exportreport.validate(json.dumps(report).encode()).accepted
    assert report["notice_kind"] == source["notice"] and report["profiles"] == ["us"]
    assert written(report)[1] == []


@pytest.mark.parametrize(("name", "number"), WHOLE)
def test_a_whole_letter_is_placed_accepted_and_comes_back(name: str, number: int) -> None:
    summary = Summary()
    (found,) = summary.watch(read(case(name, number)))
    assert found.report is not None and summary.placed_share >= 0.95
    assert exportreport.validate(json.dumps(found.report).encode()).accepted
    (again,), lost = written(found.report)
    assert lost == []
    assert {**report_of(again), "sources": []} == {**found.report, "sources": []}
    assert written(report_of(again)) == ([again], [])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_ledger_tells_of_every_value(form: Format) -> None:
    data = (FOLDER / form.name / "cases" / "theirs.json").read_bytes()
    for found in convert(FORMS, [data], reported_at=REPORTED_AT):
        if found.report is not None:
            told = {entry.target for entry in found.ledger}
            placed = {at for at, _ in values(found.report) if not at.startswith("/extensions/")}
            assert placed <= told


def test_several_authorizations_of_the_first_export() -> None:
    license_, agreement, exemption = report_of(case("us_ddtc_reexport/request", 0))["prior_authorizations"]
    assert (license_["authorization_number"], license_["item_numbers"]) == ("050123456", [1, 2])
    assert agreement["prior_authorization_kind"] == "license" and agreement["reexport_restricted"] is False
    assert (exemption["prior_authorization_kind"], exemption["legal_bases"]) == ("exemption", ["22 CFR 126.4(b)"])
    assert license_["original_end_use"] == {
        "statement": "Search and rescue from helicopters", "project": "Rescue helicopter renewal",
    }  # fmt: skip


def test_each_end_use_names_its_end_user() -> None:
    report = report_of(case("us_ddtc_reexport/request", 0))
    users = {one["key"]: one["name"] for one in report["parties"] if "end_user" in one["roles"]}
    named = [[users[key] for key in one["end_users"]] for one in report["transaction"]["end_uses"]]
    assert named == [["Border Guard of Lithuania"], ["Kaunas Aviation Workshop UAB"]]


def test_the_answer_with_its_provisos() -> None:
    report = report_of(case("us_ddtc_reexport/request", 0))
    assert report["decisions"][0]["decision_kind"] == "issued_with_conditions"
    kinds = [one["condition_kind"] for one in report["authorizations"][0]["conditions"]]
    assert kinds == ["proviso", "proviso"]
    refused = report_of(case("us_ddtc_reexport/request", 1))
    assert refused["decisions"][0]["decision_kind"] == "refused" and "authorizations" not in refused


def test_items_of_the_export_administration_regulations_have_an_eccn() -> None:
    both = report_of(case("us_ddtc_reexport/request", 0))["items"][2]["classifications"]
    assert [one["control_list"] for one in both] == ["us_usml", "us_ccl"]
    assert both[1]["control_code"] == "7A994"


def test_a_certification_of_a_community() -> None:
    papers = {one["document_kind"]: one for one in report_of(case("us_ddtc_reexport/request", 1))["documents"]}
    assert papers.keys() == {"contract", "community_certification"}
    assert papers["community_certification"]["signatory_name"] == "Owen Price"


@pytest.mark.parametrize(
    ("places", "said", "wanted"),
    [(["NO"], None, "NO"), (["NO", "SE"], None, None), (["NO", "SE"], "SE", "SE"), (["NO"], "SE", "SE")],
)
def test_where_the_articles_are(places: list[str], said: str | None, wanted: str | None) -> None:
    prior = [AUTHORIZATION | {"c_1_original_destination": [{"country_code": code}]} for code in places]
    location = {"c_location": {"country_code": said}} if said else {}
    report = report_of(REQUEST | {"c_1_authorization": prior} | location)
    assert report["transaction"].get("country_of_location") == wanted
    assert ("ER-C-501" in findings_of(report)) == (wanted is None)


@given(st.dates(date(2024, 1, 1), date(2028, 12, 1)))
@settings(max_examples=10, deadline=None)
def test_a_notification_is_due_thirty_days_after(day: date) -> None:
    (found,) = read(NOTIFICATION | {"e_3_reexported_on": day.isoformat()})
    assert found.report is not None
    assert found.report["notification_due_on"] == (day + timedelta(30)).isoformat()
    outcomes = {entry.target: entry.outcome for entry in found.ledger}
    assert outcomes["/notification_due_on"] is Outcome.DERIVED and outcomes["/reexported_on"] is Outcome.MAPPED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"e_3_notified_on": "2026-05-01"}, None), ({"e_3_notified_on": "2026-05-02"}, "US-C-018"),
        ({"e_articles": [ARTICLE | {"e_2_designation": "SME"}]}, "US-C-019"),
        ({"e_articles": [ARTICLE | {"e_2_mtcr_entry": "9.A.1"}]}, "US-C-019"),
        ({"e_2_contract": {"value": {"amount": 100000000, "currency": "USD"}}}, "US-C-019"),
        ({"e_2_contract": {"value": {"amount": 99999999, "currency": "USD"}}}, None),
        ({"e_recipient": [{"name": "Dealer", "kind": "company", "country_code": "PL",
                            "foreign_article": "Vehicle"}]}, "US-C-020"),
    ],
)  # fmt: skip
def test_the_conditions_of_a_notification_are_judged(change: dict[str, Any], code: str | None) -> None:
    found = {one for one in findings_of(report_of(NOTIFICATION | change)) if one.startswith("US-")}
    assert found == ({code} if code else set())


def test_the_conditions_are_declared_one_by_one() -> None:
    conditions = case("us_ddtc_reexport/notification", 0)["e_2"]
    for name in conditions:
        report = report_of(NOTIFICATION | {"e_2": {name: "no"}})
        (declared,) = report["application"]["declarations"]
        assert declared["declared"] is False and declared["declaration_kind"] == "other"
        assert written(report)[0][0]["e_2"] == {name: "no"}


@pytest.mark.parametrize(
    ("source", "change", "column", "code"),
    [
        (REQUEST, {"c_change": "reexport, sale"}, "c_change", "ER-K-241"),
        (REQUEST, {"c_submitted_on": "2026-02-30"}, "c_submitted_on", "ER-K-202"),
        (REQUEST, {"c_location": {"country_code": "XQ"}}, "c_location.country_code", "ER-K-231"),
        (REQUEST, {"c_requester": {"country_code": "NO", "country": "Sweden"}}, "c_requester.country", "ER-K-234"),
        (REQUEST, {"c_2_articles": [{"value": {"amount": 5}}]}, "c_2_articles[].value.amount", "ER-K-262"),
        (REQUEST, {"c_2_articles": [{"quantity": {"unit": "NAR"}}]}, "c_2_articles[].quantity.unit", "ER-K-262"),
        (REQUEST, {"c_2_articles": [{"designation": "SMA"}]}, "c_2_articles[].designation", "ER-K-241"),
        (REQUEST, {"answer": {"kind": "approved"}}, "answer.kind", "ER-K-262"),
        (
            NOTIFICATION,
            {"e_recipient": [{"name": "N", "kind": "club", "foreign_article": "Vehicle"}]},
            "e_recipient[].kind",
            "ER-K-241",
        ),
        (NOTIFICATION, {"e_2": {"not_missile_technology": "perhaps"}}, "e_2.not_missile_technology", None),
        (NOTIFICATION, {"e_3_reexported_on": "2026-04-31"}, "e_3_reexported_on", "ER-K-202"),
    ],
)
def test_a_bad_value_is_named_in_its_place_and_comes_back(
    source: dict[str, Any], change: dict[str, Any], column: str, code: str | None
) -> None:
    (found,) = read(source | change)
    named = {entry.cell.column_name: entry.finding_code for entry in found.ledger if entry.cell and entry.finding_code}
    assert column in named and code in (None, named[column])
    assert found.report is not None
    (again,), lost = written(found.report)
    assert lost == []
    assert {text for _, text in values(change)} <= {text for _, text in values(again)}


@pytest.mark.parametrize(
    ("source", "change", "code", "column"),
    [
        (REQUEST, {"notice": "petition"}, "ER-K-109", "notice"), (REQUEST, {"reference": ""}, "ER-K-107", "reference"),
        (REQUEST, {"c_change": "sale"}, "ER-K-109", "c_change"),
        (REQUEST, {"c_3_destination": [{"country": "Lithuania"}]}, "ER-K-109", None),
        (REQUEST, {"c_3": [{"program": "Border watch"}]}, "ER-K-109", None),
        (NOTIFICATION, {"e_recipient": [{"kind": "government"}]}, "ER-K-109", None),
        (NOTIFICATION, {"e_3_notified_on": "soon"}, "ER-K-109", "e_3_notified_on"),
        (NOTIFICATION, {"e_1_authorization": [{"kind": "permit"}]}, "ER-K-109", "e_1_authorization[].kind"),
        (NOTIFICATION, {"e_1_authorization": []}, "ER-K-109", None),
        (REQUEST, {"c_1_authorization": []}, "ER-K-109", None),
    ],
)  # fmt: skip
def test_a_letter_without_its_own_is_refused_and_the_others_stay(
    source: dict[str, Any], change: dict[str, Any], code: str, column: str | None
) -> None:
    before, bad, after = read(source, source | change, source | {"reference": "X-3"})
    assert before.report is not None and after.report is not None and bad.refused is not None
    cell = bad.refused.cell
    assert (bad.refused.fault.code, bad.refused.line, cell and cell.column_name) == (code, 2, column)


def test_provisos_of_no_approval_are_named_by_the_validator() -> None:
    source = REQUEST | {"answer": {"provisos": [{"text": "No retransfer"}]}}
    result = exportreport.validate(json.dumps(report_of(source)).encode())
    assert not result.accepted
    assert [(one.finding_code, one.pointer or "") for one in result.findings] == [("ER-S-001", "/authorizations/0")]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_workbook_says_the_same(form: Format) -> None:
    reports = [report_of(case(form.name, number)) for number in range(3)]
    writer = Writer(FORMS, "xlsx")
    kept = list(writer.write(reports))
    assert not [entry for one in kept for entry in one.ledger if entry.outcome is Outcome.LOST]
    book = writer.head() + b"".join(one.data for one in kept) + writer.tail()
    again = [one.report for one in convert(FORMS, [book], reported_at=REPORTED_AT)]
    assert [one and {**one, "sources": []} for one in again] == [{**one, "sources": []} for one in reports]


def test_what_the_paragraph_does_not_ask_for_is_lost_and_said_to_be() -> None:
    report = report_of(REQUEST)
    report["transaction"]["duration_kind"] = "permanent"
    assert written(report)[1] == ["/transaction/duration_kind"]


TEXT = st.sampled_from(["", "Acme", " b ", "é", "a\nb", "\u0000", "vat: NL1", "2026-06-02"]) | st.text(max_size=4)
CODE, NAME = st.sampled_from(["NO", "LT", "efta", "XQ", ""]), st.sampled_from(["Norway", "Nowhere"])
AMOUNT, UNIT = st.sampled_from([1, 2.5, "3", "many", -1, ""]), st.sampled_from(["NAR", "kg", "USD", "US dollar", "?"])


def some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=parts)


def authorizations(letter: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    told = some(
        number=TEXT, exemption=TEXT, issued_on=TEXT, articles=st.sampled_from(["1", "1, 2", "x", "02"]), **parts
    )
    kinds = st.sampled_from(["license", "Agreement", "exemption"])
    return st.lists(st.tuples(kinds, told, TOS).map(
        lambda one: {"kind": one[0], f"{letter}_1_original_destination": one[2]} | one[1]
    ), min_size=1, max_size=2)  # fmt: skip


PARTY = some(name=TEXT, address=TEXT, city=TEXT, country_code=CODE, country=NAME, odd=TEXT)
ASKING = some(name=TEXT, number=TEXT, contact=TEXT, email=TEXT, country_code=CODE)
TOS = st.lists(st.fixed_dictionaries({"country_code": st.sampled_from(["NO", "LT", "efta", "XQ"])}), max_size=2)
CHANGE = st.sampled_from(["reexport", "Re-export; retransfer", "reexport, sale"])
GOODS = some(
    name=TEXT, description=TEXT, quantity=some(amount=AMOUNT, unit=UNIT), value=some(amount=AMOUNT, currency=UNIT),
    serial_numbers=TEXT, usml_category=st.sampled_from(["XII(d)(2)", "XII.d.2", "n/a"]),
    b_2_eccn=st.sampled_from(["EAR99", "7A994"]), more=TEXT,
)  # fmt: skip
YES = st.sampled_from(["yes", "NO", "?"])
REQUESTS = st.fixed_dictionaries(
    {"notice": st.sampled_from(["request", "123.9(C)"]), "reference": st.just("R-1"), "c_change": CHANGE,
     "c_location": some(country=NAME).map(lambda one: one | {"country_code": "NO"}),
     "c_1_authorization": authorizations("c", original_end_use=TEXT, program=TEXT, forbids_reexport=YES)},
    optional={
        "c_submitted_on": TEXT, "c_case_number": TEXT,
        "c_requester": ASKING | ASKING.map(lambda one: one | {"capacity": "U.S. exporter"}),
        "c_certification": some(name=TEXT, date=TEXT, text=TEXT), "c_original_end_user": PARTY,
        "c_documents": st.lists(some(kind=st.sampled_from(["contract", "photo"]), reference=TEXT), max_size=2),
        "c_2_articles": st.lists(GOODS, max_size=2), "c_3_destination": TOS, "remark": TEXT,
        "c_3": st.lists(some(end_user=PARTY, program=TEXT).map(
            lambda one: one | {"end_use": "Trials"}
        ), max_size=2),
        "c_4_certification": some(reference=TEXT, issued_by=TEXT),
        "answer": some(kind=st.sampled_from(["approved", "denied", "?"]), date=st.sampled_from(["2026-06-02", "soon"])),
    },
)  # fmt: skip
NOTIFICATIONS = st.fixed_dictionaries(
    {"notice": st.just("Notification"), "reference": st.just("N-1"),
     "e_3_notified_on": st.sampled_from(["2026-04-20", "2026-04-20T08:00:00Z"]),
     "e_location": st.just({"country_code": "NO"}),
     "e_1_authorization": authorizations("e", e_4_forbids_reexport=YES)},
    optional={
        "e_reexporter": ASKING, "e_original_consignee": PARTY, "e_change": CHANGE, "e_destination": TOS,
        "e_articles": st.lists(GOODS, max_size=2), "e_2_contract": some(reference=TEXT),
        "e_recipient": st.lists(some(kind=st.sampled_from(["NATO", "?"]), end_use=TEXT).map(
            lambda one: one | {"name": "N", "foreign_article": "Vehicle"}
        ), max_size=2),
        "e_2": some(not_missile_technology=YES, contract_below_ceiling=YES), "e_3_reexported_on": TEXT,
    },
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(REQUESTS | NOTIFICATIONS)
def test_there_and_back(source: dict[str, Any]) -> None:
    """What was read is written without loss, and is then in normal form: it is written as it stands."""
    report = report_of(source)
    assert not [code for code in findings_of(report) if code.startswith("ER-S")]
    (once,), lost = written(report)
    assert lost == []
    assert written(report_of(once)) == ([once], [])
