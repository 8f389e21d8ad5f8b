"""The rows of a workbook's sheet, one after another, whatever size the sheet says to have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from exportreport.conversion import faults
from exportreport.conversion.shapes.separated import MAX_CELL
from exportreport.conversion.shapes.xlsx_values import as_shown, day_of, looked_up, unescaped
from exportreport.conversion.shapes.xlsx_xml import PartError, parse
from exportreport.finding import Finding, make, shown

#: The size of a sheet (ISO/IEC 29500-1, 18.3.1).
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384

#: The most characters of one row.
MAX_ROW = 1_048_576

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WORDS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}
_EXAMPLES = 5


class Meanings(NamedTuple):
    """What the cells of a workbook mean: its shared texts, which formats are those of dates, where days begin."""

    texts: Sequence[str]
    dates: Sequence[bool]
    from_1904: bool


class Row(NamedTuple):
    """A row that is not blank: its number in the sheet, its texts by the numbers of their columns, what to refuse it
    for."""

    number: int
    cells: Mapping[int, str]
    fault: Finding | None = None


@dataclass(slots=True)
class Remarks:
    """What is to be said of the cells of a sheet: the first cells of each kind."""

    formulas: list[str] = field(default_factory=list)
    days: list[tuple[str, str, str]] = field(default_factory=list)
    fractions: list[tuple[str, str, str]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def findings(self, sheet: str) -> Iterator[Finding]:
        """The remarks as findings, each cell with the name of its sheet."""
        for fault, cells in ((faults.FORMULAS_READ, self.formulas), (faults.CELLS_MERGED, self.merged),
                             (faults.HIDDEN_READ, self.hidden)):  # fmt: skip
            if cells:
                more = " and others" if len(cells) > _EXAMPLES else ""
                yield make(fault, cells=f'{", ".join(cells[:_EXAMPLES])}{more} of "{shown(sheet)}"')
        for fault, first in ((faults.DAYS_READ, self.days), (faults.FRACTIONS_READ, self.fractions)):
            for cell, value, found in first:
                yield make(fault, value=value, cell=f'{cell} of "{shown(sheet)}"', found=found)


def rows_of(pieces: Iterable[bytes], meanings: Meanings, remarks: Remarks | None = None) -> Iterator[Row]:
    """The rows of a sheet that are not blank; what is to be said of them goes into ``remarks``.

    Raises PartError where the sheet is not sound.
    """
    sheet = _Sheet(meanings, remarks if remarks is not None else Remarks())
    for _ in parse(pieces, sheet):
        done, sheet.done = sheet.done, []
        yield from done


def column_name(number: int) -> str:
    """The letters of the column with the ``number``, from 1."""
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(65 + letter) + name
    return name


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Sheet:
    """Takes the elements of a sheet and makes rows of them."""

    def __init__(self, meanings: Meanings, remarks: Remarks) -> None:
        self.done: list[Row] = []
        self._meanings, self._remarks = meanings, remarks
        self._row, self._column, self._size = 0, 0, 0
        self._cells: dict[int, str] = {}
        self._fault: Finding | None = None
        self._kind, self._style = "n", 0
        self._parts: list[str] = []
        self._inside, self._sound, self._formula, self._inline = False, 0, False, False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v" or (name == "t" and self._inline and not self._sound):
            self._inside = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._formula = True
        elif name == "is":
            self._inline = True
        elif name == "rPh":
            self._sound += 1
        elif name in ("mergeCell", "col"):
            self._remark(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t"):
            self._inside = False
        elif name == "is":
            self._inline = False
        elif name == "rPh":
            self._sound -= 1
        elif name == "c":
            self._end_cell()
        elif name == "row" and (self._cells or self._fault):
            self.done.append(Row(self._row, self._cells, self._fault))

    def text(self, text: str) -> None:
        """Some of the text of a cell."""
        if self._inside:
            self._size += len(text)
            if self._size <= MAX_ROW:
                self._parts.append(text)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        number = int(given) if given and given.isascii() and given.isdecimal() and len(given) < 8 else self._row + 1
        if not self._row < number <= MAX_ROWS:
            raise PartError(f"its row {number} is not in order")
        self._row, self._column, self._size = number, 0, 0
        self._cells, self._fault = {}, None
        if attributes.get("hidden") in ("1", "true") and len(self._remarks.hidden) <= _EXAMPLES:
            self._remarks.hidden.append(f"row {number}")

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        place = _PLACE.fullmatch(given) if given is not None else None
        if given is not None and (place is None or int(place[2]) != self._row):
            raise PartError(f'the cell "{shown(given)}" is not one of the row {self._row}')
        column = _column(place[1]) if place is not None else self._column + 1
        if not self._column < column <= MAX_COLUMNS:
            raise PartError(f"a cell of the row {self._row} is not in order")
        self._column = column
        self._kind, style = attributes.get("t", "n"), attributes.get("s", "0")
        self._style = int(style) if style.isascii() and style.isdecimal() and len(style) < 8 else 0
        self._parts, self._formula, self._inside, self._inline, self._sound = [], False, False, False, 0

    def _end_cell(self) -> None:
        raw = "".join(self._parts)
        text = self._text(raw)
        if self._formula and (self._kind == "e" or not raw):
            self._refuse(make(faults.CELL_IN_ERROR, cell=self._place, value=raw or "a formula without a result"))
        elif self._kind == "e":
            self._refuse(make(faults.CELL_IN_ERROR, cell=self._place, value=raw or "an error"))
        if len(text) > MAX_CELL or self._size > MAX_ROW:
            self._refuse(make(faults.TOO_LARGE, limit=MAX_CELL))
        if self._formula and raw and len(self._remarks.formulas) <= _EXAMPLES:
            self._remarks.formulas.append(self._place)
        if text:
            self._cells[self._column] = text[:MAX_CELL]

    @property
    def _place(self) -> str:
        return f"{column_name(self._column)}{self._row}"

    def _refuse(self, finding: Finding) -> None:
        self._fault = self._fault or finding

    def _text(self, raw: str) -> str:
        """What a cell says: texts and numbers as they stand, days as dates."""
        if self._kind == "s":
            return looked_up(self._meanings.texts, raw.strip()) if raw.strip() else ""
        if self._kind in ("inlineStr", "str"):
            return unescaped(raw)
        if self._kind == "b":
            return _WORDS.get(raw.strip(), raw)
        return self._number(raw.strip()) if self._kind == "n" else raw

    def _number(self, raw: str) -> str:
        if raw and self._style < len(self._meanings.dates) and self._meanings.dates[self._style]:
            day = day_of(raw, self._meanings.from_1904)
            if day is not None and not self._remarks.days:
                self._remarks.days.append((self._place, raw, day))
            return day or raw
        number = as_shown(raw)
        if number != raw and not self._remarks.fractions:
            self._remarks.fractions.append((self._place, raw, number))
        return number

    def _remark(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "mergeCell" and len(self._remarks.merged) <= _EXAMPLES:
            self._remarks.merged.append(shown(attributes.get("ref", "")))
        elif name == "col" and attributes.get("hidden") in ("1", "true") and len(self._remarks.hidden) <= _EXAMPLES:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            self._remarks.hidden.append(shown(f"column {first}" if first == last else f"columns {first} to {last}"))
