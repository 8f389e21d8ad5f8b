"""The structural check by jsonschema-rs: one pass, every breach."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from exportreport.structure.breach import Breach
from exportreport.structure.engine_schema import schema_of

_REQUIRED = jsonschema_rs.ValidationErrorKind.Required
_UNKNOWN = jsonschema_rs.ValidationErrorKind.AdditionalProperties


def check(value: Any, class_name: str) -> Iterator[Breach]:
    """The breaches of ``value``, an object that should be of the class ``class_name``."""
    for error in _validator(class_name).iter_errors(value):
        yield _breach(error)


def is_sound(value: Any, class_name: str) -> bool:
    """Whether ``value`` is an object of ``class_name`` without any breach, messages it carries aside."""
    return _validator(class_name).is_valid(value)


def _breach(error: jsonschema_rs.ValidationError) -> Breach:
    path, kind = tuple(error.instance_path), error.kind
    if isinstance(kind, _REQUIRED):
        return Breach(path, missing=kind.property)
    if isinstance(kind, _UNKNOWN):
        return Breach(path, unknown=tuple(kind.unexpected))
    return Breach(path)


@cache
def _validator(class_name: str) -> jsonschema_rs.Draft4Validator:
    return jsonschema_rs.Draft4Validator(schema_of(class_name))
