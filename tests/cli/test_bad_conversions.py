"""What happens to bad national files is what the page says: a code, an exit status, and the other records converted."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from exportreport.cli.main import cli
from tests.conversion import workbooks
from tests.conversion.workbooks import packed, parts, row, sheet

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bad-conversions.md"
FOLDER = Path(__file__).resolve().parents[2] / "converters"

HEADER = ["Datum afgifte", "nummer", "SG-Post", "Omschrijving goederen", "Opgegeven eindgebruik", "D/T",
          "Land van eindbestemming", "Land van herkomst", "Waarde(€)", "Datum verval"]  # fmt: skip
GOOD = ["05-01-2004", "23632284", "6A002a2a", "Buizen", "Nachtzicht", "D", "Chili", "Nederland", "25,740", "31-01-2005"]
OTHER = [*GOOD[:1], "23632285", *GOOD[2:]]


def rows(*lines: list[str], separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


def nl(**cells: str) -> bytes:
    """A list of two rows, the first of which has other cells."""
    changed = [cells.get(f"c{number}", text) for number, text in enumerate(GOOD, 1)]
    return rows(HEADER, changed, OTHER).encode()


def lite(change: Callable[[dict[str, object]], object]) -> bytes:
    """Two license payloads, the first of them changed."""
    lines = (FOLDER / "uk_lite" / "license" / "cases" / "back.json").read_text(encoding="utf-8").splitlines()
    first, second = json.loads(lines[0]), lines[1]
    change(first["licence"])
    return f"{json.dumps(first)}\n{second}\n".encode()


def chief(old: str = "", new: str = "") -> bytes:
    text = (FOLDER / "uk_chief" / "licence_data" / "cases" / "back.txt").read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1).encode()


FORM_ROWS = [row("name", "title", "value"), row("notice", "", "request")]


def with_part(name: str, text: str, **replaced: str) -> bytes:
    made = parts({"Form": sheet(*FORM_ROWS)})
    return packed({**made, name: text} | {part.replace("__", "/"): words for part, words in replaced.items()})


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        made = parts({"Form": sheet(*FORM_ROWS)})
        start = made.pop("xl/worksheets/sheet1.xml").removesuffix("</sheetData></worksheet>")
        for name, text in made.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(start.encode())
            for _ in range(64):
                part.write(b" " * 1_048_576)
            part.write(b"</sheetData></worksheet>")
    return data.getvalue()


class Case(NamedTuple):
    """A row of the page: what is wrong, in which format, with which bytes; the code and the exit status."""

    words: str
    form: str
    data: Callable[[], bytes]
    code: str
    status: int


CASES = (
    Case("an empty file", "nl_cdiu", lambda: b"", "ER-K-001", 3),
    Case("a binary file", "nl_cdiu", lambda: b"\x7fELF\x02\x01\x00\x00" * 50, "ER-K-002", 3),
    Case("a file of another format", "nl_cdiu", lambda: b"name,address,country\r\nA,B,C\r\n", "ER-K-003", 3),
    Case("a missing heading", "nl_cdiu", lambda: rows(HEADER[:-1], GOOD[:-1]).encode(), "ER-K-004", 3),
    Case("no headings", "nl_cdiu", lambda: rows(GOOD, OTHER).encode(), "ER-K-003", 3),
    Case("a heading twice", "nl_cdiu", lambda: rows([*HEADER, HEADER[2]], [*GOOD, "x"]).encode(), "ER-K-005", 3),
    Case("a further column", "nl_cdiu", lambda: rows([*HEADER, "Notes"], [*GOOD, "x"]).encode(), "ER-K-011", 0),
    Case("columns in another order", "nl_cdiu", lambda: rows(HEADER[::-1], GOOD[::-1]).encode(), "ER-K-012", 0),
    Case("Windows-1252 instead of UTF-8", "nl_cdiu", lambda: rows(HEADER, GOOD).encode("cp1252"), "ER-K-010", 0),
    Case("a short row", "nl_cdiu", lambda: rows(HEADER, GOOD[:7], OTHER).encode(), "ER-K-101", 1),
    Case("a long row", "nl_cdiu", lambda: rows(HEADER, [*GOOD, "x"], OTHER).encode(), "ER-K-102", 1),
    Case("a quotation mark without a partner", "nl_cdiu", lambda: nl(c4="Buizen").replace(b"Buizen", b'"Buizen', 1),
         "ER-K-103", 1),
    Case("a row without its number", "nl_cdiu", lambda: nl(c2=""), "ER-K-107", 1),
    Case("a day that does not exist", "nl_cdiu", lambda: nl(c1="31-02-2004"), "ER-K-202", 0),
    Case("a date that can be read in two ways", "nl_cdiu", lambda: nl(c1="05/01/2004", c10="31/01/2005"),
         "ER-K-205", 0),
    Case("an amount that can be read in two ways", "nl_cdiu", lambda: nl(c9="5.100"), "ER-K-211", 0),
    Case("an impossible amount", "nl_cdiu", lambda: nl(c9="-5"), "ER-K-213", 0),
    Case("an unknown code", "nl_cdiu", lambda: nl(c6="X"), "ER-K-241", 0),
    Case("a damaged control code", "nl_cdiu", lambda: nl(c3="1E+201"), "ER-K-221", 0),
    Case("a country that is none", "nl_cdiu", lambda: nl(c7="Zwitsreland"), "ER-K-231", 0),
    Case("control characters in a cell", "nl_cdiu", lambda: nl(c4="a\x0cb"), "ER-K-251", 0),
    Case("JSON that is cut off", "uk_lite", lambda: b'[{"licence": {"id": "1"}', "ER-K-006", 3),
    Case("a member name twice", "uk_lite", lambda: lite(lambda one: one).replace(b'"id"', b'"id": "x", "id"', 1),
         "ER-K-110", 1),
    Case("a unit that is none", "uk_lite", lambda: lite(lambda one: one["goods"][0].update(unit="BAG")),  # type: ignore[index]
         "ER-K-241", 0),
    Case("a record number that is left out", "uk_chief", lambda: chief("\n5\\", "\n6\\"), "ER-K-123", 1),
    Case("two records run together", "uk_chief", lambda: chief("\n4\\", "\\"), "ER-K-122", 1),
    Case("a count that is wrong", "uk_chief", lambda: chief("end\\licence\\8", "end\\licence\\9"), "ER-K-143", 1),
    Case("a text that must be there", "uk_chief", lambda: chief("insert", ""), "ER-K-146", 1),
    Case("a file without a trailer", "uk_chief", lambda: chief("fileTrailer", "restrictions"), "ER-K-145", 1),
    Case("an archive in which the list is cut off", "nl_cdiu", lambda: gzip.compress(nl())[:-9], "ER-D-040", 3),
    Case("a workbook with a document type", "us_ddtc_reexport",
         lambda: with_part("xl/worksheets/sheet1.xml", "<!DOCTYPE x>" + sheet(*FORM_ROWS)), "ER-K-006", 3),
    Case("a workbook with macros", "us_ddtc_reexport", lambda: with_part("xl/vbaProject.bin", "x"), "ER-K-009", 3),
    Case("a workbook with links to others", "us_ddtc_reexport",
         lambda: with_part("xl/externalLinks/externalLink1.xml", "<x/>"), "ER-K-009", 3),
    Case("a workbook that unpacks to much", "us_ddtc_reexport", bomb, "ER-K-006", 3),
    Case("an encrypted workbook", "us_ddtc_reexport", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
         "ER-K-008", 3),
    Case("a workbook that is cut off", "us_ddtc_reexport",
         lambda: workbooks.workbook(*FORM_ROWS)[:-40], "ER-K-006", 3),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.words)
def test_a_bad_file_gets_its_code_and_status(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "bad"
    path.write_bytes(case.data())
    out = tmp_path / "out"
    found = CliRunner().invoke(cli, ["convert", "--from", case.form, "--to", "ndjson", str(path), "-o", str(out)])
    assert found.exit_code == case.status, found.output
    assert case.code in found.stderr, found.stderr
    assert "internal error" not in found.output
    assert (case.status == 3) != out.exists()  # what can be read is converted


def page() -> str:
    """The page as the cases make it."""
    lines = [
        "# Bad national files",
        "",
        "What `exportreport convert --from` does with files that are not as their format wants them. Each row is a",
        "case of a test. A cell that cannot be read is carried beside the fields and named with its line and column; a",
        "record that cannot become a report is refused, and the others are converted (exit status 0 or 1). With 3",
        "nothing could be read.",
        "",
        "| what is wrong | format of the example | code | exit status |",
        "|---|---|---|---|",
    ]
    for case in CASES:
        link = f"[{case.code}](findings.md#{case.code.lower()})"
        lines.append(f"| {case.words} | `{case.form}` | {link} | {case.status} |")
    return "\n".join(lines) + "\n"


def test_the_page_is_current(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
