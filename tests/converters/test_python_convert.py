"""`exportreport.convert` and `convert_to`: national formats from Python."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conversion_cases import FOLDER, REPORTED_AT

import exportreport
from exportreport_converters import FORMATS, looks_like

THEIRS = (FOLDER / "uk_lite" / "cases" / "theirs.json" if (FOLDER / "uk_lite" / "cases").exists()
          else FOLDER / "uk_lite" / "license" / "cases" / "theirs.json").read_bytes()  # fmt: skip


def test_there_and_back() -> None:
    found = list(exportreport.convert(THEIRS, "uk_lite", reported_at=REPORTED_AT))
    reports = [one.report for one in found if one.report is not None]
    assert reports and any(one.refused is not None for one in found)
    assert all(list(one.ledger) for one in found)
    data, written = exportreport.convert_to(reports, "uk_lite")
    assert [one.refused for one in written] == [None] * len(reports)
    again = [one.report for one in exportreport.convert(data, "uk_lite", reported_at=REPORTED_AT)]
    assert [report and report["report_id"] for report in again] == [report["report_id"] for report in reports]


def test_streams_and_pieces_are_the_same() -> None:
    whole, stream, pieces = (
        [one.report for one in exportreport.convert(data, "uk_lite", reported_at=REPORTED_AT)]
        for data in (THEIRS, io.BytesIO(THEIRS), [THEIRS[:100], THEIRS[100:]])
    )
    assert whole == stream == pieces


def test_a_format_in_a_folder_of_its_own() -> None:
    data = (FOLDER / "uk_denials" / "cases" / "theirs.csv").read_bytes()
    ours, elsewhere = (
        [one.report for one in exportreport.convert(data, name, reported_at=REPORTED_AT)]
        for name in ("uk_denials", str(FOLDER / "uk_denials"))
    )
    assert ours == elsewhere and any(ours)


@pytest.mark.parametrize("name", ["nosuch", "uk_lite/nosuch", ""])
def test_a_format_that_does_not_exist(name: str) -> None:
    with pytest.raises(LookupError):
        exportreport.convert(b"", name)
    with pytest.raises(LookupError):
        exportreport.convert_to([], name)


def test_what_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read, not written"):
        exportreport.convert_to([], "nl_cdiu")
    with pytest.raises(ValueError, match="ER-S"):
        exportreport.convert_to([{"report_type": "LicenseFiling"}], "uk_lite")
    with pytest.raises(ValueError, match="wax"):
        exportreport.convert_to([], "uk_lite", shape="wax")


def test_options_that_no_report_can_hold() -> None:
    with pytest.raises(ValueError, match="reported_at"):
        exportreport.convert(b"", "uk_lite", reported_at="yesterday")


def test_without_a_moment_it_is_now(tmp_path: Path) -> None:
    (first, *_) = [one.report for one in exportreport.convert(THEIRS, "uk_lite") if one.report is not None]
    assert first["reported_at"] > "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_another_format_is_named(name: str) -> None:
    """The case of every layout, as it is, is known by its beginning; workbooks by their sheets only."""
    (theirs,) = (FOLDER / name / "cases").glob("theirs.*")
    found = looks_like(theirs.read_bytes()[:65_536])
    assert found is not None and found.partition("/")[0] == FORMATS[name].id


def test_many_columns_of_another_file_are_not_all_said() -> None:
    data = ",".join(f"column {number} of some file or other with a very long heading" for number in range(500)).encode()
    (found,) = exportreport.convert(data, "uk_denials")
    assert found.refused is not None and len(found.refused.message) < 1_000 and "488 more" in found.refused.message
