"""What became of every source cell, and where every value of a report comes from."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from exportreport.finding import Fault, Finding, Position


class Outcome(StrEnum):
    """What became of a source cell, or how a value came into a report.

    ``mapped``: the cell's own text, or its code by a table. ``derived``: worked out from the source, the note
    says how. ``defaulted``: from an option or the mapping, not from the source. ``carried``: kept whole
    beside the fields. ``ambiguous``: can be read in more than one way or not at all, named and kept as text.
    ``refused``: the record did not become a report. ``blank``: nothing stood there.
    """

    MAPPED = "mapped"
    DERIVED = "derived"
    DEFAULTED = "defaulted"
    CARRIED = "carried"
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"
    BLANK = "blank"


#: From the least to the gravest: a cell with several entries counts as its gravest.
GRAVITY = {
    outcome: rank
    for rank, outcome in enumerate(
        (
            Outcome.BLANK,
            Outcome.DEFAULTED,
            Outcome.MAPPED,
            Outcome.DERIVED,
            Outcome.CARRIED,
            Outcome.AMBIGUOUS,
            Outcome.REFUSED,
        )
    )
}


class Cell(NamedTuple):
    """One cell of a source: its text as it stood and its place. Everything counts from 1.

    ``line`` is the physical line on which the record begins, ``row`` the number of the record after the
    header, ``column`` the number of the column.
    """

    text: str
    line: int
    column: int
    row: int
    column_name: str


class Entry(NamedTuple):
    """One line of the ledger. ``cell`` is absent for a value that no cell gave; ``target`` for a text left
    out."""

    outcome: Outcome
    row: int
    line: int
    cell: Cell | None
    target: str | None
    value: str | int | None
    note: str
    finding_code: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that did not become a report: why, where, and the record as it stood.

    ``cells`` are its cells, where it could be split into cells; else ``raw`` is what stood there, in base64
    where ``encoding`` says so. ``cut`` says that ``raw`` is only the beginning.
    """

    fault: Fault
    message: str
    row: int
    line: int
    cell: Cell | None = None
    cells: tuple[str, ...] | None = None
    raw: str | None = None
    encoding: str | None = None
    cut: bool = False


class Step(NamedTuple):
    """A ledger entry in the making: cheap to keep, spelled out only when the ledger is asked for."""

    column: int
    outcome: Outcome
    target: str | None
    value: str | int | None
    note: str
    finding: Finding | None = None


@dataclass(frozen=True)
class Conversion:
    """What one record became: a report or a refusal, never both, never neither; and the account of it.

    ``names`` and ``texts`` are the record's columns and cells. ``findings`` say what is doubtful; those about
    the file as a whole stand with its first record.
    """

    report: dict[str, Any] | None
    refused: Refusal | None
    row: int
    line: int
    names: Sequence[str]
    texts: Sequence[str]
    steps: Sequence[Step]
    about_file: tuple[Finding, ...] = ()

    def cell(self, column: int) -> Cell:
        """The cell of the column with the number ``column``, from 1."""
        name = self.names[column - 1] if column <= len(self.names) else ""
        return Cell(self.texts[column - 1], self.line, column, self.row, name)

    @property
    def ledger(self) -> Iterator[Entry]:
        """An entry or more for each cell, in the order of the columns, then what the mapping added."""
        for step in self.steps:
            cell = self.cell(step.column) if step.column else None
            code, note = None, step.note
            if step.finding is not None:
                code = step.finding.finding_code
                note = note if step.outcome is Outcome.REFUSED else _in_words(step.finding, note)
            yield Entry(step.outcome, self.row, self.line, cell, step.target, step.value, note, code)

    @property
    def findings(self) -> Iterator[Finding]:
        """What is to be said of the file, of the refusal and of single cells, with the line of the record."""
        yield from self.about_file
        if self.refused is not None:
            fault = self.refused.fault
            yield Finding(fault.code, fault.severity, self.refused.message, position=Position(self.line, 1))
        else:
            yield from (step.finding for step in self.steps if step.finding is not None)


def _in_words(finding: Finding, note: str) -> str:
    return f"{finding.message} ({note})" if note else finding.message


def refusal_of_raw(fault: Fault, message: str, row: int, line: int, raw: str | bytes, cut: bool) -> Refusal:
    """The refusal of a record that could not be split; bytes that are no text are kept in base64."""
    text = raw if isinstance(raw, str) else base64.b64encode(raw).decode("ascii")
    encoding = None if isinstance(raw, str) else "base64"
    return Refusal(fault, message, row, line, raw=text, encoding=encoding, cut=cut)


def entry_json(entry: Entry, report_id: str | None = None) -> dict[str, Any]:
    """One line of the ledger file: ``schemas/ledger.schema.json``. What is absent is left out."""
    cell = entry.cell
    members = {
        "outcome": entry.outcome.value,
        "row": entry.row,
        "line": entry.line,
        "column": cell.column if cell else None,
        "column_name": (cell.column_name or None) if cell else None,
        "text": cell.text if cell else None,
        "report_id": report_id,
        "target": entry.target,
        "value": entry.value,
        "finding_code": entry.finding_code,
        "note": entry.note or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def refusal_json(refused: Refusal) -> dict[str, Any]:
    """One line of the file of refused records: ``schemas/refused.schema.json``."""
    members = {
        "finding_code": refused.fault.code,
        "message": refused.message,
        "resolution": refused.fault.resolution,
        "row": refused.row,
        "line": refused.line,
        "column": refused.cell.column if refused.cell else None,
        "column_name": (refused.cell.column_name or None) if refused.cell else None,
        "cells": list(refused.cells) if refused.cells is not None else None,
        "raw": refused.raw,
        "encoding": refused.encoding,
        "cut": refused.cut or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def ledger_json(conversion: Conversion) -> Iterator[Mapping[str, Any]]:
    """The ledger of one record as lines of the ledger file."""
    report_id = conversion.report["report_id"] if conversion.report is not None else None
    for entry in conversion.ledger:
        yield entry_json(entry, report_id)
