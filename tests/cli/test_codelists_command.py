"""`codelists`: every list is listed, shown as of a day, searched and exported."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport import codelists
from exportreport.cli import published
from exportreport.cli.main import cli


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["codelists", *arguments])


def shown(*arguments: str) -> dict[str, Any]:
    result = run("show", "-f", "json", *arguments)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_list_names_every_list_once() -> None:
    lines = run("list").stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == list(codelists.known())
    found = json.loads(run("list", "-f", "json").stdout)
    assert [one["id"] for one in found] == list(codelists.known())


@pytest.mark.parametrize("name", codelists.known())
def test_every_list_is_shown_with_all_its_codes(name: str) -> None:
    result = run("show", name)
    assert result.exit_code == 0
    known = codelists.load(name)
    assert known
    lines = result.stdout.partition("\n\n")[2].splitlines()
    assert [line.split()[0] for line in lines[:-1] if not line.startswith(" ")] == [e.code for e in known.entries]


@pytest.mark.parametrize(("day", "has"), [("2010-12-15", True), ("2010-12-16", False), ("today", False)])
def test_a_list_as_of_a_day(day: str, has: bool) -> None:
    assert ("AN" in [entry["code"] for entry in shown("countries", "--as-of", day)["codes"]]) is has


def test_an_ended_code_says_when_and_what_came_then() -> None:
    (line,) = (line for line in run("show", "countries").stdout.splitlines() if line.startswith("AN "))
    assert "2010-12-15" in line
    assert "BQ, CW, SX" in line


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("countries", "holland", ["NL"]),
        ("eu_annex1", "5.A.1.g", ["5A001.g"]),
        ("eu_annex1", "6A003b4", ["6A003.b.4"]),
        ("countries", "no such place", []),
    ],
)
def test_a_list_is_searched(name: str, text: str, codes: list[str]) -> None:
    assert [entry["code"] for entry in shown(name, "--search", text)["codes"]] == codes


def test_a_few_control_codes_are_shown_with_their_counterparts() -> None:
    assert "us_ccl" in run("show", "eu_annex1", "--search", "5A001.f").stdout
    assert "us_ccl" not in run("show", "eu_annex1").stdout


@pytest.mark.parametrize(
    ("name", "near"), [("contries", "countries"), ("annex1", "eu_annex1"), ("zzzz", "codelists list")]
)
@pytest.mark.parametrize("verb", ["show", "export"])
def test_an_unknown_list_is_wrong_use_with_a_near_miss(verb: str, name: str, near: str) -> None:
    result = run(verb, name)
    assert result.exit_code == 2
    assert near in result.stderr


@pytest.mark.parametrize(
    "arguments", [("show", "countries", "--as-of", "2026-02-30"), ("export", "units", "--to", "x")]
)
def test_other_wrong_use(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("name", codelists.known())
def test_every_list_is_exported_in_every_form(name: str) -> None:
    whole = json.loads(run("export", name).stdout)
    rows = list(csv.DictReader(io.StringIO(run("export", name, "--to", "csv").stdout)))
    assert [{column: cell for column, cell in row.items() if cell} for row in rows] == whole["codes"]
    assert not [row for row in rows if any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())]
    assert run("export", name, "--to", "genericode").stdout.encode() == published.artifact(f"genericode/{name}.xml")


def test_an_export_does_not_replace_a_file_unasked(tmp_path: Path) -> None:
    path = tmp_path / "modes.csv"
    assert run("export", "transport_modes", "--to", "csv", "-o", str(path)).exit_code == 0
    assert run("export", "transport_modes", "--to", "csv", "-o", str(path)).exit_code == 2
    assert run("export", "transport_modes", "--to", "csv", "-o", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("code,title,")
