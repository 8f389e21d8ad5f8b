"""The structural check by jsonschema-rs: one pass, every breach.

Nearly all documents hold usual characters alone (`exportreport.codec.characters`). A schema whose texts may hold no
others answers at once whether a document is sound and whether any of its characters is worth a warning; the published
one is asked only about documents in which there may be such a character.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import jsonschema_rs

from exportreport.codec.characters import UNUSUAL, USUAL
from exportreport.finding import Path
from exportreport.standard import Standard, Value
from exportreport.structure.alike import Alike
from exportreport.structure.breach import Breach, Enough, check_message
from exportreport.structure.engine_schema import schema_of

_REQUIRED = jsonschema_rs.ValidationErrorKind.Required
_UNKNOWN = jsonschema_rs.ValidationErrorKind.AdditionalProperties

#: The characters beyond ASCII that a text of the standard may hold, as the patterns of the types write them.
BEYOND_ASCII = "\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"


def is_plain(value: Value, kind: str, standard: Standard) -> bool:
    """Whether ``value`` is a message of ``kind`` without any breach of the schema, all of its characters usual."""
    if not standard.carriers[kind]:
        return _narrow(kind).is_valid(value)
    return isinstance(value, dict) and not any(check_message(value, kind, standard, _breach_unless_plain))


def _breach_unless_plain(value: Any, class_name: str) -> tuple[Breach, ...]:
    return () if _narrow(class_name).is_valid(value) else (Breach(()),)


def check(value: Any, class_name: str) -> Iterable[Breach]:
    """The breaches of ``value``, an object that should be of the class ``class_name``.

    Most documents have none, and the yes or no costs half of what the search for every breach does; so it goes first.
    """
    return () if _narrow(class_name).is_valid(value) else search(value, class_name)


def search(value: Any, class_name: str) -> list[Breach]:
    """The same, for a ``value`` of which somebody knows already that it is not plain."""
    found = _breaches(_narrow(class_name), value)
    for path, missing, unknown, _ in found:
        if missing is None and not unknown and _is_unusual(value, path):
            return _breaches(_whole(class_name), value)
    return found


def check_whole(value: Any, class_name: str) -> Iterable[Breach]:
    """The breaches of ``value`` by the published schema alone: quicker where its text has unusual characters."""
    whole = _whole(class_name)
    return () if whole.is_valid(value) else _breaches(whole, value)


def alike(standard: Standard, enough: Enough) -> Alike:
    """What tells wrong entries of long lists apart, for one document."""
    return Alike(standard, check, is_sound, has_sound_members, enough)


def is_sound(value: Any, class_name: str) -> bool:
    """Whether ``value``, an object that should be of the class, certainly has no breach."""
    return _narrow(class_name).is_valid(value)


def has_sound_members(members: Any, class_name: str) -> bool:
    """Whether each of ``members``, some of those that objects of the class may have, is as it should be by itself."""
    return _members(class_name).is_valid(members)


def _breaches(validator: jsonschema_rs.Draft4Validator, value: Any) -> list[Breach]:
    return [_breach(error) for error in validator.iter_errors(value)]


def _is_unusual(value: Any, path: Path) -> bool:
    """Whether at ``path`` stands a text with an unusual character, which may be no breach."""
    for step in path:
        value = value[step]
    return isinstance(value, str) and not value.isascii() and UNUSUAL.search(value) is not None


def _breach(error: jsonschema_rs.ValidationError) -> Breach:
    path, kind = tuple(error.instance_path), error.kind
    if isinstance(kind, _REQUIRED):
        return Breach(path, missing=kind.property)
    if isinstance(kind, _UNKNOWN):
        return Breach(path, unknown=tuple(kind.unexpected))
    return Breach(path)


@cache
def _narrow(class_name: str) -> jsonschema_rs.Draft4Validator:
    return _compiled(schema_of(class_name, {BEYOND_ASCII: USUAL}))


@cache
def _whole(class_name: str) -> jsonschema_rs.Draft4Validator:
    return _compiled(schema_of(class_name))


@cache
def _members(class_name: str) -> jsonschema_rs.Draft4Validator:
    schema = schema_of(class_name)
    body = {word: said for word, said in schema["definitions"][class_name].items() if word != "required"}
    return _compiled(schema | {"allOf": [body]})


def _compiled(schema: dict[str, Any]) -> jsonschema_rs.Draft4Validator:
    linear = jsonschema_rs.RegexOptions()  # no backtracking, so no text can make a pattern slow
    return jsonschema_rs.Draft4Validator(schema, pattern_options=linear, mask="…")
