"""Workbooks made by hand, part by part, for the tests: what other programs write, and what nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def cell(text: str, ref: str = "") -> str:
    """A cell with a text of its own."""
    place = f' r="{ref}"' if ref else ""
    return f'<c{place} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def row(*cells: str, number: int | None = None, more: str = "") -> str:
    """A row; what is no XML is a text."""
    at = f' r="{number}"' if number else ""
    whole = (one if one.startswith("<c") else cell(one) for one in cells)
    return f"<row{at}{more}>{''.join(whole)}</row>"


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def parts(
    sheets: Mapping[str, str], states: Mapping[str, str] | None = None, strings: str = "", styles: str = "",
    book: str = "",
) -> dict[str, str]:  # fmt: skip
    """The parts of a workbook by their names."""
    given = states or {}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}" state="{given.get(name, "visible")}"/>'
        for n, name in enumerate(sheets, 1)
    )
    relations = [f'<Relationship Id="rId{n}" Type="{RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                 for n in range(1, len(sheets) + 1)]  # fmt: skip
    made = {f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets.values(), 1)}
    for name, text in (("sharedStrings", strings), ("styles", styles)):
        if text:
            relations.append(f'<Relationship Id="{name}" Type="{RELATED}/{name}" Target="/xl/{name}.xml"/>')
            made[f"xl/{name}.xml"] = text
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{KIND}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{book}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{"".join(relations)}'
        "</Relationships>",
        **made,
    }


def packed(made: Mapping[str, str]) -> bytes:
    """The bytes of a workbook with these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text)
    return data.getvalue()


def workbook(*rows: str, **more: str) -> bytes:
    """A workbook of one sheet."""
    return packed(parts({"List": sheet(*rows)}, **more))  # type: ignore[arg-type]
