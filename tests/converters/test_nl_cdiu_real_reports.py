"""The whole Dutch list, where it is present: every report is accepted by all, and survives XML."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
from lxml import etree

from exportreport import load, validate_lines
from exportreport.cli.writing import pieces
from exportreport.conversion import convert
from exportreport.standard import Standard
from exportreport_converters import FORMATS

ARTIFACTS = Path(__file__).resolve().parents[2] / "src" / "exportreport" / "artifacts"


def test_all_reports_are_accepted_by_all_engines_and_equal_after_xml(real_data: Path, the_standard: Standard) -> None:
    with (real_data / "real" / "nl_cdiu" / "dual_use_2004_2015.csv").open("rb") as file:
        made = convert(FORMATS["nl_cdiu/dual_use"], file, reported_at="2026-11-23T09:00:00Z")
        reports = [one.report for one in made if one.report is not None]
    assert len(reports) == 4436
    lines = pieces(reports, "ndjson", the_standard)
    results = list(validate_lines(lines))
    assert {result.verdict for result in results} == {"accepted"}
    remarks = {finding.finding_code for result in results for finding in result.findings}
    assert remarks == {"ER-C-207", "ER-C-601"}  # chemicals without a CAS number; decisions judged on their own day
    schema = (ARTIFACTS / "jsonschema" / "LicenseFiling.schema.json").read_text(encoding="utf-8")
    published = jsonschema_rs.Draft7Validator(json.loads(schema))
    assert all(map(published.is_valid, reports))
    as_xml = b"".join(pieces(reports, "xml", the_standard))
    assert etree.XMLSchema(etree.parse(ARTIFACTS / "xsd" / "exportreport.xsd")).validate(etree.fromstring(as_xml))
    assert load(as_xml)["reports"] == reports
