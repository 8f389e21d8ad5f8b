"""Which entries of different control lists stand for the same items: a CSV in, one table out."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path
from typing import Any

from exportreport.build.codelists import CodeListError, about_of

_EVIDENCE = ("confirmed", "believed")


def crosswalk(path: Path, known: Collection[str]) -> dict[str, Any]:
    """The crosswalk that the TOML file ``path`` and the CSV beside it give; ``known`` are the control lists.

    ``rows`` hold a code for each of ``lists`` (empty where no counterpart is known), the evidence and a note.
    """
    about = about_of(path)
    unknown = [name for name in about["lists"] if name not in known]
    if unknown:
        raise CodeListError(
            f"{path}: {unknown[0]!r} is not on the list control_lists; correct it, or add the list there"
        )
    table = path.with_suffix(".csv")
    columns = [*about["lists"], "evidence", "note"]
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        if header != columns:
            raise CodeListError(f"{table}:1: the columns are {header}; they must be {columns}")
        found = []
        for row in rows:
            if len(row) != len(columns) or row[-2] not in _EVIDENCE or not any(row[:-2]):
                raise CodeListError(
                    f"{table}:{rows.line_num}: a row has {len(columns)} cells, a code among them, and its evidence is "
                    f"{' or '.join(_EVIDENCE)}"
                )
            found.append(row)
    return {**about, "rows": found}
