"""The structural check by jsonschema-rs: one pass, every breach."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import jsonschema_rs

from exportreport.structure.breach import Breach
from exportreport.structure.engine_schema import schema_of

_REQUIRED = jsonschema_rs.ValidationErrorKind.Required
_UNKNOWN = jsonschema_rs.ValidationErrorKind.AdditionalProperties


def check(value: Any, class_name: str) -> Iterable[Breach]:
    """The breaches of ``value``, an object that should be of the class ``class_name``.

    Most documents have none, and the yes or no costs half of what the search for every breach does; so it goes first.
    """
    return () if _validator(class_name).is_valid(value) else search(value, class_name)


def search(value: Any, class_name: str) -> list[Breach]:
    """The same, for a ``value`` of which somebody knows already that it is not as it should be."""
    return [_breach(error) for error in _validator(class_name).iter_errors(value)]


def _breach(error: jsonschema_rs.ValidationError) -> Breach:
    path, kind = tuple(error.instance_path), error.kind
    if isinstance(kind, _REQUIRED):
        return Breach(path, missing=kind.property)
    if isinstance(kind, _UNKNOWN):
        return Breach(path, unknown=tuple(kind.unexpected))
    return Breach(path)


@cache
def _validator(class_name: str) -> jsonschema_rs.Draft4Validator:
    linear = jsonschema_rs.RegexOptions()  # no backtracking, so no text can make a pattern slow
    return jsonschema_rs.Draft4Validator(schema_of(class_name), pattern_options=linear, mask="…")
