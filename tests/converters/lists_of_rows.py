"""Rows of one list, each made from a good one, and what becomes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from conversion_cases import FOLDER, REPORTED_AT

from exportreport.conversion import Conversion, Format, convert
from exportreport.conversion.parts import at_steps, steps_in
from exportreport_converters import layouts_of


def converted(form: Format, good: Mapping[str, str], *changes: Mapping[str, str]) -> list[Conversion]:
    """What becomes of the ``good`` row with each of the ``changes``."""
    text = io.StringIO(newline="")
    rows = [{**good, **change} for change in changes]
    csv.writer(text).writerows([form.columns.names, *([row[name] for name in form.columns.names] for row in rows)])
    return list(convert(layouts_of(form.id), [text.getvalue().encode()], reported_at=REPORTED_AT))


def at(found: Conversion, pointer: str) -> Any:
    """The value at ``pointer``; None where there is none."""
    assert found.report is not None
    return at_steps(found.report, steps_in(pointer))


def named(found: Conversion) -> list[tuple[int, str]]:
    """The columns of cells that a finding names, with its code."""
    return [(entry.cell.column, entry.finding_code) for entry in found.ledger if entry.finding_code and entry.cell]


def carried(found: Conversion) -> list[tuple[str, str, str | None]]:
    """What the report carries: column, text and what it belongs to."""
    assert found.report is not None
    return [
        (one["extension_path"], one["extension_value"], one.get("about")) for one in found.report.get("extensions", ())
    ]


def places(form: Format) -> dict[str, tuple[str, ...]]:
    """Where each column of the format goes."""
    return {
        field.column: tuple(dict.fromkeys(t.pointer for targets in field.targets.values() for t in targets))
        for field in form.fields
    }


def outcomes_of_case(form: Format) -> Iterator[tuple[str, str]]:
    """Column and outcome of each cell with a text, of the rows of the format's case that became reports."""
    data = (FOLDER / form.name / "cases" / "theirs.csv").read_bytes()
    for found in convert(form, [data], reported_at=REPORTED_AT):
        for entry in found.ledger if found.report is not None else ():
            if entry.cell is not None and entry.cell.text.strip():
                yield form.columns.names[entry.cell.column - 1], entry.outcome.value
