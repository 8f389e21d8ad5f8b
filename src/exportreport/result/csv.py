"""The result as a table for a spreadsheet: a row for each finding, and one for each document that has none."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from exportreport.finding import Finding, visible
from exportreport.result.record import Result
from exportreport.result.run import Run

COLUMNS = (
    "input",
    "document",
    "report_type",
    "report_id",
    "verdict",
    "finding_code",
    "severity",
    "message",
    "pointer",
    "line",
    "column",
    "xpath",
    "model_path",
    "value",
    "caused_by",
)

#: What a spreadsheet takes for the beginning of a formula. Tab and line ends are escapes by then.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: Without it a spreadsheet takes UTF-8 for another encoding.
_MARK = "\ufeff"


def write(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """The table (RFC 4180) in UTF-8 with byte order mark: a heading, then the rows of each document as it comes."""
    yield _MARK.encode() + _rows([COLUMNS])
    for name, result in results:
        findings = result.findings or (None,)
        yield _rows([*_document(name, result), *_finding(finding)] for finding in findings)


def _document(name: str, result: Result) -> list[object]:
    return [name, result.number, result.kind, result.report_id, result.verdict]


def _finding(finding: Finding | None) -> list[object]:
    if finding is None:
        return [None] * (len(COLUMNS) - 5)
    line, column = finding.position or (None, None)
    place = [finding.pointer, line, column, finding.xpath]
    said: list[object] = [finding.finding_code, finding.severity, finding.message]
    return [*said, *place, finding.model_path, finding.value, finding.caused_by]


def _rows(rows: Iterable[Iterable[object]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> str | int:
    """``value`` as a cell that no spreadsheet takes for a formula, on one line."""
    if value is None or isinstance(value, int):
        return "" if value is None else value
    text = str(value)
    return f"'{visible(text)}" if text.startswith(_FORMULA) else visible(text)
