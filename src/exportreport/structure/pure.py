"""The structural check in pure Python, for where jsonschema-rs has no wheel: fastjsonschema as gate, jsonschema behind.

Needs the extra ``pure``. A document that passes the gate is sound; only the others are searched for every breach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import fastjsonschema
import jsonschema

from exportreport.structure.breach import Breach
from exportreport.structure.engine_schema import schema_of


def check(value: Any, class_name: str) -> Iterator[Breach]:
    """The breaches of ``value``, an object that should be of the class ``class_name``, each place once."""
    try:
        _gate(class_name)(value)
    except fastjsonschema.JsonSchemaValueException:
        seen: set[Breach] = set()
        for error in _search(class_name).iter_errors(value):
            breaches = set(_breaches(error)) - seen
            seen |= breaches
            yield from sorted(breaches, key=repr)


def _breaches(error: jsonschema.ValidationError) -> Iterator[Breach]:
    path = tuple(error.absolute_path)
    if error.validator == "required":
        yield from (Breach(path, missing=name) for name in error.validator_value if name not in error.instance)
    elif error.validator == "additionalProperties":
        known = error.schema["properties"]
        yield Breach(path, unknown=tuple(name for name in error.instance if name not in known))
    else:
        yield Breach(path)


@cache
def _gate(class_name: str) -> Callable[[Any], Any]:
    gate: Callable[[Any], Any] = fastjsonschema.compile(_strict(schema_of(class_name)), use_default=False)
    return gate


@cache
def _search(class_name: str) -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(_strict(schema_of(class_name)))


def _strict(schema: Any) -> Any:
    """``schema`` with patterns that end at the very end: ``$`` in Python also stands before a final line feed."""
    if isinstance(schema, dict):
        return {
            name: child[:-1] + r"\Z" if name == "pattern" and isinstance(child, str) else _strict(child)
            for name, child in schema.items()
        }
    return [_strict(child) for child in schema] if isinstance(schema, list) else schema
