"""The UK denial file: what FIELD_MAP asks of each column, the layouts that are told apart, and real files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from conversion_cases import REPORTED_AT
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.conversion import Conversion, Outcome, Summary, Writer, convert
from exportreport_converters import FORMATS, recognize

FORM = FORMATS["uk_denials"]
NAMES = FORM.columns.usual
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
    assert recognize([*NAMES, "is_revoked", "is_revoked_comment"]) is FORM


def revoked(**cells: str) -> Conversion:
    out = io.StringIO(newline="")
    row = ROW | {"is_revoked": "", "is_revoked_comment": ""} | cells
    csv.writer(out).writerows([list(row), list(row.values())])
    (found,) = convert(FORM, [out.getvalue().encode()], reported_at=REPORTED_AT)
    return found


@pytest.mark.parametrize(
    ("said", "comment", "events", "codes"),
    [
        ("", "", None, []),
        ("False", "", None, []),
        ("True", "Overturned", [{"denial_event_kind": "revoked", "comment": "Overturned"}], []),
        ("TRUE", "", [{"denial_event_kind": "revoked"}], []),
        ("maybe", "", None, ["ER-K-241"]),
        ("False", "Overturned", None, ["ER-K-262"]),
    ],
)
def test_a_denial_that_was_revoked(
    said: str, comment: str, events: list[dict[str, str]] | None, codes: list[str]
) -> None:
    found = revoked(is_revoked=said, is_revoked_comment=comment)
    assert found.report is not None and found.report.get("denial_events") == events
    assert [finding.finding_code for finding in found.findings if finding.severity != "info"] == codes


def test_that_a_denial_was_revoked_is_lost_in_the_file_and_said_to_be() -> None:
    report = revoked(is_revoked="True", is_revoked_comment="Overturned").report
    assert report is not None
    (written,) = Writer(FORM).write([report])
    assert {entry.target for entry in written.ledger if entry.outcome is Outcome.LOST} == {
        "/denial_events/0/denial_event_kind", "/denial_events/0/comment",
    }  # fmt: skip


#: Where each column goes, as the table of fields of the standard's design has it.
PLACES = {
    "reference": ["/denial_reference"],
    "regime_reg_ref": ["/regime_notifications/0/regime_reference", "/sources/0/record_reference"],
    "name": ["/parties/*/name"],
    "address": ["/parties/*/addresses/0/lines/0"],
    "notifying_government": ["/denying_authority/name", "/denying_authority/country"],
    "country": ["/parties/*/addresses/0/country"],
    "denial_cle": [f"/items/0/classifications/+/{slot}" for slot in ("control_code", "control_code_as_given",
                                                                     "catch_all")],
    "item_description": ["/items/0/description"],
    "end_use": ["/transaction/end_uses/0/statement"],
    "reason_for_refusal": ["/reasons/0/reason_text"],
    "entity_type": ["/parties/*/roles/0", "/parties/*/role_text"],
    "is_revoked": ["/denial_events/0/denial_event_kind"],
    "is_revoked_comment": ["/denial_events/0/comment"],
}  # fmt: skip


def test_every_column_goes_to_its_place() -> None:
    assert {
        field.column: [target.pointer for targets in field.targets.values() for target in targets]
        for field in FORM.fields
    } == PLACES


#: Few texts for each column, so that rows often say the same, or contradict each other.
ROWS = st.lists(
    st.fixed_dictionaries({
        "reference": st.sampled_from(["", "D1", "D2"]),
        "name": st.sampled_from(["Acme", "Bravo"]),
        "denial_cle": st.sampled_from(["", "5A001.f.1", "5A002, 0A00100", "catch all"]),
        "item_description": st.sampled_from(["", "Radio", "Decoder", "=1+1"]),
        "end_use": st.sampled_from(["", "Police", "Resale"]),
        "reason_for_refusal": st.sampled_from(["Risk", "Diversion", "-"]),
    }),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_rows_that_differ_come_back_as_they_were(changes: list[dict[str, str]]) -> None:
    rows = [ROW | change for change in changes]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([NAMES, *([row[name] for name in NAMES] for row in rows)])
    first = whole(text.getvalue().encode())
    (written,) = Writer(FORM).write([first])
    assert not [entry for entry in written.ledger if entry.outcome is Outcome.LOST]
    back = Writer(FORM).head() + written.data
    again = whole(back)
    assert again == first
    for row, came in zip(rows, csv.DictReader(io.StringIO(back.decode(), newline="")), strict=True):
        assert {name: came[name].removeprefix("'") for name in NAMES if row[name]} == {
            name: text for name, text in row.items() if text
        }


def whole(data: bytes) -> dict[str, Any]:
    (found,) = convert(FORM, [data], reported_at=REPORTED_AT)
    assert found.report is not None
    return found.report


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
