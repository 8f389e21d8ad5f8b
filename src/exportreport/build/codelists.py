"""Code lists that others maintain: a CSV with its TOML in; lists, whose every reference resolves, out."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from exportreport.standard import Standard

#: The columns that every list has, in this order; a list names further ones in its TOML.
COLUMNS = ("code", "title", "valid_from", "valid_to", "replaced_by", "parent", "note")

#: The list that is made from the profiles and has no file of its own.
PROFILES = "profiles"

#: What the TOML may say, and of which type it is. ``depth`` is how deep the list is complete: a number of characters,
#: or "entries" for codes without a dot. ``partial`` says that it holds only some of the codes and judges no other.
_REQUIRED = {"id": str, "title": str, "agency": str, "edition": str, "source": str, "license": str, "open": bool}
_OPTIONAL = {
    "complete_from": str,
    "complete_to": str,
    "depth": (int, str),
    "partial": bool,
    "columns": list,
    "note": str,
}

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CodeListError(Exception):
    """A code list breaks the form of code lists; the text says which file, which line and what to do."""


def lists(schema: Path, standard: Standard) -> list[dict[str, Any]]:
    """All code lists of the folder ``schema``, by id: what the TOML says, and ``codes``, rows without empty cells.

    Raises `CodeListError` where a file breaks the form, or where the model names a list that is not there.
    """
    found = [*read_all(schema / "codelists"), *_profiles(schema / "profiles")]
    _check_named(standard, {one["id"] for one in found} | {PROFILES})
    return sorted(found, key=lambda one: str(one["id"]))


def read_all(folder: Path) -> Iterator[dict[str, Any]]:
    """The lists that have files in ``folder``, by name."""
    alone = [path for path in sorted(folder.glob("*.csv")) if not path.with_suffix(".toml").exists()]
    if alone:
        raise CodeListError(f"{alone[0]}: there is no {alone[0].stem}.toml beside it to say what the list is")
    for path in sorted(folder.glob("*.toml")):
        about = about_of(path)
        _check_about(path, about)
        table = path.with_suffix(".csv")
        columns = (*COLUMNS, *about.get("columns", ()))
        rows = list(_read_codes(table, columns))
        _check_references(table, rows)
        yield {"id": about["id"], **about, "codes": [entry for _, entry in rows]}


def about_of(path: Path) -> dict[str, Any]:
    """What the TOML file says."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CodeListError(f"{path}: this is not TOML: {error}") from error


def _profiles(folder: Path) -> Iterator[dict[str, Any]]:
    """The list of profiles, made from the profiles themselves; none where there are none."""
    found = [about_of(path) for path in sorted(folder.glob("*.toml"))]
    if found:
        days = {"valid_from": "valid_from", "valid_until": "valid_to"}
        codes = [
            {"code": one["id"], "title": one["title"]}
            | {ours: str(one[theirs]) for theirs, ours in days.items() if theirs in one}
            for one in found
        ]
        words = {
            "title": "Profiles",
            "agency": "exportreport",
            "edition": "1.0",
            "source": "The profiles of this standard",
        }
        yield {"id": PROFILES, **words, "license": "CC0-1.0", "open": False, "codes": codes}


def _check_named(standard: Standard, known: set[str]) -> None:
    named = [(f"type {body.name}", body.code_list) for body in standard.types.values()]
    for owner in standard.classes.values():
        named += [(f"{owner.name}.{slot.name}", slot.code_list) for slot in owner.slots]
        for slot in owner.slots:
            if slot.code_list_by and slot.code_list_by not in owner.by_name:
                raise CodeListError(
                    f"{owner.name}.{slot.name}: its list is to be named by the slot {slot.code_list_by}, which "
                    f"{owner.name} does not have; correct code_list_by"
                )
    for where, name in named:
        if name and name not in known:
            raise CodeListError(
                f"{where}: there is no code list {name!r}; correct the annotation code_list, or add "
                f"schema/codelists/{name}.toml"
            )


def _check_about(path: Path, about: dict[str, Any]) -> None:
    missing = [name for name in _REQUIRED if name not in about]
    unknown = [name for name in about if name not in _REQUIRED and name not in _OPTIONAL]
    if missing or unknown:
        raise CodeListError(f"{path}: missing {missing or 'nothing'}, unknown {unknown or 'nothing'}; see CONTRIBUTING")
    if about["id"] != path.stem:
        raise CodeListError(f"{path}: the id {about['id']!r} is not the file's name; rename one of them")
    wrong = [n for n, value in about.items() if not isinstance(value, (_REQUIRED | _OPTIONAL)[n])]  # type: ignore[arg-type]
    if wrong or (isinstance(about.get("depth"), str) and about["depth"] != "entries"):
        raise CodeListError(f"{path}: {', '.join(wrong) or 'depth'} is not of the kind that CONTRIBUTING tells")
    window = [about[name] for name in ("complete_from", "complete_to") if name in about]
    if window != sorted(window) or not all(map(_DAY.fullmatch, window)):
        raise CodeListError(f"{path}: the days {', '.join(window)} must be YYYY-MM-DD, the first one first")


def _read_codes(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with the number of the line that each ends on."""
    if not path.exists():
        raise CodeListError(f"{path}: the file is missing; {path.stem}.toml beside it tells of a list without codes")
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
            yield rows.line_num, entry


def _check_days(path: Path, line: int, entry: dict[str, str]) -> None:
    days = [entry[name] for name in ("valid_from", "valid_to") if name in entry]
    wrong = [day for day in days if not _DAY.fullmatch(day)]
    if wrong or days != sorted(days):
        raise CodeListError(f"{path}:{line}: the days {', '.join(days)} must be YYYY-MM-DD, the first one first")


def _check_references(path: Path, rows: Iterable[tuple[int, dict[str, str]]]) -> None:
    known = {entry["code"] for _, entry in rows}
    for line, entry in rows:
        for column in ("replaced_by", "parent"):
            for code in entry.get(column, "").split():
                if code not in known or code == entry["code"]:
                    raise CodeListError(
                        f"{path}:{line}: {column} of {entry['code']!r} is {code!r}, which is no other code of the "
                        "list; correct it, or add the code"
                    )
        if "title" not in entry and "parent" not in entry:
            raise CodeListError(
                f"{path}:{line}: the code {entry['code']!r} has neither a title nor a parent to take it from"
            )
