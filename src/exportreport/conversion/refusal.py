"""Records that did not become reports, and reports that did not become records: why, where, and as they stood."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from exportreport.conversion.shapes.record import Cell, Record
from exportreport.finding import Fault


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


class Unread(NamedTuple):
    """A record that could not be brought into columns; ``records`` are several that are refused together."""

    refused: Refusal
    names: Sequence[str]
    texts: Sequence[str]
    records: Sequence[Record] = ()


def refusal_of_raw(fault: Fault, message: str, row: int, line: int, raw: str | bytes, cut: bool) -> Refusal:
    """The refusal of a record that could not be split; bytes that are no text are kept in base64."""
    text = raw if isinstance(raw, str) else base64.b64encode(raw).decode("ascii")
    encoding = None if isinstance(raw, str) else "base64"
    return Refusal(fault, message, row, line, raw=text, encoding=encoding, cut=cut)


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
