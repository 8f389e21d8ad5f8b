"""Reports written in a national format: nothing said twice, nothing lost in silence, and the way back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.conversion import Writer, Writing, convert, load, refusal_json
from exportreport.conversion.parts import leaves
from exportreport.standard import load as load_standard
from tests.corpus.generate import document

FOLDER = Path(__file__).parents[2] / "converters"
FORM = load(FOLDER / "uk_denials")
NAMES = FORM.columns.usual
SCHEMAS = Path(exportreport.__file__).parent / "conversion" / "schemas"
REPORTED_AT = "2026-11-23T09:00:00Z"
STANDARD = load_standard()


def validator_of(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))


LEDGER, REFUSED = validator_of("ledger"), validator_of("refused")


def notice(**more: Any) -> dict[str, Any]:
    made = {
        "report_type": "DenialNotice",
        "schema_version": "1.0",
        "report_id": "uk_denials:AB-1",
        "reported_at": REPORTED_AT,
        "revision": 1,
        "reporting_state": "GB",
        "reporting_authority": {"name": "Export Control Joint Unit (ECJU)"},
        "handling": {"sensitivity": "restricted"},
        "denial_kind": "refused",
        "regime_notifications": [{"regime_reference": "AB-1"}],
        "reasons": [{"reason_text": "Diversion"}],
    }
    return {name: value for name, value in (made | more).items() if value is not None}


OTHER = {"regime_notifications": [{"regime_reference": "AB-9"}]}


def written(*reports: dict[str, Any]) -> tuple[bytes, list[Writing]]:
    writer = Writer(FORM)
    found = list(writer.write(reports))
    return writer.head() + b"".join(one.data for one in found), found


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8", "surrogatepass"), newline="")))


def lost(writing: Writing) -> dict[str | None, Any]:
    return {entry.target: entry.value for entry in writing.ledger if entry.outcome.value == "lost"}


def check_account(writing: Writing, data: bytes) -> None:
    """Every value of the report has an entry; every cell of its rows has one, with its place in the file."""
    for line in writing.lines:
        LEDGER.validate(line)
    if writing.refused is not None:
        REFUSED.validate(refusal_json(writing.refused))
        assert (writing.data, writing.ledger) == (b"", ())
        return
    said = {entry.target: entry.value for entry in writing.ledger}
    for target, value in leaves(writing.report):
        inside = target.startswith("/extensions/") and target.rpartition("/")[0]
        assert said.get(target) == value or (inside and inside in said), target
    table = list(csv.reader(io.StringIO(data.decode("utf-8", "surrogatepass"), newline="")))
    cells = {(entry.cell.row, entry.cell.column): entry.cell.text for entry in writing.ledger if entry.cell}
    assert cells and all(table[row][column - 1] == text for (row, column), text in cells.items())
    assert len(cells) % len(NAMES) == 0


def test_a_report_becomes_a_row_for_each_party() -> None:
    parties = [
        {
            "key": "a",
            "name": "Acme",
            "roles": ["end_user"],
            "addresses": [{"lines": ["1 High Street"], "country": "CL"}],
        },
        {"key": "b", "name": "Bravo", "roles": ["consignee"]},
    ]
    data, (found,) = written(notice(parties=parties, denial_reference="DN1"))
    first, second = rows_of(data)
    assert (first["name"], first["country"], first["entity_type"]) == ("Acme", "Chile", "end_user")
    assert (second["name"], second["country"], second["entity_type"]) == ("Bravo", "", "consignee")
    assert first["regime_reg_ref"] == second["regime_reg_ref"] == "AB-1"
    assert first["reference"] == second["reference"] == "DN1"
    assert lost(found) == {"/parties/0/key": "a", "/parties/1/key": "b"}
    check_account(found, data)


def test_a_catch_all_without_its_words_has_some() -> None:
    data, (found,) = written(notice(items=[{"item_number": 1, "classifications": [{"catch_all": "unspecified"}]}]))
    assert rows_of(data)[0]["denial_cle"] == "catch all" and lost(found) == {}


def test_what_the_format_has_no_place_for_is_lost_and_said_to_be() -> None:
    extra = [{"source_system": "Other", "extension_path": "x", "extension_value": "y"}]
    data, (found,) = written(notice(decided_on="2026-01-02", language="en", extensions=extra))
    assert lost(found) == {
        "/decided_on": "2026-01-02", "/language": "en", "/extensions/0/source_system": "Other",
        "/extensions/0/extension_path": "x", "/extensions/0/extension_value": "y",
    }  # fmt: skip
    check_account(found, data)


def test_a_value_that_comes_back_changed_is_lost() -> None:
    _, (found,) = written(notice(denial_kind="revoked", report_id="other:1"))
    assert lost(found) == {"/denial_kind": "revoked", "/report_id": "other:1"}
    said = {entry.target: entry.note for entry in found.ledger if entry.outcome.value == "lost"}
    assert "refused" in said["/denial_kind"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"report_type": "LicenseFiling"}, "ER-K-301"),
        ({"regime_notifications": None}, "ER-K-302"),
        ({"reasons": [{"withheld": True}]}, "ER-K-304"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused(change: dict[str, Any], code: str) -> None:
    data, (good, bad, after) = written(notice(), notice(**{"report_id": "x", **OTHER, **change}), notice(
        regime_notifications=[{"regime_reference": "AB-2"}], report_id="uk_denials:AB-2"))  # fmt: skip
    assert bad.refused is not None
    assert (bad.refused.fault.code, bad.refused.row, bad.data) == (code, 2, b"")
    assert [row["regime_reg_ref"] for row in rows_of(data)] == ["AB-1", "AB-2"]
    for one in (good, bad, after):
        check_account(one, data)


def test_two_reports_of_one_number_are_not_mixed() -> None:
    _, (_, second) = written(notice(), notice(report_id="another"))
    assert second.refused is not None and second.refused.fault.code == "ER-K-303"


@pytest.mark.parametrize("text", ["=1+1", "+49", "-x", "@a", "'=1", "''-", "'plain", '"', "a,b", "a\nb", "é"])
def test_a_formula_is_written_as_text_and_comes_back(text: str) -> None:
    data, (found,) = written(notice(reasons=[{"reason_text": text}]))
    (row,) = rows_of(data)
    assert not row["reason_for_refusal"].startswith(("=", "+", "-", "@"))
    assert lost(found) == {}


def test_a_format_that_is_read_only_is_not_written() -> None:
    with pytest.raises(ValueError, match="read, not written"):
        Writer(load(FOLDER / "nl_cdiu" / "dual_use", FOLDER / "nl_cdiu"))


@pytest.mark.parametrize("seed", range(12))
def test_any_notice_is_accounted_for(seed: int) -> None:
    report = document(STANDARD, "DenialNotice", seed)
    data, (found,) = written(report)
    check_account(found, data)


WORDS = st.sampled_from(["Acme", "a b", "=x", "'+x", 'q"q', "x,y", "two\nlines", "Ünï", "0", "5A001.f"])
COLUMNS = {
    "reference": st.sampled_from(["", "DN1", "DN 2", "x" * 300]),
    "regime_reg_ref": st.sampled_from(["AB-1", "AB-2", "AB-3"]),
    "notifying_government": st.sampled_from(["", "France", "Ministry of Trade"]),
    "country": st.sampled_from(["", "Chile", "Peru", "Atlantis", "GB", "korea"]),
    "denial_cle": st.sampled_from(["", "catch all", "5A001.f", "6A002a2a, ML5", "various", "1C350-02 and letter"]),
    "entity_type": st.sampled_from(["", "end_user", "consignee", "third_party", "broker", "END_USER"]),
}
ROW = st.fixed_dictionaries({name: COLUMNS.get(name, WORDS | st.text(max_size=6)) for name in NAMES})


def file_of(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([NAMES, *([row[name] for name in NAMES] for row in rows)])
    return out.getvalue().encode("utf-8", "surrogatepass")


def reports_of(data: bytes) -> list[dict[str, Any]]:
    return [one.report for one in convert(FORM, [data], reported_at=REPORTED_AT) if one.report is not None]


def settled(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reports without what says only where in the file something stood: lines, and the order of what is kept."""
    for report in reports:
        del report["sources"][0]["record_line"]
        report.get("extensions", []).sort(key=lambda one: (one.get("about", ""), one["extension_path"]))
    return reports


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=5))
def test_there_and_back(rows: list[dict[str, str]]) -> None:
    """What was read is written without loss, reads the same, and is then in normal form: it is written as it stands."""
    reports = reports_of(file_of(rows))
    data, found = written(*reports)
    for one in found:
        assert one.refused is None and lost(one) == {}
        check_account(one, data)
    assert written(*reports_of(data))[0] == data
    assert settled(reports_of(data)) == settled(reports)
