"""The way back: the cells of a record from the values of a report."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.conversion.form import Field, Format, homes_of, keyed_by, kind_of, known_kinds, nearest_kind
from exportreport.conversion.ledger import Entries
from exportreport.conversion.marks import Located, Marks, symbols_of
from exportreport.conversion.parts import Steps, at_steps
from exportreport.finding import pointer

#: The values of a cell's parts, entry by entry.
_Entries = list[dict[str, str]]

#: The entries that a record and those that enclose it give, its own last; None for one that is not in the report.
_Stars = tuple[int | None, ...]


class _Page(NamedTuple):
    """A report that is written, with the texts that were kept and the entries by what stands for them."""

    report: Mapping[str, Any]
    kept: Kept
    located: Located


class Written(NamedTuple):
    """A record to be written: its kind, its texts by the names of the columns, and the entries that it gives: the
    places in the report, by the steps of the mapping that lead to them."""

    kind: str
    cells: dict[str, str]
    entries: Mapping[Steps, Steps]


class Cells:
    """The cells of the records that a report becomes in a format.

    Where the shape of the format is ``open`` to names that it does not know, texts that were kept under such names go
    back to them.
    """

    def __init__(self, form: Format, open: bool) -> None:
        self._form = form
        self._open = open
        self._fields: dict[str, list[Field]] = {"": []}
        for field in form.fields:
            self._fields.setdefault(field.kind, []).append(field)
        self._homes = homes_of(form.fields, form.constants)
        self._marks = Marks(form.constants)
        targets = [(field.kind, target.steps) for field in form.fields for of_part in field.targets.values()
                   for target in of_part]  # fmt: skip
        targets += [(one.kind, one.steps) for one in form.constants]
        self._symbols = {
            kind: [one for one in symbols_of(kind, targets) if "*" not in one or _in_home(one, self._homes.get(kind))]
            for kind in self._fields
        }
        self._defaults = {(one.kind, one.pointer): one.value for one in form.constants if one.spare}
        self._inherited = {field.kind: field for field in form.fields if field.inherits}
        self._within = {kind: kind_of(kind.removesuffix("[]")) for kind in self._fields if kind}

    def number(self, report: Mapping[str, Any]) -> str:
        """The number that names the records of ``report``; empty where there is none."""
        return self.text(report, self._form.number)

    def text(self, report: Mapping[str, Any], column: str) -> str:
        """The text of a ``column`` that a report has once; empty where there is none."""
        field = next(field for field in self._form.fields if field.column == column)
        located = Located(report, self._marks)
        return text_of(field, located, (), {}) or "".join(Kept(report, self._form).of(column, ""))

    def records(self, report: Mapping[str, Any]) -> Iterator[Written]:
        """The records of ``report``, each before those that it encloses."""
        page = _Page(report, Kept(report, self._form), Located(report, self._marks))
        home = self._homes.get("")
        given = page.located.given_by("", home, ()) if home else ()
        for entry in given or (None,):
            yield from self._with_those_within("", () if home is None else (entry,), page)

    def _with_those_within(self, kind: str, stars: _Stars, page: _Page) -> Iterator[Written]:
        """The record of the ``kind`` that gives the last of the entries ``stars``, and the records that it encloses."""
        record = self._record(kind, stars, page)
        yield record
        for inner in (inner for inner, outer in self._within.items() if outer == kind):
            met: set[tuple[str, str]] = set()
            for given in self._given(inner, stars, record.cells, page):
                for within in self._with_those_within(inner, (*stars, given), page):
                    met.update(within.cells.items() if within.kind == inner else ())
                    yield within
            yield from self._around_those_left(inner, met, stars, page)
        if self._open and (not kind or stars[-1:] != (None,)):
            home = self._homes.get(kind)
            place = page.located.place(home, stars) if home else None
            yield from page.kept.in_other_lists(kind, pointer(place) if place else None, self._fields)

    def _given(self, kind: str, stars: _Stars, around: Mapping[str, str], page: _Page) -> Iterator[int]:
        """The entries that records of the ``kind`` give, within the record that has the texts ``around``."""
        home, inherited = self._homes.get(kind), self._inherited.get(kind)
        for entry in page.located.given_by(kind, home, stars) if home else ():
            if inherited is None or self._text_of(inherited, (*stars, entry), page) == around.get(
                inherited.inherits, ""
            ):
                yield entry

    def _around_those_left(
        self, outer: str, met: Container[tuple[str, str]], stars: _Stars, page: _Page
    ) -> Iterator[Written]:
        """Records of the kind ``outer`` made for those that name one which the report does not have."""
        for kind, inherited in self._inherited.items():
            home = self._homes.get(kind)
            if self._within[kind] == outer and home:
                entries = page.located.given_by(kind, home, stars)
                texts = dict.fromkeys(self._text_of(inherited, (*stars, entry), page) for entry in entries)
                for text in (text for text in texts if text and (inherited.inherits, text) not in met):
                    around = {inherited.inherits: text}
                    yield Written(outer, around, {})
                    for entry in self._given(kind, stars, around, page):
                        yield from self._with_those_within(kind, (*stars, None, entry), page)

    def _text_of(self, field: Field, stars: _Stars, page: _Page) -> str:
        return text_of(field, page.located, stars, {})

    def _by_default(self, field: Field, stars: _Stars, page: _Page) -> bool:
        """Whether all that the report has for ``field`` is what the mapping gives where the text says nothing."""
        wanted = [(target, self._defaults.get((field.kind, target.pointer)))
                  for targets in field.targets.values() for target in targets]  # fmt: skip
        return all(set(_values(page.located, target.steps, stars, 0)) <= {None, value} for target, value in wanted)

    def _record(self, kind: str, stars: _Stars, page: _Page) -> Written:
        home = self._homes.get(kind)
        place = page.located.place(home, stars) if home else None
        part = pointer(place) if place else None
        cells: dict[str, str] = {}
        used: Counter[str] = Counter()  # of lists that several columns fill
        others = {field.several for field in self._fields[kind]
                  if field.several is not None and part and page.kept.of(field.column, part)}  # fmt: skip
        for field in self._fields[kind]:
            if field.inherits:
                continue
            said, alone = _kept_texts(field, page.kept, part)
            if field.several in others and not page.kept.of(field.column, part or ""):
                said, alone = [], True  # the record tells of another entry, and says nothing of this in it
            alone = alone or (bool(said) and self._by_default(field, stars, page))
            if not alone:
                shared = field.shared_list
                said = [text_of(field, page.located, stars, cells, used[shared]), *said]
                used[shared] += 1
            text = ", ".join(filter(None, said))
            if text or field.always or not self._open:
                cells[field.column] = text
        if self._open:
            cells |= page.kept.unknown(kind, part, {field.column for field in self._fields[kind]})
        found = ((symbol, page.located.place(symbol, stars)) for symbol in self._symbols[kind])
        return Written(kind, cells, {symbol: at for symbol, at in found if at is not None})


def _in_home(symbol: Steps, home: Steps | None) -> bool:
    """Whether the entry at ``symbol`` is the one that the record gives, or is in it. In further lists that the record
    adds to, its entries may stand elsewhere."""
    return home is not None and symbol[: len(home)] == home


def placed_by(records: Sequence[Written], form: Format) -> Entries:
    """The places of the entries that ``records`` of one report give, by the count of the records of the kinds that the
    ``form`` knows: others may stand anywhere between them when they are read again.

    Of entries that are found by a key the first record that finds one makes it.
    """
    keyed, kinds = keyed_by(form.constants), known_kinds(form)
    placed: dict[tuple[Steps, int], Steps] = {}
    makers: dict[tuple[Steps, Steps], int] = {}
    for number, record in enumerate(record for record in records if record.kind in kinds):
        for symbol, place in record.entries.items():
            with_key = any(symbol[: len(one)] == one for one in keyed)
            maker = makers.setdefault((symbol, place), number) if with_key else number
            placed[symbol, maker if with_key or "*" in symbol else -1] = place
    return placed


def _kept_texts(field: Field, kept: Kept, part: str | None) -> tuple[list[str], bool]:
    """What was kept of a cell because no field could hold it, and whether this is all of it."""
    own = kept.of(field.column, part) if part else []
    shared = [] if field.each else kept.besides(field.column, part and part.rpartition("/")[0])
    if own and not field.each:
        return own, True  # the record said something else than the first one
    said = own + shared
    return said, bool(said) and (not field.targets or bool(field.shared_list))


class Kept:
    """The texts that a report carries beside its fields for one format, by column."""

    def __init__(self, report: Mapping[str, Any], form: Format) -> None:
        self._texts: dict[str, list[tuple[str | None, str]]] = {}
        self._in_order: list[tuple[str, str | None, str]] = []
        for extension in report.get("extensions", ()):
            if extension["source_system"] == form.source_system:
                name, about, text = extension["extension_path"], extension.get("about"), _text(extension)
                self._texts.setdefault(name, []).append((about, text))
                self._in_order.append((name, about, text))

    def of(self, column: str, part: str) -> list[str]:
        """The texts of ``column`` that belong to the ``part`` of the report."""
        return [text for about, text in self._texts.get(column, ()) if f"{about or ''}/".startswith(part + "/")]

    def besides(self, column: str, part: str | None) -> list[str]:
        """The texts of ``column`` that do not belong to the ``part``."""
        found = self._texts.get(column, ())
        return [text for about, text in found if not part or not f"{about or ''}/".startswith(part + "/")]

    def unknown(self, kind: str, part: str | None, known: Container[str]) -> Mapping[str, str]:
        """The texts of names that are not ``known``, for the record of the ``kind`` that gives the ``part``."""
        names = (name for name in self._texts if name not in known and kind_of(name) == kind)
        found = {name: self.of(name, part) if part else self.besides(name, None) for name in names}
        return {name: texts[0] for name, texts in found.items() if texts}

    def in_other_lists(self, outer: str, part: str | None, known: Container[str]) -> Iterator[Written]:
        """The records of lists that are not of a ``known`` kind, within the record of the kind ``outer`` that gives the
        ``part``. Which texts stood in one entry is not known any more: a name that comes again begins the next.
        """
        record = Written("", {}, {})
        for name, about, text in self._in_order:
            kind = kind_of(name)
            if (
                kind in known
                or nearest_kind(kind, known) != outer
                or not f"{about or ''}/".startswith(f"{part or ''}/")
            ):
                continue
            if kind != record.kind or name in record.cells or kind in (name, *record.cells):
                if record.kind:
                    yield record
                record = Written(kind, {}, {})
            record.cells[name] = text
        if record.kind:
            yield record


def _text(extension: Mapping[str, str]) -> str:
    value = extension["extension_value"]
    if extension.get("extension_encoding") == "base64":
        return base64.b64decode(value).decode("utf-8", "surrogatepass")
    return value


def text_of(field: Field, located: Located, stars: _Stars, cells: Mapping[str, str], free: int = 0) -> str:
    """The text of one cell: of the record that gives the last of the entries ``stars``.

    ``free`` is the number of the entry whose turn it is, in a list that several columns fill.
    """
    assert field.reader.write is not None
    return field.reader.write(_entries(field, located, stars, free), cells) or ""


def _entries(field: Field, located: Located, stars: _Stars, free: int) -> _Entries:
    entries: _Entries = []
    for part, targets in field.targets.items():
        for place, value in enumerate(_values(located, targets[0].steps, stars, free)):
            if place == len(entries):
                entries.append({})
            if value is not None:
                entries[place][part] = str(value).lower() if isinstance(value, bool) else str(value)
    return entries if any(entries) else []


def _values(located: Located, target: Steps, stars: _Stars, free: int) -> Sequence[str | int | None]:
    """What stands at ``target``; for one with a ``+`` what each entry of the list has there."""
    steps = located.place(target, stars)
    if steps is None:
        return ()
    if "+" not in steps:
        return [_single(at_steps(located.report, tuple(free if step == "-" else step for step in steps)))]
    place = steps.index("+")
    entries = at_steps(located.report, steps[:place])
    return [_single(at_steps(entry, steps[place + 1 :])) for entry in entries or ()]


def _single(value: object) -> str | int | None:
    return value if isinstance(value, str | int) else None
