"""Profiles: what is read of a sound one, and that each breach of the law is told with its place and its repair."""

from __future__ import annotations

from pathlib import Path

import pytest

from exportreport.build.cel.tree import BOOLEAN
from exportreport.build.rules.cases import completed
from exportreport.finding import Severity
from tests.build.rules.authored import PROFILE, STANDARD, assert_fault, read, rule

RULES = {
    "EU_C_001": rule("EU-C-001", "One of the profile"),
    "ER_C_902": rule("ER-C-902", "One of the standard", severity='"warning"'),
}


def test_a_sound_profile_is_read_whole(tmp_path: Path) -> None:
    sources = read(tmp_path, eu=PROFILE, **RULES)
    assert sources.faults == ()
    (profile,) = sources.profiles
    assert (profile.id, profile.rules, profile.raises) == ("eu", ("EU-C-001",), {"ER-C-902": Severity.ERROR})
    assert profile.condition is not None
    assert profile.condition.type == BOOLEAN


def test_the_cases_of_its_rules_stand_in_its_sample(tmp_path: Path) -> None:
    sources = read(tmp_path, eu=PROFILE, **RULES)
    standard, own = sources.rules
    assert sources.sample(standard) == {}
    document, _ = completed(own.cases[0], own, STANDARD, sources.sample(own))
    assert document["profiles"] == ["eu"]


BREACHES = {
    "unknown member": ('since = "1.0"', 'since = "1.0"\nrule = "x"', "rule =", "'rules'"),
    "member missing": ('jurisdiction = "EU"\n', "", "", "jurisdiction ="),
    "id is not the file": ('id = "eu"', 'id = "ue"', "id =", "ue.toml"),
    "no such rule": ('["EU-C-001"]', '["EU-C-001", "EU-C-002"]', '"EU-C-002"', "'EU-C-001'"),
    "rule twice": ('["EU-C-001"]', '["EU-C-001", "EU-C-001"]', '"EU-C-001"]', "once"),
    "rule of the standard": ('["EU-C-001"]', '["EU-C-001", "ER-C-902"]', '"ER-C-902"]', "raise its severity"),
    "raises nothing known": ('"ER-C-902" =', '"ER-C-999" =', '"ER-C-999"', "'ER-C-902'"),
    "raises to the same": ('"ER-C-902" = "error"', '"ER-C-902" = "warning"', '"ER-C-902" =', "graver"),
    "lowers": ('"ER-C-902" = "error"', '"ER-C-902" = "info"', '"ER-C-902" =', "graver"),
    "raises to no severity": ('"ER-C-902" = "error"', '"ER-C-902" = "bad"', '"ER-C-902" =', "one of"),
    "raises to a severity that no rule has": ('"ER-C-902" = "error"', '"ER-C-902" = "fatal"', '"ER-C-902" =', "one of"),
    "raises to a number": ('"ER-C-902" = "error"', '"ER-C-902" = 1', '"ER-C-902" =', "one of"),
    "applies is wrong": (
        "report.reporting_state in",
        "report.reporting_stat in",
        "reporting_stat ",
        "'reporting_state'",
    ),
    "applies over this": ("report.reporting_state in", "this.reporting_state in", "this.", "report"),
    "applies to an unknown state": ("'DE'", "'DD'", "'DD'", "one of DE, NL"),
    "no real day": ("2021-09-09", "2021-09-31", "valid_from", "2026-01-31"),
    "ends before it begins": ("2030-01-01", "2020-01-01", "valid_until", "correct one"),
    "sample has no such slot": ('profiles = ["eu"]', 'profile = ["eu"]', "profile =", "'profiles'"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_told_with_its_place_and_its_repair(tmp_path: Path, breach: str) -> None:
    old, new, place, repair = BREACHES[breach]
    text = PROFILE.replace(old, new, 1)
    assert text != PROFILE
    assert_fault(read(tmp_path, eu=text, **RULES), "eu", text, place, repair)


def test_a_rule_of_another_profile_is_refused(tmp_path: Path) -> None:
    text = PROFILE.replace('["EU-C-001"]', '["EU-C-001", "UK-C-001"]')
    other = PROFILE.replace('"eu"', '"uk"').replace("EU-C-001", "UK-C-001")
    sources = read(tmp_path, eu=text, uk=other, UK_C_001=rule("UK-C-001", "Another"), **RULES)
    assert_fault(sources, "eu", text, '"UK-C-001"', "leave it out")


def test_a_rule_that_its_profile_does_not_name_is_refused(tmp_path: Path) -> None:
    text = rule("EU-C-002", "Forgotten")
    sources = read(tmp_path, eu=PROFILE, EU_C_002=text, **RULES)
    assert_fault(sources, "EU_C_002", text, "", "schema/profiles/eu.toml")


def test_a_rule_that_is_itself_refused_is_not_missed_by_its_profile(tmp_path: Path) -> None:
    bad = rule("EU-C-001", "One of the profile", severity='"bad"')
    sources = read(tmp_path, eu=PROFILE, EU_C_001=bad, ER_C_902=RULES["ER_C_902"])
    assert_fault(sources, "EU_C_001", bad, "severity", "one of")


def test_rules_may_ask_for_profiles_that_there_are(tmp_path: Path) -> None:
    asks = {"assert": "\"has(report.profiles) && 'ue' in report.profiles\""}
    text = rule("ER-C-903", "Asks", **asks)
    assert_fault(read(tmp_path, eu=PROFILE, ER_C_903=text, **RULES), "ER_C_903", text, "'ue'", "one of eu")


def test_a_sample_that_makes_no_valid_report_is_told_at_the_case(tmp_path: Path) -> None:
    text = PROFILE.replace('reporting_state = "NL"', 'reporting_state = "Netherlands"')
    faults = read(tmp_path, eu=text, **RULES).faults
    assert len(faults) == 3
    assert all("EU-C-001.toml" in fault and "reporting_state" in fault for fault in faults)
