"""A format's own files, ``mapping.toml`` and ``fields.csv``, checked and made into what a conversion
needs."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

from exportreport.conversion.control_codes import CONTROL_CODES_KIND
from exportreport.conversion.dates import DATE_KIND
from exportreport.conversion.form import FROM, Constant, Field, Format, Target
from exportreport.conversion.header import Columns, alike
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.money import MONEY_KIND
from exportreport.conversion.places import PLACES_KIND
from exportreport.conversion.readings import CODE_KIND, REFERENCE_KIND, TEXT_KIND, Kind, MappingError, Reader
from exportreport.finding import pointer

#: The kinds of reading that a mapping may choose from.
KINDS: Mapping[str, Kind] = {
    "text": TEXT_KIND,
    "reference": REFERENCE_KIND,
    "code": CODE_KIND,
    "date": DATE_KIND,
    "money": MONEY_KIND,
    "control_codes": CONTROL_CODES_KIND,
    "places": PLACES_KIND,
}

_FIELDS = ("column", "reading", "part", "target", "note")
_KEYS = {
    "id",
    "title",
    "version",
    "source_system",
    "number",
    "day",
    "column",
    "constant",
    "readings",
    "lookalike",
}
_OPTIONAL = {"readings", "lookalike"}


def load(folder: Traversable) -> Format:
    """The format whose files are in ``folder``; a `MappingError` names the file, the line and what to do."""
    name = "mapping.toml"
    try:
        about = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        _check_keys(about)
        columns = _columns(about)
        for key in ("number", "day"):
            if about[key] not in columns.names:
                raise MappingError(f'{key} = "{about[key]}" is no column; name one of {list(columns.names)}')
        constants = tuple(_constant(entry) for entry in about["constant"])
        reads = dict(_readings(about.get("readings", {}), folder))
        name = "fields.csv"
        fields = tuple(_fields(_table(folder, name), about["column"], reads))
        _check_lists(fields)
    except (MappingError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{folder.name}/{name}: {error}") from error
    words = {key: about[key] for key in ("id", "title", "version", "source_system", "number", "day")}
    return Format(**words, columns=columns, fields=fields, constants=constants)


def _check_keys(about: Mapping[str, Any]) -> None:
    missing, unknown = sorted(_KEYS - _OPTIONAL - set(about)), sorted(set(about) - _KEYS)
    if missing or unknown:
        raise MappingError(f"missing: {missing}, not known: {unknown}; the keys are {sorted(_KEYS)}")


def _columns(about: Mapping[str, Any]) -> Columns:
    spellings: dict[str, str] = {}
    for column in about["column"]:
        if "name" not in column or set(column) - {"name", "also", "about"}:
            raise MappingError(f"a [[column]] has a name, and may have also and about; this one is {column}")
        for heading in (column["name"], *column.get("also", ())):
            if spellings.setdefault(alike(heading), column["name"]) != column["name"]:
                raise MappingError(f'the heading "{heading}" stands under two columns; remove one')
    lookalikes = {entry["title"]: tuple(entry["columns"]) for entry in about.get("lookalike", ())}
    return Columns(tuple(column["name"] for column in about["column"]), spellings, lookalikes)


def _constant(entry: Mapping[str, Any]) -> Constant:
    # only the reporting state has both: the option, and what stands when it is not given
    both = entry.get("from") == "reporting_state"
    given = ("value" in entry, "from" in entry)
    if not {"target", "outcome", "note"} <= set(entry) or given != (both or not given[1], both or given[1]):
        raise MappingError(f"a [[constant]] has target, outcome, note and either value or from; this one is {entry}")
    if entry["outcome"] not in (Outcome.DERIVED, Outcome.DEFAULTED):
        raise MappingError(f'the outcome of the constant {entry["target"]} is "derived" or "defaulted"')
    if entry.get("from", FROM[0]) not in FROM:
        raise MappingError(f'from = "{entry["from"]}" is not known; choose one of {list(FROM)}')
    steps = steps_of(entry["target"])
    outcome = Outcome(entry["outcome"])
    return Constant(steps, entry["target"], entry.get("value"), entry.get("from"), outcome, entry["note"])


def _readings(chosen: Mapping[str, Any], folder: Traversable) -> Iterator[tuple[str, tuple[Kind, Reader]]]:
    """The readings by the names that ``fields.csv`` uses: those with options, and ``text``, which has
    none."""

    def tables(name: str) -> Sequence[Mapping[str, str]]:
        return [row for _, row in _table(folder, name)]

    yield "text", (TEXT_KIND, TEXT_KIND.make({}, tables))
    for name, options in chosen.items():
        kind = KINDS.get(options.get("kind", name))
        if kind is None:
            given = options.get("kind", name)
            raise MappingError(f'[readings.{name}] is of the kind "{given}"; choose one of {sorted(KINDS)}')
        own = {key: value for key, value in options.items() if key != "kind"}
        unknown = sorted(set(own) - set(kind.options))
        if unknown:
            raise MappingError(f"[readings.{name}] does not know {unknown}; its options are {list(kind.options)}")
        try:
            yield name, (kind, kind.make(own, tables))
        except KeyError as missing:
            raise MappingError(f"[readings.{name}] lacks the option or table column {missing}") from missing


def _table(folder: Traversable, name: str) -> Sequence[tuple[int, Mapping[str, str]]]:
    """The rows of a table with the line of each; every row has every column."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise MappingError(f"the file {name} is missing") from missing
    reader = csv.DictReader(text.splitlines())
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise MappingError(f"line {reader.line_num} of {name} has more or fewer cells than line 1")
        rows.append((reader.line_num, row))
    return rows


