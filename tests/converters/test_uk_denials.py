"""The UK denial file: what FIELD_MAP asks of each column, the layouts that are told apart, and real files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from conversion_cases import REPORTED_AT

import exportreport
from exportreport.conversion import Conversion, Outcome, Summary, Writer, convert
from exportreport_converters import FORMATS, recognize

FORM = FORMATS["uk_denials"]
NAMES = FORM.columns.names
ROW = dict(
    zip(
        NAMES,
        ("D1", "AB-1", "Acme", "1 High St", "France", "Chile", "5A001.f", "Interceptor", "Police", "Risk", "end_user"),
        strict=True,
    )
)
OLDER = (
    "name,address,notifying_government,country,denial_cle,item_description,consignee_name,end_use,end_user_flag,"
    "consignee_flag,other_role\nJo,1 Road,France,Chile,5A001,Radio,Bo,Police,true,false,false\n"
)


def converted(**change: str) -> Conversion:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([NAMES, [(ROW | change)[name] for name in NAMES]])
    (found,) = convert(FORM, [out.getvalue().encode()], reported_at=REPORTED_AT)
    return found


def report_of(**change: str) -> dict[str, Any]:
    report = converted(**change).report
    assert report is not None
    return report


def test_a_whole_row() -> None:
    report = report_of()
    del report["sources"], report["handling"], report["reporting_authority"]
    assert report == {
        "report_type": "DenialNotice",
        "schema_version": "1.0",
        "report_id": "uk_denials:AB-1",
        "reported_at": REPORTED_AT,
        "revision": 1,
        "reporting_state": "GB",
        "denial_kind": "refused",
        "denial_reference": "D1",
        "regime_notifications": [{"regime_reference": "AB-1"}],
        "denying_authority": {"name": "France", "country": "FR"},
        "parties": [
            {
                "key": "party-1",
                "roles": ["end_user"],
                "name": "Acme",
                "addresses": [{"lines": ["1 High St"], "country": "CL"}],
            }
        ],
        "denied_parties": ["party-1"],
        "items": [
            {
                "item_number": 1,
                "description": "Interceptor",
                "classifications": [{"control_code": "5A001.f", "control_code_as_given": "5A001.f"}],
            }
        ],
        "transaction": {"end_uses": [{"statement": "Police"}]},
        "reasons": [{"reason_text": "Risk"}],
    }


@pytest.mark.parametrize(
    ("text", "classifications"),
    [
        ("5A001f", [{"control_code": "5A001.f", "control_code_as_given": "5A001f"}]),
        ("catch all", [{"catch_all": "unspecified", "control_code_as_given": "catch all"}]),
        ("Catch-All", [{"catch_all": "unspecified", "control_code_as_given": "Catch-All"}]),
        ("ML5", [{"control_code": "ML5", "control_code_as_given": "ML5"}]),
        ("0A00100", [{"control_code_as_given": "0A00100"}]),
        ("letter, see file", [{"control_code_as_given": "letter, see file"}]),
        ("5A001, 0A00100", [
            {"control_code": "5A001", "control_code_as_given": "5A001"}, {"control_code_as_given": "0A00100"},
        ]),
    ],
)  # fmt: skip
def test_control_codes(text: str, classifications: list[dict[str, str]]) -> None:
    assert report_of(denial_cle=text)["items"][0]["classifications"] == classifications


@pytest.mark.parametrize(
    ("text", "code"),
    [("chile", "CL"), ("GB", "GB"), ("Great Britain", "GB"), ("Republic of Korea", "KR"), ("Burma", "MM"),
     ("South Sudan", "SS"), ("Atlantis", None), ("Czechoslovakia", None)],
)  # fmt: skip
def test_countries(text: str, code: str | None) -> None:
    assert report_of(country=text)["parties"][0]["addresses"][0].get("country") == code


def test_an_authority_that_is_no_country_has_none() -> None:
    assert report_of(notifying_government="Ministry of Trade")["denying_authority"] == {"name": "Ministry of Trade"}


def test_without_an_item_there_is_none() -> None:
    report = report_of(denial_cle="", item_description="")
    assert "items" not in report
    findings = exportreport.validate(json.dumps(report).encode()).findings
    errors = [finding.finding_code for finding in findings if finding.severity == "error"]
    assert errors == ["ER-C-406"]  # a notice without an item: the source's own fault


@pytest.mark.parametrize("text", ["", " ", "x" * 4001])
def test_without_a_reason_that_can_be_held_the_row_is_refused(text: str) -> None:
    refused = converted(reason_for_refusal=text).refused
    assert refused is not None
    assert refused.fault.code == "ER-K-109"


def test_the_older_layout_is_named_and_not_read() -> None:
    (found,) = convert(FORM, [OLDER.encode()], reported_at=REPORTED_AT)
    assert found.refused is not None and found.refused.fault.code == "ER-K-003"
    assert "older layout" in found.refused.message


def test_a_missing_column_is_named() -> None:
    data = ",".join(name for name in NAMES if name != "entity_type").encode()
    (found,) = convert(FORM, [data], reported_at=REPORTED_AT)
    assert found.refused is not None and found.refused.fault.code == "ER-K-004"
    assert '"entity_type"' in found.refused.message


def test_a_file_is_recognized_by_its_columns() -> None:
    assert recognize(NAMES) is FORM


def test_the_real_file_there_and_back(real_data: Path) -> None:
    data = (real_data / "real" / "uk_lite_denials" / "denial_valid.csv").read_bytes()
    summary = Summary()
    found = list(summary.watch(convert(FORM, [data], reported_at=REPORTED_AT)))
    reports = [one.report for one in found if one.report is not None]
    assert (len(reports), summary.refused) == (len(data.splitlines()) - 1, 0)
    # the file's own fault: its countries ("Country Name 3") are none
    assert {name for name, counts in summary.columns.items() if counts[Outcome.AMBIGUOUS]} == {"country"}
    for report in reports:
        assert exportreport.validate(json.dumps(report).encode()).accepted
    writer = Writer(FORM)
    written = list(writer.write(reports))
    back = writer.head() + b"".join(one.data for one in written)
    assert list(csv.reader(io.StringIO(back.decode()))) == list(csv.reader(io.StringIO(data.decode())))
    assert not [entry for one in written for entry in one.ledger if entry.outcome is Outcome.LOST]


def test_the_real_file_of_the_older_layout(real_data: Path) -> None:
    (found,) = convert(
        FORM, [(real_data / "real" / "uk_lite_denials" / "denial_invalid.csv").read_bytes()], reported_at=REPORTED_AT
    )
    assert found.refused is not None and "older layout" in found.refused.message
