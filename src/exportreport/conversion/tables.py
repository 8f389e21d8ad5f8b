"""The files of a format as they stand: texts with the places that errors point at."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import NamedTuple

from exportreport.conversion.readings import MappingError

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]#]+?)\s*\]\]?")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)\s*=")
_NAME = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^.\s]+)")

#: A place in a file: line and column, from 1.
Spot = tuple[int, int]

#: Where the tables and keys of a TOML file stand, by their paths.
Places = Mapping[tuple[str | int, ...], Spot]


class Row(NamedTuple):
    """One row of a table, with the line it stands on and the column where each of its cells begins."""

    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def at(self, name: str) -> Spot:
        """The place of the cell in the column ``name``."""
        return self.line, self.columns[name]


def read_table(folder: Traversable, name: str) -> Sequence[Row]:
    """The rows of a table; every row has every column."""
    try:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as missing:
        raise MappingError(f"the file {name} is missing") from missing
    except UnicodeDecodeError as error:
        raise MappingError(f"{name} is not text in UTF-8: {error.reason}; save it as UTF-8", (1, 1)) from error
    names = next(csv.reader(lines[:1]), [])
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = next(csv.reader([line]), [])
        if len(cells) != len(names):
            raise MappingError(
                f"{name} has {len(cells)} cells on line {number}, and {len(names)} on line 1", (number, 1)
            )
        columns = _columns(line)
        if len(columns) != len(names):
            raise MappingError(f"{name} has a quotation mark within a cell; put the whole cell in two", (number, 1))
        rows.append(Row(number, dict(zip(names, cells, strict=True)), dict(zip(names, columns, strict=True))))
    return rows


def _columns(line: str) -> list[int]:
    """Where each cell of ``line`` begins."""
    columns, quoted = [1], False
    for column, character in enumerate(line, 1):
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            columns.append(column + 1)
    return columns


def toml_places(text: str) -> Places:
    """Where the tables and the keys of a TOML file stand, by their paths: ``("column", 2, "name")``."""
    places: dict[tuple[str | int, ...], Spot] = {}
    counts: dict[str, int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = tuple("".join(parts) for parts in _NAME.findall(header[2]))
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
                table = (*table, counts[header[2]])
            places.setdefault(table, (number, header.start(1) + 1))
        elif key:
            places.setdefault((*table, key[1].strip("\"'")), (number, key.start(1) + 1))
    return places


def place_of(at: Sequence[str | int], places: Places) -> Spot:
    """The place of the path ``at``, or of the nearest part of it that stands in the file."""
    for length in range(len(at), 0, -1):
        if tuple(at[:length]) in places:
            return places[tuple(at[:length])]
    return 1, 1
