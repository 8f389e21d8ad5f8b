"""The mapping of our own template, made from the model: an editor chooses columns, and the model says the rest.

`columns.csv` of a layout names each column and where it goes; `layout.toml` says what the layout is. Titles, help, how
a text is read and which values there are come from the model.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import MappingError
from exportreport.conversion.tables import Row, read_table
from exportreport.conversion.targets import steps_of
from exportreport.standard import Slot, Standard

MADE = "# Made from columns.csv, layout.toml and the model: `make golden` writes it, and nothing is to be changed here."
VERSION = "1.0.0"
_DERIVED, _DEFAULTED = Outcome.DERIVED, Outcome.DEFAULTED


class Chosen(NamedTuple):
    """A column that an editor chose: its name, where it goes, what else is said of it, and what the model knows."""

    name: str
    target: str
    needs: str
    required: bool
    note: str
    slot: Slot

    @property
    def entry(self) -> str:
        """The party or item that the column is part of; the empty text where it is of the report itself."""
        parts = self.target.split("/")
        return "/".join(parts[:3]) if len(parts) > 3 and (parts[2] == "*" or parts[2].startswith("{")) else ""


class Layout(NamedTuple):
    """A layout of the template: its name, its kind of report, what ``layout.toml`` says, and its columns."""

    name: str
    about: Mapping[str, Any]
    columns: Sequence[Chosen]

    @property
    def first_of_each(self) -> Sequence[Chosen]:
        """The columns, each once: one may go to several places."""
        firsts: dict[str, Chosen] = {}
        for one in self.columns:
            firsts.setdefault(one.name, one)
        return list(firsts.values())


def read_layout(folder: Traversable, standard: Standard) -> Layout:
    """The layout whose tables are in ``folder``.

    Raises MappingError, with file, line and column, for a table that is none and a target that the model does not have.
    """
    about = tomllib.loads((folder / "layout.toml").read_text(encoding="utf-8"))
    try:
        columns = [_chosen(row, about["report_type"], standard) for row in read_table(folder, "columns.csv")]
    except MappingError as error:
        line, column = error.at or (1, 1)
        raise MappingError(f"{folder.name}/columns.csv:{line}:{column}: {error}") from error
    return Layout(folder.name, about, columns)


def _chosen(row: Row, kind: str, standard: Standard) -> Chosen:
    cells = row.cells
    try:
        slot = slot_at(kind, cells["target"], standard)
    except MappingError as error:
        raise MappingError(str(error), row.at("target")) from error
    return Chosen(cells["column"], cells["target"], cells["needs"], cells["required"] == "yes", cells["note"], slot)


def slot_at(kind: str, target: str, standard: Standard) -> Slot:
    """The slot of the model that ``target`` leads to in reports of the ``kind``."""
    at, slot = kind, None
    for step in steps_of(target, ()):
        if isinstance(step, int) or step in ("+", "*", "-") or step.startswith("{"):
            continue
        slot = standard.classes[at].by_name.get(step) if at else None
        if slot is None:
            raise MappingError(f"the target {target} is no place of the model: {at or 'a value'} has no {step}")
        at = slot.range if slot.kind == "class" else ""
    if slot is None or at:
        raise MappingError(f"the target {target} is no single value of the model")
    return slot


def code_list_of(slot: Slot, standard: Standard) -> str | None:
    """The code list whose codes the values of ``slot`` are."""
    return slot.code_list or (standard.types[slot.range].code_list if slot.kind == "type" else None)


def reading_of(slot: Slot, standard: Standard) -> tuple[str, str, Mapping[str, Any]]:
    """The name of the reading of ``slot``, its part, and its options."""
    if slot.kind == "enum":
        return slot.range, "code", {"kind": "code", "table": f"{slot.range}.csv"}
    code_list = code_list_of(slot, standard)
    if code_list is not None:
        return code_list, "code", {"kind": "listed", "list": code_list}
    kind = standard.types[slot.range]
    plain = {"Text": ("text", "text"), "LongText": ("text", "text"), "Decimal": ("decimal", "amount")}
    if slot.range in plain:
        return (*plain[slot.range], {})
    if kind.base != "text":
        return ("integer", "number", {}) if kind.base == "integer" else ("yes_no", "answer", {})
    if slot.range == "Date":
        return "date", "day", {"kind": "date", "orders": {".": "day month year"}}
    return slot.range, "text", {"kind": "typed", "type": slot.range}


def files_of(layout: Layout, standard: Standard) -> Mapping[str, str]:
    """The files of the layout that are made: its mapping, its fields, and the tables of its codes (of the format)."""
    made = {f"{layout.name}/mapping.toml": "\n".join(_mapping(layout, standard)) + "\n"}
    made[f"{layout.name}/fields.csv"] = _table(
        ("column", "reading", "part", "target", "note"),
        ((one.name, *reading_of(one.slot, standard)[:2], one.target, one.note) for one in layout.columns),
    )
    for one in layout.columns:
        if one.slot.kind == "enum":
            made[f"{one.slot.range}.csv"] = _codes(one.slot.range, standard)
    return made


def _codes(enum: str, standard: Standard) -> str:
    """The titles of the codes, which are offered and written, and the codes themselves, which are understood."""
    values = standard.enums[enum].values
    titles = [(value.title, value.code, "") for value in values]
    known = {title.casefold() for title, _, _ in titles}
    return _table(
        ("theirs", "ours", "note"),
        [*titles, *((value.code, value.code, "") for value in values if value.code.casefold() not in known)],
    )


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join(",".join(map(_cell, row)) + "\n" for row in (heading, *rows))


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n') else text


def _mapping(layout: Layout, standard: Standard) -> Iterator[str]:
    about = layout.about
    title = f"{about['title']} (our own template)"
    yield MADE
    yield from _keys({
        "id": "template", "layout": layout.name, "title": title, "version": VERSION,
        "source_system": "exportreport template", "shape": "csv", "also": ["xlsx"], "number": "report_id",
        **({"day": about["day"]} if "day" in about else {}), "grouped": True, "writes": True,
    })  # fmt: skip
    for one in layout.first_of_each:
        yield "\n[[column]]"
        said = {"name": one.name, "about": one.entry, "needs": one.needs, "required": one.required}
        yield from _keys({key: value for key, value in said.items() if value})
    readings = {name: options for name, _, options in (reading_of(one.slot, standard) for one in layout.columns)}
    for name, options in readings.items():
        if options:
            yield f"\n[readings.{name}]"
            yield from _keys(options)
    for constant in _constants(layout, standard):
        yield "\n[[constant]]"
        yield from _keys(constant)


def _constants(layout: Layout, standard: Standard) -> Iterator[Mapping[str, Any]]:
    """What no column says."""
    kind = standard.classes[layout.about["report_type"]].title
    origin = "exportreport template"
    always: Sequence[tuple[str, Mapping[str, Any], Outcome, str]] = (
        ("/report_type", {"value": layout.about["report_type"]}, _DERIVED, f"the layout is that of a {kind}"),
        ("/schema_version", {"value": standard.schema_version}, _DEFAULTED, "the version of the standard"),
        ("/report_id", {"from": "report_id"}, _DERIVED, "the number of the report"),
        ("/reported_at", {"from": "reported_at"}, _DEFAULTED, "the moment of conversion, or the option reported-at"),
        ("/revision", {"value": 1}, _DEFAULTED, "the template does not tell a first report from a repeated one"),
        ("/handling/sensitivity", {"from": "handling", "value": "restricted"}, _DEFAULTED,
         "restricted, unless the column or the option handling says otherwise"),
        ("/sources/0/source_system", {"value": origin}, _DERIVED, "where the record comes from"),
        ("/sources/0/source_format", {"value": f"template/{layout.name}"}, _DERIVED, "the format it was read as"),
        ("/sources/0/record_line", {"from": "line"}, _DERIVED, "the first row of the report"),
        ("/sources/0/converter/name", {"value": origin}, _DEFAULTED, "the software that made the report"),
        ("/sources/0/converter/version", {"value": VERSION}, _DEFAULTED, "the version of this mapping"),
        ("/items/*/item_number", {"from": "entry"}, _DEFAULTED, "the number of the row among those of its report"),
    )  # fmt: skip
    for target, said, outcome, note in always:
        yield {"target": target, **said, "outcome": outcome.value, "note": note}
    for entry in dict.fromkeys(one.entry for one in layout.columns if one.entry.startswith("/parties/{")):
        role = entry.rpartition("{")[2].rstrip("}")
        named = {"outcome": _DEFAULTED.value, "note": "a name for the party within the report"}
        told = {"outcome": _DERIVED.value, "note": "the columns say what the party does"}
        yield {"target": f"{entry}/key", "value": role, **named}
        marks = layout.about.get("roles", {}).get(role, True)
        yield {"target": f"{entry}/roles/0", "value": role, "marks": marks, **told}
    yield from layout.about.get("constant", ())


def _keys(keys: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key} = {_toml(value)}" for key, value in keys.items())


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
