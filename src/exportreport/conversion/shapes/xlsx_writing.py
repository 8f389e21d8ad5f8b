"""Workbooks (XLSX), written through XlsxWriter: the same bytes for the same records, and no text that runs.

Every cell is a text, also one that begins like a formula; what a format says to be a number is one where a number of a
workbook keeps all its digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from typing import Any, NamedTuple

from exportreport.conversion.form import Format, kind_of
from exportreport.conversion.shapes.separated_writing import guarded
from exportreport.conversion.shapes.xlsx_layout import (
    FORM,
    FORM_SHEET,
    NAME,
    TITLE,
    VALUE,
    WITHIN,
    around,
    heading_of,
    kinds_of,
    sheet_names,
    title_of,
)
from exportreport.conversion.shapes.xlsx_sheets import MAX_ROWS, column_name

#: The longest text that a cell of a workbook may hold.
MAX_TEXT = 32_767

#: What a spreadsheet would take for a formula when the cell is edited.
_FORMULA = re.compile(r"[=+@\t\r-]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_WIDEST, _NARROWEST = 60, 12

#: When workbooks are said to be made: always the same moment, so that the same records give the same bytes.
_MADE = datetime(2000, 1, 1)


class MissingExtraError(Exception):
    """Workbooks cannot be written, because what writes them is not installed."""


class Made(NamedTuple):
    """A workbook that is being made, where its bytes go, and its formats of cells."""

    book: Any
    bytes: BytesIO
    bold: Any
    text: Any
    quoted: Any


def require_extra() -> None:
    """Raise MissingExtraError where XlsxWriter is not installed."""
    if find_spec("xlsxwriter") is None:
        raise MissingExtraError("Workbooks are written with an extra: pip install 'exportreport[xlsx]'.")


def new_workbook() -> Made:
    """An empty workbook. Raises MissingExtraError where XlsxWriter is not installed."""
    require_extra()
    from xlsxwriter import Workbook

    data = BytesIO()
    book = Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text, quoted = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "quote_prefix": True})
    return Made(book, data, bold, text, quoted)


def bytes_of(made: Made) -> bytes:
    """The whole file."""
    made.book.close()
    return made.bytes.getvalue()


def add_table(made: Made, name: str, headings: Sequence[str]) -> Any:
    """A new sheet with bold headings that stay in view."""
    sheet = made.book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_name(max(len(headings), 1))}{MAX_ROWS}"})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, made.bold)
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, len(heading) + 2)), made.text)
    return sheet


def put(made: Made, sheet: Any, place: tuple[int, int], text: str, *, number: bool = False) -> None:
    """Write ``text`` into the cell at the ``place`` (row and column from 0), as a number where it is one and keeps its
    digits."""
    if number and _NUMBER.fullmatch(text) and format(float(text), ".16G") == text:
        sheet.write_number(*place, float(text))
    elif text:
        sheet.write_string(*place, text, made.quoted if _FORMULA.match(text) else made.text)


def checked(text: str) -> str:
    """``text``, which a cell can hold. Raises ValueError for one that it cannot."""
    if len(text) > MAX_TEXT:
        raise ValueError(f"a text of {len(text)} characters is longer than a cell of a workbook holds ({MAX_TEXT})")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("a text holds half of a character, which a workbook cannot hold") from None
    return text


def _marked(text: str) -> str:
    """``text`` as it is read again: the reader of rows takes off one mark of those that keep a text from running."""
    return guarded(text) if text.startswith("'") else text


class Sheets:
    """A workbook of rows: one sheet with the columns of a format. It is written as a whole at the end."""

    open = False

    def __init__(self, form: Format, before: int = 0) -> None:
        require_extra()
        self._form, self._before = form, before
        self._numbers = frozenset(field.column for field in form.fields if field.number)
        self._rows: list[Sequence[str]] = []

    def head(self) -> bytes:
        """Nothing: a workbook has no beginning of its own."""
        return b""

    def write(self, records: Iterable[tuple[str, Mapping[str, str]]]) -> bytes:
        """Nothing yet; the rows are kept for the end. Raises ValueError for a text that no cell can hold."""
        names = self._form.columns.names
        rows = [[checked(_marked(cells.get(name, ""))) for name in names] for _, cells in records]
        if self._before + len(self._rows) + len(rows) >= MAX_ROWS:
            raise ValueError(f"a sheet has no more than {MAX_ROWS} rows; write the reports to several files")
        self._rows += rows
        return b""

    def tail(self) -> bytes:
        """The whole workbook."""
        made = new_workbook()
        names = self._form.columns.names
        sheet = add_table(made, (self._form.layout or self._form.id)[:31], names)
        for row, texts in enumerate(self._rows, self._before + 1):
            for column, text in enumerate(texts):
                put(made, sheet, (row, column), text, number=names[column] in self._numbers)
        return bytes_of(made)

    def alone(self) -> Sheets:
        """A workbook for one more report, in which its rows stand where they will stand in this one."""
        return Sheets(self._form, self._before + len(self._rows))


class Forms:
    """A workbook of forms: a sheet for single values, and one for each list. It is written as a whole at the end."""

    open = True

    def __init__(self, form: Format, before: Forms | None = None) -> None:
        require_extra()
        self._form = form
        self._numbers = frozenset(field.column for field in form.fields if field.number)
        self._count: int = before._count if before is not None else 0
        self._names: dict[str, dict[str, None]] = {}
        self._next: dict[str, int] = before._next.copy() if before is not None else {}
        if before is not None:
            self._names = {kind: names.copy() for kind, names in before._names.items()}
        self._rows: dict[str, list[_Row]] = {}
        for kind in ("", *kinds_of([form])) if before is None else ():
            self._names[kind] = dict.fromkeys(name for name in form.columns.names if kind_of(name) == kind)

    def head(self) -> bytes:
        """Nothing: a workbook has no beginning of its own."""
        return b""

    def write(self, records: Iterable[tuple[str, Mapping[str, str]]]) -> bytes:
        """Nothing yet; the form is kept for the end. Raises ValueError for a text that no cell can hold."""
        self._count += 1
        counts: dict[str, int] = {}
        for kind, cells in records:
            counts[kind] = counts.get(kind, 0) + 1
            names = self._names.setdefault(kind, {})
            names.update(dict.fromkeys(map(checked, cells)))
            if kind:
                said = {heading_of(name, kind): checked(text) for name, text in cells.items()}
                numbers = frozenset(heading_of(name, kind) for name in cells if name in self._numbers)
                self._add(kind, {**said, WITHIN: str(counts.get(around(kind), 0))} if around(kind) else said, numbers)
                continue
            for name in names:
                said = {NAME: name, TITLE: title_of(name), VALUE: checked(cells.get(name, ""))}
                self._add("", said, frozenset({VALUE} if name in self._numbers else ()))
        return b""

    def tail(self) -> bytes:
        """The whole workbook."""
        made = new_workbook()
        names = {"": FORM_SHEET, **sheet_names(kind for kind in self._names if kind)}
        for kind, name in names.items():
            headings = self._headings(kind)
            sheet = add_table(made, name, headings)
            places = {heading: column for column, heading in enumerate(headings)}
            for row, said, numbers in self._rows.get(kind, ()):
                for heading, text in said.items():
                    if heading in places:
                        put(made, sheet, (row, places[heading]), text, number=heading in numbers)
        return bytes_of(made)

    def alone(self) -> Forms:
        """A workbook for one more form, in which it stands where it will stand in this one."""
        return Forms(self._form, self)

    def _headings(self, kind: str) -> Sequence[str]:
        own = [heading_of(name, kind) for name in self._names[kind]] if kind else [NAME, TITLE, VALUE]
        return [*own, *([WITHIN] if around(kind) else []), *([FORM] if self._count > 1 else [])]

    def _add(self, kind: str, said: Mapping[str, str], numbers: frozenset[str]) -> None:
        """Add a row of texts by their headings; those in ``numbers`` are numbers."""
        row = self._next.get(kind, 1)
        if row >= MAX_ROWS:
            raise ValueError(f"a sheet has no more than {MAX_ROWS} rows; write the reports to several files")
        self._rows.setdefault(kind, []).append(_Row(row, {**said, FORM: str(self._count)}, numbers))
        self._next[kind] = row + 1


class _Row(NamedTuple):
    """A row of a sheet: its number from 0, its texts by their headings, and which of them are numbers."""

    number: int
    said: Mapping[str, str]
    numbers: frozenset[str]
