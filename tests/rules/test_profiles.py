"""Profiles demand more than the standard and never less."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath

import pytest

from exportreport import standard
from exportreport.build.rules.cases import completed
from exportreport.build.rules.sources import Sources, read_sources
from exportreport.codec import json_text
from exportreport.finding import Path, Severity
from exportreport.pipeline import Settings, check
from exportreport.result.record import Result
from exportreport.standard import Document

SCHEMA = FilePath(__file__).resolve().parents[2] / "schema"
EXAMPLES = SCHEMA.parent / "examples" / "valid"
STANDARD = standard.load()
SOURCES = read_sources(SCHEMA, STANDARD, {})
RULES = {rule.code: rule for rule in SOURCES.rules}
PROFILES = {profile.id: profile for profile in SOURCES.profiles}

#: The severities, mildest first.
RISING = (Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.FATAL)


def with_raises(profile: str, raises: Mapping[str, str], folder: FilePath) -> Sources:
    """The profile with other ``raises``, its rules, and two of the standard: an error and a warning."""
    (folder / "rules").mkdir()
    for code in (*PROFILES[profile].rules, "ER-C-101", "ER-C-202"):
        (folder / "rules" / f"{code}.toml").symlink_to(SCHEMA / "rules" / f"{code}.toml")
    (folder / "profiles").mkdir()
    lines = (SCHEMA / "profiles" / f"{profile}.toml").read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("raises"))
    said = ", ".join(f'"{code}" = "{severity}"' for code, severity in raises.items())
    changed = kept.replace("[sample]", f"raises = {{ {said} }}\n\n[sample]", 1)
    (folder / "profiles" / f"{profile}.toml").write_text(changed, encoding="utf-8")
    return read_sources(folder, STANDARD, {})


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_raises_severities_and_nothing_else(profile: str) -> None:
    for code, severity in PROFILES[profile].raises.items():
        assert RISING.index(severity) > RISING.index(RULES[code].severity)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("code", "severity", "refused"),
    [
        ("ER-C-101", "warning", True),
        ("ER-C-101", "info", True),
        ("ER-C-101", "error", True),
        ("ER-C-202", "info", True),
        ("ER-C-202", "warning", True),
        ("ER-C-202", "error", False),
        ("ER-C-999", "error", True),
        ("ER-C-202", "grave", True),
    ],
)
def test_a_looser_severity_is_refused_by_the_build(
    profile: str, code: str, severity: str, refused: bool, tmp_path: FilePath
) -> None:
    sources = with_raises(profile, {code: severity}, tmp_path)
    faults = [fault for fault in sources.faults if f"profiles/{profile}.toml" in fault]
    assert any(code in fault or severity in fault for fault in faults) == refused
    assert (profile in {one.id for one in sources.profiles}) != refused


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_names_the_report_that_it_is_for(profile: str) -> None:
    """Its sample names it, so that the cases of its rules are of reports which undertake to follow it."""
    found = PROFILES[profile]
    assert profile in found.sample["profiles"]
    assert found.title
    assert found.description


def judged(documents: Sequence[Document], profiles: tuple[str, ...]) -> list[Result]:
    """What is said of each of ``documents`` under ``profiles``."""
    data = b"".join(json_text.encode(document, STANDARD, indent=False) for document in documents)
    found = list(check(data, STANDARD, Settings(max_findings=0, profiles=profiles)))
    assert len(found) == len(documents)
    return found


def said(result: Result) -> dict[tuple[str, Path | None], Severity]:
    """The findings by code and place."""
    return {(finding.finding_code, finding.path): finding.severity for finding in result.findings}


def without_profiles(document: Document) -> Document:
    """``document`` and the reports in it, naming no profile."""
    kept: Document = {name: value for name, value in document.items() if name != "profiles"}
    if isinstance(reports := kept.get("reports"), list):
        kept["reports"] = [without_profiles(report) for report in reports if isinstance(report, dict)]
    return kept


def documents() -> list[Document]:
    """Every valid example, and every case of every rule as a whole message."""
    examples = [json.loads(path.read_bytes()) for path in sorted(EXAMPLES.rglob("*.json"))]
    cases = [completed(case, rule, STANDARD, SOURCES.sample(rule))[0] for rule in SOURCES.rules for case in rule.cases]
    return [without_profiles(document) for document in [*examples, *cases]]


@pytest.fixture(scope="module")
def plainly() -> tuple[list[Document], list[Result]]:
    """All documents, and what is said of them without a profile."""
    found = documents()
    return found, judged(found, ())


@pytest.mark.parametrize("profile", PROFILES)
def test_what_a_profile_accepts_the_standard_accepts(
    profile: str, plainly: tuple[list[Document], list[Result]]
) -> None:
    found, before = plainly
    for without, under in zip(before, judged(found, (profile,)), strict=True):
        assert without.accepted or not under.accepted
        assert all(RISING.index(said(under)[key]) >= RISING.index(mild) for key, mild in said(without).items())


@pytest.mark.parametrize("code", [code for profile in PROFILES.values() for code in profile.rules])
def test_a_rule_of_a_profile_is_silent_without_it(code: str) -> None:
    rule = RULES[code]
    profile = next(one.id for one in PROFILES.values() if code in one.rules)
    failing = [
        without_profiles(completed(case, rule, STANDARD, SOURCES.sample(rule))[0])
        for case in rule.cases
        if case.expect == "fail"
    ]
    assert all(code not in {one for one, _ in said(result)} for result in judged(failing, ()))
    assert all(code in {one for one, _ in said(result)} for result in judged(failing, (profile,)))


@pytest.mark.parametrize(
    ("profile", "code"), [(profile.id, code) for profile in PROFILES.values() for code in profile.raises]
)
def test_a_raised_rule_is_graver_under_the_profile(profile: str, code: str) -> None:
    """In reports to which the profile applies; a case may be of one to which it does not."""
    rule, sample = RULES[code], PROFILES[profile].sample
    state = {"reporting_state": sample["reporting_state"]} if "reporting_state" in sample else {}
    failing = [
        without_profiles(completed(case, rule, STANDARD, sample)[0]) | state
        for case in rule.cases
        if case.expect == "fail"
    ]
    found = [said(result) for result in judged(failing, (profile,))]
    severities = {severity for one in found for (name, _), severity in one.items() if name == code}
    assert PROFILES[profile].raises[code] in severities