def _fields(
    rows: Sequence[tuple[int, Mapping[str, str]]], columns: Sequence[Mapping[str, Any]],
    reads: Mapping[str, tuple[Kind, Reader]],
) -> Iterator[Field]:  # fmt: skip
    for line, row in rows:
        _check_field(line, row, [column["name"] for column in columns], reads)
    for column in columns:
        own = [row for _, row in rows if row["column"] == column["name"]]
        names = {row["reading"] for row in own}
        if len(names) != 1:
            raise MappingError(f'the column "{column["name"]}" needs one reading; it has {sorted(names)}')
        targets: dict[str, tuple[Target, ...]] = {}
        for row in own:
            steps = steps_of(row["target"])
            target = Target(steps, row["target"], row["note"], "+" in steps)
            targets[row["part"]] = (*targets.get(row["part"], ()), target)
        yield Field(column["name"], reads[names.pop()][1], targets, column.get("about"))


def _check_lists(fields: Sequence[Field]) -> None:
    """Two columns must not number the entries of one list, each from its own beginning."""
    owners: dict[tuple[str | int, ...], str] = {}
    for field in fields:
        for target in (target for targets in field.targets.values() for target in targets):
            steps = target.steps[: target.steps.index("+")] if "+" in target.steps else ()
            if steps and owners.setdefault(steps, field.column) != field.column:
                both = f'"{owners[steps]}" and "{field.column}"'
                raise MappingError(f"the columns {both} both add to {pointer(steps)}; give one of them another target")


def _check_field(
    line: int, row: Mapping[str, str], columns: Sequence[str], reads: Mapping[str, tuple[Kind, Reader]]
) -> None:
    if tuple(row) != _FIELDS:
        raise MappingError(f"line 1: the columns are {list(row)}; they must be {list(_FIELDS)}")
    if row["column"] not in columns:
        raise MappingError(f'line {line}: "{row["column"]}" is no [[column]] of mapping.toml; add it there')
    if row["reading"] not in reads:
        raise MappingError(f'line {line}: the reading "{row["reading"]}" is not known; choose one of {sorted(reads)}')
    parts = reads[row["reading"]][0].parts
    if row["part"] not in parts:
        raise MappingError(f'line {line}: the part "{row["part"]}" is not one of {list(parts)}')
    steps_of(row["target"], f"line {line}: ")


def steps_of(target: str, place: str = "") -> tuple[str | int, ...]:
    """The steps of a target: names, numbers for entries of a list, ``+`` for the next entry of a list."""
    if not target.startswith("/") or target.endswith("/") or "//" in target:
        raise MappingError(f'{place}the target "{target}" must be a path such as /items/0/description')
    return tuple(int(step) if step.isdigit() else step for step in target[1:].split("/"))
