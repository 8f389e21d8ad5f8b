"""The values that a reading gives of itself: those of its table, and those of its options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exportreport.conversion.readings import FixedValue
from exportreport.conversion.tables import Row

#: The parts that the values of a column of a table may be; those of other columns are the part of their name.
_CODE, _GROUP, _COUNTRY = ("code", "group", "to_group"), ("group", "via_group"), ("country", "via_country")

#: Columns that say what is theirs, or speak about the row.
_WORDS = ("theirs", "name", "kind", "form", "note", "valid_from", "valid_to")


def in_table(rows: Sequence[Row], name: str) -> Iterator[FixedValue]:
    """The values in the ``rows`` of the table ``name``, once for each part that they may be."""
    for row in rows:
        places = "name" in row.cells  # a table of names of places has its own columns
        for column, value in row.cells.items():
            if value and (column not in _WORDS or (column == "kind" and not places)):
                line, at = row.at(column)
                parts = _parts_of_place(row) if places and column == "code" else _parts(column)
                yield from (FixedValue(part, value, f"{name}:{line}:{at}") for part in parts)


def _parts(column: str) -> tuple[str, ...]:
    return _CODE if column == "ours" else (column,)


def _parts_of_place(row: Row) -> tuple[str, ...]:
    return _GROUP if row.cells.get("kind", "").startswith("group") else _COUNTRY


def in_options(options: Mapping[str, Any], place: str) -> Iterator[FixedValue]:
    """The values that the ``options`` of a reading give."""
    single = {"otherwise": ("code", "scheme"), "control_list": ("list",), "currency": ("currency",)}
    for key, parts in single.items():
        if key in options:
            yield from (FixedValue(part, str(options[key]), place) for part in parts)
    for key, part in {"forms": "scheme", "lists": "nomenclature"}.items():
        if isinstance(options.get(key), dict):
            yield from (FixedValue(part, name, place) for name in options[key])
