"""A workbook (XLSX) read as rows: a sheet with a row of headings, then a record for each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from exportreport.conversion import faults
from exportreport.conversion.form import Format
from exportreport.conversion.header import Columns, Header, read_header, recognize
from exportreport.conversion.refusal import Refusal, Unread
from exportreport.conversion.shapes.lines import Stream, chunks
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.xlsx_book import Book, Survey, not_read, spool, spooled, texts_of
from exportreport.conversion.shapes.xlsx_package import Sheet, WorkbookError
from exportreport.conversion.shapes.xlsx_sheets import Row
from exportreport.finding import Finding, Position, make

#: The most columns of a list: blank cells take no room in a workbook, and memory when they are read.
MAX_WIDTH = 1_000


def read_sheets(stream: Stream, columns: Columns, title: str) -> Iterator[Header | Record | Unread | Finding]:
    """The header of the sheet of ``stream`` that has the columns, then its rows; a finding instead of the header where
    the file cannot be read. Further sheets with the same columns follow, other sheets are named.

    The line of a record is the number of its row in the sheet, its columns are those of the sheet.
    """
    with spooled(stream) as file:
        try:
            yield from _read(Book(file), columns, title)
        except WorkbookError as error:
            yield error.finding


def layout_of_sheets(stream: Stream, forms: Sequence[Format]) -> tuple[Format, Stream]:
    """The one of the ``forms`` whose columns stand in a sheet of ``stream``, and the stream from its beginning; where
    none fits, the one that has most of them."""
    file = spool(stream)
    try:
        book = Book(file)
        headings = [next(_headings(book, sheet), []) for sheet in book.sheets if sheet.part and not sheet.hidden]
    except WorkbookError:
        return forms[0], _rest(file)
    found = (form for form in forms if any(recognize(one, {form.name: form.columns}) for one in headings))
    return next(found, None) or max(forms, key=lambda form: _known(headings, form)), _rest(file)


def _rest(file: BinaryIO) -> Iterator[bytes]:
    """The whole ``file``, which is closed at its end."""
    file.seek(0)
    with file:
        yield from chunks(file)


def _headings(book: Book, sheet: Sheet) -> Iterator[Sequence[str]]:
    return (texts_of(row) for row in book.rows(sheet))


def _known(headings: Sequence[Sequence[str]], form: Format) -> int:
    return max((len({form.columns.named(text) for text in one}) for one in headings), default=0)


def _read(book: Book, columns: Columns, title: str) -> Iterator[Header | Record | Unread | Finding]:
    surveys = list(book.surveys())
    filled = [one for one in surveys if one.first is not None]
    headers = [(one, read_header(one.headings, columns, title)) for one in filled if not one.sheet.hidden]
    known = [(one, header) for one, header in headers if isinstance(header, Header)]
    if not known:
        yield _why_not(headers, columns)
        return
    first = known[0][1]
    if len(first.names) > MAX_WIDTH:
        yield make(faults.NOT_SOUND, what=f"its list has more than {MAX_WIDTH} columns")
        return
    taken = [(one, header) for one, header in known if sorted(header.names) == sorted(first.names)]
    names = {one.sheet.name for one, _ in taken}
    yield Header(first.names, first.extra, tuple(_placed(finding, known[0][0]) for finding in first.findings))
    yield from not_read([*(one.sheet for one in filled if one.sheet.name not in names), *book.without_cells])
    number = 0
    for one, header in taken:
        yield from one.remarks.findings(one.sheet.name)
        if number:
            yield make(faults.SHEET_BEGINS, number=number + 1, sheet=one.sheet.name)
        for record in _records(book, one, header, first):
            number += 1
            yield _numbered(record, number)


def _why_not(headers: Sequence[tuple[Survey, Header | Finding]], columns: Columns) -> Finding:
    """What is wrong with the sheet that has most of the columns."""
    if not headers:
        return make(faults.EMPTY_FILE)
    _, best = max(headers, key=lambda pair: len({columns.named(text) for text in pair[0].headings} - {None}))
    assert isinstance(best, Finding)
    return best


def _placed(finding: Finding, survey: Survey) -> Finding:
    assert survey.first is not None
    return finding._replace(position=Position(survey.first.number, 1))


def _records(book: Book, survey: Survey, own: Header, header: Header) -> Iterator[Record | Unread]:
    """The rows of a sheet whose columns are ``own``, as records with those of ``header``."""
    width, same = len(own.names), own.names == header.names
    order = [own.names.index(name) + 1 for name in header.names]
    assert survey.first is not None
    for row in book.rows(survey.sheet):
        if row.number <= survey.first.number or not _says_something(row):
            continue
        texts = [row.cells.get(column, "") for column in order]
        places = None if same else tuple(Position(row.number, column) for column in order)
        beyond = [column for column, text in row.cells.items() if column > width and text.strip()]
        if row.fault is None and not beyond:
            yield Record(0, row.number, header.names, texts, places=places)
            continue
        finding = row.fault or make(faults.TOO_MANY_CELLS, found=max(beyond), wanted=width)
        yield unread_row(row.number, header.names, texts, finding)


def _says_something(row: Row) -> bool:
    return row.fault is not None or any(text.strip() for text in row.cells.values())


def unread_row(line: int, names: Sequence[str], texts: Sequence[str], finding: Finding, row: int = 0) -> Unread:
    """A row that is refused because of ``finding``."""
    refused = Refusal(faults.FAULTS[finding.finding_code], finding.message, row, line, cells=tuple(texts))
    return Unread(refused, names, texts)


def _numbered(record: Record | Unread, number: int) -> Record | Unread:
    if isinstance(record, Record):
        return record._replace(row=number)
    old = record.refused
    return record._replace(refused=Refusal(old.fault, old.message, number, old.line, cells=old.cells))
