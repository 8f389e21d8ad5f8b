"""The quick way for rows that are reports by themselves gives what the general way gives, account and all."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport.conversion import Conversion, Format, convert, ledger_json
from exportreport.conversion.assembly import Assembly
from exportreport_converters import FORMATS

ROOT = Path(__file__).resolve().parents[2]
LISTS = [(name, path) for name in FORMATS for pattern in ("theirs.csv", "*/theirs.csv")
         for path in sorted((ROOT / "converters" / name / "cases").glob(pattern))]  # fmt: skip
DUTCH = FORMATS["nl_cdiu/dual_use"]

#: Texts that are read in every way that the Dutch list has: as they are, translated, in doubt, carried, refused.
TEXTS = [
    "", " ", "D", "T", "x", "05-01-2004", "31-12-2004", "13-12-2004", "29-02-2004", "29-02-2005", "01/13/2005",
    "02/03/2005", "13/01/2005", "2004-05-06", "6A002a2a", "5A002a1, 5D002a", "Divers", "iets anders",
    "Chili via België", "Servië en Montenegro", "Onbekend", "Duitsland, Atlantis",
    "25,740", "5.100", "0", "€ 1.500,-", "kap\tot", "'=1+1",
    "é ", "\u00a0", "a" * 201, "b" * 5_000, "23632284", "NL0001CDIU0000001", "ligne\nligne",
]  # fmt: skip


def told(conversions: list[Conversion]) -> list[object]:
    """All that conversions say; values are told apart from those that only equal them, as 1 and True do."""
    return [(repr(one.report and sorted(one.report)), one.report, one.refused, list(ledger_json(one)),
             list(one.findings)) for one in conversions]  # fmt: skip


def both(form: Format, data: bytes) -> tuple[list[object], list[object]]:
    quick = list(convert(form, io.BytesIO(data), reported_at="2026-11-23T09:00:00Z"))
    with mock.patch.object(Assembly, "_rows_alone", lambda self: None):
        general = list(convert(form, io.BytesIO(data), reported_at="2026-11-23T09:00:00Z"))
    return told(quick), told(general)


@pytest.mark.parametrize(("name", "path"), LISTS, ids=[str(path.relative_to(ROOT)) for _, path in LISTS])
def test_the_cases_of_lists(name: str, path: Path) -> None:
    quick, general = both(FORMATS[name], path.read_bytes())
    assert quick == general
    assert quick


def test_the_dutch_list_goes_the_quick_way() -> None:
    with mock.patch.object(Assembly, "convert", side_effect=AssertionError):
        data = (ROOT / "examples" / "nl_cdiu" / "dual_use_excerpt.csv").read_bytes()
        assert len(list(convert(DUTCH, io.BytesIO(data), reported_at="2026-11-23T09:00:00Z"))) == 122


@given(st.lists(st.lists(st.sampled_from(TEXTS), min_size=10, max_size=11), min_size=1, max_size=6))
@settings(max_examples=150)
def test_rows_of_any_texts(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    numbered = [[row[0], row[1] or "1", *row[2:]] for row in rows]
    csv.writer(out).writerows([DUTCH.columns.names, *numbered])
    quick, general = both(DUTCH, out.getvalue().encode())
    assert quick == general


def test_reports_share_nothing() -> None:
    data = (ROOT / "examples" / "nl_cdiu" / "dual_use_excerpt.csv").read_bytes()
    header, row, *_ = data.splitlines(keepends=True)
    first, second = convert(DUTCH, io.BytesIO(header + row + row), reported_at="2026-11-23T09:00:00Z")
    assert first.report is not None and second.report is not None
    before = repr(second.report)
    spoil(first.report)
    assert repr(second.report) == before


def spoil(node: object) -> None:
    """Change every object and list of a report."""
    for inner in list(node.values()) if isinstance(node, dict) else list(node) if isinstance(node, list) else []:
        spoil(inner)
    if isinstance(node, dict):
        node["spoiled"] = True
    elif isinstance(node, list):
        node.append("spoiled")
