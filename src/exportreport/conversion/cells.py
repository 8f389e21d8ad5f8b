"""The way back: the cells of a record from the values of a report."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from exportreport.conversion.form import Field, Format, home_of, kind_of
from exportreport.conversion.parts import at_steps, steps_in

#: The values of a cell's parts, entry by entry.
_Entries = list[dict[str, str]]


class Cells:
    """The cells of the records that a report becomes in a format.

    Where the shape of the format is ``open`` to names that it does not know, texts that were kept under such names go
    back to them.
    """

    def __init__(self, form: Format, open: bool) -> None:
        self._form = form
        self._open = open
        self._fields: dict[str, list[Field]] = {}
        for field in form.fields:
            self._fields.setdefault(field.kind, []).append(field)
        self._homes = {field.kind: home_of(field) for field in form.fields if field.gives_entries}

    def number(self, report: Mapping[str, Any]) -> str:
        """The number that names the records of ``report``; empty where there is none."""
        field = next(field for field in self._form.fields if field.column == self._form.number)
        return text_of(field, report, 0, {}) or "".join(Kept(report, self._form).of(field.column, ""))

    def records(self, report: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The records of ``report``: their kinds, and their texts by the names of the columns."""
        kept = Kept(report, self._form)
        for kind, fields in self._fields.items():
            home = self._homes.get(kind)
            count = _count(home, report)
            for entry in range(count if kind else max(1, count)):
                part = home.replace("*", str(entry)) if home else None
                cells = self._record(fields, report, entry, kept, part)
                if self._open:
                    cells |= kept.unknown(kind, part, {field.column for field in fields})
                yield kind, cells

    def _record(
        self, fields: Sequence[Field], report: Mapping[str, Any], entry: int, kept: Kept, part: str | None
    ) -> dict[str, str]:
        cells: dict[str, str] = {}
        used: Counter[str] = Counter()  # of lists that several columns fill
        for field in fields:
            said, alone = _kept_texts(field, kept, part)
            if not alone:
                shared = field.shared_list
                said = [text_of(field, report, entry, cells, used[shared]), *said]
                used[shared] += 1
            text = ", ".join(filter(None, said))
            if text or field.always or not self._open:
                cells[field.column] = text
        return cells


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
        for extension in report.get("extensions", ()):
            if extension["source_system"] == form.source_system:
                text = _text(extension)
                self._texts.setdefault(extension["extension_path"], []).append((extension.get("about"), text))

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


def _text(extension: Mapping[str, str]) -> str:
    value = extension["extension_value"]
    if extension.get("extension_encoding") == "base64":
        return base64.b64decode(value).decode("utf-8", "surrogatepass")
    return value


def text_of(field: Field, report: Mapping[str, Any], entry: int, cells: Mapping[str, str], free: int = 0) -> str:
    """The text of one cell: of the record that gives the entry with this number.

    ``free`` is the number of the entry whose turn it is, in a list that several columns fill.
    """
    assert field.reader.write is not None
    return field.reader.write(_entries(field, report, {"*": entry, "-": free}), cells) or ""


def _entries(field: Field, report: Mapping[str, Any], turn: Mapping[str, int]) -> _Entries:
    entries: _Entries = []
    for part, targets in field.targets.items():
        steps = tuple(turn.get(step, step) if isinstance(step, str) else step for step in targets[0].steps)
        for place, value in enumerate(_values(report, steps)):
            if place == len(entries):
                entries.append({})
            if value is not None:
                entries[place][part] = str(value)
    return entries if any(entries) else []


def _values(report: Mapping[str, Any], steps: Sequence[str | int]) -> Sequence[str | int | None]:
    """What stands at ``steps``; for a target with a ``+`` what each entry of the list has there."""
    if "+" not in steps:
        return [_single(at_steps(report, steps))]
    place = steps.index("+")
    entries = at_steps(report, steps[:place])
    return [_single(at_steps(entry, steps[place + 1 :])) for entry in entries or ()]


def _single(value: object) -> str | int | None:
    return value if isinstance(value, str | int) else None


def _count(home: str | None, report: Mapping[str, Any]) -> int:
    """How many records a report gives: one for each entry of the list that ``home``, with its ``*``, names."""
    entries = at_steps(report, steps_in(home.removesuffix("/*"))) if home else None
    return len(entries) if isinstance(entries, list) else 0
