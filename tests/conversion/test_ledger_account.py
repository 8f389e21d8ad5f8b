"""Whatever stands in a row: it becomes a report or a refusal, and the ledger accounts for all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.conversion import Conversion, Summary, convert, ledger_json, load, refusal_json
from exportreport.conversion.refusal import Refusal

FOLDER = Path(__file__).parents[2] / "converters" / "nl_cdiu"
FORM = load(FOLDER / "dual_use", FOLDER)
PACKAGE = Path(exportreport.__file__).parent
MODEL = json.loads((PACKAGE / "artifacts" / "model.json").read_text(encoding="utf-8"))
HEADER = ",".join(FORM.columns.names)


def validator_of(path: Path) -> jsonschema.Draft7Validator:
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


LEDGER = validator_of(PACKAGE / "conversion" / "schemas" / "ledger.schema.json")
REFUSED = validator_of(PACKAGE / "conversion" / "schemas" / "refused.schema.json")
REPORT = validator_of(PACKAGE / "artifacts" / "jsonschema" / "LicenseFiling.schema.json")


def leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value of a report with its pointer."""
    if isinstance(value, dict):
        assert value, at
        for name, child in value.items():
            yield from leaves(child, f"{at}/{name}")
    elif isinstance(value, list):
        assert value, at
        for index, child in enumerate(value):
            yield from leaves(child, f"{at}/{index}")
    else:
        yield at, value


def check_account(conversion: Conversion) -> None:
    entries = list(conversion.ledger)
    assert (conversion.report is None) != (conversion.refused is None)
    for line in ledger_json(conversion):
        LEDGER.validate(line)
    covered = {entry.cell.column for entry in entries if entry.cell is not None}
    assert covered == set(range(1, len(conversion.texts) + 1))
    for entry in entries:
        if entry.cell is not None:
            assert entry.cell.text == conversion.texts[entry.cell.column - 1]
            assert (entry.outcome.value == "blank") <= (not entry.cell.text.strip())
        assert entry.note or entry.outcome.value in ("mapped", "derived", "blank")
    if conversion.refused is not None:
        REFUSED.validate(refusal_json(conversion.refused))
        assert any(entry.outcome.value == "refused" for entry in entries)
    else:
        check_report(conversion, {entry.target: entry.value for entry in entries if entry.target})


def check_report(conversion: Conversion, written: dict[str | None, Any]) -> None:
    report = conversion.report
    assert report is not None
    REPORT.validate(report)
    unexplained = dict(leaves(report))
    for target, value in written.items():
        assert target is not None
        if target.startswith("/extensions/"):
            assert unexplained[f"{target}/extension_value"] == value
            unexplained = {at: v for at, v in unexplained.items() if not at.startswith(target + "/")}
        else:
            assert unexplained.pop(target) == value
    assert not unexplained
    for extension in report.get("extensions", ()):
        if "about" in extension:
            assert any(at.startswith(extension["about"]) for at, _ in leaves(report))


ODD = [
    "", " ", "1", "17.28", "5.100", "-1", "€", "1E+201", "Diversen", "via", "X via Y", "Congo", "a,b", "a\nb",
    "a\rb", "5A002,\n5D002", "29-02-2005", "13/13/2004", "01/02/2004", "Onbekend", "EU", '"', "\0", "\x85",
    "\u2003", "\ufeff", "NL0074CDIU0011461", "x" * 4001, "ß" * 300, "Servië en Montenegro", "\ud800",
    "\uffff",
    "🚢",
]  # fmt: skip
CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=40), st.text("0123456789.,-/ ABCDEen\n", max_size=16))


def file_of(rows: list[list[str]]) -> bytes:
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\r\n".join([HEADER, *lines, ""]).encode("utf-8", "surrogatepass")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(CELL, min_size=10, max_size=10), min_size=1, max_size=3))
def test_any_row_is_accounted_for(rows: list[list[str]]) -> None:
    conversions = list(convert(FORM, [file_of(rows)], reported_at="2026-11-23T09:00:00Z"))
    for conversion in conversions:
        check_account(conversion)
    identifiers = [c.report["report_id"] for c in conversions if c.report is not None]
    assert len(set(identifiers)) == len(identifiers)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELL, min_size=8, max_size=12), max_size=3), st.binary(max_size=60))
def test_any_width_and_any_bytes(rows: list[list[str]], tail: bytes) -> None:
    for conversion in convert(FORM, [file_of(rows), tail], reported_at="2026-11-23T09:00:00Z"):
        check_account(conversion)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_file(data: bytes) -> None:
    for conversion in convert(FORM, [data], reported_at="2026-11-23T09:00:00Z"):
        check_account(conversion)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELL, min_size=10, max_size=10), min_size=1, max_size=3))
def test_chunks_make_no_difference(rows: list[list[str]]) -> None:
    data = file_of(rows)
    one = list(convert(FORM, [data], reported_at="2026-11-23T09:00:00Z"))
    many = list(convert(FORM, (data[i : i + 7] for i in range(0, len(data), 7)), reported_at="2026-11-23T09:00:00Z"))
    assert [(c.report, list(c.ledger)) for c in one] == [(c.report, list(c.ledger)) for c in many]


def test_reports_share_nothing(good: list[str]) -> None:
    first, second = convert(FORM, [file_of([good, good])], reported_at="2026-11-23T09:00:00Z")
    assert first.report is not None and second.report is not None
    first.report["items"][0]["classifications"].clear()
    first.report["reporting_authority"]["name"] = "changed"
    assert second.report["items"][0]["classifications"]
    (again,) = convert(FORM, [file_of([good])], reported_at="2026-11-23T09:00:00Z")
    assert again.report is not None and again.report["reporting_authority"]["name"] != "changed"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"reported_at": "yesterday"}, "reported_at"),
        ({"reported_at": "2026-11-23T09:00:00+01:00"}, "reported_at"),
        ({"reported_at": "2026-02-30T09:00:00Z"}, "reported_at"),
        ({"reported_at": "2026-02-28T24:01:00Z"}, "reported_at"),
        ({"handling": "secret"}, "handling"),
        ({"reporting_state": "nl"}, "reporting_state"),
    ],
)
def test_options_that_no_report_can_hold(options: dict[str, str], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        convert(FORM, [], **{"reported_at": "2026-11-23T09:00:00Z", **options})


def test_the_summary_counts(run, csv_of, good: list[str]) -> None:  # type: ignore[no-untyped-def]
    summary = Summary()
    rows = [good, [*good[:8], "17.28", good[9]], ["15-01-2004", "", *good[2:]]]
    assert len(list(summary.watch(run(csv_of(*rows))))) == 3
    assert (summary.records, summary.reports, summary.refused, summary.unreadable) == (3, 2, 1, 0)
    assert summary.columns["Waarde(€)"] == {"derived": 1, "ambiguous": 1, "refused": 1}
    assert summary.findings == {"ER-K-211": 1, "ER-K-107": 1}
    assert [cell.text for cell in summary.examples["ER-K-211"]] == ["17.28"]
    assert sum(summary.cells.values()) == 30
    assert any("ER-K-211" in line for line in summary.lines())


def test_the_summary_says_where_a_record_was_refused_for_no_cell(run, csv_of, good: list[str]) -> None:  # type: ignore[no-untyped-def]
    summary = Summary()
    assert len(list(summary.watch(run(csv_of(good, good[:-1]))))) == 2
    (found,) = summary.examples["ER-K-101"]
    assert isinstance(found, Refusal) and found.row == 2
    assert any(line.strip().startswith(f"line {found.line}: ") for line in summary.lines())
