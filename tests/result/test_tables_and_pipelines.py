"""CSV for spreadsheets, JUnit for build servers, commands for GitHub's runner."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exportreport.result.csv import COLUMNS
from tests.result.running import EXAMPLES, as_form, write


def rows(*arguments: str | Path) -> list[dict[str, str]]:
    text = as_form("csv", *arguments)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# CSV


def test_a_row_for_each_finding_and_each_document_without(
    tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]
) -> None:
    found = rows(write(tmp_path / "a", good, bad | {"x": 1}, good))
    assert [(row["document"], row["severity"]) for row in found] == [
        ("1", ""), ("2", "error"), ("2", "error"), ("3", "")
    ]  # fmt: skip
    assert found[1]["line"] == "2"
    assert tuple(found[0]) == COLUMNS


def test_no_cell_is_a_formula_and_none_has_a_second_line(hostile: Path) -> None:
    found = rows(hostile)
    cells = [cell for row in found for cell in row.values() if cell]
    assert not [cell for cell in cells if cell[0] in "=+-@\t\r\n＝＋－＠"]
    assert not [cell for cell in cells if "\n" in cell or "\r" in cell]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_a_file_name_is_no_formula(tmp_path: Path, bad: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("=cmd|calc"), bad)
    assert rows("=cmd|calc")[0]["input"] == "'=cmd|calc"


# GitHub

_COMMAND = re.compile(r"::(error|warning|notice) ([a-z]+=[^,:]*(?:,[a-z]+=[^,:]*)*)::(.*)")


def commands(*arguments: str | Path) -> list[re.Match[str]]:
    lines = [line for line in as_form("github", *arguments).split("\n") if line.startswith("::")]
    found = [_COMMAND.fullmatch(line) for line in lines]
    assert all(found)
    return [one for one in found if one]


def test_an_annotation_has_its_place() -> None:
    first, second = commands(EXAMPLES / "invalid" / "date-day-first.json")
    assert first[1] == "error"
    assert first[2].split(",")[1:] == ["title=ER-S-020", "line=17", "col=21"]
    assert second[2].endswith("line=77,col=22")


def test_levels_of_annotations(tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good | {"additional_information": "e\u0301"})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert sorted(one[1] for one in commands(path)) == ["notice", "warning"]


def test_no_value_begins_a_command_or_a_property(hostile: Path) -> None:
    found = commands(hostile)
    assert len(found) >= 20
    for one in found:
        assert "::" not in one[3]
        assert not re.search("%(?!25|0A|0D|3A|2C)", one[0])
    assert {pair.split("=")[0] for one in found for pair in one[2].split(",")} == {"file", "title", "line", "col"}
    whole = as_form("github", hostile)
    assert all(line.startswith(("::", "exportreport: ", "GitHub ", "")) for line in whole.split("\n"))
    assert len([line for line in whole.split("\n") if line and not line.startswith("::")]) == 2


def test_the_limit_of_the_runner_is_said(tmp_path: Path, good: dict[str, Any]) -> None:
    few, many = (write(tmp_path / str(n), good | {f"x{i}": 1 for i in range(n)}) for n in (10, 11))
    assert "first 10" not in as_form("github", few)
    assert "first 10" in as_form("github", many)


# JUnit


def suites(*arguments: str | Path) -> list[Any]:
    root = etree.fromstring(as_form("junit", *arguments).encode())
    assert root.tag == "testsuites"
    return list(root)


def test_a_suite_for_each_document(tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    first, second, third = suites(write(tmp_path / "a", good, bad, "text"))
    assert [suite.get("failures") for suite in (first, second, third)] == ["0", "1", "0"]
    assert third.get("errors") == "1"
    assert second[0][0].get("type") == "ER-S-017"
    assert [suite.get("tests") for suite in (first, second)] == ["1", "1"]


def test_counts_of_suites_are_right() -> None:
    for suite in suites(EXAMPLES / "invalid"):
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors")) == len(suite.findall("testcase/error"))
        assert int(suite.get("failures")) + int(suite.get("errors")) >= 1


def test_warnings_do_not_fail_a_case(tmp_path: Path, good: dict[str, Any]) -> None:
    (suite,) = suites(write(tmp_path / "a", good | {"additional_information": "e\u0301"}))
    assert (suite.get("failures"), suite.get("errors")) == ("0", "0")
    assert suite.find("testcase/system-out") is not None


def test_a_rejection_is_never_green(tmp_path: Path, bad: dict[str, Any]) -> None:
    (suite,) = suites("--min-severity", "fatal", write(tmp_path / "a", bad))
    assert suite.get("failures") == "1"


def test_hostile_values_are_well_formed_xml(hostile: Path) -> None:
    assert len(suites(hostile)) >= 25
