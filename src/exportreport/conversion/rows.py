"""The quick way for lists of which each row is a report by itself: the same as the general one, with less ceremony."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from exportreport.conversion.columns import Column, Placed
from exportreport.conversion.constants import Given
from exportreport.conversion.ledger import Conversion
from exportreport.conversion.parts import Steps, opened
from exportreport.conversion.readings import Context
from exportreport.conversion.shapes.record import Record
from exportreport.finding import Finding

#: Gives the beginning of a report for a number, a row and a line.
Start = Callable[[str, int, int], tuple[dict[str, Any], dict[Steps, Any], Given]]

#: Makes a conversion of a finished report.
Finish = Callable[[dict[str, Any], Record, Sequence[Placed], Given, tuple[Finding, ...]], Conversion]


class Sheet(NamedTuple):
    """What is to be known of a list: its columns, their names, and the places of some of them.

    ``required`` are those without which there is no report, that of the number first; ``day`` is that of the column
    with the day, and ``today`` what stands for the day where the list has none.
    """

    columns: Sequence[Column]
    names: Sequence[str]
    required: Sequence[int]
    day: int | None
    today: str


class Rows:
    """Turns single rows of a list into reports."""

    def __init__(self, sheet: Sheet, start: Start, finish: Finish) -> None:
        self._columns, self._names, self._required, self._day, self._today = sheet
        self._number = sheet.required[0]
        self._start, self._finish = start, finish
        self._ways = [(column.remembered, column.place) for column in sheet.columns]

    def convert(self, record: Record, about_file: tuple[Finding, ...]) -> Conversion | None:
        """The report of the row; None for one that has to be refused, or looked at more closely."""
        placed = self._placed(record.texts)
        for place in self._required:
            if not placed[place].leaves:
                return None
        for what in placed:
            if what.refused is not None:
                return None
        number = placed[self._number].leaves[0].value
        report, nodes, given = self._start(str(number), record.row, record.line)
        for what in placed:
            for at, name, value in what.leaves:
                node = nodes.get(at)
                if node is None:
                    node = opened(nodes, at, type(name) is int)
                if type(name) is int and name == len(node):
                    node.append(value)
                else:
                    node[name] = value
        return self._finish(report, record, placed, given, about_file)

    def _placed(self, texts: Sequence[str]) -> Sequence[Placed]:
        cells = dict(zip(self._names, texts, strict=False))
        day: str | None = self._today
        if self._day is not None:
            # the day comes first: codes of places are judged by it
            found = self._columns[self._day].place(texts[self._day], Context(None, cells))
            day = str(found.leaves[0].value) if found.leaves else None
        context = Context(day, cells)
        return [
            (known(text) if known is not None else None) or place(text, context)
            for (known, place), text in zip(self._ways, texts, strict=False)
        ]
