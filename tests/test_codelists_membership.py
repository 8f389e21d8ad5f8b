"""Membership of code lists: what is said of a code, where, and that the generated lookups see what the model says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exportreport import codelists
from exportreport.build import coded_slots
from exportreport.finding import Severity
from exportreport.rules.membership import Counts, Membership, failures
from exportreport.rules.membership_faults import FAULTS
from exportreport.standard import Standard
from tests.corpus.generate import document

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-24"


def filing(**members: Any) -> dict[str, Any]:
    return {
        "report_type": "LicenseFiling",
        "schema_version": "1.0",
        "report_id": "R1",
        "reported_at": "2026-01-15T09:00:00Z",
        "revision": 1,
        "reporting_state": "NL",
        "reporting_authority": {"name": "Authority"},
        "handling": {"sensitivity": "public"},
    } | members


def said(standard: Standard, members: dict[str, Any], day: str = TODAY) -> list[tuple[str, str | None]]:
    """Code and place of each finding."""
    found = Membership(standard).check(filing(**members), "LicenseFiling", day)
    return [(finding.finding_code, finding.pointer) for finding in found]


def classified(control_list: str, code: str) -> dict[str, Any]:
    return {"items": [{"item_number": 1, "classifications": [{"control_list": control_list, "control_code": code}]}]}


def commodity(nomenclature: str, code: str) -> dict[str, Any]:
    return {"items": [{"item_number": 1, "commodity_codes": [{"nomenclature": nomenclature, "commodity_code": code}]}]}


def quantity(unit: str) -> dict[str, Any]:
    return {"items": [{"item_number": 1, "quantity": {"amount": "1", "unit": unit}}]}


CONTROL_CODE = "/items/0/classifications/0/control_code"
COMMODITY_CODE = "/items/0/commodity_codes/0/commodity_code"
UNIT = "/items/0/quantity/unit"


@pytest.mark.parametrize(
    ("members", "day", "found"),
    [
        ({}, TODAY, []),
        ({"reporting_state": "ZZ"}, TODAY, [("ER-CL-001", "/reporting_state")]),
        ({"reporting_state": "ZZ"}, "2001-01-01", []),
        ({"reporting_state": "AN"}, TODAY, [("ER-CL-003", "/reporting_state")]),
        ({"reporting_state": "AN"}, "2010-12-15", []),
        ({"reporting_state": "SS"}, "2010-12-15", [("ER-CL-004", "/reporting_state")]),
        ({"profiles": ["eu", "nosuch"]}, TODAY, [("ER-CL-001", "/profiles/1")]),
        (quantity("TON"), TODAY, [("ER-CL-001", UNIT)]),
        (quantity("5I"), TODAY, [("ER-CL-003", UNIT)]),
        (quantity("KGM"), TODAY, []),
        (commodity("cn", "85258900"), TODAY, []),
        (commodity("cn", "85999900"), TODAY, [("ER-CL-001", COMMODITY_CODE)]),
        (commodity("cn", "85999900"), "2021-12-31", []),
        (commodity("zz", "85999900"), TODAY, [("ER-CL-002", "/items/0/commodity_codes/0/nomenclature")]),
        (classified("eu_annex1", "5A001.f.1"), TODAY, []),
        (classified("eu_annex1", "8A002.d.1"), TODAY, []),
        (classified("eu_annex1", "8A992"), TODAY, [("ER-CL-001", CONTROL_CODE)]),
        (classified("eu_annex1", "8A992"), "2025-11-14", []),
        (classified("us_ccl", "8A992"), TODAY, []),
        (classified("ch_gkv", "8A992"), TODAY, []),
        (classified("nl_military_category", "C01"), TODAY, [("ER-CL-002", CONTROL_CODE)]),
        ({"handling": {"sensitivity": "public", "storage_countries": ["NL", "QQ", "UK"]}}, TODAY,
         [("ER-CL-001", "/handling/storage_countries/1"), ("ER-CL-001", "/handling/storage_countries/2")]),
        ({"transaction": {"total_value": {"amount": "1", "currency": "DEM"}}}, TODAY,
         [("ER-CL-003", "/transaction/total_value/currency")]),
        ({"transaction": {"total_value": {"amount": "1", "currency": "DEM"}}}, "2001-01-01", []),
    ],
)  # fmt: skip
def test_what_is_said_of_a_code(
    the_standard: Standard, members: dict[str, Any], day: str, found: list[tuple[str, str | None]]
) -> None:
    assert said(the_standard, members, day) == found


@pytest.mark.parametrize(
    ("members", "day", "words"),
    [
        (quantity("TON"), TODAY, "did you mean TNE (tonne (metric ton))?"),
        ({"reporting_state": "UK"}, TODAY, "did you mean GB (United Kingdom)?"),
        (classified("eu_annex1", "5.A.1.f"), TODAY, "did you mean 5A001.f ("),
        ({"reporting_state": "AN"}, TODAY, "until 2010-12-15"),
        ({"reporting_state": "AN"}, TODAY, "BQ (Caribbean Netherlands), CW (Curaçao), SX (Sint Maarten)"),
        ({"reporting_state": "SS"}, "2010-12-15", "before 2011-08-09"),
    ],
)
def test_a_finding_says_what_to_write(the_standard: Standard, members: dict[str, Any], day: str, words: str) -> None:
    (finding,) = Membership(the_standard).check(filing(**members), "LicenseFiling", day)
    assert words in finding.message
    assert finding.severity is FAULTS[finding.finding_code].severity
    assert finding.model_path and finding.value


def test_hostile_codes_are_not_compared_and_are_shown_cut(the_standard: Standard) -> None:
    (finding,) = Membership(the_standard).check(filing(profiles=["x" * 64]), "LicenseFiling", TODAY)
    assert finding.message.endswith(".") and "mean" not in finding.message


def test_what_a_list_cannot_judge_is_counted(the_standard: Standard) -> None:
    membership = Membership(the_standard)
    for code in ("6A002", "6A003.b.4"):
        membership.check(filing(**classified("eu_annex1", code)), "LicenseFiling", "2010-01-01")
    membership.check(filing(**classified("ch_gkv", "6A002")), "LicenseFiling", TODAY)
    membership.check(filing(**classified("nosuch", "6A002")), "LicenseFiling", TODAY)
    assert membership.close().unchecked == {"eu_annex1": 2, "ch_gkv": 1}


def test_outcomes_count_each_code_once(the_standard: Standard) -> None:
    membership = Membership(the_standard)
    membership.check(filing(), "LicenseFiling", TODAY)
    membership.check(filing(reporting_state="ZZ"), "LicenseFiling", TODAY)
    membership.check(filing(reporting_state="AN", **classified("eu_annex1", "8A992.a")), "LicenseFiling", TODAY)
    counts = Counts()
    counts.add(membership.close())
    assert counts.outcomes() == {
        "ER-CL-001": (2, 2),
        "ER-CL-002": (1, 0),
        "ER-CL-003": (4, 1),
        "ER-CL-004": (5, 0),
    }


def test_more_days_than_are_remembered_lose_no_counts(the_standard: Standard) -> None:
    membership = Membership(the_standard)
    for year in range(1000):
        for month in ("01", "02"):
            membership.check(filing(), "LicenseFiling", f"{2010 + year}-{month}-01")
    assert membership.close().seen["countries"] == 2000


@pytest.mark.parametrize("kind", ["LicenseFiling", "DenialNotice", "ReexportNotice", "Acknowledgement", "Submission"])
def test_generated_lookups_and_the_model_agree(the_standard: Standard, kind: str) -> None:
    for seed in range(60):
        made = document(the_standard, kind, seed, fullness=0.1 + seed % 10 / 15)
        for day in (TODAY, "2015-06-01"):
            membership = Membership(the_standard)
            said = membership.check(made, kind, day)
            found = list(failures(made, the_standard.classes[kind], day, the_standard))
            assert sum(membership.close().failed.values()) == len(found) == len(said), (kind, seed)


def test_every_example_passes(the_standard: Standard) -> None:
    membership = Membership(the_standard)
    for path in sorted((ROOT / "examples" / "valid").rglob("*.json")):
        message = json.loads(path.read_text(encoding="utf-8"))
        for one in (message, *message.get("reports", ())):
            found = membership.check(one, one["report_type"], one.get("as_of", one["reported_at"][:10]))
            assert not found, (path.name, found)


def test_every_coded_slot_is_looked_up(the_standard: Standard) -> None:
    text = coded_slots.module(the_standard, "note")
    for body in the_standard.classes.values():
        functions = text.partition(f"def _{body.name}(")[2].partition("\n\n\n")[0]
        for slot in body.slots if not body.abstract else ():
            if coded_slots.bound(the_standard, slot) or slot.code_list_by:
                assert repr(slot.name) in functions, (body.name, slot.name)


def test_the_faults_are_published_in_full() -> None:
    assert list(FAULTS) == ["ER-CL-001", "ER-CL-002", "ER-CL-003", "ER-CL-004"]
    assert {fault.severity for fault in FAULTS.values()} == {Severity.ERROR, Severity.WARNING}
    assert codelists.digest().startswith("sha256:")
