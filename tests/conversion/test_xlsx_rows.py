"""Workbooks as rows: what cells say, where they stand, what is named, and what is never read."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from workbooks import KIND, MAIN, cell, packed, parts, row, sheet, workbook

from exportreport.codec.limits import FREE_EXPANSION
from exportreport.conversion.header import Columns, Header, alike
from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.xlsx_rows import read_sheets
from exportreport.finding import Finding

NAMES = ("number", "name", "amount")
COLUMNS = Columns(NAMES, {alike(name): name for name in NAMES}, {})
HEADINGS = row(*NAMES)
DATES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/>'
    '<numFmt numFmtId="165" formatCode="&quot;day &quot;0.00"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="166"/></cellXfs>'
    "</styleSheet>"
)


def read(data: bytes) -> list[Header | Record | Unread | Finding]:
    return list(read_sheets([data[:1000], data[1000:]], COLUMNS, "a list"))


def records(data: bytes) -> list[Record]:
    return [one for one in read(data) if isinstance(one, Record)]


def texts(*cells: str, **more: str) -> list[str]:
    (record,) = records(workbook(HEADINGS, row(*cells), **more))
    return list(record.texts)


def codes(data: bytes) -> list[str]:
    found = read(data)
    return [one.finding_code for one in found if isinstance(one, Finding)] + [
        one.refused.fault.code for one in found if isinstance(one, Unread)
    ]


def number(text: str, style: int = 0) -> str:
    return f'<c s="{style}"><v>{text}</v></c>'


@pytest.mark.parametrize("text", ["0.1", "1E+201", "12345678901234567890", "-0", "007", "1.25", "0.12345678901234567"])
def test_numbers_stand_as_they_are_written(text: str) -> None:
    assert texts("A-1", number(text)) == ["A-1", text, ""]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1.1000000000000001", "1.1"), ("-0.30000000000000004", "-0.3"), ("25740.200000000001", "25740.2")],
)
def test_numbers_with_the_noise_of_fractions_are_those_shown(text: str, shown: str) -> None:
    data = workbook(HEADINGS, row("A-1", number(text)))
    expected = shown if float(shown) == float(text) else text
    assert records(data)[0].texts[1] == expected
    assert ("ER-K-019" in codes(data)) == (expected != text)


@pytest.mark.parametrize(
    ("text", "style", "day"),
    [
        ("45432", 1, "2024-05-20"), ("45432", 2, "2024-05-20"), ("45432", 0, "45432"), ("45432", 3, "45432"),
        ("45432.5", 4, "45432.5"), ("45432.25", 2, "2024-05-20T06:00:00"), ("1", 1, "1900-01-01"),
        ("59", 1, "1900-02-28"), ("60", 1, "60"), ("61", 1, "1900-03-01"), ("0", 1, "0"), ("-3", 1, "-3"),
        ("2958465", 1, "9999-12-31"), ("2958466", 1, "2958466"), ("1E+201", 1, "1E+201"), ("NaN", 1, "NaN"),
        ("9" * 5000, 1, "9" * 5000),
    ],
)  # fmt: skip
def test_numbers_of_days_are_dates_where_the_format_says_so(text: str, style: int, day: str) -> None:
    assert texts("A-1", number(text, style), styles=DATES) == ["A-1", day, ""]


def test_the_first_number_of_days_is_named() -> None:
    data = workbook(HEADINGS, row("A-1", number("45432", 1)), row("A-2", number("45433", 1)), styles=DATES)
    (told,) = [one for one in read(data) if isinstance(one, Finding)]
    assert told.finding_code == "ER-K-016" and all(word in told.message for word in ("B2", "45432", "2024-05-20"))


def test_days_may_be_counted_from_1904() -> None:
    book = '<workbookPr date1904="1"/>'
    assert texts("A-1", number("43970", 1), number("0", 1), styles=DATES, book=book) == [
        "A-1", "2024-05-20", "1904-01-01",
    ]  # fmt: skip


def test_shared_and_rich_texts() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>A-1</t></si><si><r><t>two </t></r><r><rPr><b/></rPr><t>parts</t></r>'
        "<rPh><t>sound</t></rPh></si><si><t>a_x000D_b_x005F_x0041__xD800_</t></si></sst>"
    )
    cells = [f'<c t="s"><v>{place}</v></c>' for place in range(3)]
    assert texts(*cells, strings=strings) == ["A-1", "two parts", "a\rb_x0041__xD800_"]


def test_answers_and_iso_dates() -> None:
    cells = ['<c t="b"><v>1</v></c>', '<c t="d"><v>2024-05-20</v></c>', '<c t="b"><v>0</v></c>']
    assert texts(*cells) == ["TRUE", "2024-05-20", "FALSE"]


def test_texts_that_look_like_formulas_are_texts() -> None:
    assert texts("=1+1", "@x", "'=x") == ["=1+1", "@x", "'=x"]


def test_places_are_those_of_the_sheet() -> None:
    found = records(workbook(row(), HEADINGS, row("A-1", number=7), row(cell("x", "B9"), cell("2", "C9"), number=9)))
    assert [(one.row, one.line) for one in found] == [(1, 7), (2, 9)]
    assert found[1].texts == ["", "x", "2"]
    assert [found[1].cell(number)[:3] for number in (2, 3)] == [("x", 9, 2), ("2", 9, 3)]


def test_values_of_formulas_are_taken_and_named() -> None:
    data = workbook(HEADINGS, row("A-1", '<c t="str"><f>UPPER("x")</f><v>X</v></c>', "<c><f>1+1</f><v>2</v></c>"))
    assert records(data)[0].texts == ["A-1", "X", "2"]
    assert codes(data) == ["ER-K-015"]


@pytest.mark.parametrize(
    "bad", ["<c><f>1+1</f></c>", '<c t="e"><v>#N/A</v></c>', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>']
)
def test_a_row_with_a_cell_without_a_value_is_refused_alone(bad: str) -> None:
    data = workbook(HEADINGS, row("A-1"), row("A-2", bad), row("A-3"))
    assert [one.texts[0] for one in records(data)] == ["A-1", "A-3"]
    (refused,) = [one.refused for one in read(data) if isinstance(one, Unread)]
    assert (refused.fault.code, refused.row, refused.line) == ("ER-K-131", 2, 3)
    assert "B3" in refused.message


def test_what_is_merged_or_hidden_is_named() -> None:
    rows = (HEADINGS, row("A-1"), row("A-2", more=' hidden="1"'))
    columns, merged = (
        '<cols><col min="2" max="2" hidden="1"/></cols>',
        '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
    )
    data = packed(parts({"List": sheet(*rows, before=columns, after=merged)}))
    assert sorted(codes(data)) == ["ER-K-017", "ER-K-018"]
    assert len(records(data)) == 2


def test_other_sheets_are_named_and_hidden_ones_not_read() -> None:
    made = {"Notes": sheet(row("Read me")), "List": sheet(HEADINGS, row("A-1")), "Old": sheet(HEADINGS, row("A-0"))}
    found = read(packed(parts(made, {"Old": "veryHidden"})))
    (told,) = [one for one in found if isinstance(one, Finding)]
    assert told.finding_code == "ER-K-014" and '"Notes"' in told.message and '"Old" (hidden)' in told.message
    assert [one.texts[0] for one in found if isinstance(one, Record)] == ["A-1"]


def test_sheets_with_the_same_columns_are_read_one_after_the_other() -> None:
    made = {"One": sheet(HEADINGS, row("A-1")), "Two": sheet(row("amount", "number", "name"), row("5", "A-2", "x"))}
    data = packed(parts(made))
    first, second = records(data)
    assert (first.row, second.row, second.line) == (1, 2, 2)
    assert second.texts == ["A-2", "x", "5"] and second.cell(3)[:3] == ("5", 2, 1)
    assert codes(data) == ["ER-K-020"]


def test_a_cell_beyond_the_columns_refuses_its_row() -> None:
    data = workbook(HEADINGS, row("A-1", "x", "1", "more"), row(cell("A-2", "A3"), cell(" ", "XFD3"), number=3))
    assert [one.texts[0] for one in records(data)] == ["A-2"]
    assert codes(data) == ["ER-K-102"]


def test_a_large_row_is_refused_alone() -> None:
    data = workbook(HEADINGS, row("A-1", "x" * 70_000), row("A-2"))
    assert [one.texts[0] for one in records(data)] == ["A-2"]
    assert codes(data) == ["ER-K-105"]


def test_what_a_sheet_says_of_its_size_costs_nothing() -> None:
    rows = (HEADINGS, row("A-1", number=2), row(number=500_000), row(cell("A-9", "A1048576"), number=1_048_576))
    data = packed(parts({"List": sheet(*rows, before='<dimension ref="A1:XFD1048576"/>')}))
    assert [(one.texts[0], one.line) for one in records(data)] == [("A-1", 2), ("A-9", 1_048_576)]


def test_links_of_cells_are_not_followed_and_do_no_harm() -> None:
    made = parts({"List": sheet(HEADINGS, row("A-1"))})
    made["xl/worksheets/_rels/sheet1.xml.rels"] = made["_rels/.rels"].replace("officeDocument", "hyperlink")
    assert len(records(packed(made))) == 1


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/vbaProject.bin", "x"), ("xl/externalLinks/externalLink1.xml", "<x/>"), ("xl/connections.xml", "<x/>"),
        ("xl/embeddings/oleObject1.bin", "x"), ("xl/macrosheets/sheet1.xml", "<x/>"),
        ("xl/activeX/activeX1.xml", "<x/>"),
    ],
)  # fmt: skip
def test_what_runs_or_comes_from_elsewhere_is_refused(part: str, text: str) -> None:
    (found,) = read(packed({**parts({"List": sheet(HEADINGS)}), part: text}))
    assert isinstance(found, Finding) and found.finding_code == "ER-K-009" and part in found.message


def test_macros_by_content_type_and_external_relations_are_refused() -> None:
    made = parts({"List": sheet(HEADINGS)})
    macros = made["[Content_Types].xml"].replace(
        f"{KIND}.sheet.main", "application/vnd.ms-excel.sheet.macroEnabled.main"
    )
    outside = (
        made["xl/_rels/workbook.xml.rels"]
        .replace("/worksheet", "/externalLinkPath")
        .replace("Target=", 'TargetMode="External" Target=')
    )
    assert codes(packed({**made, "[Content_Types].xml": macros})) == ["ER-K-009"]
    assert codes(packed({**made, "xl/_rels/workbook.xml.rels": outside})) == ["ER-K-009"]


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "_rels/.rels", "xl/styles.xml"]
)
def test_document_types_are_refused_in_every_part(part: str) -> None:
    made = parts({"List": sheet(HEADINGS, row("A-1"))}, styles=DATES)
    made[part] = DOCTYPE + made[part]
    (found,) = read(packed(made))
    assert isinstance(found, Finding) and found.finding_code == "ER-K-006" and "document type" in found.message


@pytest.mark.parametrize(
    "rows",
    [
        [HEADINGS, row("A-1", number=5), row("A-2", number=5)], [HEADINGS, row("A-1", number=1_048_577)],
        [HEADINGS, row(cell("x", "B2"), cell("y", "A2"), number=2)], [HEADINGS, row(cell("x", "XFE2"), number=2)],
        [HEADINGS, row(cell("x", "A7"), number=2)], [HEADINGS, row('<c t="s"><v>7</v></c>')],
        [HEADINGS, "<row><c></row>"], [HEADINGS, "<row>" + "<c>" * 70 + "</c>" * 70 + "</row>"],
        [HEADINGS, f'<row spans="{" " * 3_000_000}"></row>'],
    ],
)  # fmt: skip
def test_a_sheet_that_is_not_sound_is_refused(rows: list[str]) -> None:
    assert codes(workbook(*rows)) == ["ER-K-006"]


def test_bombs_are_refused() -> None:
    made = parts({"List": sheet(HEADINGS, row("A-1"))}, strings="<x/>")
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">' + " " * (FREE_EXPANSION + 1_000_000) + "</sst>"
    assert codes(packed(made)) == ["ER-K-006"]


def test_parts_named_twice_or_missing_are_refused() -> None:
    made = parts({"List": sheet(HEADINGS)})
    assert codes(packed({**made, "XL/workbook.xml": "<x/>"})) == ["ER-K-006"]
    del made["xl/worksheets/sheet1.xml"]
    assert codes(packed(made)) == ["ER-K-006"]


def test_what_is_no_workbook_is_named_as_such() -> None:
    assert codes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)) == ["ER-K-008"]
    assert codes(packed({"a.csv": "x"})) == ["ER-K-008"]
    made = parts({"List": sheet(HEADINGS)})
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(
        "spreadsheetml.sheet", "wordprocessingml.document"
    )
    assert codes(packed(made)) == ["ER-K-008"]
    assert codes(workbook(HEADINGS, row("A-1"))[:-30]) == ["ER-K-006"]


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(workbook(HEADINGS, row("A-1")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = data.index(b"PK\x01\x02", archive.start_dir)
    data[at + 8] |= 1
    assert codes(bytes(data)) == ["ER-K-006"]


def test_wrong_columns_are_those_of_the_sheet_that_comes_nearest() -> None:
    made = {"Notes": sheet(row("x")), "List": sheet(row("number", "name", "amont"))}
    (found,) = read(packed(parts(made)))
    assert isinstance(found, Finding) and found.finding_code == "ER-K-004"
    assert codes(workbook()) == ["ER-K-001"]


def test_parts_of_other_namespaces_say_nothing() -> None:
    more = '<x:ext xmlns:x="urn:x"><row><c t="inlineStr"><is><t>no</t></is></c></row></x:ext>'
    assert len(records(packed(parts({"List": sheet(HEADINGS, row("A-1"), more)})))) == 1


MARKS = (
    "<",
    "</c>",
    '<c r="A1">',
    ' t="s"',
    ' t="e"',
    "&x;",
    "<f>1</f>",
    "<row>",
    "<is>",
    "]]>",
    "\x00",
    "-1",
    "9" * 30,
)


@pytest.mark.parametrize("seed", range(150))
def test_whatever_is_in_a_workbook_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    strings = f'<sst xmlns="{MAIN}"><si><t>A-1</t></si><si><r><t>two</t></r></si></sst>'
    rows = (HEADINGS, row('<c t="s"><v>0</v></c>', "x", number("45432", 1)), row("A-2", number("1.1000000000000001")))
    made = parts({"List": sheet(*rows), "Notes": sheet(row("x"))}, strings=strings, styles=DATES)
    name = chance.choice(sorted(made))
    for _ in range(chance.randint(1, 3)):
        text = made[name]
        at, end = chance.randrange(len(text)), chance.randint(0, 12)
        made[name] = text[:at] + chance.choice(MARKS) + text[at + end :]
    found = read(packed(made))
    assert isinstance(found[0], Header) or (isinstance(found[0], Finding) and len(found) == 1)


@pytest.mark.parametrize("limit", ["MAX_STRINGS", "MAX_BYTES", "MAX_LENGTH"])
def test_shared_texts_have_limits(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    strings = f'<sst xmlns="{MAIN}">' + "<si><t>some</t></si>" * 3 + "</sst>"
    data = workbook(HEADINGS, row("A-1"), strings=strings)
    assert codes(data) == []
    monkeypatch.setattr(f"exportreport.conversion.shapes.xlsx_values.{limit}", 2)
    assert codes(data) == ["ER-K-006"]


def test_a_list_may_not_have_any_number_of_columns() -> None:
    wide = row(*NAMES, *(f"more {number}" for number in range(998)))
    assert codes(workbook(wide, row("A-1"))) == ["ER-K-006"]
