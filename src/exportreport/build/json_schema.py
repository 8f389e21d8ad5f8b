"""JSON Schema out of the model: draft-07 for publication, and the form our own engine compiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exportreport.standard import Class, Enum, Slot, Standard, Type

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"

#: What our own engine runs under.
ENGINE_DIALECT = "http://json-schema.org/draft-04/schema#"

#: The only keywords that may be published. All engines we know of agree on their meaning.
KEYWORDS = frozenset(
    "$schema $id $ref $comment title description definitions type properties required "
    "additionalProperties minProperties items minItems enum const pattern maxLength minimum maximum "
    "allOf if then examples".split()
)


def kind_schema(standard: Standard, kind: str) -> Schema:
    """The published schema of the messages of ``kind``."""
    names = list(_reach(standard, (kind,)))
    body = standard.classes[kind]
    return _head(standard, kind, body.title, body.description) | {
        "allOf": [_ref(kind)],
        "definitions": _definitions(standard, names),
    }


def document_schema(standard: Standard) -> Schema:
    """The published schema of any message: told apart by ``report_type`` before anything else."""
    names = list(_reach(standard, standard.kinds))
    words = ("Message", "One message of any kind; report_type tells which.")
    return (
        _head(standard, "exportreport", *words)
        | _dispatch(standard.kinds)
        | {"definitions": _definitions(standard, names)}
    )


def engine_schema(standard: Standard, kind: str) -> Schema:
    """The schema that our engine compiles for ``kind``: the same constraints under Draft 4.

    Draft 4, unlike its successors, does not take 1.0 for an integer. Types are inlined, which engines run faster.
    Lists of messages are left to the caller, which knows the kind of each.
    """
    names = list(_reach(standard, (kind,), through_messages=False))
    classes = {name: _engine_class(standard, standard.classes[name]) for name in names}
    return {"$schema": ENGINE_DIALECT, "allOf": [_ref(kind)], "definitions": classes}


def _head(standard: Standard, name: str, title: str, description: str) -> Schema:
    return {
        "$schema": DIALECT,
        "$id": f"{standard.namespace}/{name}.schema.json",
        "title": title,
        "description": description,
    }


def _reach(standard: Standard, start: tuple[str, ...], *, through_messages: bool = True) -> Iterator[str]:
    """The concrete classes that objects of the classes ``start`` can hold, themselves first, each once."""
    seen = list(start)
    for name in seen:
        yield name
        for slot in standard.classes[name].slots:
            if slot.kind != "class" or (standard.classes[slot.range].abstract and not through_messages):
                continue
            seen.extend(c for c in standard.concrete(slot.range) if c not in seen)


def _definitions(standard: Standard, classes: list[str]) -> Schema:
    ranges = {slot.range: slot.kind for name in classes for slot in standard.classes[name].slots}
    values: Schema = {}
    for name in sorted(ranges):
        if ranges[name] == "type":
            values[name] = _words(standard.types[name]) | type_schema(standard.types[name])
        elif ranges[name] == "enum":
            values[name] = _published_enum(standard.enums[name])
    return {name: _class(standard, standard.classes[name]) for name in classes} | values


def type_schema(body: Type) -> Schema:
    """The constraints of a type."""
    if body.base == "integer":
        return {"type": "integer", "minimum": body.minimum, "maximum": body.maximum}
    if body.base == "boolean":
        return {"type": "boolean"}
    limit = {"maxLength": body.max_length} if body.max_length else {}
    return {"type": "string", "pattern": body.pattern} | limit


def _published_enum(body: Enum) -> Schema:
    meanings = "; ".join(f"{value.code}: {value.title}" for value in body.values)
    return {"title": body.title, "description": f"{body.description} {meanings}.", "enum": list(body.codes)}


def _class(standard: Standard, body: Class) -> Schema:
    properties = {slot.name: _property(standard, body, slot) for slot in body.slots}
    return _words(body) | _object(body, properties)


def _object(body: Class, properties: Schema) -> Schema:
    required = [slot.name for slot in body.slots if slot.required]
    demand: Schema = {"required": required} if required else {"minProperties": 1}
    return {"type": "object"} | demand | {"properties": properties, "additionalProperties": False}


def _property(standard: Standard, owner: Class, slot: Slot) -> Schema:
    if slot.kind == "name":
        return _words(slot) | {"const": owner.name}
    one = _one(standard, slot)
    return _words(slot) | ({"type": "array", "minItems": 1, "items": one} if slot.many else {"allOf": [one]})


def _one(standard: Standard, slot: Slot) -> Schema:
    if slot.kind == "class" and standard.classes[slot.range].abstract:
        return _dispatch(standard.concrete(slot.range))
    return _ref(slot.range)


def _dispatch(kinds: tuple[str, ...]) -> Schema:
    branches = [
        {"if": {"properties": {"report_type": {"const": kind}}, "required": ["report_type"]}, "then": _ref(kind)}
        for kind in kinds
    ]
    named = {"report_type": {"enum": list(kinds)}}
    return {"type": "object", "required": ["report_type"], "properties": named, "allOf": branches}


def _engine_class(standard: Standard, body: Class) -> Schema:
    return _object(body, {slot.name: _engine_property(standard, body, slot) for slot in body.slots})


def _engine_property(standard: Standard, owner: Class, slot: Slot) -> Schema:
    if slot.kind == "name":
        return {"enum": [owner.name]}
    one: Schema
    if slot.kind == "class":
        one = {} if standard.classes[slot.range].abstract else _ref(slot.range)
    else:
        one = {"enum": list(standard.enums[slot.range].codes)} if slot.kind == "enum" else _inlined(standard, slot)
    return {"type": "array", "minItems": 1, "items": one} if slot.many else one


def _inlined(standard: Standard, slot: Slot) -> Schema:
    return type_schema(standard.types[slot.range])


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _words(body: Class | Slot | Type) -> Schema:
    return {"title": body.title, "description": body.description}
