"""The table of faults: every code is reached, well made, and never given to two."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Formatter
from typing import Any

import pytest

from exportreport.conversion import FAULTS, Conversion
from exportreport.conversion import faults as table
from exportreport.conversion.mapping import KINDS
from exportreport.conversion.readings import Context
from exportreport.conversion.shapes.lines import MAX_LINE
from exportreport.finding import Fault, Severity

#: For each code about a cell: the number of the cell and a text that brings the finding about.
CELLS = {
    "ER-K-107": (2, " "), "ER-K-108": (2, "12\n34"),
    "ER-K-201": (1, "15/01/2004"), "ER-K-202": (1, "31-02-2004"), "ER-K-203": (1, "gisteren"),
    "ER-K-204": (1, "15.01.2004"), "ER-K-205": (1, "05-01-2004"),
    "ER-K-211": (9, "17.28"), "ER-K-212": (9, "veel"), "ER-K-213": (9, "-5"), "ER-K-214": (9, "$ 5"),
    "ER-K-215": (9, "1" * 19), "ER-K-221": (3, "7A"), "ER-K-231": (7, "Atlantis"), "ER-K-232": (7, "Congo"),
    "ER-K-233": (7, "Zuid-Soedan"), "ER-K-241": (6, "X"), "ER-K-251": (4, "a\x07b"),
    "ER-K-252": (4, "x" * 4001),
}  # fmt: skip

FILES: dict[str, Callable[[bytes, bytes], bytes]] = {
    "ER-K-001": lambda header, row: b"",
    "ER-K-002": lambda header, row: b"PK\x03\x04",
    "ER-K-003": lambda header, row: b"a,b\n",
    "ER-K-004": lambda header, row: header.rpartition(b",")[0] + b"\n",
    "ER-K-005": lambda header, row: header + b",nummer\n",
    "ER-K-010": lambda header, row: (header + b"\n" + row).decode().encode("cp1252"),
    "ER-K-011": lambda header, row: header + b",meer\n" + row + b",x",
    "ER-K-012": lambda header, row: b"nummer,Datum afgifte" + header[20:] + b"\n" + row,
    "ER-K-013": lambda header, row: header.upper() + b"\n" + row,
    "ER-K-101": lambda header, row: header + b"\n1,2",
    "ER-K-102": lambda header, row: header + b"\n" + row + b",x",
    "ER-K-103": lambda header, row: header + b'\n"' + row,
    "ER-K-105": lambda header, row: header + b"\n" + b"x" * (MAX_LINE + 1),
    "ER-K-106": lambda header, row: header + b"\n\xff" + row,
}

TABLE = [{"theirs": "V", "ours": "replacement", "note": "", "code": "", "list": "", "form": ""}]
#: For each code that only a reading without a place in the Dutch list gives: its kind, options, a text, other cells.
READINGS: dict[str, tuple[str, dict[str, Any], str, dict[str, str]]] = {
    "ER-K-245": ("paired_kinds", {"of": "code", "table": "x"}, "a\nb", {"code": "1"}),
    "ER-K-247": ("code", {"table": "t", "beside": "a", "taken": ["J"]}, "V", {"a": "j"}),
    "ER-K-248": ("number_or_day", {"forms": ["[0-9]{8}"], "days_until": "2030-01-01"}, "12042005", {}),
    "ER-K-249": ("typed", {"type": "ControlCode"}, "2B350 <", {}),
    "ER-K-217": ("integer", {}, "1.5", {}),
    "ER-K-242": ("listed", {"list": "units"}, "sacks", {}),
    "ER-K-243": ("commodity", {"lists": {"hs": [6]}}, "85", {}),
    "ER-K-244": ("cas", {}, "107062", {}),
    "ER-K-246": ("reference", {"forms": ["[a-z]+"], "strict": True}, "a b", {}),
    "ER-K-216": ("decimal", {}, "1e5", {}),
    "ER-K-234": ("country_name", {"of": "code"}, "Atlantis", {"code": "GB"}),
}

#: Codes of lists whose rows belong together, of trees, and of writing: `test_grouped_rows`, `test_json_records`,
#: `test_delimited_records`, `test_writing` and, for acknowledgements, `test_uk_lite_messages` bring them about; those
#: of workbooks `test_xlsx_rows` and `test_xlsx_forms`.
ELSEWHERE = {
    "ER-K-008", "ER-K-009", "ER-K-014", "ER-K-015", "ER-K-016", "ER-K-017", "ER-K-018", "ER-K-019", "ER-K-020",
    "ER-K-131", "ER-K-132",
    "ER-K-006", "ER-K-007", "ER-K-109", "ER-K-110", "ER-K-111", "ER-K-112", "ER-K-121", "ER-K-122", "ER-K-123",
    "ER-K-141", "ER-K-142", "ER-K-143", "ER-K-144", "ER-K-145", "ER-K-146", "ER-K-147", "ER-K-148", "ER-K-149",
    "ER-K-261", "ER-K-262", "ER-K-301", "ER-K-302", "ER-K-303", "ER-K-304", "ER-K-305", "ER-K-311",
}  # fmt: skip


def codes_of(conversions: list[Conversion]) -> set[str]:
    return {finding.finding_code for conversion in conversions for finding in conversion.findings}


@pytest.mark.parametrize("code", CELLS)
def test_a_cell_brings_it_about(code: str, run, csv_of, good: list[str]) -> None:  # type: ignore[no-untyped-def]
    number, text = CELLS[code]
    row = list(good)
    row[number - 1] = text
    if code == "ER-K-205":
        row[9] = "01-31-2005"
    (found,) = run(csv_of(row))
    assert code in codes_of([found])
    entries = [entry for entry in found.ledger if entry.finding_code == code]
    assert next(entry.cell.column for entry in entries if entry.cell) == (1 if found.refused else number)


@pytest.mark.parametrize("code", FILES)
def test_a_file_brings_it_about(code: str, run, header: str, good: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert code in codes_of(run(FILES[code](header.encode(), ",".join(good).encode())))


def test_a_cell_too_large_for_base64(run, csv_of, good: list[str]) -> None:  # type: ignore[no-untyped-def]
    (found,) = run(csv_of([*good[:3], "\x07" + "é" * 30_000 + "x", *good[4:]]))
    assert found.refused is not None and found.refused.fault.code == "ER-K-105"
    assert found.refused.cell is not None and found.refused.cell.column == 4


@pytest.mark.parametrize("code", READINGS)
def test_a_reading_brings_it_about(code: str) -> None:
    kind, options, text, cells = READINGS[code]
    (piece,) = KINDS[kind].make(options, lambda name: TABLE).read(text, Context("2026-11-23", cells)).pieces
    assert (piece.value, piece.finding and piece.finding.finding_code) == (text, code)


def test_every_code_is_reached() -> None:
    assert set(CELLS) | set(FILES) | set(READINGS) | ELSEWHERE == set(FAULTS)


def test_the_table_is_whole() -> None:
    named = [fault for fault in vars(table).values() if isinstance(fault, Fault)]
    assert len(named) == len(FAULTS)
    for fault in named:
        assert re.fullmatch("ER-K-[0-9]{3}", fault.code)
        assert all((fault.title, fault.message, fault.reason, fault.resolution))
        assert not {name for _, name, _, _ in Formatter().parse(fault.message) if name} & {"line", "row"}
        unread = (Severity.FATAL, Severity.WARNING, Severity.INFO)
        group = {"0": unread, "1": (Severity.ERROR,), "2": (Severity.WARNING,), "3": (Severity.ERROR, Severity.WARNING)}
        assert fault.severity in group[fault.code[5]]
