"""The pages made from the code are current, and codes are well formed and used once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exportreport.build import findings_page, rules_page
from exportreport.cli import limits, published
from exportreport.conversion.faults import FAULTS as CONVERSION
from exportreport.explaining import FAULTS
from exportreport.finding import Fault

RULES = Path(__file__).resolve().parent.parent / "docs" / "rules"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "findings.md"
LIMITS = PAGE.with_name("limits.md")
EVERY = [*FAULTS.values(), *CONVERSION.values()]


def test_the_page_of_findings_is_current(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        PAGE.write_text(findings_page.page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == findings_page.page()


def test_the_page_of_limits_is_current(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        LIMITS.write_text(limits.page(), encoding="utf-8")
    assert LIMITS.read_text(encoding="utf-8") == limits.page()


def test_decisions_are_numbered_once_and_without_gaps() -> None:
    numbers = sorted(path.name[:4] for path in PAGE.parent.joinpath("decisions").glob("*.md"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_the_pages_of_rules_are_current(request: pytest.FixtureRequest) -> None:
    made = dict(rules_page.pages(published.rules().values(), published.profiles().values()))
    if request.config.getoption("--golden"):
        RULES.mkdir(exist_ok=True)
        for name, text in made.items():
            (RULES / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in RULES.iterdir()} == made


def test_every_rule_has_its_place_on_a_page() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in RULES.iterdir())
    assert all(written.count(f"### {code}\n") == 1 for code in published.rules())


@pytest.mark.parametrize("fault", EVERY, ids=lambda fault: fault.code)
def test_a_fault_is_well_worded(fault: Fault) -> None:
    assert re.fullmatch(r"ER-(D|S|K|R|CL)-[0-9]{3}", fault.code)
    assert fault.message.endswith((".", "{hint}"))
    assert fault.reason.endswith(".")
    assert fault.resolution.endswith(".")
    assert not fault.title.endswith(".")


def test_codes_and_titles_are_used_once() -> None:
    assert len({fault.code for fault in EVERY}) == len(EVERY)
    assert len({fault.title for fault in EVERY}) == len(EVERY)
