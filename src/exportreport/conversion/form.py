"""A national format as frozen records: its columns, how their cells are read, and where each part of them
goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exportreport.conversion.header import Columns
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import Reader
from exportreport.finding import pointer

#: What a constant of a mapping may be taken from, instead of a fixed value.
FROM = ("reported_at", "handling", "reporting_state", "report_id", "line")


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the report, and why a value goes there. A ``listed`` one has a ``+`` for the entry of a
    list."""

    steps: tuple[str | int, ...]
    pointer: str
    note: str
    listed: bool

    def of(self, entry: int) -> Target:
        """The same place for the entry with this number, where it is in a list."""
        if not self.listed:
            return self
        steps = tuple(entry if step == "+" else step for step in self.steps)
        return Target(steps, pointer(steps), self.note, False)


@dataclass(frozen=True, slots=True)
class Field:
    """How the cells of one column are read and where each part of them goes."""

    column: str
    reader: Reader
    targets: Mapping[str, tuple[Target, ...]]
    about: str | None


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that no cell gives: fixed, or taken from an option or the record (one of `FROM`)."""

    steps: tuple[str | int, ...]
    pointer: str
    value: str | int | None
    source: str | None
    outcome: Outcome
    note: str


@dataclass(frozen=True, slots=True)
class Format:
    """A national format: what it is called, its columns, and where its cells go.

    ``number`` is the column that names a record, ``day`` the one with the day it is judged by.
    """

    id: str
    title: str
    version: str
    source_system: str
    number: str
    day: str
    columns: Columns
    fields: tuple[Field, ...]
    constants: tuple[Constant, ...]
