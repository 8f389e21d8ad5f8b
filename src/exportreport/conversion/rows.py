"""The quick way for lists of which each row is a report by itself: the same as the general one, with less ceremony."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.conversion.columns import REMEMBERED, Column, Placed
from exportreport.conversion.laying import Way
from exportreport.conversion.ledger import Conversion
from exportreport.conversion.plans import Laid, Parts, Plan
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

#: A report that only lacks its identifier: the objects and lists of those that were built with it, its place among
#: them, what it carries, and its number.
_Ready = tuple[Sequence[Sequence[Any]], int, Kept, str]

#: How many reports are in the making at once.
_TOGETHER = 256


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
    """Turns single rows of a list into reports, many at once: column by column, then report by report."""

    def __init__(self, sheet: Sheet, identify: Identify, finish: Finish) -> None:
        self._columns, self._names, self._today = sheet.columns, sheet.names, sheet.today
        self._number, self._day = sheet.required[0], sheet.day
        self._identify, self._finish = identify, finish
        sure = [steps[:-1] for every in sheet.columns[self._number].homes.values() for steps in every]
        self._template = sheet.template.with_objects(sure)
        self._places, self._parts = Places(self._template.places), Parts()
        ways = [Way(column, self._places, self._parts, at in sheet.required) for at, column in enumerate(sheet.columns)]
        self._ways = [(way.known.get, way.lay, way.at_once) for way in ways]
        self._identifier = self._template.homes_of("report_id")
        self._plans: dict[tuple[int, ...], Plan] = {}
        self._cells = _Cells({name: at for at, name in enumerate(sheet.names)})
        self._contexts: dict[str | None, Context] = {}

    def convert(self, records: Sequence[Record], about_file: tuple[Finding, ...]) -> Iterator[Conversion | None]:
        """The report of each row; None for one that has to be refused, or looked at more closely."""
        for start in range(0, len(records), _TOGETHER):
            some = records[start : start + _TOGETHER]
            for record, built in zip(some, self._built(some), strict=True):
                if built is None:
                    yield None
                else:
                    nodes, place, kept, number = built
                    identifier, again = self._identify(number, record.row)
                    for at, name in self._identifier:
                        nodes[at][place][name] = identifier
                    yield self._finish(nodes[0][place], record, again, kept, about_file)
                about_file = ()

    def _built(self, records: Sequence[Record]) -> Sequence[_Ready | None]:
        """The reports of rows without their identifiers; None where a cell has to be looked at more closely."""
        laid = self._laid(records)
        groups: dict[tuple[int, ...], list[int]] = {}
        ready: list[_Ready | None] = [None] * len(records)
        whole = list(zip(*laid, strict=True))
        for at, cells in enumerate(whole):
            if None not in cells:
                groups.setdefault(tuple([cell[0] for cell in cells]), []).append(at)
        for makes, places in groups.items():
            rows = [whole[at] for at in places]
            lines = [records[at].line for at in places]
            nodes, kept = self._plan(makes).built(len(rows), lines, list(zip(*rows, strict=True)))
            for place, (at, cells) in enumerate(zip(places, rows, strict=True)):
                ready[at] = nodes, place, kept[place] if kept is not None else (), str(cells[self._number][1])
        return ready

    def _plan(self, makes: tuple[int, ...]) -> Plan:
        known = self._plans.get(makes)
        if known is None:
            if len(self._plans) >= REMEMBERED:
                self._plans.clear()
            parts = [self._parts.all[make] for make in makes]
            known = self._plans[makes] = Plan(self._template, self._places, parts)
        return known

    def _laid(self, records: Sequence[Record]) -> Sequence[Sequence[Laid | None]]:
        """What each cell gives, column by column; None where it has to be looked at more closely."""
        rows = [record.texts for record in records]
        columns = list(zip(*rows, strict=False))[: len(self._ways)]  # cells beyond them are blank
        laid: list[Sequence[Laid | None]] = []
        days: Sequence[str | None] = [self._today] * len(rows)
        of_day: Sequence[Laid | None] = ()
        if self._day is not None:  # the day comes first: codes of places are judged by it
            of_day = self._column_laid(self._day, columns[self._day], rows, [None] * len(rows))
            days = [day[1] if day is not None and len(day) > 1 and type(day[1]) is str else None for day in of_day]
        for at, texts in enumerate(columns):
            laid.append(of_day if at == self._day else self._column_laid(at, texts, rows, days))
        return laid

    def _column_laid(
        self, at: int, texts: Sequence[str], rows: Sequence[Sequence[str]], days: Sequence[str | None]
    ) -> Sequence[Laid | None]:
        """What the cells of a column give."""
        known, lay, at_once = self._ways[at]
        laid: list[Laid | None] = at_once(texts) if at_once is not None else list(map(known, texts))
        for place, what in enumerate(laid):
            if what is None:
                self._cells.texts = rows[place]
                text = texts[place]
                laid[place] = known(text) or lay(text, self._context(days[place]))
        return laid

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
