"""Our own template: filled in by people, as CSV and as workbook, there and back."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from conversion_cases import FOLDER, REPORTED_AT
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.cli.main import cli
from exportreport.conversion import Conversion, Writer, convert
from exportreport.conversion.parts import exists
from exportreport.conversion.template_files import MAX_CHOICES, choice_of
from exportreport.conversion.template_mapping import read_layout
from exportreport.standard import Standard
from exportreport.standard import load as load_standard
from exportreport_converters import FORMATS, layouts_of

LAYOUTS = ("license_filing", "denial_notice", "reexport_notice")

#: Where the columns go that all reports hang on: kept here by hand, so that a change of the tables shows.
PLACES = {
    "license_filing": {
        "report_id": ["/report_id"], "decision": ["/decisions/0/decision_kind"],
        "license_number": ["/authorizations/0/authorization_number", "/decisions/0/authorization_number"],
        "end_user_name": ["/parties/{end_user}/name"], "item_quantity": ["/items/*/quantity/amount"],
        "item_control_code": ["/items/*/classifications/0/control_code"],
        "destination": ["/transaction/destinations/0/country"],
    },
    "denial_notice": {
        "report_id": ["/report_id"], "denial_kind": ["/denial_kind"], "denial_reference": ["/denial_reference"],
        "reason": ["/reasons/0/reason_text"], "regime_reference": ["/regime_notifications/0/regime_reference"],
    },
    "reexport_notice": {
        "report_id": ["/report_id"], "notice_kind": ["/notice_kind"], "change_kind": ["/change_kinds/0"],
        "country_of_location": ["/transaction/country_of_location"],
        "prior_authorization_number": ["/prior_authorizations/0/authorization_number"],
    },
}  # fmt: skip


def converted(data: bytes, layout: str = "") -> list[Conversion]:
    forms = layouts_of(f"template/{layout}" if layout else "template")
    return list(convert(forms, [data], reported_at=REPORTED_AT))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_go_where_they_should(layout: str) -> None:
    form = FORMATS[f"template/{layout}"]
    found = {one.column: [t.pointer for targets in one.targets.values() for t in targets] for one in form.fields}
    assert {name: found[name] for name in PLACES[layout]} == PLACES[layout]
    assert set(found) == set(form.columns.names)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_example_is_accepted_and_finds_its_layout(layout: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"list.{suffix}"
    result = CliRunner().invoke(cli, ["formats", "template", layout, "--example", "-o", str(path)])
    assert result.exit_code == 0, result.output
    (found,) = converted(path.read_bytes())
    assert found.report is not None and not [entry for entry in found.ledger if entry.finding_code]
    assert found.report["report_type"] == FORMATS[f"template/{layout}"].report_type
    assert len(found.report["items"]) == 2
    verdict = exportreport.validate(json.dumps(found.report).encode())
    assert verdict.accepted and not [one for one in verdict.findings if one.finding_code != "ER-C-515"
                                     and one.severity not in ("info",)]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_empty_template_has_its_columns_and_no_records(layout: str) -> None:
    result = CliRunner().invoke(cli, ["formats", "template", layout])
    assert next(csv.reader(io.StringIO(result.stdout))) == list(FORMATS[f"template/{layout}"].columns.names)
    assert converted(result.stdout_bytes) == []


def test_a_layout_that_is_not_there_is_named() -> None:
    result = CliRunner().invoke(cli, ["formats", "template", "drawdowns"])
    assert result.exit_code == 2 and "license_filing" in result.output


def test_the_workbook_helps_to_fill_it_in(tmp_path: Path, the_standard: Standard) -> None:
    path = tmp_path / "list.xlsx"
    for _ in range(2):
        assert (
            CliRunner().invoke(cli, ["formats", "template", "denial_notice", "--force", "-o", str(path)]).exit_code == 0
        )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["denial_notice", "guide", "example", "lists"]
    sheet, guide, lists = book["denial_notice"], book["guide"], book["lists"]
    columns = read_layout(FOLDER / "template" / "denial_notice", the_standard).first_of_each
    assert [cell.value for cell in sheet[1]] == [one.name for one in columns] and sheet.max_row == 1
    assert all(one.slot.description in cell.comment.text for one, cell in zip(columns, sheet[1], strict=True))
    assert [row[0].value for row in guide.iter_rows(min_row=2)] == [one.name for one in columns]
    offered = {str(rule.sqref).partition(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    for one, cell in zip(columns, sheet[1], strict=True):
        choice = choice_of(one, the_standard)
        assert (choice is not None) == (f"{cell.column_letter}2" in offered), one.name
        if choice is not None:
            assert 0 < len(choice.texts) <= MAX_CHOICES
            area = offered[f"{cell.column_letter}2"].removeprefix("lists!").replace("$", "")
            assert [row[0].value for row in lists[area]] == [text for text, _ in choice.texts]


def test_what_another_program_fills_in_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert CliRunner().invoke(cli, ["formats", "template", "license_filing", "-o", str(path)]).exit_code == 0
    book = openpyxl.load_workbook(path)
    sheet = book["license_filing"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    said: dict[str, Any] = {
        "report_id": "L-1", "reporting_state": "NL", "reporting_authority": "CDIU", "applicant_name": "=Optics",
        "submitted_on": date(2026, 3, 2), "item_description": "Cameras", "item_quantity": 40, "item_unit": "C62",
        "item_value": 0.1, "item_currency": "EUR", "end_user_name": "User", "end_user_nature": "police",
    }  # fmt: skip
    for name, value in said.items():
        cell = sheet.cell(2, columns[name])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(path)
    (found,) = converted(path.read_bytes())
    assert found.report is not None
    assert found.report["application"]["submitted_on"] == "2026-03-02"
    assert found.report["items"][0]["quantity"] == {"amount": "40", "unit": "C62"}
    assert found.report["items"][0]["value"] == {"amount": "0.1", "currency": "EUR"}
    assert [party["name"] for party in found.report["parties"]] == ["=Optics", "User"]
    assert {finding.finding_code for finding in found.about_file} == {"ER-K-014", "ER-K-016"}


def test_every_value_that_is_offered_is_understood(the_standard: Standard) -> None:
    for layout in LAYOUTS:
        form = FORMATS[f"template/{layout}"]
        readers = {one.column: one.reader for one in form.fields}
        for one in read_layout(FOLDER / "template" / layout, the_standard).columns:
            choice = choice_of(one, the_standard)
            for text, _ in choice.texts if choice is not None else ():
                pieces = readers[one.name].read(text, _context()).pieces
                assert [piece.finding for piece in pieces] == [None], (one.name, text)


def _context() -> Any:
    from exportreport.conversion.readings import Context

    return Context("2026-11-23", {})


def test_what_is_wrong_is_named_with_its_place_and_the_rest_converted() -> None:
    data = (FOLDER / "template" / "license_filing" / "cases" / "theirs.csv").read_bytes()
    found = converted(data)
    names = FORMATS["template/license_filing"].columns.names
    told = {
        (entry.finding_code, entry.cell.line, entry.cell.column_name)
        for one in found for entry in one.ledger if entry.finding_code and entry.cell
    }  # fmt: skip
    assert {
        ("ER-K-241", 4, "sensitivity"), ("ER-K-202", 4, "decided_on"), ("ER-K-262", 4, "license_number"),
        ("ER-K-242", 4, "end_user_country"), ("ER-K-216", 4, "item_value"), ("ER-K-249", 5, "item_control_code"),
        ("ER-K-262", 5, "item_unit"), ("ER-K-261", 8, "reporting_state"),
    } <= told  # fmt: skip
    assert sorted(one.refused.line for one in found if one.refused) == [6, 7]
    for one in found:
        if one.report is not None:
            assert exportreport.validate(json.dumps(one.report).encode()).accepted
        mapped = [entry for entry in one.ledger if entry.cell and entry.cell.text]
        assert all(entry.cell.column_name in names for entry in mapped if entry.cell)


TEXT = (
    st.text(st.characters(codec="utf-8", categories=["L", "Nd", "P", "Zs"]), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
AMOUNT = st.decimals(0, 10**6, places=2).map(str)
STANDARD = load_standard()


def _titles(enum: str) -> st.SearchStrategy[str]:
    return st.sampled_from([value.title for value in STANDARD.enums[enum].values])


ROWS = st.lists(
    st.fixed_dictionaries({
        "reason": st.just("Diversion"), "denial_kind": _titles("DenialKind"), "regime": _titles("Regime"),
        "decided_on": st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str), "end_use": TEXT,
        "end_user_name": TEXT, "end_user_city": TEXT, "consignee_name": TEXT,
        "destination": st.sampled_from(["CL", "DE"]),
        "item_description": TEXT, "item_quantity": AMOUNT, "item_unit": st.sampled_from(["C62", "KGM"]),
    }), min_size=1, max_size=3,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(ROWS)
def test_what_is_in_normal_form_comes_back(rows: list[dict[str, str]]) -> None:
    form = FORMATS["template/denial_notice"]
    always = {"reporting_state": "NL", "reporting_authority": "CDIU", "denial_reference": "D-1"}
    lines = [{**always, **row, "report_id": f"R-{number}"} for number, row in enumerate(rows)]
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, form.columns.names, restval="")
    writer.writeheader()
    writer.writerows(lines)
    reports = [one.report for one in converted(file.getvalue().encode())]
    assert None not in reports
    for shape in ("csv", "xlsx"):
        whole = Writer([form], shape)
        found = list(whole.write(report for report in reports if report is not None))
        assert not [entry for one in found for entry in one.ledger if entry.outcome == "lost"]
        data = whole.head() + b"".join(one.data for one in found) + whole.tail()
        again = [one.report for one in converted(data, "denial_notice")]
        assert again == reports
    texts = [[line.get(name, "") for name in form.columns.names] for line in lines]
    sensitivity = form.columns.names.index("sensitivity")
    book = openpyxl.load_workbook(io.BytesIO(data)).active
    assert book is not None
    back = [[str(cell.value or "") for cell in row] for row in book.iter_rows(min_row=2)]
    assert [[*row[:sensitivity], *row[sensitivity + 1 :]] for row in back] == [
        [*row[:sensitivity], *row[sensitivity + 1 :]] for row in texts
    ]


def test_the_tables_are_in_the_package() -> None:
    assert (files("exportreport_converters") / "template" / "denial_notice" / "example.csv").is_file()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_the_case_nearly_every_text_finds_its_field(layout: str) -> None:
    found = converted((FOLDER / "template" / layout / "cases" / "theirs.csv").read_bytes(), layout)
    outcomes: dict[tuple[int, int], set[str]] = {}
    for entry in (entry for one in found for entry in one.ledger):
        if entry.cell is not None and entry.cell.text.strip():
            outcomes.setdefault((entry.cell.line, entry.cell.column), set()).add(entry.outcome.value)
    fields = [cell for cell, became in outcomes.items() if became <= {"mapped", "derived"}]
    assert len(fields) >= 0.95 * len(outcomes) > 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_that_say_the_same_are_accounted_for_at_the_place_that_it_got(layout: str) -> None:
    found = converted((FOLDER / "template" / layout / "cases" / "theirs.csv").read_bytes(), layout)
    again = [
        (one.report, entry.target) for one in found if one.report is not None
        for entry in one.ledger if entry.target is not None and entry.row > one.row
    ]  # fmt: skip
    assert again
    assert [target for report, target in again if not exists(report, target)] == []
