"""A workbook that was opened: its sheets, each looked over once before its rows are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple, cast

from exportreport.conversion import faults
from exportreport.conversion.shapes.lines import Stream, chunks
from exportreport.conversion.shapes.xlsx_package import Package, Sheet, WorkbookError
from exportreport.conversion.shapes.xlsx_sheets import Meanings, Remarks, Row, rows_of
from exportreport.conversion.shapes.xlsx_values import SharedTexts, Styles
from exportreport.conversion.shapes.xlsx_xml import PartError
from exportreport.finding import Finding, make, shown

#: A workbook up to this size is kept in memory while it is read, a larger one in a temporary file, packed as it is.
_IN_MEMORY = 16_777_216


class Survey(NamedTuple):
    """What a first look at a sheet shows: its first row that is not blank, and what is to be said of its cells."""

    sheet: Sheet
    first: Row | None
    remarks: Remarks

    @property
    def headings(self) -> Sequence[str]:
        """The texts of the first row, blank ones for the columns that have none."""
        return texts_of(self.first) if self.first is not None else []


def texts_of(row: Row) -> Sequence[str]:
    """The texts of a row from the first column on, blank ones for the columns that have none."""
    return [row.cells.get(number, "") for number in range(1, max(row.cells, default=0) + 1)]


class Book:
    """The sheets of a workbook. Raises WorkbookError for one that is not to be read."""

    def __init__(self, file: BinaryIO) -> None:
        self._package = Package(file)
        texts, styles = SharedTexts(), Styles()
        if self._package.strings is not None:
            self._package.read(self._package.strings, texts)
        if self._package.styles is not None:
            self._package.read(self._package.styles, styles)
        self._meanings = Meanings(texts.texts, styles.dates, self._package.dates_from_1904)

    def surveys(self) -> Iterator[Survey]:
        """A first look at each sheet with cells."""
        for sheet in self._package.sheets:
            if sheet.part:
                first, remarks = None, Remarks()
                for row in self.rows(sheet, remarks):
                    first = first or row
                yield Survey(sheet, first, remarks)

    @property
    def sheets(self) -> Sequence[Sheet]:
        """All sheets in their order."""
        return self._package.sheets

    @property
    def without_cells(self) -> Sequence[Sheet]:
        """The sheets that hold no cells, but charts."""
        return [sheet for sheet in self._package.sheets if not sheet.part]

    def rows(self, sheet: Sheet, remarks: Remarks | None = None) -> Iterator[Row]:
        """The rows of a sheet that are not blank. Raises WorkbookError."""
        try:
            yield from rows_of(self._package.pieces(sheet.part), self._meanings, remarks)
        except PartError as error:
            raise WorkbookError(make(faults.NOT_SOUND, what=f'sheet "{shown(sheet.name)}": {error}')) from error


def not_read(sheets: Iterable[Sheet], others: Iterable[str] = ()) -> Iterator[Finding]:
    """What names the ``sheets``, and the ``others``, that are not read, if there are any."""
    names = [f'"{shown(sheet.name)}"' + (" (hidden)" if sheet.hidden else "") for sheet in sheets]
    names += others
    if names:
        yield make(faults.SHEETS_NOT_READ, sheets=", ".join(names))


def spool(stream: Stream) -> BinaryIO:
    """The bytes of ``stream`` as a file in which any place can be read."""
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever asks for it closes it
    for piece in chunks(stream):
        file.write(piece)
    return cast("BinaryIO", file)


@contextmanager
def spooled(stream: Stream) -> Iterator[BinaryIO]:
    """The same, closed at the end."""
    with spool(stream) as file:
        yield file
