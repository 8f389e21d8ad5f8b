"""The whole list of 2004 to 2015, where it is at hand: set EXPORTREPORT_DATA to the folder with the data."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema_rs
import pytest

import exportreport
from exportreport.conversion import Conversion, Format, Summary, convert

DATA = os.environ.get("EXPORTREPORT_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="EXPORTREPORT_DATA is not set, so the real list is not at hand")

SCHEMA = Path(exportreport.__file__).parent / "artifacts" / "jsonschema" / "LicenseFiling.schema.json"


@pytest.fixture(scope="module")
def found(form: Format) -> tuple[list[Conversion], Summary]:
    summary = Summary()
    path = Path(DATA or "") / "real" / "nl_cdiu" / "dual_use_2004_2015.csv"
    with path.open("rb") as file:
        return list(summary.watch(convert(form, file, reported_at="2026-11-23T09:00:00Z"))), summary


def test_each_row_is_accounted_for(found: tuple[list[Conversion], Summary]) -> None:
    conversions, summary = found
    assert summary.records == 4436
    assert summary.reports >= 0.97 * summary.records
    assert summary.placed_share >= 0.998
    assert set(summary.findings) <= {"ER-K-211", "ER-K-221", "ER-K-232", "ER-K-233"}
    for conversion in conversions:
        entries = list(conversion.ledger)
        assert {entry.cell.column for entry in entries if entry.cell} == set(range(1, 11))
        for entry in entries:
            if entry.outcome.value in ("ambiguous", "refused"):
                assert entry.finding_code and entry.cell


def test_reports_are_valid_and_their_identifiers_unique(found: tuple[list[Conversion], Summary]) -> None:
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))
    reports = [conversion.report for conversion in found[0] if conversion.report is not None]
    assert all(validator.is_valid(report) for report in reports)
    assert len({report["report_id"] for report in reports}) == len(reports)
