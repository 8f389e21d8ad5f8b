"""What every layout of every format holds: each cell and each value accounted for, and reports of sound structure."""

from __future__ import annotations

import json

import pytest
from conversion_cases import FOLDER, REPORTED_AT
from figures import figures_of

import exportreport
from exportreport.conversion import ENVELOPE, Conversion, convert
from exportreport.conversion.parts import leaves
from exportreport_converters import FORMATS

#: At least so much of the cells with text finds its field where the source is not at fault.
SHARE = 0.95


@pytest.fixture(scope="module", params=FORMATS)
def found(request: pytest.FixtureRequest) -> tuple[str, list[Conversion]]:
    name = request.param
    (theirs,) = (FOLDER / name / "cases").glob("theirs.*")
    return name, list(convert(FORMATS[name], [theirs.read_bytes()], reported_at=REPORTED_AT))


def test_every_cell_with_text_is_accounted_for(found: tuple[str, list[Conversion]]) -> None:
    for conversion in found[1]:
        told = {(entry.cell.row, entry.cell.column_name, entry.cell.text) for entry in conversion.ledger if entry.cell}
        for record in conversion.records:
            for number, text in enumerate(record.texts, 1):
                cell = record.cell(number)
                assert not text.strip() or (cell.row, cell.column_name, text) in told, cell


def test_every_value_is_accounted_for(found: tuple[str, list[Conversion]]) -> None:
    for conversion in found[1]:
        if conversion.report is not None:
            told = {(entry.target, entry.value) for entry in conversion.ledger}
            targets = {target for target, _ in told}
            for target, value in leaves(conversion.report):
                carried = target.startswith("/extensions/")
                assert (target, value) in told or (carried and target.rpartition("/")[0] in targets), (target, value)


def test_every_report_is_of_sound_structure(found: tuple[str, list[Conversion]]) -> None:
    reports = [one.report for one in found[1] if one.report is not None and one.report["report_type"] != ENVELOPE]
    for report in reports:
        findings = exportreport.validate(json.dumps(report).encode()).findings
        assert not [one.message for one in findings if one.finding_code.startswith("ER-S")]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_sound_finds_its_field_and_comes_back(name: str) -> None:
    (theirs,) = (FOLDER / name / "cases").glob("theirs.*")
    figures = figures_of((FORMATS[name],), theirs.read_bytes())
    assert figures.sound_placed >= SHARE * figures.sound
    assert not figures.lost
