"""Form BIS-748P and the letter of 15 CFR 750.6: where each block goes, bad values in their place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from conversion_cases import FOLDER, REPORTED_AT

import exportreport
from exportreport.conversion import Conversion, Format, Outcome, Summary, Writer, convert
from exportreport_converters import layouts_of

LAYOUTS = layouts_of("us_bis748p")


def under(place: str, *names: str) -> str:
    return " ".join(f"{place}.{name}" for name in names)


ADDRESS = under("parties.addresses", "lines", "city", "region", "postal_code", "country")
PARTY = f"parties.name {under('parties.identifiers', 'identifier_scheme', 'identifier_value')} {ADDRESS}"
DOCUMENT = under("documents", "document_kind", "document_note", "document_reference", "issuing_state", "issued_on")
ECCN = under("items.classifications", "control_list", "control_code", "control_code_as_given")
ITEM = {
    "22a": ECCN, "22b": "items.parameters.parameter_value", "22c": "items.model_number",
    "22d": "items.classifications.ruling_reference", "22e": "items.quantity.amount", "22f": "items.quantity.unit",
    "22g": under("items.unit_value", "amount", "currency"), "22h": under("items.value", "amount", "currency"),
    "22i": "items.manufacturer_name", "22j": "items.technical_description",
}  # fmt: skip
#: What both kinds of application have.
APPLICATION = {
    "application_control_number": "application.application_reference",
    "applicant_reference": "application.applicant_reference",
    "1": "parties.contacts.name", "2": "parties.contacts.phones", "3": "parties.contacts.fax",
    "4": "application.submitted_on as_of",
    "6": DOCUMENT, "7": f"{DOCUMENT} documents.document_availability",
    "9": "application.special_purpose", "10": "application.resubmission_of",
    "11": "application.replaces_authorization",
    "13": "documents.issuing_state documents.document_reference",
    "14": f"{PARTY} sender.name parties.roles", "15": PARTY, "16": PARTY, "17": PARTY,
    "18": f"{PARTY} transaction.destinations.country", "19": PARTY, "21": "transaction.end_uses.statement", **ITEM,
    "23": under("transaction.total_value", "amount", "currency"),
    "24": f"additional_information application.whole_or_none application.duration_months {PARTY}",
    "25": under("application.declarations", "signatory_name", "signatory_title", "declared_on"),
    "answer": "decisions.decision_kind decisions.decided_on decisions.reasons.reason_text "
    "decisions.authorization_number authorizations.authorization_number authorizations.valid_until "
    "authorizations.conditions.condition_text",
}  # fmt: skip
#: Where the parts of each block go. The blocks are all of the form; the places are those of the field map, or more.
PLACES: Mapping[str, Mapping[str, str]] = {
    "us_bis748p/export": {
        **APPLICATION, "5": "transaction.activity application.application_type",
        "12": "application.previously_exported",
    },
    "us_bis748p/reexport": {
        **APPLICATION, "5": "transaction.activity change_kinds transaction.country_of_location",
        "12": "application.previously_exported "
        + under("prior_authorizations", "prior_authorization_kind", "authorization_number", "legal_bases",
                "exported_on", "original_destinations.country"),
        "20": PARTY,
        "22": under("items.de_minimis", "controlled_content_percent", "threshold_percent", "below_threshold",
                    "de_minimis_rule"),
    },
    "us_bis748p/denial": {
        "letter": "denial_kind", "application_control_number": "application_reference denial_reference",
        "date_of_decision": "decided_on", "date_of_letter": "notified_on",
        "type_of_application": "transaction.activity", "a2": "reasons.legal_bases reasons.criterion",
        "a3": "reasons.reason_text reasons.withheld", "a4": "reconsideration_terms",
        "a5": under("denying_authority.contacts", "name", "job_title", "phones", "email"), "a6": "appeal_procedure",
        "b": "response_due_on denial_events.occurred_on denial_events.comment final_on appeals.appeal_possible_until",
        "denied_in_part": "additional_information", "destination": "transaction.destinations.country",
        "14": PARTY, "16": PARTY, "17": PARTY, "denied_parties": f"{PARTY} parties.roles parties.role_text",
        "specific_end_use": "transaction.end_uses.statement", **ITEM,
    },
}  # fmt: skip

#: What the mapping adds to the blocks of the field map: marks of roles, of documents, of dates.
MARKS = {
    "us_bis748p/export": {
        "/parties/{applicant}/roles/0": "applicant", "/parties/{license_recipient}/roles/0": "license_recipient",
        "/parties/{purchaser}/roles/0": "purchaser",
        "/parties/{intermediate_consignee}/roles/0": "intermediate_consignee",
        "/parties/{ultimate_consignee}/roles/0": "ultimate_consignee", "/parties/{end_user}/roles/0": "end_user",
        "/parties/{foreign_principal}/roles/0": "foreign_principal",
        "/documents/{certificate}/document_kind": "import_certificate",
        "/items/*/parameters/{app}/parameter_code": "APP",
    },
    "us_bis748p/reexport": {"/parties/{original_consignee}/roles/0": "original_consignee", "/notice_kind": "request"},
    "us_bis748p/denial": {
        "/denial_events/{response}/denial_event_kind": "response_received",
        "/denial_events/{reconsidered}/denial_event_kind": "reconsidered",
        "/reasons/0/criterion_list": "us_ear_policy",
    },
}  # fmt: skip

#: The least that makes each of them.
LEAST: Mapping[str, dict[str, Any]] = {
    "export": {"application_control_number": "Z100001", "block_5_type_of_application": "export",
               "items": [{"block_22j_technical_description": "Pump"}]},
    "reexport": {"application_control_number": "Z100002", "block_5_type_of_application": "reexport",
                 "block_5_location_of_items": {"country_code": "SG"},
                 "block_12_prior_authorization": {"kind": "license"},
                 "block_18_ultimate_consignee": {"country_code": "VN"}},
    "denial": {"letter": "intent to deny", "application_control_number": "Z100003",
               "paragraph_a2_statutory_and_regulatory_basis": "15 CFR 742.4",
               "paragraph_a3_considerations": "Diversion", "destination": {"country_code": "VN"}},
}  # fmt: skip


def block_of(column: str) -> str:
    found = re.search(r"(?:^|\.)(?:block|paragraph)_([0-9]+[a-j]?|a[0-9]|b)_", column)
    return found[1] if found else re.split(r"[.\[]", column)[0]


def slots_of(pointer: str) -> str:
    return re.sub(r"/(?:[0-9]+|[*+-]|\{[a-z_]+\})(?=/|$)", "", pointer)[1:].replace("/", ".")


@pytest.mark.parametrize("form", LAYOUTS, ids=lambda form: form.name)
def test_every_block_goes_where_the_field_map_says(form: Format) -> None:
    found: dict[str, set[str]] = {}
    for field in form.fields:
        targets = (target.pointer for of_part in field.targets.values() for target in of_part)
        found.setdefault(block_of(field.column), set()).update(map(slots_of, targets))
    assert found == {block: set(places.split()) for block, places in PLACES[form.name].items()}


@pytest.mark.parametrize("form", LAYOUTS, ids=lambda form: form.name)
def test_what_a_block_is_said_to_be(form: Format) -> None:
    given = {one.pointer: one.value for one in form.constants}
    assert MARKS[form.name].items() <= given.items()


def test_every_block_of_the_form_is_there() -> None:
    """Blocks 1 to 25, of 22 its parts; block 8 is not used, block 20 is for re-exports."""
    blocks = {str(number) for number in range(1, 26)} - {"8", "22"} | {f"22{part}" for part in "abcdefghij"}
    assert blocks <= set(PLACES["us_bis748p/reexport"])
    assert blocks - {"20"} <= set(PLACES["us_bis748p/export"])


def read(*objects: Mapping[str, Any]) -> list[Conversion]:
    data = "".join(json.dumps(one) + "\n" for one in objects)
    return list(convert(LAYOUTS, [data.encode("utf-8", "surrogatepass")], reported_at=REPORTED_AT))


def report_of(source: Mapping[str, Any]) -> dict[str, Any]:
    (found,) = read(source)
    assert found.report is not None, found.refused
    return found.report


def written(*reports: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[str | None]]:
    """The objects as they are written, and the places of what was lost."""
    found = list(Writer(LAYOUTS).write(reports))
    assert all(one.refused is None for one in found), [one.refused for one in found]
    return [json.loads(one.data) for one in found], [
        entry.target for one in found for entry in one.ledger if entry.outcome is Outcome.LOST
    ]


def case(layout: str, number: int) -> dict[str, Any]:
    lines = (FOLDER / "us_bis748p" / layout / "cases" / "theirs.json").read_text(encoding="utf-8").splitlines()
    return dict(json.loads(lines[number]))


def values(node: Any, at: str = "") -> Iterable[tuple[str, Any]]:
    if isinstance(node, dict | list):
        for name, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from values(child, f"{at}/{name}")
    else:
        yield at, node


#: The whole forms and letters that the cases begin with.
WHOLE = [
    (layout, number) for layout, count in (("export", 4), ("reexport", 3), ("denial", 2)) for number in range(count)
]


@pytest.mark.parametrize(("layout", "number"), WHOLE)
def test_a_whole_form_is_placed_accepted_and_comes_back(layout: str, number: int) -> None:
    summary = Summary()
    (found,) = summary.watch(read(case(layout, number)))
    assert found.report is not None and summary.placed_share >= 0.95
    result = exportreport.validate(json.dumps(found.report).encode(), profiles=("us",))
    assert result.accepted, result.findings
    (again,), lost = written(found.report)
    assert lost == []
    assert report_of(again) == found.report
    assert written(report_of(again)) == ([again], [])


@pytest.mark.parametrize("form", LAYOUTS, ids=lambda form: form.name)
def test_the_ledger_explains_every_value_and_faults_are_those_of_the_source(form: Format) -> None:
    data = (FOLDER / form.name / "cases" / "theirs.json").read_bytes()
    found = {}
    for one in convert(LAYOUTS, [data], reported_at=REPORTED_AT):
        if one.report is not None:
            result = exportreport.validate(json.dumps(one.report).encode())
            found[one.report["report_id"]] = [each.finding_code for each in result.findings if not result.accepted]
            told = {entry.target for entry in one.ledger}
            assert {target for target, _ in values(one.report) if not target.startswith("/extensions")} <= told
    assert {name: codes for name, codes in found.items() if codes} == FAULTS.get(form.layout, {})


#: A letter of denial that neither tells its considerations nor says that they are withheld.
FAULTS = {"denial": {"us_bis748p:denial:Z400006": ["ER-C-311"]}}


def test_communications_intercepting_devices() -> None:
    report = report_of(case("export", 0))
    assert report["application"]["special_purpose"] == "Communications Intercepting Device(s)"
    assert [one["classifications"][0]["control_code"] for one in report["items"]] == ["5A980", "5D980"]
    assert [(one["document_kind"], one["document_availability"]) for one in report["documents"]] == [
        ("letter_of_explanation", "submitted"), ("technical_specification", "submitted"),
        ("item_continuation", "submitted"), ("end_use_certificate", "to_follow"),
    ]  # fmt: skip
    assert report["transaction"]["destinations"] == [{"country": "JO"}]
    assert report["sender"] == {"name": "Harrow Radio Labs Inc."}


def test_each_end_user_has_a_use_of_its_own() -> None:
    report = report_of(case("export", 1))
    names = {one["key"]: one["name"] for one in report["parties"]}
    assert [(names[one["end_users"][0]], one["statement"]) for one in report["transaction"]["end_uses"]] == [
        ("Gyeonggi Fire Service", "Search for persons in smoke"),
        ("Daehan Power Grid", "Inspection of transformers"),
        ("Hanbada Shipyards", "Inspection of hull insulation"),
    ]
    assert report["items"][1]["classifications"][0]["control_code"] == "6A003.b.4.b"
    assert report["items"][0]["classifications"][0]["ruling_reference"] == "G160321"
    assert report["items"][2]["value"] == {"amount": "3400", "currency": "USD"}  # of dollars, unless the form says more
    assert {one["key"]: one["document_kind"] for one in report["documents"]} == {
        "submitted-1": "item_continuation", "submitted-2": "other", "submitted-3": "letter_of_explanation",
        "on_file-1": "import_certificate", "on_file-2": "other", "certificate": "import_certificate",
    }  # fmt: skip
    assert report["decisions"][0]["authorization_number"] == report["authorizations"][0]["authorization_number"]
    assert len(report["authorizations"][0]["conditions"]) == 2


def test_an_agent_names_its_principal() -> None:
    report = report_of(case("export", 2))
    roles = [one["roles"] for one in report["parties"]]
    assert roles[0] == ["applicant", "agent"] and ["foreign_principal"] in roles
    assert report["items"][0]["parameters"] == [
        {"parameter_code": "APP", "parameter_value": "32", "parameter_unit": "weighted TeraFLOPS"}
    ]
    assert [one["decision_kind"] for one in report["decisions"]] == ["returned_without_action"]


def test_a_classification_request() -> None:
    report = report_of(case("export", 3))
    assert report["application"]["application_type"] == "classification_request"
    assert "transaction" not in report
    assert written(report)[0][0]["block_5_type_of_application"] == "classification request"


def test_a_reexport_from_singapore_to_viet_nam() -> None:
    report = report_of(case("reexport", 0))
    transaction = report["transaction"]
    assert (transaction["country_of_location"], transaction["destinations"]) == ("SG", [{"country": "VN"}])
    assert (report["notice_kind"], report["change_kinds"]) == ("request", ["reexport"])
    assert report["items"][0]["de_minimis"] == {
        "controlled_content_percent": "30", "threshold_percent": "25", "below_threshold": False,
        "de_minimis_rule": "15 CFR 734.4(d)",
    }  # fmt: skip
    assert ["original_consignee"] in [one["roles"] for one in report["parties"]]
    assert report["prior_authorizations"][0]["original_destinations"] == [{"country": "SG"}]


@pytest.mark.parametrize(
    ("number", "kind"), [(0, "issued_with_conditions"), (1, "returned_without_action"), (2, "refused")]
)
def test_the_answer_to_a_reexport(number: int, kind: str) -> None:
    report = report_of(case("reexport", number))
    assert [one["decision_kind"] for one in report["decisions"]] == [kind]
    assert ("authorizations" in report) == (kind == "issued_with_conditions")


def test_a_denial_in_part() -> None:
    report = report_of(case("denial", 1))
    (denied,) = (one for one in report["parties"] if one["key"] in report["denied_parties"])
    assert denied["name"] == "Hanbada Shipyards" and len(report["parties"]) == 3
    assert report["reasons"][0]["withheld"] is True
    assert [one["denial_event_kind"] for one in report["denial_events"]] == ["response_received", "reconsidered"]


def test_no_day_of_the_clock_is_made_up() -> None:
    report = report_of(LEAST["denial"] | {"date_of_letter": "2026-05-07"})
    assert not {"response_due_on", "final_on", "appeals"} & set(report)


@pytest.mark.parametrize(
    ("layout", "change", "column", "code"),
    [
        ("export", {"block_4_date_of_application": "06/11/2026"}, "block_4_date_of_application", "ER-K-204"),
        ("export", {"block_14_applicant": {"country_code": "XQ"}}, "block_14_applicant.country_code", "ER-K-231"),
        ("export", {"block_16_purchaser": {"country_code": "CL", "country": "China"}}, "block_16_purchaser.country",
         "ER-K-234"),
        ("export", {"items": [{"block_22a_eccn": "none yet"}]}, "items[].block_22a_eccn", "ER-K-221"),
        ("export", {"items": [{"block_22e_quantity": 2}]}, "items[].block_22e_quantity", "ER-K-262"),
        ("export", {"items": [{"block_22g_unit_price": {"currency": "EUR"}}]},
         "items[].block_22g_unit_price.currency", "ER-K-262"),
        ("export", {"block_23_total_value": {"amount": "1.000,5"}}, "block_23_total_value.amount", "ER-K-216"),
        ("export", {"block_7_documents_on_file": [{"status": "lost"}]}, "block_7_documents_on_file[].status",
         "ER-K-241"),
        ("export", {"block_12_items_previously_exported": "perhaps"}, "block_12_items_previously_exported",
         "ER-K-241"),
        ("export", {"answer": {"decision": "denied"}}, "answer.decision", "ER-K-262"),
        ("export", {"answer": {"license_number": "D1000001"}}, "answer.license_number", "ER-K-262"),
        ("reexport", {"items": [{"block_22_us_content": {"percent": "a third"}}]},
         "items[].block_22_us_content.percent", "ER-K-216"),
        ("denial", {"paragraph_a2_policy": "the usual"}, "paragraph_a2_policy", "ER-K-242"),
        ("denial", {"paragraph_b_final_on": "day 45"}, "paragraph_b_final_on", "ER-K-203"),
        ("denial", {"denied_parties": [{"role": "shipyard"}]}, "denied_parties[].role", "ER-K-241"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_in_its_place_and_comes_back(
    layout: str, change: dict[str, Any], column: str, code: str
) -> None:
    (found,) = read(LEAST[layout] | change)
    assert (column, code) in {(entry.cell and entry.cell.column_name, entry.finding_code) for entry in found.ledger}
    assert found.report is not None
    (again,), lost = written(found.report)
    assert lost == []
    assert {text for _, text in values(change)} <= {text for _, text in values(again)}


@pytest.mark.parametrize(
    ("layout", "change", "code", "column"),
    [
        ("export", {"block_5_type_of_application": "import"}, "ER-K-109", "block_5_type_of_application"),
        ("export", {"application_control_number": ""}, "ER-K-107", "application_control_number"),
        ("export", {"end_users": [{"block_21_specific_end_use": "Pumping"}]}, "ER-K-109", None),
        ("reexport", {"block_5_location_of_items": {"country_code": "XQ"}}, "ER-K-109",
         "block_5_location_of_items.country_code"),
        ("reexport", {"block_12_prior_authorization": {"kind": "verbal"}}, "ER-K-109",
         "block_12_prior_authorization.kind"),
        ("reexport", {"block_18_ultimate_consignee": {"name": "Buyer"}}, "ER-K-109", None),
        ("denial", {"letter": "approval"}, "ER-K-109", "letter"),
        ("denial", {"paragraph_a2_statutory_and_regulatory_basis": ""}, "ER-K-109",
         "paragraph_a2_statutory_and_regulatory_basis"),
    ],
)  # fmt: skip
def test_a_form_without_its_own_is_refused_and_the_others_stay(
    layout: str, change: dict[str, Any], code: str, column: str | None
) -> None:
    least = LEAST[layout]
    before, bad, after = read(least, least | change, least | {"application_control_number": "Z100009"})
    assert before.report is not None and after.report is not None and bad.refused is not None
    cell = bad.refused.cell
    assert (bad.refused.fault.code, bad.refused.line, cell and cell.column_name) == (code, 2, column)


def test_money_of_another_currency_stays_what_it_is() -> None:
    price = {"amount": 12.5, "currency": "EUR"}
    report = report_of(LEAST["export"] | {"items": [{"block_22h_total_price": price}]})
    (again,), lost = written(report)
    assert (again["items"], lost) == ([{"block_22h_total_price": price}], [])


def test_what_the_form_has_no_block_for_is_lost_and_said_to_be() -> None:
    report = report_of(LEAST["export"])
    report["items"][0]["surveillance_capabilities"] = ["mobile_interception"]
    assert written(report)[1] == ["/items/0/surveillance_capabilities/0"]


@pytest.mark.parametrize("form", LAYOUTS, ids=lambda form: form.name)
def test_a_workbook_says_the_same(form: Format) -> None:
    """All forms of the cases in one workbook: a sheet for the blocks, one for items, for end-users, for documents."""
    data = (FOLDER / form.name / "cases" / "theirs.json").read_bytes()
    reports = [one.report for one in convert(LAYOUTS, [data], reported_at=REPORTED_AT) if one.report is not None]
    writer = Writer(LAYOUTS, "xlsx")
    kept = list(writer.write(reports))
    assert not [entry for one in kept for entry in one.ledger if entry.outcome is Outcome.LOST]
    book = writer.head() + b"".join(one.data for one in kept) + writer.tail()
    again = [one.report for one in convert(LAYOUTS, [book], reported_at=REPORTED_AT)]
    assert [one and {**one, "sources": []} for one in again] == [{**one, "sources": []} for one in reports]
