"""A format's own files, ``mapping.toml`` and ``fields.csv``, checked and made into what a conversion
needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

from exportreport.conversion.control_codes import CONTROL_CODES_KIND
from exportreport.conversion.countries import COUNTRY_CODE_KIND, COUNTRY_KIND, COUNTRY_NAME_KIND, GOVERNMENT_KIND
from exportreport.conversion.dates import DATE_KIND
from exportreport.conversion.fields import read_fields
from exportreport.conversion.fixed_values import in_options, in_table
from exportreport.conversion.form import FROM, Constant, Field, Format
from exportreport.conversion.header import Columns, alike
from exportreport.conversion.identifiers import IDENTIFIER_KIND
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.listed import COMMODITY_KIND, COUNTRY_CODES_KIND, LISTED_KIND, TERRITORY_KIND
from exportreport.conversion.mapping_checks import check_whole
from exportreport.conversion.moments import DEADLINE_KIND, MOMENT_KIND
from exportreport.conversion.money import MONEY_KIND
from exportreport.conversion.paired import PAIRED_CODES_KIND, PAIRED_KINDS_KIND
from exportreport.conversion.places import PLACES_KIND
from exportreport.conversion.readings import (
    CODE_KIND,
    DECIMAL_KIND,
    LINES_KIND,
    REFERENCE_KIND,
    TEXT_KIND,
    FixedValue,
    Kind,
    MappingError,
    Reader,
)
from exportreport.conversion.record_readings import (
    ANSWERED_KIND,
    COUNTED_KIND,
    FIRST_WORD_KIND,
    MARKED_LINES_KIND,
    MINUTE_KIND,
    SCOPE_KIND,
    TRANSACTION_KIND,
)
from exportreport.conversion.several import CODES_KIND, COUNT_KIND, KEPT_KIND, NUMBER_OR_DAY_KIND
from exportreport.conversion.shapes.registry import SHAPES
from exportreport.conversion.shapes.structure import Structure, structure_of
from exportreport.conversion.tables import Places, place_of, read_table, toml_places
from exportreport.conversion.targets import steps_of
from exportreport.conversion.typed import TYPED_KIND
from exportreport.conversion.values import CAS_KIND, INTEGER_KIND, INTEGERS_KIND, YES_NO_KIND

#: The kinds of reading that a mapping may choose from.
KINDS: Mapping[str, Kind] = {
    "text": TEXT_KIND,
    "lines": LINES_KIND,
    "reference": REFERENCE_KIND,
    "decimal": DECIMAL_KIND,
    "code": CODE_KIND,
    "date": DATE_KIND,
    "money": MONEY_KIND,
    "control_codes": CONTROL_CODES_KIND,
    "country": COUNTRY_KIND,
    "country_code": COUNTRY_CODE_KIND,
    "country_name": COUNTRY_NAME_KIND,
    "government": GOVERNMENT_KIND,
    "identifier": IDENTIFIER_KIND,
    "places": PLACES_KIND,
    "listed": LISTED_KIND,
    "typed": TYPED_KIND,
    "country_codes": COUNTRY_CODES_KIND,
    "territory": TERRITORY_KIND,
    "commodity": COMMODITY_KIND,
    "integer": INTEGER_KIND,
    "integers": INTEGERS_KIND,
    "yes_no": YES_NO_KIND,
    "cas": CAS_KIND,
    "codes": CODES_KIND,
    "count": COUNT_KIND,
    "kept": KEPT_KIND,
    "number_or_day": NUMBER_OR_DAY_KIND,
    "minute": MINUTE_KIND,
    "marked_lines": MARKED_LINES_KIND,
    "counted": COUNTED_KIND,
    "transaction": TRANSACTION_KIND,
    "first_word": FIRST_WORD_KIND,
    "scope": SCOPE_KIND,
    "answered": ANSWERED_KIND,
    "deadline": DEADLINE_KIND,
    "moment": MOMENT_KIND,
    "paired_codes": PAIRED_CODES_KIND,
    "paired_kinds": PAIRED_KINDS_KIND,
}

_WORDS = {"id": str, "title": str, "version": str, "source_system": str, "number": str}
_OPTIONAL = {
    "day": str, "shape": str, "grouped": bool, "writes": bool, "readings": dict, "lookalike": list, "layout": str,
    "told_by": dict, "written_for": list, "also": list, "element": str,
    "files": list, "head": dict, "required_lists": list,
}  # fmt: skip
KEYS: Mapping[str, type] = {**_WORDS, "column": list, "constant": list, **_OPTIONAL}
COLUMN_KEYS = {"name": str, "also": list, "about": str, "required": bool, "always": bool, "type": str,
               "needs": str, "inherits": str, "several": bool, "optional": bool}  # fmt: skip
CONSTANT_KEYS = {"target", "outcome", "note", "value", "from", "for", "when", "marks", "of", "shared"}
#: What a constant may be taken from and still have a value: what stands when the option is not given, or the words
#: before a number.
_WITH_VALUE = ("reporting_state", "handling", "report_id", "entry")


def load(folder: Traversable, outer: Traversable | None = None) -> Format:
    """The format whose files are in ``folder``; a `MappingError` names the file, line, column and what to do.

    Tables that are not there are those in ``outer``, the folder of the format where ``folder`` is that of a layout.
    """
    name, text = "mapping.toml", ""
    try:
        text = (folder / name).read_text(encoding="utf-8")
        about = tomllib.loads(text)
        _check_shape(about)
        places = toml_places(text)
        columns, readings = (
            _columns(about),
            dict(_readings(about.get("readings", {}), (folder, outer or folder), places)),
        )
        constants = tuple(_constant(entry, ("constant", n), places) for n, entry in enumerate(about["constant"]))
        name = "fields.csv"
        fields = tuple(read_fields(read_table(folder, name), about["column"], readings, about.get("writes", False)))
        name = "records.csv"
        structure = _structure(about, (folder, outer or folder)) if "delimited" in _shapes(about) else None
        name = "mapping.toml"
        check_whole(about, fields, constants)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line ([0-9]+), column ([0-9]+)", str(error))
        where = f"{place[1]}:{place[2]}" if place else "1:1"
        raise MappingError(f"{folder.name}/{name}:{where}: this line is no TOML: {error}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise MappingError(f"{folder.name}/{name}:{line}:1: this is not text in UTF-8; save it as UTF-8") from error
    except MappingError as error:
        line, column = _spot(error.at, text, name)
        raise MappingError(f"{folder.name}/{name}:{line}:{column}: {error}") from error
    return _format(about, columns, fields, constants, structure)


def _spot(at: Sequence[str | int], text: str, name: str) -> tuple[int, int]:
    """Line and column of the place that an error names in the file ``name``."""
    if name == "mapping.toml":
        return place_of(at, toml_places(text))
    return (int(at[0]), int(at[1])) if len(at) == 2 else (1, 1)


def _format(
    about: Mapping[str, Any],
    columns: Columns,
    fields: tuple[Field, ...],
    constants: tuple[Constant, ...],
    structure: Structure | None,
) -> Format:
    words = {key: about[key] for key in _WORDS}
    more = {key: about[key] for key in ("shape", "grouped", "writes", "layout", "element") if key in about}
    more |= {key: tuple(about[key]) for key in ("written_for", "also", "required_lists") if key in about}
    told = {target.pointer for field in fields for targets in field.targets.values() for target in targets}
    told |= {target.of(0).pointer for field in fields for targets in field.targets.values() for target in targets
             if target.listed and not target.column}  # fmt: skip
    kinds = {one.pointer: str(one.value) for one in constants}
    made = tuple(constant.spared() if constant.pointer in told else constant for constant in constants)
    return Format(
        **words, day=about.get("day"), columns=columns, fields=fields, constants=made,
        report_type=kinds.get("/report_type", ""), told_by=_told_by(about), structure=structure, **more,
    )  # fmt: skip


def _shapes(about: Mapping[str, Any]) -> tuple[str, ...]:
    return about.get("shape", "csv"), *about.get("also", ())


def _structure(about: Mapping[str, Any], folders: Sequence[Traversable]) -> Structure:
    """The structure of a record file: two tables, the names of the files, and what the head says by default."""
    records, demands = (_table(folders, name) for name in ("records.csv", "demands.csv"))
    return structure_of(records, demands, about.get("files", []), about.get("head", {}))


def _table(folders: Sequence[Traversable], name: str) -> Sequence[Mapping[str, str]]:
    """The rows of a table in the first of the ``folders`` that has it."""
    return [row.cells for row in read_table(folders[_owner(folders, name)], name)]


def _owner(folders: Sequence[Traversable], name: str) -> int:
    """Which of the ``folders`` has the table; the first where none has it."""
    return next((number for number, folder in enumerate(folders) if folder.joinpath(name).is_file()), 0)


def _told_by(about: Mapping[str, Any]) -> tuple[str, frozenset[str]] | None:
    if "told_by" not in about:
        return None
    return about["told_by"]["column"], frozenset(value.casefold() for value in about["told_by"]["values"])


def _check_shape(about: Mapping[str, Any]) -> None:
    for key in about:
        if key not in KEYS:
            raise MappingError(f'the key "{key}" is not known; the keys are {list(KEYS)}', (key,))
        if not isinstance(about[key], KEYS[key]):
            raise MappingError(f'"{key}" must be of the kind {KEYS[key].__name__}', (key,))
    missing = [key for key in KEYS if key not in about and key not in _OPTIONAL]
    if missing:
        raise MappingError(f"the key {missing[0]} is missing; add it")
    names = [column.get("name") for column in about["column"]]
    named = {"number": about.get("number"), "day": about.get("day"), "told_by": about.get("told_by", {}).get("column")}
    for key, name in named.items():
        if name is not None and name not in names:
            raise MappingError(f'{key} = "{name}" is no column; name one of {names}', (key,))
    if "told_by" in about and set(about["told_by"]) != {"column", "values"}:
        raise MappingError("told_by has a column and values: the texts of this layout", ("told_by",))
    if "xml" in (about.get("shape"), *about.get("also", ())) and not about.get("element"):
        raise MappingError('XML needs an element: the path of that of one record, such as "licences/licence"')
    for key, shapes in (("shape", [about.get("shape", "csv")]), ("also", about.get("also", []))):
        unknown = [shape for shape in shapes if shape not in SHAPES]
        if unknown:
            raise MappingError(f'the shape "{unknown[0]}" is not known; choose one of {list(SHAPES)}', (key,))


def _columns(about: Mapping[str, Any]) -> Columns:
    spellings: dict[str, str] = {}
    for n, column in enumerate(about["column"]):
        at = ("column", n)
        for key, value in column.items():
            if key not in COLUMN_KEYS:
                raise MappingError(f'a [[column]] knows {list(COLUMN_KEYS)}, and no "{key}"', (*at, key))
            if not isinstance(value, COLUMN_KEYS[key]):
                raise MappingError(f'"{key}" must be of the kind {COLUMN_KEYS[key].__name__}', (*at, key))
        if "name" not in column:
            raise MappingError("a [[column]] must have a name", at)
        for heading in (column["name"], *column.get("also", ())):
            if spellings.setdefault(alike(heading), column["name"]) != column["name"]:
                raise MappingError(f'the heading "{heading}" stands under two columns; remove one', at)
    lookalikes = {entry["title"]: tuple(entry["columns"]) for entry in about.get("lookalike", ())}
    optional = frozenset(column["name"] for column in about["column"] if column.get("optional", False))
    return Columns(tuple(column["name"] for column in about["column"]), spellings, lookalikes, optional)


def _constant(entry: Mapping[str, Any], at: tuple[str | int, ...], places: Places) -> Constant:
    unknown = sorted(set(entry) - CONSTANT_KEYS)
    if unknown:
        raise MappingError(f'a [[constant]] knows {sorted(CONSTANT_KEYS)}, and no "{unknown[0]}"', (*at, unknown[0]))
    source = entry.get("from")
    if source is not None and source not in FROM:
        raise MappingError(f'from = "{source}" is not known; choose one of {list(FROM)}', (*at, "from"))
    lacks_value = "value" not in entry and source in (None, "reporting_state")
    too_much = "value" in entry and source is not None and source not in _WITH_VALUE
    if not {"target", "outcome", "note"} <= set(entry) or lacks_value or too_much:
        known = entry.get("target", "without a target")
        raise MappingError(
            "a [[constant]] has target, outcome, note and either value or from (a value beside from only with one of "
            f"{list(_WITH_VALUE)}); this one is {known} from {source}", at,
        )  # fmt: skip
    if (source in ("key", "part")) != ("of" in entry):
        raise MappingError(
            'from = "key" needs "of", the entry whose key it is, from = "part" the parts whose value it is; nothing '
            "else does", (*at, "from"),
        )  # fmt: skip
    if entry["outcome"] not in (Outcome.DERIVED, Outcome.DEFAULTED):
        raise MappingError(
            f'the outcome of the constant {entry["target"]} is "derived" or "defaulted"', (*at, "outcome")
        )
    steps = steps_of(entry["target"], (*at, "target"))
    return Constant(
        steps, entry["target"], entry.get("value"), source, Outcome(entry["outcome"]), entry["note"],
        entry.get("for", ""), entry.get("when"), False, _marks(entry, at),
        steps_of(entry["of"], (*at, "of")) if "of" in entry else None, entry.get("shared", False),
        _place((*at, "target"), places),
    )  # fmt: skip


def _marks(entry: Mapping[str, Any], at: tuple[str | int, ...]) -> tuple[object, ...]:
    """The values by which an entry is known: that of the constant, or those which ``marks`` lists."""
    marks = entry.get("marks", False)
    if isinstance(marks, bool):
        return (entry.get("value"),) if marks else ()
    if not isinstance(marks, list) or not marks:
        raise MappingError("marks is true, or a list of the values by which the entry is known", (*at, "marks"))
    return tuple(marks)


def _place(at: Sequence[str | int], places: Places) -> str:
    line, column = place_of(at, places)
    return f"mapping.toml:{line}:{column}"


def _readings(
    chosen: Mapping[str, Any], folders: Sequence[Traversable], places: Places
) -> Iterator[tuple[str, tuple[Kind, Reader]]]:
    """The readings by the names that ``fields.csv`` uses: those with options, and those that need none."""

    def tables(name: str) -> Sequence[Mapping[str, str]]:
        return _table(folders, name)

    for name in ("text", "lines", "decimal", "integer", "integers", "yes_no", "cas", "country_code", "country_codes",
                 "territory", "moment", "count", "kept"):  # fmt: skip
        yield name, (KINDS[name], KINDS[name].make({}, tables))
    for name, options in chosen.items():
        at = ("readings", name)
        kind = KINDS.get(options.get("kind", name))
        if kind is None:
            given = options.get("kind", name)
            raise MappingError(
                f'[readings.{name}] is of the kind "{given}"; choose one of {sorted(KINDS)}', (*at, "kind")
            )
        own = {key: value for key, value in options.items() if key != "kind"}
        unknown = sorted(set(own) - set(kind.options))
        if unknown:
            known = list(kind.options)
            raise MappingError(f"[readings.{name}] does not know {unknown}; its options are {known}", (*at, unknown[0]))
        try:
            reader = kind.make(own, tables)
            yield name, (kind, reader._replace(fixed=(*_in_table(own, folders), *in_options(own, _place(at, places)))))
        except KeyError as missing:
            raise MappingError(f"[readings.{name}] lacks the option or table column {missing}", at) from missing
        except MappingError as error:
            raise MappingError(str(error), at) from error


def _in_table(options: Mapping[str, Any], folders: Sequence[Traversable]) -> Iterator[FixedValue]:
    """The values of the table that a reading has, if it has one."""
    if "table" in options:
        owner = _owner(folders, options["table"])
        beside = "" if owner == 0 else "../"
        yield from in_table(read_table(folders[owner], options["table"]), beside + options["table"])
