"""The classes of the standard as component schemas of OpenAPI 3.1, to refer to from the description of a service."""

from __future__ import annotations

from typing import Any

from exportreport.build.json_schema import document_schema
from exportreport.standard import Standard

Schema = dict[str, Any]

_FROM, _TO = "#/definitions/", "#/components/schemas/"


def description(standard: Standard) -> Schema:
    """A description without paths: the published JSON Schema's definitions, and ``Message`` for any kind.

    Where messages of several kinds may stand the kind is a discriminator, which generators of code understand; in the
    JSON Schema it is a chain of conditions, which validators report better.
    """
    definitions = document_schema(standard)["definitions"]
    schemas = {name: _moved(body) for name, body in definitions.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "exportreport",
            "version": standard.version,
            "description": "Schemas of the messages of the exportreport standard.",
        },
        "paths": {},
        "components": {"schemas": {"Message": _one_of(standard.kinds)} | schemas},
    }


def _moved(value: Any) -> Any:
    if isinstance(value, list):
        return [_moved(one) for one in value]
    if not isinstance(value, dict):
        return value
    if _is_dispatch(value):
        return _one_of(tuple(value["properties"]["report_type"]["enum"]))
    return {
        name: one.replace(_FROM, _TO) if name == "$ref" and isinstance(one, str) else _moved(one)
        for name, one in value.items()
    }


def _is_dispatch(value: Schema) -> bool:
    """Whether this is the place of a message of one of several kinds."""
    conditions = value.get("allOf", ())
    return bool(conditions) and all(isinstance(one, dict) and "if" in one for one in conditions)


def _one_of(kinds: tuple[str, ...]) -> Schema:
    places = {kind: f"{_TO}{kind}" for kind in kinds}
    discriminator = {"propertyName": "report_type", "mapping": places}
    return {"oneOf": [{"$ref": place} for place in places.values()], "discriminator": discriminator}
