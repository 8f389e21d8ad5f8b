"""The table ``fields.csv``: for each column how it is read, and where each part of it goes."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from exportreport.conversion.form import Field, Target, kind_of, names_in
from exportreport.conversion.parts import Steps
from exportreport.conversion.readings import Kind, MappingError, Reader
from exportreport.conversion.tables import Row
from exportreport.conversion.targets import steps_of
from exportreport.finding import pointer

#: The columns of the table.
COLUMNS = ("column", "reading", "part", "target", "note")

#: Readings by the names that the table uses.
Readings = Mapping[str, tuple[Kind, Reader]]


def read_fields(
    rows: Sequence[Row], columns: Sequence[Mapping[str, Any]], readings: Readings, writes: bool
) -> Iterator[Field]:
    """The fields of a format, in the order of its ``columns``."""
    if rows and tuple(rows[0].cells) != COLUMNS:
        raise MappingError(f"the columns are {list(rows[0].cells)}; they must be {list(COLUMNS)}", (1, 1))
    names = [column["name"] for column in columns]
    for row in rows:
        _check(row, names, readings)
    shared = _shared_lists(rows, writes)
    for column in columns:
        own = [row for row in rows if row.cells["column"] == column["name"]]
        yield _field(column, own, readings, shared)


def _check(row: Row, columns: Sequence[str], readings: Readings) -> None:
    cells = row.cells
    if cells["column"] not in columns:
        raise MappingError(f'"{cells["column"]}" is no [[column]] of mapping.toml; add it there', row.at("column"))
    if cells["reading"] not in readings:
        known = sorted(readings)
        raise MappingError(f'the reading "{cells["reading"]}" is not known; choose one of {known}', row.at("reading"))
    kind, reader = readings[cells["reading"]]
    parts = reader.parts if reader.parts is not None else kind.parts
    if not cells["part"] and not cells["target"]:
        return  # all that the reading gives is carried
    if cells["part"] not in parts:
        raise MappingError(f'the part "{cells["part"]}" is not one of {list(parts)}', row.at("part"))
    steps_of(cells["target"], row.at("target"))


def _shared_lists(rows: Sequence[Row], writes: bool) -> frozenset[Steps]:
    """The lists that several columns add entries to. A format that is written has none: nothing tells which entries are
    of which column."""
    owners: dict[tuple[str, Steps], str] = {}
    shared: set[Steps] = set()
    for row in rows:
        steps = steps_of(row.cells["target"]) if row.cells["target"] else ()
        at = steps[: steps.index("+")] if "+" in steps else ()
        column = row.cells["column"]
        here = kind_of(column) if "*" in at else "", at  # records of other kinds give entries of their own
        if not at or owners.setdefault(here, column) == column:
            continue
        shared.add(at)
        if writes:
            both = f'"{owners[here]}" and "{column}"'
            words = f"the columns {both} both add to {pointer(at)}; give one of them another target"
            raise MappingError(words, row.at("target"))
    return frozenset(shared)


def _field(column: Mapping[str, Any], own: Sequence[Row], readings: Readings, shared: Container[Steps]) -> Field:
    name = column["name"]
    used = sorted({row.cells["reading"] for row in own})
    if len(used) != 1:
        where = own[-1].at("reading") if own else (1, 1)
        raise MappingError(f'the column "{name}" needs one reading; it has {used}', where)
    targets: dict[str, tuple[Target, ...]] = {}
    for row in own:
        if row.cells["target"]:
            steps = steps_of(row.cells["target"])
            place = row.cells["target"]
            listed = "+" in steps
            adds = name if listed and steps[: steps.index("+")] in shared else ""
            line, at = row.at("target")
            target = Target(steps, place, row.cells["note"], listed, "*" in steps, adds, f"fields.csv:{line}:{at}")
            targets[row.cells["part"]] = (*targets.get(row.cells["part"], ()), target)
    every = [target for of_part in targets.values() for target in of_part]
    starred = {target.each for target in every}
    placed = [target.each or any(names_in(target.steps)) for target in every]
    kind = kind_of(name)
    if (kind and not all(placed)) or (not kind and len(starred) > 1):
        words = f'all targets of the column "{name}" need a * for the entry of the record, or none of them'
        raise MappingError(words, own[0].at("target"))
    return Field(
        name, readings[used[0]][1], targets, column.get("about"), kind, True in starred or bool(kind),
        column.get("required", False), column.get("always", False), column.get("type") == "number", used[0],
        column.get("needs", ""), column.get("inherits", ""), _first_of_several(column, every, own),
        column.get("optional", False),
    )  # fmt: skip


def _first_of_several(column: Mapping[str, Any], targets: Sequence[Target], own: Sequence[Row]) -> Steps | None:
    """The first entry of the list that the column may add further ones to."""
    if not column.get("several", False):
        return None
    firsts = {one.steps[: one.steps.index(0) + 1] if 0 in one.steps else () for one in targets}
    if len(firsts) != 1 or () in firsts or any(target.moving for target in targets):
        words = f'all targets of "{column["name"]}", of which there may be several, must be in the entry 0 of one list'
        raise MappingError(words, own[0].at("target"))
    return firsts.pop()
