"""What a format covers: where each of its fields goes and comes from, and which slots of the standard it knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exportreport.conversion.form import Constant, Format
from exportreport.standard import Standard


class Line(NamedTuple):
    """One line of the table: a field, a part of it, the place of the part in a report, and the directions.

    ``target`` is absent for a field that says nothing new. A second place of the same part is read into and not written
    from: it holds the same as the first.
    """

    field: str
    reading: str
    part: str
    target: str | None
    written: bool
    required: bool
    note: str


def lines_of(form: Format) -> Iterator[Line]:
    """The table of ``form``, in the order of its fields."""
    for field in form.fields:
        if not field.targets:
            note = field.reader.without_target
            yield Line(field.column, field.reading, "", None, form.writes, field.required, note)
        for part, targets in field.targets.items():
            for place, target in enumerate(targets):
                written = form.writes and not field.optional and place == 0 and part not in field.reader.told
                yield Line(field.column, field.reading, part, target.pointer, written, field.required, target.note)


class Slots(NamedTuple):
    """The slots of a kind of report: those that fields of the format fill, those that it sets itself, the others."""

    filled: tuple[str, ...]
    set_by_mapping: tuple[str, ...]
    unknown: tuple[str, ...]


def slots_of(form: Format, standard: Standard) -> Slots:
    """What the format knows of the slots of its kind of report."""
    filled = {_first(line.target) for line in lines_of(form) if line.target}
    given = {_first(constant.pointer) for constant in form.constants} - filled
    slots = [slot.name for slot in standard.classes[form.report_type].slots]
    return Slots(
        tuple(name for name in slots if name in filled),
        tuple(name for name in slots if name in given),
        tuple(name for name in slots if name not in filled | given | {"extensions"}),
    )


def source_of(constant: Constant) -> str:
    """Where a constant has its value from, in words."""
    if constant.source is None:
        return str(constant.value)
    words = f"from {constant.source}"
    return words if constant.value is None else f"{words}, else {constant.value}"


def _first(target: str) -> str:
    return target[1:].partition("/")[0]
