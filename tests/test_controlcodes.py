"""Control codes: one normal form for all spellings, what lies under what, and counterparts on other lists."""

from __future__ import annotations

import re

import pytest

from exportreport import codelists, controlcodes
from exportreport.standard import Standard


@pytest.mark.parametrize(
    ("text", "normal", "numbering"),
    [
        ("6A002a2a", "6A002.a.2.a", "dual_use"),
        ("6A002.c1", "6A002.c.1", "dual_use"),
        ("2B001.B2", "2B001.b.2", "dual_use"),
        ("1C350-46", "1C350.46", "dual_use"),
        ("1C350-02", "1C350.2", "dual_use"),
        ("5A001.f.1", "5A001.f.1", "dual_use"),
        ("3A501.a.16", "3A501.a.16", "dual_use"),
        ("9A610.y", "9A610.y", "dual_use"),
        ("5.A.1.f", "5A001.f", "wassenaar"),
        ("5.A.1.f.1.", "5A001.f.1", "wassenaar"),
        ("5. A. 1. f. 1.", "5A001.f.1", "wassenaar"),
        ("6.A.15", "6A015", "wassenaar"),
        ("6.A.002", "6A002", "wassenaar"),
        ("ML15", "ML15", "military"),
        ("ML 7.g", "ML7.g", "military"),
        ("ml10d1", "ML10.d.1", "military"),
        ("PL9001", "PL9001", "military"),
        ("EAR99", "EAR99", "ear99"),
        ("EAR 99", "EAR99", "ear99"),
        ("XI(b)", "XI.b", "usml"),
        ("XII(c)(18)", "XII.c.18", "usml"),
        ("XII.c.18", "XII.c.18", "usml"),
        ("VIII(h)(1)(ii)", "VIII.h.1.ii", "usml"),
        ("USML XI (b)", "XI.b", "usml"),
        ("Category XI(b)", "XI.b", "usml"),
        ("XXI(a)", "XXI.a", "usml"),
    ],
)
def test_spellings(text: str, normal: str, numbering: str, the_standard: Standard) -> None:
    parsed = controlcodes.parse(text)
    assert parsed
    assert (parsed.original, parsed.normal, parsed.numbering) == (text, normal, numbering)
    assert re.fullmatch(the_standard.types["ControlCode"].pattern or "", normal)
    again = controlcodes.parse(normal)
    assert again and again.normal == normal


@pytest.mark.parametrize(
    "text",
    ["", "0", "10", "7A", "1E+201", "Diverse", "8A00201e", "6A0022", "6F002", "6A002aa", "6A002a-", "1C350-00",
     "6A002 a", "6A002\u0661", "\u0665A001", "5.A.0", "ML", "MLxv", "XXII", "IIII", "VX", "(b)", "XI(b", "EAR", "600",
     "6A002" + ".a.1" * 5, "6A002a\n", "3A001, 3A002"],
)  # fmt: skip
def test_what_is_no_control_code(text: str) -> None:
    assert controlcodes.parse(text) is None


def test_the_600_series_is_told_by_its_third_character() -> None:
    assert [controlcodes.parse(code).series_600 for code in ("9A610.y", "0A606", "6A002", "ML6")] == [  # type: ignore[union-attr]
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "under"),
    [
        ("5A001", "5A001", True),
        ("5A001", "5A001.f.1", True),
        ("5A001.f", "5A001.f.1", True),
        ("5A001.f.1", "5A001.f.10", False),
        ("5A001.f.1", "5A001.f", False),
        ("ML1", "ML15", False),
        ("XI", "XII.c", False),
        ("XI", "XI.b", True),
    ],
)
def test_what_lies_under_what(a: str, b: str, under: bool) -> None:
    assert controlcodes.covers("eu_annex1", a, b) is under
    assert (a in controlcodes.lineage(b)) is under


def test_counterparts_are_found_through_the_nearest_entry_of_the_table() -> None:
    found = {one.control_list: (one.code, one.by) for one in controlcodes.counterparts("wassenaar", "5A001.f.1")}
    assert found["eu_annex1"] == ("5A001.f.1", "5A001.f")
    assert found["us_ccl"] == ("5A001.f.1", "5A001.f")
    found = {one.control_list: (one.code, one.by) for one in controlcodes.counterparts("eu_annex1", "4A506.a")}
    assert found == {"us_ccl": ("4A906.a", "4A506")}


@pytest.mark.parametrize(
    ("control_list", "code"), [("eu_annex1", "5A001.i"), ("us_ccl", "5A980"), ("ch_gkv", "5A001"), ("eu_annex1", "9Z1")]
)
def test_without_a_known_counterpart_there_is_none(control_list: str, code: str) -> None:
    assert controlcodes.counterparts(control_list, code) == ()


def test_the_table_and_the_lists_agree() -> None:
    table, rows = controlcodes._crosswalk()
    for control_list in table:
        codes = codelists.codes(control_list)
        assert codes
        for code in rows[control_list]:
            assert codes.status(code, "2026-11-24") in ("valid", "unchecked"), (control_list, code)
