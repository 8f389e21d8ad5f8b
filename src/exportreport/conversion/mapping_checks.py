"""What only shows when a whole mapping is read: lists with holes, names without marks, readings without a way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from exportreport.conversion.form import Constant, Field, homes_of, keyed_by, kind_of, names_in, own_entry
from exportreport.conversion.marks import entry_marked
from exportreport.conversion.parts import Steps
from exportreport.conversion.readings import MappingError
from exportreport.finding import pointer


def check_whole(about: Mapping[str, Any], fields: Sequence[Field], constants: Sequence[Constant]) -> None:
    """Raise the `MappingError` of what is wrong between the parts of a mapping."""
    names = [column["name"] for column in about["column"]]
    for field in fields:
        at = ("column", names.index(field.column))
        for wrong in (
            *_of_field(field, about, constants),
            *_of_entries(field, constants),
            *_of_other_columns(field, fields),
        ):
            raise MappingError(wrong, at)
    kinds = {field.kind for field in fields}
    for number, one in enumerate(about.get("required_lists", ())):
        if one not in kinds:
            raise MappingError(
                f'"{one}" is no list of the columns; name one of {sorted(filter(None, kinds))}',
                ("required_lists", number),
            )
    homes = homes_of(fields, constants)
    for kind, home in homes.items():
        for wrong in (*_of_home(kind, home, fields, constants), *_of_shared(kind, homes, constants, about)):
            raise MappingError(wrong, ("column", names.index(next(one.column for one in fields if one.kind == kind))))
    if about.get("writes"):
        _check_names(fields, constants, names)


def _of_field(field: Field, about: Mapping[str, Any], constants: Sequence[Constant]) -> Iterator[str]:
    if about.get("writes") and field.reader.write is None:
        yield (
            f'the column "{field.column}" cannot be written: its reading has no way back; choose another reading, or '
            "leave writes away"
        )
    for target in (target for targets in field.targets.values() for target in targets):
        hole = _hole(target.steps, constants)
        if hole:
            yield f'the target {target.pointer} of "{field.column}" leaves a hole: add a constant at {hole}'


def _of_entries(field: Field, constants: Sequence[Constant]) -> Iterator[str]:
    """An entry with a name is that of a report; only one that is found by a key is that of a record."""
    keyed = keyed_by(constants)
    for target in (
        target for targets in field.targets.values() for target in targets if field.kind and not target.each
    ):
        if not any(entry in keyed for entry in names_in(target.steps)):
            yield (
                f'each record has its "{field.column}", and the report has one {target.pointer}: add a constant from '
                "the key of the entry, or give the target a *"
            )


def _of_other_columns(field: Field, fields: Sequence[Field]) -> Iterator[str]:
    """What a column says of other columns."""
    here = {one.column for one in fields if one.kind == field.kind}
    around = {one.column for one in fields if one.kind == kind_of(field.kind.removesuffix("[]"))}
    if field.needs and field.needs not in here:
        yield f'needs = "{field.needs}" is no column of the same record; name one of {sorted(here)}'
    if field.inherits and (not field.kind or field.inherits not in around):
        yield f'inherits = "{field.inherits}" is no column of the enclosing record; name one of {sorted(around)}'


def _of_home(kind: str, home: Steps, fields: Sequence[Field], constants: Sequence[Constant]) -> Iterator[str]:
    """The entry that a record gives is always there, so that what belongs to the record has a place."""
    by_constant = any(
        one.each and one.kind == kind and one.when is None and own_entry(one.steps) == home for one in constants
    )
    by_field = any(
        one.required and one.kind == kind and own_entry(target.steps) == home
        for one in fields for targets in one.targets.values() for target in targets if target.each
    )  # fmt: skip
    if not by_constant and not by_field:
        words = pointer(home)
        yield (
            f"no constant makes sure that each record gives {words}: add one, such as {words}/item_number, or require "
            "a column that goes there"
        )
    nested = kind_of(kind.removesuffix("[]"))
    if nested and home.count("*") < 2 and not any(one.kind == kind and one.inherits for one in fields):
        yield f"nothing tells which {nested} a {kind} stands in: give it a column that inherits, or targets with two *"


def _of_shared(
    kind: str, homes: Mapping[str, Steps], constants: Iterable[Constant], about: Mapping[str, Any]
) -> Iterator[str]:
    """Kinds of records that give entries of one list need marks, or none could be told from the other."""
    others = [other for other, home in homes.items() if other != kind and home == homes[kind]]
    marked = any(
        one.marks and one.each and one.kind == kind and entry_marked(one.steps) == homes[kind] for one in constants
    )
    if others and about.get("writes") and not marked:
        yield f"{kind} and {others[0]} both give {pointer(homes[kind])}: mark a constant of each with marks = true"


def _check_names(fields: Sequence[Field], constants: Sequence[Constant], columns: Sequence[str]) -> None:
    """Every entry with a name is known by a mark."""
    marked = {entry_marked(one.steps) for one in constants if one.marks} | set(keyed_by(constants))
    for field in fields:
        for target in (target for targets in field.targets.values() for target in targets):
            for entry in names_in(target.steps):
                if entry not in marked:
                    words = (
                        f"nothing tells the entry {pointer(entry)} from others when it is written: add a constant in "
                        "it with marks = true"
                    )
                    raise MappingError(words, ("column", columns.index(field.column)))


def _hole(steps: Sequence[str | int], constants: Sequence[Constant]) -> str | None:
    """The entry of a list that must stand before one of ``steps`` and that no constant makes sure of."""
    always = [one.steps for one in constants if one.when is None]
    for place, step in enumerate(steps):
        if isinstance(step, int) and step:
            before = (*steps[:place], step - 1)
            if not any(made[: place + 1] == before for made in always):
                return pointer(before)
    return None
