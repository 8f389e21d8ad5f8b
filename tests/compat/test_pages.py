"""The pages of the kinds of change and of the codes that changed, and what they are made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from exportreport.cli import published
from exportreport.cli.main import cli
from exportreport.compat import kinds_page, migration
from exportreport.compat.kinds import KINDS

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("kinds-of-change.md", kinds_page.page()),
        ("codes-of-rules.md", migration.page(published.rules().values())),
    ],
)
def test_the_page_is_current(name: str, made: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        (DOCS / name).write_text(made, encoding="utf-8")
    assert (DOCS / name).read_text(encoding="utf-8") == made


def test_the_page_has_every_kind() -> None:
    assert all(f"| `{kind}` |" in kinds_page.page() for kind in KINDS)


def rule(code: str, demand: str = "true", **more: str) -> dict[str, Any]:
    return {"code": code, "title": f"About {code}", "each": "Party", "assert": demand, **more}


RULES = [
    rule("A", "x", withdrawn="1.1", replaced_by="B"),
    rule("B", "x"),
    rule("C", withdrawn="1.2", replaced_by="E"),
    rule("D", withdrawn="1.1", replaced_by="E"),
    rule("E"),
    rule("F", withdrawn="2.0"),
    rule("G", "y", withdrawn="1.1", replaced_by="H"),
    rule("H", "z"),
    rule("I", deprecated="1.1", replaced_by="A"),
]


def test_each_code_is_told_what_became_of_it() -> None:
    assert [(one.code, one.fate, one.since, one.instead) for one in migration.moved(RULES)] == [
        ("A", "renamed", "1.1", "B"),
        ("C", "merged", "1.2", "E"),
        ("D", "merged", "1.1", "E"),
        ("F", "retired", "2.0", None),
        ("G", "replaced", "1.1", "H"),
        ("I", "deprecated", "1.1", "A"),
    ]


def test_the_page_has_a_row_for_each() -> None:
    rows = [line for line in migration.page(RULES).splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + len(list(migration.moved(RULES)))


def test_the_command_gives_what_the_page_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "rules", lambda: {one["code"]: one for one in RULES})
    result = CliRunner().invoke(cli, ["rules", "moved", "--format", "json"], catch_exceptions=False)
    assert result.exit_code == 0
    assert json.loads(result.output) == [one.record() for one in migration.moved(RULES)]
    text = CliRunner().invoke(cli, ["rules", "moved"], catch_exceptions=False).output
    assert all(one.code in text and one.fate in text for one in migration.moved(RULES))
