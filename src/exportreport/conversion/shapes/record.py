"""A flat record of any file: named texts, each with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exportreport.finding import Position


class Cell(NamedTuple):
    """One cell of a source: its text as it stood and its place. Everything counts from 1.

    In a list ``line`` is the physical line on which the record begins and ``column`` the number of the column; in a
    tree (JSON, XML) both are those of the text itself. ``row`` is the number of the record.
    """

    text: str
    line: int
    column: int
    row: int
    column_name: str


class Record(NamedTuple):
    """One record of a file: a row of a list, a line of a record file, an object of a tree.

    ``row`` counts records from 1, ``line`` is the physical line on which it begins. ``kind`` tells apart the records
    of a file that has several kinds. ``places`` are those of the single texts, where they have places of their own;
    else a text's place is the record's line and the number of its column. ``within`` is the place of the record that
    encloses this one among the records of the same tree.
    """

    row: int
    line: int
    names: Sequence[str]
    texts: Sequence[str]
    kind: str = ""
    places: Sequence[Position] | None = None
    within: int | None = None

    def cell(self, number: int) -> Cell:
        """The text with the ``number``, from 1, and its place."""
        name = self.names[number - 1] if number <= len(self.names) else ""
        line, column = self.places[number - 1] if self.places is not None else (self.line, number)
        return Cell(self.texts[number - 1], line, column, self.row, name)

    @property
    def cells(self) -> Mapping[str, Cell]:
        """The cells by the names of their columns."""
        return {
            name: self.cell(number) for number, (name, _) in enumerate(zip(self.names, self.texts, strict=False), 1)
        }
