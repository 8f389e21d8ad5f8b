"""Form BIS-748P there and back, whatever stands in its blocks."""

from __future__ import annotations

import json
from typing import Any

from conversion_cases import REPORTED_AT
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.conversion import Outcome, Writer, convert
from exportreport_converters import layouts_of

LAYOUTS = layouts_of("us_bis748p")
TEXT = st.sampled_from(["", "Acme", " b ", "é", "a\nb", "x\ty", "\u0000", "us_cage: 7XK21", "2026-06-02"]) | st.text(
    max_size=4
)
CODE = st.sampled_from(["US", "VN", "XQ", "", "us"])
NAME = st.sampled_from(["United States of America", "Viet Nam", "Nowhere"])
NUMBER = st.sampled_from([1, 2.50, "3", "1,200", "many", -1, ""])
UNIT = st.sampled_from(["NAR", "kg", "?"])
YES = st.sampled_from(["yes", "no", "X", "perhaps", True])
DAY = st.sampled_from(["2026-02-17", "2026-02-30", "02/17/2026", ""])


def some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=parts)


PARTY: dict[str, st.SearchStrategy[Any]] = {
    "name": TEXT, "number": TEXT, "address": TEXT, "city": TEXT, "region": TEXT, "postal_code": TEXT,
    "country_code": CODE, "country": NAME, "odd": TEXT,
}  # fmt: skip
PARTIES = some(**PARTY)
MONEY = some(amount=NUMBER, currency=st.sampled_from(["USD", "EUR", "?"]))
PLACE = some(country_code=CODE, country=NAME)
ITEM: dict[str, st.SearchStrategy[Any]] = {
    "block_22a_eccn": st.sampled_from(["5A980", "6A003b4b", "EAR99", "5A001.f, 5A002", "XI(b)", "n/a"]),
    "block_22b_app": TEXT, "block_22c_model_number": TEXT, "block_22d_ccats_number": TEXT,
    "block_22e_quantity": NUMBER, "block_22f_units": UNIT, "block_22g_unit_price": MONEY,
    "block_22h_total_price": MONEY, "block_22i_manufacturer": TEXT, "block_22j_technical_description": TEXT,
    "more": TEXT,
}  # fmt: skip
US_CONTENT = some(percent=NUMBER, threshold_percent=NUMBER, below_threshold=YES, rule=TEXT)
DOCUMENT: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["BIS-748P-A", "BIS-748P-B", "letter of explanation", "photographs", "Other", ""]),
    "reference": TEXT, "country_code": CODE, "country": NAME, "date": DAY,
}  # fmt: skip
ON_FILE = some(**DOCUMENT, status=st.sampled_from(["on file", "to follow", "lost"]))
USER = st.fixed_dictionaries(
    {"block_19_end_user": st.fixed_dictionaries({**PARTY, "name": st.sampled_from(["User", "é"])})},
    optional={"block_21_specific_end_use": TEXT},
)
BLOCKS: dict[str, st.SearchStrategy[Any]] = {
    "applicant_reference": TEXT, "block_1_contact_person": TEXT, "block_2_telephone": TEXT,
    "block_3_facsimile": TEXT, "block_4_date_of_application": DAY,
    "block_6_documents_submitted": st.lists(some(**DOCUMENT), max_size=2),
    "block_7_documents_on_file": st.lists(ON_FILE, max_size=2),
    "block_9_special_purpose": TEXT, "block_10_resubmission_acn": TEXT, "block_11_replacement_license": TEXT,
    "block_12_items_previously_exported": YES, "block_13_certificate": some(number=TEXT, country_code=CODE),
    "block_15_other_party": PARTIES, "block_16_purchaser": PARTIES, "block_17_intermediate_consignee": PARTIES,
    "block_14_applicant": some(**PARTY, capacity=st.sampled_from(["agent", "exporter", "applicant", "owner"])),
    "end_users": st.lists(USER, max_size=3), "block_23_total_value": MONEY, "block_24_additional_information": TEXT,
    "block_24_whole_or_none": YES, "block_24_validity_months": NUMBER, "block_24_agent_for": PARTIES,
    "block_25_signature": some(name=TEXT, title=TEXT, date=DAY), "remark": TEXT,
    "answer": some(
        decision=st.sampled_from(["RWA", "denied", "license issued", "open"]), date=DAY, reason=TEXT,
        license_number=TEXT, valid_until=DAY, conditions=TEXT,
    ),
}  # fmt: skip
EXPORTS = st.fixed_dictionaries(
    {"application_control_number": st.just("Z1"),
     "block_5_type_of_application": st.sampled_from(["export", "Classification request"])},
    optional={**BLOCKS, "block_18_ultimate_consignee": PARTIES, "items": st.lists(some(**ITEM), max_size=2)},
)  # fmt: skip
REEXPORTS = st.fixed_dictionaries(
    {"application_control_number": st.just("Z1"),
     "block_5_type_of_application": st.sampled_from(["Reexport", "in-country transfer"]),
     "block_5_location_of_items": st.just({"country_code": "SG"}),
     "block_12_prior_authorization": st.fixed_dictionaries(
         {"kind": st.sampled_from(["license", "license exception"])},
         optional={"number": TEXT, "legal_basis": TEXT, "exported_on": DAY, "original_destination": PLACE}),
     "block_18_ultimate_consignee": st.fixed_dictionaries({"country_code": st.just("VN")}, optional={"name": TEXT})},
    optional={**BLOCKS, "block_20_original_ultimate_consignee": PARTIES,
              "items": st.lists(some(**ITEM, block_22_us_content=US_CONTENT), max_size=2)},
)  # fmt: skip
LETTERS = st.fixed_dictionaries(
    {"letter": st.sampled_from(["intent to deny", "Denial"]), "application_control_number": st.just("Z1"),
     "paragraph_a2_statutory_and_regulatory_basis": st.sampled_from(["15 CFR 742.4", "15 CFR 742.4\n15 CFR 744.21"])},
    optional={
        "date_of_decision": DAY, "date_of_letter": DAY, "type_of_application": st.sampled_from(["export", "gift"]),
        "paragraph_a2_policy": st.sampled_from(["742.4", "?"]), "paragraph_a3_considerations": TEXT,
        "paragraph_a3_withheld": YES, "paragraph_a4_modifications": TEXT, "paragraph_a6_appeal": TEXT,
        "paragraph_a5_representative": some(name=TEXT, title=TEXT, telephone=TEXT, email=TEXT),
        "paragraph_b_response_due_on": DAY, "paragraph_b_response_received_on": DAY,
        "paragraph_b_reconsidered_on": DAY, "paragraph_b_reconsidered_note": TEXT, "paragraph_b_final_on": DAY,
        "paragraph_b_appeal_until": DAY, "denied_in_part": TEXT, "destination": PLACE, "block_14_applicant": PARTIES,
        "block_16_purchaser": PARTIES, "block_17_intermediate_consignee": PARTIES, "specific_end_use": TEXT,
        "denied_parties": st.lists(
            some(**PARTY, role=st.sampled_from(["end-user", "ultimate consignee", "shipyard"])), max_size=2
        ),
        "items": st.lists(some(**ITEM), max_size=2), "remark": TEXT,
    },
)  # fmt: skip


def report_of(source: bytes) -> dict[str, Any]:
    (found,) = convert(LAYOUTS, [source], reported_at=REPORTED_AT)
    assert found.report is not None, found.refused
    return found.report


def written(report: dict[str, Any]) -> tuple[bytes, list[str | None]]:
    """The report as it is written, and the places of what was lost."""
    (found,) = Writer(LAYOUTS).write([report])
    assert found.refused is None, found.refused
    return found.data, [entry.target for entry in found.ledger if entry.outcome is Outcome.LOST]


@settings(max_examples=25, deadline=None)
@given(EXPORTS | REEXPORTS | LETTERS)
def test_there_and_back(source: dict[str, Any]) -> None:
    """What was read is written without loss, and is then in normal form: it is written as it stands."""
    report = report_of(json.dumps(source).encode("utf-8", "surrogatepass"))
    findings = exportreport.validate(json.dumps(report).encode()).findings
    assert not [one for one in findings if one.finding_code.startswith("ER-S")]
    once, lost = written(report)
    assert lost == []
    assert written(report_of(once)) == (once, [])
