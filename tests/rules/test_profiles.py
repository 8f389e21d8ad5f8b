"""Profiles demand more than the standard and never less."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from exportreport import standard
from exportreport.build.rules.sources import Sources, read_sources
from exportreport.finding import Severity

SCHEMA = Path(__file__).resolve().parents[2] / "schema"
STANDARD = standard.load()
SOURCES = read_sources(SCHEMA, STANDARD, {})
RULES = {rule.code: rule for rule in SOURCES.rules}
PROFILES = {profile.id: profile for profile in SOURCES.profiles}

#: The severities, mildest first.
RISING = (Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.FATAL)


def with_raises(profile: str, raises: Mapping[str, str], folder: Path) -> Sources:
    """The real rules, and the profile with other ``raises``."""
    (folder / "rules").symlink_to(SCHEMA / "rules")
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
    profile: str, code: str, severity: str, refused: bool, tmp_path: Path
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
