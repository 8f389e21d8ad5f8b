"""The forms of Annex III: where each box goes, bad values in their place, there and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from conversion_cases import FOLDER, REPORTED_AT
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.conversion import Conversion, Format, Outcome, Summary, Writer, convert
from exportreport_converters import layouts_of

FORMS = layouts_of("eu_annex3")
ADDRESS = "parties.addresses.city parties.addresses.country parties.addresses.lines parties.addresses.postal_code"
PARTY = f"parties.name parties.identifiers.identifier_scheme parties.identifiers.identifier_value {ADDRESS}"
CONTACTS = "parties.contacts.name parties.contacts.phones parties.contacts.fax parties.contacts.email"
AUTHORITY = (
    "authorizations.issuing_authority.name authorizations.issuing_authority.country reporting_authority.name "
    "reporting_state"
)
DESTINATIONS = "transaction.destinations." + " transaction.destinations.".join(
    ("country", "country_group", "territory_text")
)
ITEM = "items.description items.item_form items.cas_numbers"
COMMODITY = "items.commodity_codes.commodity_code items.commodity_codes.nomenclature"
CONTROL = "items.classifications." + " items.classifications.".join(
    ("control_list", "control_code", "control_code_as_given")
)
VALUE, QUANTITY = (
    "items.value.amount items.value.currency",
    "items.quantity.amount items.quantity.unit items.quantity_text",
)
SIGNATURE = "authorizations.signatory_name authorizations.issued_at authorizations.issued_on as_of"
USED = "drawdowns.quantity.{0} drawdowns.value.{1}"

#: Where the parts of each box go. The boxes are all of the form; the places are those of the field map, or more.
PLACES: Mapping[str, Mapping[str, str]] = {
    "eu_annex3/a": {
        "form": "transaction.activity", "kind": "authorizations.authorization_kind",
        "1": PARTY, "2": "authorizations.authorization_number", "3": "authorizations.valid_until", "4": CONTACTS,
        "5": PARTY, "6": AUTHORITY, "7": PARTY, "8": "transaction.country_of_consignment", "9": PARTY,
        "10": "transaction.country_of_location", "11": "transaction.country_of_export_procedure", "12": DESTINATIONS,
        "13": f"{ITEM} documents.document_note documents.document_reference", "14": "items.countries_of_origin",
        "15": COMMODITY, "16": CONTROL, "17": VALUE, "18": QUANTITY, "19": "transaction.end_uses.statement",
        "20": "transaction.contract_date", "21": "transaction.customs_procedure", "22": "additional_information",
        "signature": SIGNATURE, "item": "drawdowns.item_numbers", "23": USED.format("unit", "currency"),
        "24": USED.format("amount", "amount")
        + " drawdowns.remaining_quantity.amount drawdowns.remaining_quantity.unit drawdowns.remaining_value.amount"
        " drawdowns.remaining_value.currency",
        "25": "drawdowns.amount_in_words",
        "26": "drawdowns.customs_declarations.customs_document_type drawdowns.used_on drawdowns.drawdown_reference"
        " drawdowns.customs_declarations.customs_document_number",
        "27": "drawdowns.customs_office.name drawdowns.customs_office.country drawdowns.signatory_name",
    },
    "eu_annex3/b": {
        "form": "transaction.activity parties.roles", "kind": "authorizations.authorization_kind",
        "1": PARTY, "2": "authorizations.authorization_number", "3": "authorizations.valid_until", "4": CONTACTS,
        "5": PARTY, "6": AUTHORITY, "7": PARTY, "8": "parties.established_in", "9": "transaction.country_of_location",
        "10": f"{PARTY} " + ADDRESS.replace("parties.addresses", "transaction.end_uses.location"), "11": DESTINATIONS,
        "12": f"{PARTY} parties.roles parties.role_text", "13": ITEM, "14": COMMODITY, "15": CONTROL, "16": VALUE,
        "17": QUANTITY, "18": "transaction.end_uses.statement", "19": "additional_information", "signature": SIGNATURE,
    },
}  # fmt: skip

#: The least that makes a form.
LEAST: dict[str, Any] = {
    "form": "export", "box_2_identification_number": "A-1",
    "box_6_issuing_authority": {"name": "Authority", "country_code": "NL"},
}  # fmt: skip


def box_of(column: str) -> str:
    found = re.search(r"(?:^|\.)box_([0-9]+)_", column)
    return found[1] if found else column.removeprefix("deductions[].").partition(".")[0]


def slots_of(pointer: str) -> str:
    return re.sub(r"/(?:[0-9]+|[*+-]|\{[a-z_]+\})(?=/|$)", "", pointer)[1:].replace("/", ".")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_box_goes_where_the_field_map_says(form: Format) -> None:
    found: dict[str, set[str]] = {}
    for field in form.fields:
        targets = (target.pointer for of_part in field.targets.values() for target in of_part)
        found.setdefault(box_of(field.column), set()).update(map(slots_of, targets))
    assert found == {box: set(places.split()) for box, places in PLACES[form.name].items()}


def test_every_box_of_the_forms_is_there() -> None:
    for name, last in (("eu_annex3/a", 27), ("eu_annex3/b", 19)):
        assert {box for box in PLACES[name] if box.isdigit()} == {str(number) for number in range(1, last + 1)}


def read(*objects: Mapping[str, Any]) -> list[Conversion]:
    data = "".join(json.dumps(one) + "\n" for one in objects)
    return list(convert(FORMS, [data.encode("utf-8", "surrogatepass")], reported_at=REPORTED_AT))


def report_of(source: Mapping[str, Any]) -> dict[str, Any]:
    (found,) = read(source)
    assert found.report is not None, found.refused
    return found.report


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


#: The whole forms that the cases begin with.
WHOLE = [("eu_annex3/a", 0), ("eu_annex3/a", 1), ("eu_annex3/a", 2), ("eu_annex3/b", 0), ("eu_annex3/b", 1),
         ("eu_annex3/b", 2)]  # fmt: skip


@pytest.mark.parametrize(("name", "number"), WHOLE)
def test_a_whole_form_is_placed_accepted_and_comes_back(name: str, number: int) -> None:
    summary = Summary()
    (found,) = summary.watch(read(case(name, number)))
    assert found.report is not None and summary.placed_share >= 0.95
    assert exportreport.validate(json.dumps(found.report).encode()).accepted
    (again,), lost = written(found.report)
    assert lost == []
    assert report_of(again)["items"] == found.report["items"]
    assert written(report_of(again)) == ([again], [])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_output_of_the_cases_is_sound(form: Format) -> None:
    data = (FOLDER / form.name / "cases" / "theirs.json").read_bytes()
    for found in convert(FORMS, [data], reported_at=REPORTED_AT):
        if found.report is not None:
            result = exportreport.validate(json.dumps(found.report).encode())
            assert result.accepted, result.findings
            told = {entry.target for entry in found.ledger}
            assert {target for target, _ in values(found.report)} <= told | about_extensions(found.report)


def values(node: Any, at: str = "") -> Iterable[tuple[str, Any]]:
    if isinstance(node, dict | list):
        for name, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from values(child, f"{at}/{name}")
    else:
        yield at, node


def about_extensions(report: Mapping[str, Any]) -> set[str]:
    """The values of extensions: the ledger names each extension as a whole."""
    return {at for at, _ in values(report.get("extensions", []), "/extensions")}


def test_an_individual_export_of_interception_equipment() -> None:
    report = report_of(case("eu_annex3/a", 0))
    assert [(one["key"], one["roles"]) for one in report["parties"]] == [
        ("exporter", ["exporter"]), ("consignee-1", ["consignee"]), ("end_user-1", ["end_user"]),
    ]  # fmt: skip
    assert report["authorizations"][0]["holder"] == "exporter" and report["as_of"] == "2026-03-31"
    assert report["items"][0]["classifications"][0]["control_code"] == "5A001.f.1"
    assert report["items"][0]["countries_of_origin"] == ["NL", "DE"]
    first, second = report["drawdowns"]
    assert (first["quantity"], first["value"]) == (
        {"amount": "1", "unit": "NAR"}, {"amount": "45000.0", "currency": "EUR"},
    )  # fmt: skip
    assert first["remaining_quantity"] == {"amount": "3", "unit": "NAR"} and first["item_numbers"] == [1]
    assert second["customs_declarations"] == [
        {"customs_document_type": "other", "customs_document_number": "EX-2026-77"}
    ]
    assert second["customs_office"] == {"name": "Antwerpen DAE", "country": "BE"}


def test_a_global_export_to_several_countries() -> None:
    report = report_of(case("eu_annex3/a", 1))
    assert report["transaction"]["destinations"] == [
        {"country": "CL"}, {"country": "NG"}, {"country": "KE"}, {"country_group": "efta"},
    ]  # fmt: skip
    assert [one["roles"][0] for one in report["parties"]].count("consignee") == 3
    lists = [one.get("control_list") for item in report["items"] for one in item["classifications"]]
    assert lists == ["eu_annex1", "eu_annex1", None]  # the last is an entry of a Member State's list


def test_chemicals_and_attachments() -> None:
    report = report_of(case("eu_annex3/a", 2))
    assert [item["cas_numbers"] for item in report["items"]] == [["111-48-8"], ["121-45-9", "122-52-1"]]
    assert report["items"][0]["quantity"] == {"amount": "1200", "unit": "KGM"}
    (attachments,) = report["documents"]
    assert (attachments["document_kind"], attachments["document_note"]) == ("item_continuation", "2")
    exporter, agent = report["parties"][:2]
    assert exporter["identifiers"] == [{"identifier_scheme": "vat", "identifier_value": "BE0123456789"}]
    assert agent["roles"] == ["agent"]


@pytest.mark.parametrize(
    ("number", "activity", "role"),
    [(0, "brokering", "broker"), (1, "technical_assistance", "technical_assistance_provider")],
)
def test_the_applicant_is_what_the_form_says(number: int, activity: str, role: str) -> None:
    report = report_of(case("eu_annex3/b", number))
    applicant = next(one for one in report["parties"] if one["key"] == "applicant")
    assert (report["transaction"]["activity"], applicant["roles"]) == (activity, [role])
    assert applicant["established_in"] and report["authorizations"][0]["holder"] == "applicant"


def test_the_exact_location_of_assistance() -> None:
    (end_use,) = report_of(case("eu_annex3/b", 1))["transaction"]["end_uses"]
    assert end_use["location"]["lines"] == ["Secretariat Road 4", "Block C, second floor"]


def test_a_third_party_of_another_kind_keeps_its_word() -> None:
    parties = report_of(case("eu_annex3/b", 0))["parties"][-2:]
    assert [(one["roles"], one.get("role_text")) for one in parties] == [
        (["agent"], None), (["third_party"], "ship owner"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"kind": "open"}, "kind", "ER-K-241"),
        ({"box_3_expiry_date": "31.12.2027"}, "box_3_expiry_date", "ER-K-204"),
        ({"box_20_contract_date": "2026-02-30"}, "box_20_contract_date", "ER-K-202"),
        ({"box_10_member_state_of_location": {"country_code": "XQ"}}, "box_10_member_state_of_location.country_code",
         "ER-K-231"),
        ({"box_1_exporter": {"country_code": "DE", "country": "France"}}, "box_1_exporter.country", "ER-K-234"),
        ({"box_21_customs_procedure": "to be told"}, "box_21_customs_procedure", "ER-K-242"),
        ({"items": [{"box_15_commodity_code": "8517-6"}]}, "items[].box_15_commodity_code", "ER-K-243"),
        ({"items": [{"box_16_control_list_number": "none"}]}, "items[].box_16_control_list_number", "ER-K-221"),
        ({"items": [{"box_13_cas_numbers": "111-48"}]}, "items[].box_13_cas_numbers", "ER-K-244"),
        ({"items": [{"box_17_value": {"amount": 5}}]}, "items[].box_17_value.amount", "ER-K-262"),
        ({"items": [{"box_18_quantity": {"unit": "NAR"}}]}, "items[].box_18_quantity.unit", "ER-K-262"),
        ({"items": [{"box_18_quantity": {"amount": "1.000,5", "unit": "NAR"}}]}, "items[].box_18_quantity.amount",
         "ER-K-216"),
        ({"deductions": [{"item": "one"}]}, "deductions[].item", "ER-K-217"),
        ({"deductions": [{"box_23_net": {"unit": "NAR"}}]}, "deductions[].box_23_net.unit", "ER-K-262"),
        ({"deductions": [{"box_26_date": "May"}]}, "deductions[].box_26_date", "ER-K-203"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_in_its_place_and_comes_back(change: dict[str, Any], column: str, code: str) -> None:
    (found,) = read(LEAST | change)
    named = [
        (entry.cell.column_name, entry.finding_code) for entry in found.ledger if entry.cell and entry.finding_code
    ]
    assert (column, code) in named
    assert found.report is not None
    (again,), lost = written(found.report)
    assert lost == []
    texts = {text for _, text in values(change)}
    assert texts <= {text for _, text in values(again)}


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"form": "import"}, "ER-K-109", "form"), ({"form": None}, "ER-K-109", "form"),
        ({"box_2_identification_number": ""}, "ER-K-107", "box_2_identification_number"),
        ({"box_6_issuing_authority": {"name": "Authority"}}, "ER-K-109", None),
        ({"box_6_issuing_authority": {"name": "", "country_code": "NL"}}, "ER-K-109", "box_6_issuing_authority.name"),
        ({"box_12_destination": [{"country": "Chile"}]}, "ER-K-109", None),
    ],
)  # fmt: skip
def test_a_form_without_its_own_is_refused_and_the_others_stay(
    change: dict[str, Any], code: str, column: str | None
) -> None:
    before, bad, after = read(LEAST, LEAST | change, LEAST | {"box_2_identification_number": "A-3"})
    assert before.report is not None and after.report is not None and bad.refused is not None
    cell = bad.refused.cell
    assert (bad.refused.fault.code, bad.refused.line, cell and cell.column_name) == (code, 2, column)


def test_a_report_is_written_on_the_form_of_its_activity() -> None:
    report = report_of(LEAST)
    assert [one["form"] for one in written(report)[0]] == ["export"]
    for number, activity in enumerate(("brokering", "technical_assistance")):
        other = {**report, "report_id": f"x:{number}", "transaction": {"activity": activity}}
        (again,), lost = written(other)
        assert again["form"] == activity.replace("_", " ") and "/transaction/activity" not in lost


def test_a_party_in_two_roles_stands_in_both_boxes() -> None:
    source = LEAST | {"box_5_consignee": [{"name": "Both"}], "box_12_destination": [{"country_code": "CL"}]}
    report = report_of(source)
    report["parties"][0]["roles"] = ["consignee", "end_user"]
    (again,), _ = written(report)
    assert again["box_5_consignee"] == again["box_9_end_user"] == [{"name": "Both"}]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_workbook_says_the_same(form: Format) -> None:
    """All forms of the cases in one workbook, with their items, deductions, parties and what was carried."""
    data = (FOLDER / form.name / "cases" / "theirs.json").read_bytes()
    reports = [one.report for one in convert(FORMS, [data], reported_at=REPORTED_AT) if one.report is not None]
    writer = Writer(FORMS, "xlsx")
    kept = list(writer.write(reports))
    assert not [entry for one in kept for entry in one.ledger if entry.outcome is Outcome.LOST]
    book = writer.head() + b"".join(one.data for one in kept) + writer.tail()
    again = [one.report for one in convert(FORMS, [book], reported_at=REPORTED_AT)]
    assert [one and {**one, "sources": []} for one in again] == [{**one, "sources": []} for one in reports]


def test_what_the_form_has_no_box_for_is_lost_and_said_to_be() -> None:
    report = report_of(LEAST)
    report["authorizations"][0]["conditions"] = [{"condition_text": "No re-export"}]
    _, lost = written(report)
    assert lost == ["/authorizations/0/conditions/0/condition_text"]


TEXT = st.sampled_from(["", "Acme", " b ", "é", "a\nb", "x\ty", "\u0000", "vat: NL1", "2026-06-02"]) | st.text(
    max_size=4
)
CODE = st.sampled_from(["NL", "CL", "DE, FR", "efta", "XQ", "", "nl"])
NAME = st.sampled_from(["Netherlands", "Chile", "Nowhere"])
NUMBER = st.sampled_from([1, 2.50, "3", "many", -1, ""])
UNIT = st.sampled_from(["NAR", "kg", "EUR", "US dollar", "?"])
AMOUNT = {"amount": NUMBER, "unit": UNIT, "currency": UNIT, "text": TEXT}


def some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=parts)


PARTIES = some(
    name=TEXT, number=TEXT, address=TEXT, postal_code=TEXT, city=TEXT, country_code=CODE, country=NAME, odd=TEXT
)
PLACE = some(country_code=CODE, country=NAME)
TO = st.fixed_dictionaries({"country_code": st.sampled_from(["NL", "efta", "XQ"])}, optional={"country": NAME})
ITEMS = some(
    box_13_description=TEXT, box_13_item_form=st.sampled_from(["goods", "service", "?"]),
    box_13_cas_numbers=st.sampled_from(["111-48-8", "111-48-8, x"]), box_14_country_of_origin=PLACE,
    box_15_commodity_code=st.sampled_from(["851762", "8517 62 00", "1"]),
    box_16_control_list_number=st.sampled_from(["5A001f", "5A901", "5A001.f, 5A002", "n/a"]),
    box_17_value=some(amount=NUMBER, currency=UNIT), box_18_quantity=some(amount=NUMBER, unit=UNIT, text=TEXT),
    more=TEXT,
)  # fmt: skip
DEDUCTIONS = some(
    item=NUMBER, box_23_net=some(unit=UNIT, currency=UNIT), box_24_deducted=some(quantity=NUMBER, value=NUMBER),
    box_24_available=some(quantity=NUMBER, unit=UNIT, value=NUMBER, currency=UNIT), box_25_in_words=TEXT,
    box_26_customs_document=some(type=st.sampled_from(["mrn", "MRN", "slip"]), number=TEXT), box_26_date=TEXT,
    box_27_customs_office=some(name=TEXT, country_code=CODE, country=NAME), box_27_name=TEXT,
)  # fmt: skip
BASE = {
    "box_2_identification_number": st.just("A-1"),
    "box_6_issuing_authority": st.just(LEAST["box_6_issuing_authority"]),
}
SIGNED = some(name=TEXT, place=TEXT, date=TEXT)
CONTACT = some(name=TEXT, phone=TEXT, email=TEXT)
EXPORTS = st.fixed_dictionaries(
    {**BASE, "form": st.sampled_from(["export", "Export authorization"])},
    optional={
        "kind": st.sampled_from(["individual", "global", "?"]), "box_1_exporter": PARTIES, "box_4_contact": CONTACT,
        "box_3_expiry_date": TEXT, "box_5_consignee": st.lists(PARTIES, max_size=2), "box_7_agent": PARTIES,
        "box_8_country_of_consignment": PLACE, "box_9_end_user": st.lists(PARTIES, max_size=2),
        "box_12_destination": st.lists(TO, max_size=2), "items": st.lists(ITEMS, max_size=2), "box_19_end_use": TEXT,
        "box_13_attachments": some(number=TEXT, reference=TEXT), "signature": SIGNED, "remark": TEXT,
        "deductions": st.lists(DEDUCTIONS, max_size=2),
    },
)  # fmt: skip
OTHERS = st.fixed_dictionaries(
    {**BASE, "form": st.sampled_from(["brokering", "Technical assistance"])},
    optional={
        "kind": st.sampled_from(["individual", "?"]), "box_1_applicant": PARTIES, "box_4_contact": CONTACT,
        "box_5_exporter": PARTIES, "box_7_consignee": st.lists(PARTIES, max_size=2), "box_9_country_of_location": PLACE,
        "box_8_member_state_of_residence": PLACE,
        "box_10_end_user": st.lists(PARTIES, max_size=2), "box_10_exact_location": PARTIES, "signature": SIGNED,
        "box_11_destination": st.lists(TO, max_size=2),
        "box_12_third_party": st.lists(some(name=TEXT, role=st.sampled_from(["agent", "seller", "owner"])), max_size=2),
        "items": st.lists(ITEMS, max_size=1), "box_18_end_use": TEXT,
    },
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(EXPORTS | OTHERS)
def test_there_and_back(source: dict[str, Any]) -> None:
    """What was read is written without loss, and is then in normal form: it is written as it stands."""
    report = report_of(source)
    findings = exportreport.validate(json.dumps(report).encode()).findings
    assert not [one for one in findings if one.finding_code.startswith("ER-S")]
    (once,), lost = written(report)
    assert lost == []
    assert written(report_of(once)) == ([once], [])
