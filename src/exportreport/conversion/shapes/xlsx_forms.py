"""A workbook (XLSX) read as a form: a tree whose single values stand one below the other, and whose lists have
sheets (`xlsx_layout`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from exportreport.conversion import faults
from exportreport.conversion.form import Format
from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.lines import Stream
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.trees import repeated
from exportreport.conversion.shapes.xlsx_book import Book, Survey, not_read, spooled
from exportreport.conversion.shapes.xlsx_layout import (
    FORM,
    FORM_SHEET,
    NAME,
    TITLE,
    VALUE,
    WITHIN,
    around,
    kinds_of,
    name_of,
    sheet_names,
)
from exportreport.conversion.shapes.xlsx_package import WorkbookError
from exportreport.conversion.shapes.xlsx_rows import unread_row
from exportreport.conversion.shapes.xlsx_sheets import Row, column_name
from exportreport.finding import Finding, Position, make, shown

#: The most cells of the forms of one workbook, and of the characters in them: they are kept in memory.
MAX_CELLS, MAX_CHARACTERS = 200_000, 50_000_000


def read_forms(stream: Stream, forms: Sequence[Format]) -> Iterator[list[Record] | Unread | Finding]:
    """The records of each form in ``stream``; a finding where the file cannot be read, or is to be told of.

    The line of a record is its row in its sheet. Cells that are blank are left out.
    """
    with spooled(stream) as file:
        try:
            yield from _read(Book(file), forms)
        except WorkbookError as error:
            yield error.finding


class _List(NamedTuple):
    """A list: the kind of its records, and the names that the formats know."""

    kind: str
    known: Sequence[str]


class _Entry(NamedTuple):
    """A row of a list, or all single values of a form: its kind, the entry that it is part of, its cells."""

    kind: str
    line: int
    within: str
    cells: Sequence[tuple[str, str, Position]]


@dataclass(slots=True)
class _Gathered:
    """The entries of one form, and the first thing that it is refused for."""

    entries: list[_Entry] = field(default_factory=list)
    fault: tuple[int, Finding] | None = None


@dataclass(slots=True)
class _Spent:
    """How much of a workbook is kept in memory."""

    cells: int = 0
    characters: int = 0

    def add(self, row: Row) -> None:
        """Count a row. Raises WorkbookError beyond the limits."""
        self.cells += 1 + len(row.cells)
        self.characters += sum(map(len, row.cells.values()))
        if self.cells > MAX_CELLS or self.characters > MAX_CHARACTERS:
            what = f"its forms have more than {MAX_CELLS} cells, or more than {MAX_CHARACTERS} characters"
            raise WorkbookError(make(faults.NOT_SOUND, what=what))


def _read(book: Book, forms: Sequence[Format]) -> Iterator[list[Record] | Unread | Finding]:
    surveys = [one for one in book.surveys() if one.first is not None]
    visible = [one for one in surveys if not one.sheet.hidden]
    main = next((one for one in visible if {NAME, VALUE} <= set(_columns(one))), None)
    if main is None:
        looks = f"a workbook without a sheet that has the columns {NAME} and {VALUE}"
        yield make(faults.WRONG_FORMAT, format=forms[0].title, looks=looks) if visible else make(faults.EMPTY_FILE)
        return
    yield from not_read([*(one.sheet for one in surveys if one.sheet.hidden), *book.without_cells], _beside(main))
    gathered: dict[str, _Gathered] = {}
    spent = _Spent()
    _gather_values(book, main, gathered, spent)
    forms = _told(gathered.values(), forms) or forms
    known = [name for form in forms for name in form.columns.names]
    kinds = _kinds(visible, main, forms)
    for kind, survey in kinds.items():
        _gather_list(book, survey, _List(kind, known), gathered, spent)
    for survey in (main, *kinds.values()):
        yield from survey.remarks.findings(survey.sheet.name)
    if not gathered:
        yield make(faults.EMPTY_FILE)
    row = 1
    for one in gathered.values():
        found = _records(one, row)
        row += len(found) if isinstance(found, list) else 1
        yield found


def _told(gathered: Iterable[_Gathered], forms: Sequence[Format]) -> Sequence[Format]:
    """Those of the layouts that the single values of the forms name: lists of the same name may be in several."""
    cells = (cell for one in gathered for entry in one.entries for cell in entry.cells)
    said = {(name, text.strip().casefold()) for name, text, _ in cells}
    return [
        form for form in forms
        if form.told_by is not None and any((form.told_by[0], value) in said for value in form.told_by[1])
    ]  # fmt: skip


def _columns(survey: Survey) -> Mapping[str, int]:
    """The numbers of the columns of a sheet by their headings; of two with the same heading the first."""
    numbers: dict[str, int] = {}
    for number, text in enumerate(survey.headings, 1):
        numbers.setdefault(text.strip().casefold(), number)
    return numbers


def _beside(survey: Survey) -> Iterator[str]:
    """The columns of the sheet of single values that hold neither names nor values."""
    for heading, number in _columns(survey).items():
        if heading and heading not in (NAME, TITLE, VALUE, FORM):
            yield f'column {column_name(number)} of "{shown(survey.sheet.name)}"'


def _kinds(surveys: Sequence[Survey], main: Survey, forms: Sequence[Format]) -> Mapping[str, Survey]:
    """The sheets of lists by the kinds of their records, those around others first."""
    by_name = {name.casefold(): kind for kind, name in sheet_names(kinds_of(forms)).items()}
    found = {by_name.get(one.sheet.name.casefold(), f"{one.sheet.name}[]"): one for one in surveys if one is not main}
    return {kind: found[kind] for kind in sorted(found, key=lambda kind: kind.count("[]"))}


def _gather_values(book: Book, survey: Survey, gathered: dict[str, _Gathered], spent: _Spent) -> None:
    """The single values of each form."""
    columns = _columns(survey)
    cells: dict[str, list[tuple[str, str, Position]]] = {}
    lines: dict[str, int] = {}
    for row in _below(book, survey, spent):
        name = row.cells.get(columns[NAME], "").strip() or f"row {row.number}"
        text = row.cells.get(columns[VALUE], "")
        form = _form(row, columns)
        lines.setdefault(form, row.number)
        one = gathered.setdefault(form, _Gathered())
        if row.fault is not None and one.fault is None:
            one.fault = row.number, row.fault
        if text.strip():
            cells.setdefault(form, []).append((name, text, Position(row.number, columns[VALUE])))
    for form, line in lines.items():
        gathered[form].entries.insert(0, _Entry("", line, "", cells.get(form, ())))


def _gather_list(book: Book, survey: Survey, of: _List, gathered: dict[str, _Gathered], spent: _Spent) -> None:
    """The rows of a list, put into their forms."""
    columns, (kind, known) = _columns(survey), of
    names = {
        number: name_of(text, kind, known) for number, text in enumerate(survey.headings, 1)
        if not (number == columns.get(FORM) and f"{kind}.{FORM}" not in known)
        and not (number == columns.get(WITHIN) and f"{kind}.{WITHIN}" not in known)
    }  # fmt: skip
    for row in _below(book, survey, spent):
        cells = [
            (names.get(number, f"{kind}.{number}"), text, Position(row.number, number))
            for number, text in row.cells.items()
            if text.strip() and (number in names or number > len(survey.headings))
        ]
        form = _form(row, columns)
        one = gathered.setdefault(form, _Gathered([_Entry("", row.number, "", ())]))
        if row.fault is not None and one.fault is None:
            one.fault = row.number, row.fault
        one.entries.append(_Entry(kind, row.number, row.cells.get(columns.get(WITHIN, 0), "").strip(), cells))


def _below(book: Book, survey: Survey, spent: _Spent) -> Iterator[Row]:
    """The rows below the headings that say something."""
    assert survey.first is not None
    for row in book.rows(survey.sheet):
        spent.add(row)
        if row.number > survey.first.number and (row.fault or any(text.strip() for text in row.cells.values())):
            yield row


def _form(row: Row, columns: Mapping[str, int]) -> str:
    """Which form a row is of; the first where it does not say."""
    return row.cells.get(columns.get(FORM, 0), "").strip() or "1"


def _records(gathered: _Gathered, first_row: int) -> list[Record] | Unread:
    """The records of a form, or why it is refused."""
    if gathered.fault is not None:
        return _refused(gathered, *gathered.fault, first_row)
    records: list[Record] = []
    by_kind: dict[str, list[int]] = {"": [0]}
    for row, entry in enumerate(gathered.entries, first_row):
        others = by_kind.get(around(entry.kind), [])
        within = _enclosing(entry, others) if entry.kind else None
        if entry.kind and within is None:
            sheet = around(entry.kind) or FORM_SHEET
            finding = make(faults.NO_ENCLOSING_ROW, sheet=sheet, value=entry.within)
            return _refused(gathered, entry.line, finding, first_row)
        by_kind.setdefault(entry.kind, []).append(len(records)) if entry.kind else None
        names, texts = tuple(cell[0] for cell in entry.cells), tuple(cell[1] for cell in entry.cells)
        places = tuple(cell[2] for cell in entry.cells)
        record = Record(row, entry.line, names, texts, entry.kind, places, within)
        number = repeated(record)
        if number:
            finding = make(faults.REPEATED_MEMBER, column=names[number - 1])
            return _refused(gathered, places[number - 1].line, finding, first_row)
        records.append(record)
    return _nested(records)


def _enclosing(entry: _Entry, others: Sequence[int]) -> int | None:
    """The place of the record that encloses the entry: the only one of its kind, or the one it says."""
    if not around(entry.kind) or (len(others) == 1 and not entry.within):
        return others[0] if others else None
    said = entry.within
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 8 else 0
    return others[number - 1] if 0 < number <= len(others) else None


def _nested(records: Sequence[Record]) -> list[Record]:
    """The records in the order of the tree: each behind the one that encloses it."""
    inner: dict[int | None, list[int]] = {}
    for place, record in enumerate(records):
        inner.setdefault(record.within, []).append(place)
    order: list[int] = []
    waiting = [0]
    while waiting:
        place = waiting.pop()
        order.append(place)
        waiting += reversed(inner.get(place, []))
    places = {old: new for new, old in enumerate(order)}
    first = records[0].row
    return [
        records[old]._replace(row=first + new, within=None if old == 0 else places[records[old].within or 0])
        for new, old in enumerate(order)
    ]


def _refused(gathered: _Gathered, line: int, finding: Finding, row: int) -> Unread:
    cells = [cell for entry in gathered.entries for cell in entry.cells]
    return unread_row(line, [cell[0] for cell in cells], [cell[1] for cell in cells], finding, row)
