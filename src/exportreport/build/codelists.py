"""Code lists that others maintain: a CSV with its TOML in, JSON out."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: The columns that every list has, in this order; a list names further ones in its TOML.
COLUMNS = ("code", "title", "valid_from", "valid_to", "replaced_by", "parent", "note")

_REQUIRED = ("id", "title", "agency", "edition", "source", "license", "open")
_OPTIONAL = ("complete_from", "complete_to", "depth", "columns", "note")


class CodeListError(Exception):
    """A code list breaks the form of code lists; the text says which file, which line and what to do."""


def read_all(folder: Path) -> Iterator[dict[str, Any]]:
    """The lists in ``folder``, by name: what the TOML says, and ``codes``, the rows without empty cells."""
    alone = [path for path in sorted(folder.glob("*.csv")) if not path.with_suffix(".toml").exists()]
    if alone:
        raise CodeListError(f"{alone[0]}: there is no {alone[0].stem}.toml beside it to say what the list is")
    for path in sorted(folder.glob("*.toml")):
        try:
            about = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise CodeListError(f"{path}: this is not TOML: {error}") from error
        _check_about(path, about)
        columns = (*COLUMNS, *about.get("columns", ()))
        yield {"id": about["id"], **about, "codes": list(_read_codes(path.with_suffix(".csv"), columns))}


def _check_about(path: Path, about: dict[str, Any]) -> None:
    missing = [name for name in _REQUIRED if name not in about]
    unknown = [name for name in about if name not in _REQUIRED + _OPTIONAL]
    if missing or unknown:
        raise CodeListError(f"{path}: missing {missing or 'nothing'}, unknown {unknown or 'nothing'}; see CONTRIBUTING")
    if about["id"] != path.stem:
        raise CodeListError(f"{path}: the id {about['id']!r} is not the file's name; rename one of them")


def _read_codes(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = tuple(next(rows, ()))
        if header != columns:
            raise CodeListError(f"{path}:1: the columns are {header}; they must be {columns}")
        seen: set[tuple[str, str]] = set()
        for row in rows:
            if len(row) != len(columns):
                raise CodeListError(f"{path}:{rows.line_num}: {len(row)} cells instead of {len(columns)}")
            entry = {name: cell for name, cell in zip(columns, row, strict=True) if cell}
            key = (entry.get("code", ""), entry.get("valid_from", ""))
            if not key[0] or key in seen:
                raise CodeListError(f"{path}:{rows.line_num}: the code {key[0]!r} is empty or stands twice")
            seen.add(key)
            _check_days(path, rows.line_num, entry)
            yield entry


def _check_days(path: Path, line: int, entry: dict[str, str]) -> None:
    days = [entry[name] for name in ("valid_from", "valid_to") if name in entry]
    wrong = [day for day in days if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day)]
    if wrong or days != sorted(days):
        raise CodeListError(f"{path}:{line}: the days {', '.join(days)} must be YYYY-MM-DD, the first one first")
