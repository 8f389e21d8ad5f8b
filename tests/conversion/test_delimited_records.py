"""Record files with marks: places, lengths, numbers, and what one bad record costs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.delimited import Layout, line_of, read_lines
from exportreport.conversion.shapes.record import Record
from exportreport.finding import Finding

LAYOUT = Layout({"head": ("a", "b"), "line": ("x", "y", "z"), "end": ()}, {"line": frozenset({4})})


def read(text: str | bytes) -> list[Record | Unread | Finding]:
    return list(read_lines([text.encode() if isinstance(text, str) else text], LAYOUT))


def codes(text: str | bytes) -> list[str | None]:
    return [
        one.refused.fault.code if isinstance(one, Unread) else one.finding_code if isinstance(one, Finding) else None
        for one in read(text)
    ]


def test_texts_have_names_and_places() -> None:
    head, line, end = read("1\\head\\é\\b\n2\\line\\\\yy\\z\n3\\end\n")
    assert isinstance(head, Record) and isinstance(line, Record) and isinstance(end, Record)
    assert [record.kind for record in (head, line, end)] == ["head", "line", "end"]
    assert {name: cell[:4] for name, cell in line.cells.items()} == {
        "number": ("2", 2, 1, 2), "kind": ("line", 2, 3, 2), "x": ("", 2, 8, 2), "y": ("yy", 2, 9, 2),
        "z": ("z", 2, 12, 2),
    }  # fmt: skip
    assert head.cells["b"].column == 10


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["ER-K-001"]),
        ("\n \n", ["ER-K-001"]),
        ("1\\head\\a\\b\r\n2\\end\r\n", [None, None]),
        ("1\\line\\x\\y\n", [None]),
        ("1\\line\\x\n2\\end\n", ["ER-K-122", None]),
        ("1\\line\\x\\y\\z\\2\\end\n3\\end", ["ER-K-122", "ER-K-123"]),
        ("1\\tail\\x\n2\\end\n", ["ER-K-121", None]),
        ("1\n2\\end\n", ["ER-K-121", None]),
        ("1\\end\n3\\end\n4\\end\n", [None, "ER-K-123", None]),
        ("x\\end\n2\\end\n", ["ER-K-123", None]),
        (b"1\\end\n2\\head\\\x81\xff\\b\n3\\end\n", [None, "ER-K-106", None]),
        (b"1\\end\n2\\head\\" + b"x" * 1_100_000 + b"\\b\n3\\end\n", [None, "ER-K-105", None]),
    ],
)
def test_a_bad_record_is_refused_by_itself(text: str | bytes, found: list[str | None]) -> None:
    assert codes(text) == found


def test_a_record_is_written_as_it_is_read() -> None:
    text = b"1\\line\\x\\\\z\n"
    (record,) = read(text)
    assert isinstance(record, Record)
    assert line_of(1, record.kind, dict(zip(record.names, record.texts, strict=True)), LAYOUT) == text


@pytest.mark.parametrize("text", ["a\\b", "a\nb", "a\rb"])
def test_a_text_that_would_be_read_as_something_else_is_not_written(text: str) -> None:
    with pytest.raises(ValueError, match="mark"):
        line_of(1, "line", {"x": text}, LAYOUT)


@pytest.fixture
def chief(real_data: Path) -> Layout:
    """The records of license files of the UK customs system, as the table of its fields has them."""
    with (real_data / "codelists/uk_chief_fields.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "(" not in row["record"] or "licenceData" in row["record"]]
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row["record"].partition("(")[0].strip(), []).append(row["attribute"])
    return Layout(names, {"line": frozenset({13})})


def test_a_real_file_is_read_whole(chief: Layout, real_data: Path) -> None:
    data = (real_data / "real/uk_chief/end_to_end__CHIEF_LIVE_SPIRE_licenceData_1_202001010000").read_bytes()
    found = list(read_lines([data], chief))
    assert len(found) == len(data.splitlines()) and all(isinstance(one, Record) for one in found)
    lines = [one for one in found if isinstance(one, Record) and one.kind == "line"]
    assert lines[0].cells["goodsDescription"].text == "Sporting shotgun"


def test_a_real_file_with_records_run_together_loses_those_alone(chief: Layout, real_data: Path) -> None:
    data = (real_data / "real/uk_chief/license_update_file").read_bytes()
    refused = [one.refused for one in read_lines([data], chief) if isinstance(one, Unread)]
    assert "ER-K-122" in {one.fault.code for one in refused} and len(refused) < len(data.splitlines())
