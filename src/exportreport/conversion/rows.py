"""The quick way for lists of which each row is a report by itself: the same as the general one, with less ceremony."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.conversion.columns import REMEMBERED, Column, Placed
from exportreport.conversion.laying import Entries, Laid, Way
from exportreport.conversion.ledger import Conversion
from exportreport.conversion.readings import Context
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.template import Places, Template
from exportreport.finding import Finding

#: Gives the identifier of a report for its number and row, and whether the number came before.
Identify = Callable[[str, int], tuple[str, bool]]

#: What is carried: the number of the cell, and what it became.
Kept = Sequence[tuple[int, Placed]]

#: Makes a conversion of a finished report.
Finish = Callable[[dict[str, Any], Record, bool, Kept, tuple[Finding, ...]], Conversion]


class Sheet(NamedTuple):
    """What is to be known of a list: its columns, their names, and the places of some of them.

    ``required`` are those without which there is no report, that of the number first; ``day`` is that of the column
    with the day, and ``today`` what stands for the day where the list has none. ``template`` is what each report begins
    with.
    """

    columns: Sequence[Column]
    names: Sequence[str]
    required: Sequence[int]
    day: int | None
    today: str
    template: Template


class Rows:
    """Turns single rows of a list into reports."""

    def __init__(self, sheet: Sheet, identify: Identify, finish: Finish) -> None:
        self._columns, self._names, self._today = sheet.columns, sheet.names, sheet.today
        self._number, self._day = sheet.required[0], sheet.day
        self._identify, self._finish = identify, finish
        sure = [steps[:-1] for every in sheet.columns[self._number].homes.values() for steps in every]
        self._template = sheet.template.with_objects(sure)
        self._places = Places(self._template.places)
        ways = [Way(column, self._places, at in sheet.required) for at, column in enumerate(sheet.columns)]
        self._unopened = self._places.settled()
        self._ways = [(way.known.get, way.lay) for way in ways]
        self._day_known: dict[str, Laid] = {}
        if self._day is not None:
            self._lay_day = ways[self._day].lay
            self._ways[self._day] = (self._day_known.get, self._lay_day)
        self._cells = _Cells({name: at for at, name in enumerate(sheet.names)})
        self._contexts: dict[str | None, Context] = {}

    def convert(self, record: Record, about_file: tuple[Finding, ...]) -> Conversion | None:
        """The report of the row; None for one that has to be refused, or looked at more closely."""
        laid = self._laid(record.texts)
        if laid is None:
            return None
        identifier, again = self._identify(str(laid[self._number][0][2]), record.row)
        nodes = self._template.copied({"report_id": identifier, "line": record.line})
        nodes += self._unopened
        kept: list[tuple[int, Placed]] = []
        for number, cell in enumerate(laid, 1):
            for at, name, value in cell:
                node = nodes[at]
                if node is None:
                    node = self._places.opened(nodes, at)
                if type(value) is str:
                    node[name] = value
                elif type(value) is Placed:
                    kept.append((number, value))
                else:
                    node[name] = value.copied() if type(value) is Entries else value
        return self._finish(nodes[0], record, again, kept, about_file)

    def _laid(self, texts: Sequence[str]) -> list[Laid] | None:
        """What each cell gives; None where one of them has to be looked at more closely."""
        self._cells.texts = texts
        found: list[Laid] = []
        context = self._context(self._today)
        if self._day is not None:  # the day comes first: codes of places are judged by it
            text = texts[self._day]
            day = self._lay_day(text, self._context(None))
            if day is None:
                return None
            self._day_known.clear()
            self._day_known[text] = day
            context = self._context(day[0][2] if day and type(day[0][2]) is str else None)
        for (known, lay), text in zip(self._ways, texts, strict=False):
            laid = known(text)
            if laid is None:
                laid = lay(text, context)
                if laid is None:
                    return None
            found.append(laid)
        return found

    def _context(self, day: str | None) -> Context:
        """What bears on the cells of the row at hand, which is of the ``day``."""
        known = self._contexts.get(day)
        if known is None:
            if len(self._contexts) >= REMEMBERED:
                self._contexts.clear()
            known = self._contexts[day] = Context(day, self._cells)
        return known

    def placed(self, texts: Sequence[str]) -> Sequence[Placed]:
        """What each cell became, for an account of it."""
        cells = dict(zip(self._names, texts, strict=False))
        day: str | None = self._today
        if self._day is not None:
            found = self._columns[self._day].place(texts[self._day], Context(None, cells))
            day = str(found.leaves[0].value) if found.leaves else None
        context = Context(day, cells)
        return [column.place(text, context) for column, text in zip(self._columns, texts, strict=False)]


class _Cells(Mapping[str, str]):
    """The cells of the row at hand, by the names of their columns."""

    __slots__ = ("_places", "texts")

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self.texts: Sequence[str] = ()

    def __getitem__(self, name: str) -> str:
        return self.texts[self._places[name]]

    def get(self, name: str, default: Any = None) -> Any:  # as every mapping has it, but quick
        place = self._places.get(name)
        return default if place is None else self.texts[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
