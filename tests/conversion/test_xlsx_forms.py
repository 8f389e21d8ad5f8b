"""Workbooks as forms, and as other programs see what is written: there and back, the same bytes each time."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import packed, parts, row, sheet

from exportreport.conversion import Conversion, Format, Writer, convert, load
from exportreport.conversion.header import Columns
from exportreport.conversion.shapes.registry import SHAPES
from exportreport.conversion.shapes.xlsx_forms import read_forms
from exportreport.conversion.shapes.xlsx_layout import MAX_NAME, sheet_names
from exportreport.conversion.shapes.xlsx_rows import read_sheets
from exportreport.conversion.shapes.xlsx_writing import Forms, MissingExtraError, Sheets
from exportreport.finding import Finding

FOLDER = Path(__file__).parents[2] / "converters"
REPORTED_AT = "2026-11-23T09:00:00Z"
NAMES = ("number", "box.name", "box.amount", "items[].name", "items[].uses[].day", "items[].uses[].text", "tags[]")
Tree = list[tuple[str, Mapping[str, str]]]


def form_of(names: Sequence[str], numbers: Sequence[str] = ()) -> Format:
    """A format with these columns, as much of it as a shape knows."""
    whole = load(FOLDER / "eu_annex3" / "a", FOLDER / "eu_annex3")
    fields = tuple(replace(whole.fields[0], column=name, number=True) for name in numbers)
    return replace(whole, columns=Columns(tuple(names), {}, {}), fields=fields, shape="json", also=("xlsx",))


FORM = form_of(NAMES, ["box.amount"])
TREE: Tree = [
    ("", {"number": "A-1", "box.name": "=cmd()", "box.amount": "12.5"}),
    ("items[]", {"items[].name": "one"}),
    ("items[].uses[]", {"items[].uses[].day": "2024-05-20", "items[].uses[].text": "a\r\nb\tc"}),
    ("items[].uses[]", {"items[].uses[].text": "_x0041_"}),
    ("items[]", {"items[].name": "two"}),
    ("items[].uses[]", {"items[].uses[].text": "'x "}),
    ("tags[]", {"tags[]": "-t"}),
]


def written(form: Format, *trees: Tree) -> bytes:
    file = Forms(form)
    assert file.head() + b"".join(file.write(tree) for tree in trees) == b""
    return file.tail()


def read(data: bytes, form: Format = FORM) -> list[Any]:
    return [
        [(one.kind, dict(zip(one.names, one.texts, strict=True))) for one in found]
        if isinstance(found, list)
        else found
        for found in read_forms([data], [form])
    ]


def test_a_form_comes_back_as_it_was() -> None:
    assert read(written(FORM, TREE)) == [TREE]


def test_forms_in_one_workbook_are_told_apart_by_a_column() -> None:
    other: Tree = [
        ("", {"number": "A-2"}),
        ("items[]", {"items[].name": "x"}),
        ("items[].uses[]", {"items[].uses[].day": "y"}),
    ]
    assert read(written(FORM, TREE, other, TREE)) == [TREE, other, TREE]


def test_a_form_alone_stands_where_it_will_stand() -> None:
    file = Forms(FORM)
    file.write(TREE)
    alone = file.alone()
    alone.write(TREE)
    file.write(TREE)
    (there,), (_, here) = list(read_forms([alone.tail()], [FORM])), list(read_forms([file.tail()], [FORM]))
    assert isinstance(there, list) and isinstance(here, list)
    assert [one.places for one in there] == [one.places for one in here]


def test_names_that_the_format_does_not_know_have_cells_too() -> None:
    tree: Tree = [
        ("", {"number": "1", "extra.x": "e"}),
        ("items[]", {"items[].more": "m"}),
        ("others[]", {"others[].a": "b"}),
    ]
    assert read(written(FORM, tree)) == [tree]


def test_places_are_rows_and_columns_of_sheets() -> None:
    (records,) = read_forms([written(FORM, TREE)], [FORM])
    assert isinstance(records, list)
    assert [(one.kind, one.line, one.within) for one in records[:4]] == [
        ("", 2, None), ("items[]", 2, 0), ("items[].uses[]", 2, 1), ("items[].uses[]", 3, 1),
    ]  # fmt: skip
    assert records[0].places is not None and records[0].places[1] == (3, 3)


def hand_made(*uses: str) -> bytes:
    return packed(parts({
        "Anything": sheet(row("Name", "Value", "Remark"), row("number", "A-1", "r"), row("box.name", "")),
        "items": sheet(row("name"), row("one"), row("two")),
        "ITEMS.uses": sheet(row("text", "in"), *uses),
    }))  # fmt: skip


def test_a_form_made_by_hand_is_read() -> None:
    told, tree = read(hand_made(row("x", "2")))
    assert told.finding_code == "ER-K-014" and 'column C of "Anything"' in told.message
    assert tree == [("", {"number": "A-1"}), ("items[]", {"items[].name": "one"}), ("items[]", {"items[].name": "two"}),
                    ("items[].uses[]", {"items[].uses[].text": "x"})]  # fmt: skip


@pytest.mark.parametrize("layout", ["a", "b"])
def test_long_names_of_lists_in_two_layouts_are_those_of_the_layout_that_is_told(layout: str) -> None:
    """A sheet has the end of a long name, which two layouts may share."""
    outer = {one: f"{one}_prior_authorizations[]" for one in "ab"}
    inner = {one: f"{outer[one]}.conditions[]" for one in "ab"}
    forms = [
        replace(form_of(("kind", f"{outer[one]}.no", f"{inner[one]}.text")), told_by=("kind", frozenset({one})))
        for one in "ab"
    ]
    tree: Tree = [
        ("", {"kind": layout}),
        (outer[layout], {f"{outer[layout]}.no": "1"}),
        (inner[layout], {f"{inner[layout]}.text": "x"}),
    ]
    for order in (forms, [*reversed(forms)]):
        (found,) = read_forms([written(forms["ab".index(layout)], tree)], order)
        assert isinstance(found, list)
        assert [(one.kind, dict(zip(one.names, one.texts, strict=True))) for one in found] == tree


@pytest.mark.parametrize("within", ["", "0", "3", "one", "9" * 5000])
def test_a_row_that_belongs_to_no_other_is_refused(within: str) -> None:
    _, refused = read(hand_made(row("x", within)))
    assert (refused.refused.fault.code, refused.refused.line) == ("ER-K-132", 2)


def test_a_form_without_its_sheet_or_with_a_name_twice_is_refused() -> None:
    (found,) = read(packed(parts({"List": sheet(row("a", "b"))})))
    assert isinstance(found, Finding) and found.finding_code == "ER-K-003"
    (found,) = read(packed(parts({"List": sheet()})))
    assert isinstance(found, Finding) and found.finding_code == "ER-K-001"
    twice = packed(parts({"Form": sheet(row("name", "value"), row("number", "1"), row("number", "2"))}))
    (found,) = read(twice)
    assert (found.refused.fault.code, found.refused.line) == ("ER-K-110", 3)
    wrong = packed(parts({"Form": sheet(row("name", "value"), row("number", '<c t="e"><v>#REF!</v></c>'))}))
    (found,) = read(wrong)
    assert (found.refused.fault.code, found.refused.line) == ("ER-K-131", 2)


def test_names_of_sheets_are_such_as_programs_take() -> None:
    kinds = ["a" * 40 + "[]", "b" + "a" * 40 + "[]", "form[]", "x[].y[]"]
    names = list(sheet_names(kinds).values())
    assert len({name.casefold() for name in names}) == 4 and "form" not in names
    assert all(len(name) <= MAX_NAME and not set("[]:*?/\\") & set(name) for name in names)


def test_the_same_records_give_the_same_bytes() -> None:
    assert written(FORM, TREE) == written(FORM, TREE)


#: What cells may hold: anything that a report may, and nothing blank at its ends, which mappings take off.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), min_size=1, max_size=20).filter(
    str.strip
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
def test_rows_come_back_and_other_engines_see_the_same(rows: list[tuple[str, str, str]]) -> None:
    form = replace(form_of(["a", "b", "c"]), also=(), shape="csv")
    file = Sheets(form)
    file.write(("", dict(zip("abc", texts, strict=True))) for texts in rows)
    data = file.tail()
    columns = Columns(("a", "b", "c"), {name: name for name in "abc"}, {})
    _, *records = read_sheets([data], columns, "")
    marked = [["'" + one if _is_marked(one) else one for one in texts] for texts in rows]
    assert [list(one.texts) for one in records if not isinstance(one, Finding)] == marked  # type: ignore[union-attr]
    seen = [[str(one.value) for one in cells] for cells in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows()]
    assert [[_plain(one) for one in texts] for texts in seen[1:]] == marked
    calamine = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [[_plain(str(one)) for one in texts] for texts in calamine[1:]] == marked


def _is_marked(text: str) -> bool:
    return text.startswith("'") and text.lstrip("'")[:1] in ("=", "+", "@", "-") and text.lstrip("'") != ""


def _plain(text: str) -> str:
    """Other engines leave the characters that stand as numbers as they are."""
    from exportreport.conversion.shapes.xlsx_values import unescaped

    return unescaped(text)


def test_formulas_are_texts_that_stay_so_when_they_are_edited() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(FORM, TREE)))
    cell = next(one for cells in book["Form"].iter_rows() for one in cells if one.value == "=cmd()")
    assert cell.data_type == "s" and cell.quotePrefix
    assert book["Form"].freeze_panes == "A2" and book["Form"]["A1"].font.b
    amount = next(one for cells in book["Form"].iter_rows() for one in cells if one.value == 12.5)
    assert amount.data_type == "n"


@pytest.mark.parametrize("text", ["12345678901234567890", "0.10", "1.1000000000000001", "1e5"])
def test_a_number_that_would_lose_digits_is_written_as_text(text: str) -> None:
    tree: Tree = [("", {"number": "1", "box.amount": text})]
    assert read(written(FORM, tree)) == [tree]


@pytest.mark.parametrize("text", ["x" * 32_768, "\ud800"])
def test_what_no_cell_can_hold_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"cell|character"):
        written(FORM, [("", {"number": text})])
    with pytest.raises(ValueError, match=r"cell|character"):
        Sheets(FORM).write([("", {"number": text})])


def test_what_others_write_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["name", "value"])
    book.active.append(["number", "A-1"])
    book.active.append(["box.amount", 0.1])
    items = book.create_sheet("items")
    items.append(["name"])
    items.append(["a & b\nc"])
    data = io.BytesIO()
    book.save(data)
    assert read(data.getvalue()) == [
        [("", {"number": "A-1", "box.amount": "0.1"}), ("items[]", {"items[].name": "a & b\nc"})]
    ]


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"exportreport\[xlsx\]"):
        Writer(FORM, "xlsx")


def converted(form: Format, data: bytes) -> list[Conversion]:
    return list(convert([form], [data], reported_at=REPORTED_AT))


@pytest.mark.parametrize("name", ["uk_denials", "eu_annex3/a"])
def test_a_format_is_the_same_in_a_workbook(name: str) -> None:
    folder = FOLDER / name
    form = replace(load(folder, FOLDER / name.partition("/")[0]), also=("xlsx",))
    reports = [json.loads(line) for line in (folder / "cases" / "ours.ndjson").read_text(encoding="utf-8").splitlines()]
    writer = Writer(form, "xlsx")
    found = list(writer.write(reports))
    assert not [one.refused for one in found if one.refused]
    assert not [entry for one in found for entry in one.ledger if entry.outcome == "lost"]
    data = writer.head() + b"".join(one.data for one in found) + writer.tail()
    assert SHAPES["xlsx"].begins(data)
    back = converted(form, data)
    assert [_without_line(one.report) for one in back] == [_without_line(report) for report in reports]
    for one, again in zip(found, back, strict=True):
        cells = {(entry.cell.line, entry.cell.column, entry.cell.text) for entry in again.ledger if entry.cell}
        assert {(entry.cell.line, entry.cell.column, entry.cell.text) for entry in one.ledger if entry.cell} <= cells


def _without_line(report: Mapping[str, Any] | None) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(report))
    made["sources"][0].pop("record_line")
    return made


def test_forms_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exportreport.conversion.shapes.xlsx_forms.MAX_CELLS", 30)
    (found,) = read(written(FORM, TREE))
    assert isinstance(found, Finding) and found.finding_code == "ER-K-006"
