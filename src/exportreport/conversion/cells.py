"""The way back: the cells of a record from the values of a report."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exportreport.conversion.form import Field, Format
from exportreport.conversion.parts import at_steps, steps_in

#: The values of a cell's parts, entry by entry.
_Entries = list[dict[str, str]]


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


def _text(extension: Mapping[str, str]) -> str:
    value = extension["extension_value"]
    if extension.get("extension_encoding") == "base64":
        return base64.b64decode(value).decode("utf-8", "surrogatepass")
    return value


def text_of(field: Field, report: Mapping[str, Any], entry: int, cells: Mapping[str, str]) -> str:
    """The text of one cell: of the record that gives the entry with this number."""
    assert field.reader.write is not None
    entries = list(_entries(field, report, entry))
    return field.reader.write(entries, cells) or ""


def _entries(field: Field, report: Mapping[str, Any], entry: int) -> Iterator[Mapping[str, str]]:
    entries: _Entries = []
    for part, targets in field.targets.items():
        steps = tuple(entry if step == "*" else step for step in targets[0].steps)
        for place, value in enumerate(_values(report, steps)):
            if place == len(entries):
                entries.append({})
            if value is not None:
                entries[place][part] = str(value)
    return iter(entries if any(entries) else ())


def _values(report: Mapping[str, Any], steps: Sequence[str | int]) -> Sequence[str | int | None]:
    """What stands at ``steps``; for a target with a ``+`` what each entry of the list has there."""
    if "+" not in steps:
        return [_single(at_steps(report, steps))]
    place = steps.index("+")
    entries = at_steps(report, steps[:place])
    return [_single(at_steps(entry, steps[place + 1 :])) for entry in entries or ()]


def _single(value: object) -> str | int | None:
    return value if isinstance(value, str | int) else None


def count_of(home: str | None, report: Mapping[str, Any]) -> int:
    """How many records a report gives: one for each entry of the list that ``home``, with its ``*``, names."""
    entries = at_steps(report, steps_in(home.removesuffix("/*"))) if home else None
    return len(entries) if isinstance(entries, list) else 0
