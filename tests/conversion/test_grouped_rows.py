"""Rows of one number are one report: what each row says of its own part, and what all of them must say alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exportreport.conversion import Conversion, convert, load
from exportreport.conversion.grouping import grouped
from exportreport.conversion.shapes.record import Record

FORM = load(Path(__file__).parents[2] / "converters" / "uk_denials")
NAMES = FORM.columns.usual
CELLS = ("DN1/1", "AB-1", "Acme", "1 High Street", "France", "Chile", "5A001.f", "Interceptor", "Policing", "Diversion")
GOOD = dict(zip(NAMES, (*CELLS, "end_user"), strict=True))


def denials(*changes: dict[str, str]) -> list[Conversion]:
    rows = [GOOD | change for change in changes]
    lines = [NAMES, *([row[name] for name in NAMES] for row in rows)]
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    return list(convert(FORM, [text.encode()], reported_at="2026-11-23T09:00:00Z"))


def report_of(conversion: Conversion) -> dict[str, Any]:
    assert conversion.report is not None
    return conversion.report


def entries(conversion: Conversion, column: str) -> list[tuple[int, str, str | None, str | None]]:
    return [
        (entry.row, entry.outcome.value, entry.target, entry.finding_code)
        for entry in conversion.ledger
        if entry.cell is not None and entry.cell.column_name == column
    ]


def test_each_row_is_a_party_of_one_denial() -> None:
    (found,) = denials({}, {"name": "Bravo", "entity_type": "consignee", "country": "Peru"})
    report = report_of(found)
    assert [(party["key"], party["name"], party["roles"]) for party in report["parties"]] == [
        ("party-1", "Acme", ["end_user"]), ("party-2", "Bravo", ["consignee"]),
    ]  # fmt: skip
    assert report["denied_parties"] == ["party-1", "party-2"]
    assert [len(report[name]) for name in ("items", "reasons", "regime_notifications")] == [1, 1, 1]
    assert entries(found, "name") == [(1, "mapped", "/parties/0/name", None), (2, "mapped", "/parties/1/name", None)]
    assert entries(found, "end_use") == [(row, "mapped", "/transaction/end_uses/0/statement", None) for row in (1, 2)]


def test_what_comes_first_and_no_field_can_hold_leaves_no_hole() -> None:
    (found,) = denials({"end_use": "a\x08"}, {"name": "Bravo"}, {"name": "Charly", "end_use": "Resale"})
    assert "transaction" not in report_of(found)
    assert [(path, about) for path, _, about in kept(found) if about] == [
        ("end_use", "/parties/1"), ("end_use", "/parties/2"),
    ]  # fmt: skip
    assert [code for *_, code in entries(found, "end_use")] == ["ER-K-251", "ER-K-261", "ER-K-261"]


def test_rows_of_one_number_need_not_stand_together() -> None:
    first, other = denials({}, {"regime_reg_ref": "AB-2"}, {"name": "Bravo"})
    assert [record.row for record in first.records] == [1, 3]
    assert [record.row for record in other.records] == [2]
    assert (report_of(first)["sources"][0]["record_line"], first.cell(3, 1).line) == (2, 4)


def test_a_row_that_says_otherwise_is_kept_and_named() -> None:
    (found,) = denials({}, {"name": "Bravo", "reference": "DN2"})
    assert report_of(found)["denial_reference"] == "DN1/1"
    assert kept(found) == [("reference", "DN2", "/parties/1")]
    assert entries(found, "reference")[1] == (2, "ambiguous", "/extensions/0", "ER-K-261")


def kept(conversion: Conversion) -> list[tuple[str, str, str]]:
    return [
        (one["extension_path"], one["extension_value"], one.get("about", ""))
        for one in report_of(conversion)["extensions"]
    ]


def test_rows_that_tell_of_other_things_give_entries_of_their_own() -> None:
    other = {"name": "Bravo", "item_description": "Decoder", "denial_cle": "5A002", "end_use": "Resale"}
    (found,) = denials({}, other, {"name": "Charly", "reason_for_refusal": "Military use"}, other | {"name": "Delta"})
    report = report_of(found)
    items = [(one["item_number"], one["description"], one["classifications"][0]["control_code"])
             for one in report["items"]]  # fmt: skip
    assert items == [(1, "Interceptor", "5A001.f"), (2, "Decoder", "5A002")]
    assert [one["statement"] for one in report["transaction"]["end_uses"]] == ["Policing", "Resale"]
    assert [one["reason_text"] for one in report["reasons"]] == ["Diversion", "Military use"]
    assert entries(found, "end_use") == [
        (1, "mapped", "/transaction/end_uses/0/statement", None),
        (2, "mapped", "/transaction/end_uses/1/statement", None),
        (2, "derived", "/extensions/2", None),
        (3, "mapped", "/transaction/end_uses/0/statement", None),
        (4, "mapped", "/transaction/end_uses/1/statement", None),
        (4, "derived", "/extensions/6", None),
    ]
    assert kept(found)[2:4] == [
        ("end_use", "Resale", "/parties/1"),
        ("reason_for_refusal", "Military use", "/parties/2"),
    ]


def test_a_row_that_says_less_of_an_item_tells_of_the_same() -> None:
    (found,) = denials({}, {"name": "Bravo", "denial_cle": ""}, {"name": "Charly", "denial_cle": "5A002"})
    assert [one["item_number"] for one in report_of(found)["items"]] == [1, 2]
    assert kept(found) == [("denial_cle", "5A002", "/parties/2"), ("item_description", "Interceptor", "/parties/2")]


def test_an_item_that_no_field_can_hold_is_kept_with_its_party() -> None:
    (found,) = denials({}, {"name": "Bravo", "item_description": "x" * 4_001})
    assert len(report_of(found)["items"]) == 1
    assert [(path, about) for path, _, about in kept(found)] == [
        ("denial_cle", "/parties/1"), ("item_description", "/parties/1"),
    ]  # fmt: skip
    assert entries(found, "item_description")[1][3] == "ER-K-252"


def test_a_blank_says_nothing_and_a_later_row_may_say_it() -> None:
    (found,) = denials({"end_use": ""}, {"name": "Bravo"}, {"name": "Charly", "end_use": " "})
    assert report_of(found)["transaction"]["end_uses"] == [{"statement": "Policing"}]
    assert [outcome for _, outcome, _, _ in entries(found, "end_use")] == ["blank", "mapped", "blank"]


def test_what_is_carried_once_is_not_carried_again() -> None:
    (found,) = denials({"country": "Atlantis"}, {"name": "Bravo", "country": "Atlantis"})
    about = [extension["about"] for extension in report_of(found)["extensions"]]
    assert about == ["/parties/0", "/parties/1"]
    (found,) = denials({"reference": "x" * 300}, {"name": "Bravo", "reference": "x" * 300})
    assert len(report_of(found)["extensions"]) == 1
    assert [target for _, _, target, _ in entries(found, "reference")] == ["/extensions/0", "/extensions/0"]


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [({"reason_for_refusal": " "}, "ER-K-109", 10), ({"regime_reg_ref": ""}, "ER-K-107", 2)],
)
def test_a_bad_row_is_refused_and_the_others_stay(change: dict[str, str], code: str, column: int) -> None:
    found = denials({}, {"name": "Bravo"} | change, {"name": "Charly"})
    (refused,) = [one.refused for one in found if one.refused is not None]
    assert (refused.fault.code, refused.row, refused.line) == (code, 2, 3)
    assert refused.cell is not None and refused.cell.column == column
    (report,) = [one.report for one in found if one.report is not None]
    assert [party["name"] for party in report["parties"]] == ["Acme", "Charly"]


def test_a_role_that_is_none_of_theirs_is_kept_in_words() -> None:
    (found,) = denials({"entity_type": "broker"}, {"name": "Bravo", "entity_type": ""})
    assert [(party["roles"], party.get("role_text")) for party in report_of(found)["parties"]] == [
        (["other"], "broker"), (["foreign_party"], None),
    ]  # fmt: skip
    added = {entry.target: entry.outcome.value for entry in found.ledger if entry.cell is None}
    assert added["/parties/1/roles/0"] == "defaulted" and "/parties/0/roles/0" not in added


def test_what_is_held_back_has_a_bound() -> None:
    rows = [Record(n, n + 1, ("number",), (str(number),)) for n, number in enumerate((1, 2, 1, 3, 4, 1, 5), 1)]
    groups = [[record.row for record in group] for group in grouped(rows, 0, 3) if isinstance(group, list)]
    assert groups == [[1, 3], [2], [4], [5], [6], [7]]
    assert sorted(row for group in groups for row in group) == [1, 2, 3, 4, 5, 6, 7]


def test_rows_that_take_much_memory_are_given_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exportreport.conversion.grouping.MAX_BYTES", 100)
    records = [Record(row, row, ("n", "t"), (number, "x" * 50)) for row, number in enumerate("aabba", 1)]
    found = [[one.row for one in group] for group in grouped(records, 0) if isinstance(group, list)]
    assert found == [[1, 2], [3, 4], [5]]
