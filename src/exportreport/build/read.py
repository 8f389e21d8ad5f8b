"""LinkML to the small model that every emitter reads: the only module that imports LinkML."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from linkml_runtime import SchemaView
from linkml_runtime.linkml_model.meta import SlotDefinition

#: Where LinkML's own types come from; they are not ours.
_BUILT_IN_PREFIX = "https://w3id.org/linkml"


def read(root: Path) -> dict[str, Any]:
    """The content of ``model.json`` for the LinkML schema whose root file is ``root``.

    Inheritance is resolved: each class lists all its slots, inherited ones first, a restated slot at its inherited
    place. The digest is that of everything else, as canonical JSON.
    """
    view = SchemaView(str(root))
    schema = view.schema
    model: dict[str, Any] = {
        "version": schema.version,
        "schema_version": ".".join(schema.version.split(".")[:2]),
        "namespace": schema.id,
        "kinds": [str(name) for name, body in view.all_classes().items() if body.tree_root],
        "types": {str(n): _type(body) for n, body in view.all_types().items() if _is_ours(body)},
        "enums": {str(n): _enum(body) for n, body in view.all_enums().items()},
        "classes": {str(n): _class(view, str(n)) for n in view.all_classes()},
    }
    content = json.dumps(model, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    model["digest"] = "sha256:" + hashlib.sha256(content.encode()).hexdigest()
    return model


def _is_ours(body: Any) -> bool:
    return not str(body.from_schema).startswith(_BUILT_IN_PREFIX)


def _type(body: Any) -> dict[str, Any]:
    base = {"int": "integer", "Bool": "boolean"}.get(str(body.base), "text")
    limit = _annotation(body, "max_length")
    return _given(
        title=body.title,
        description=_words(body.description),
        base=base,
        pattern=body.pattern,
        max_length=int(limit) if limit else None,
        minimum=body.minimum_value,
        maximum=body.maximum_value,
        code_list=_annotation(body, "code_list"),
        examples=[example.value for example in body.examples],
    )


def _enum(body: Any) -> dict[str, Any]:
    values = {
        str(code): {"title": value.title, "description": _words(value.description)}
        for code, value in body.permissible_values.items()
    }
    return {"title": body.title, "description": _words(body.description), "values": values}


def _class(view: SchemaView, name: str) -> dict[str, Any]:
    body = view.get_class(name)
    return _given(
        title=body.title,
        description=_words(body.description),
        parent=str(body.is_a) if body.is_a else None,
        abstract=bool(body.abstract) or None,
    ) | {"slots": {slot: _slot(view, slot, name) for slot in _order(view, name)}}


def _order(view: SchemaView, name: str) -> list[str]:
    body = view.get_class(name)
    order = _order(view, str(body.is_a)) if body.is_a else []
    return order + [str(slot) for slot in body.slots if slot not in order]


def _slot(view: SchemaView, slot: str, owner: str) -> dict[str, Any]:
    body = view.induced_slot(slot, owner)
    return _given(
        title=body.title,
        description=_words(body.description),
        range=str(body.range),
        kind=_kind(view, body),
        required=bool(body.required) or None,
        many=bool(body.multivalued) or None,
        code_list=_annotation(body, "code_list"),
        code_list_by=_annotation(body, "code_list_by"),
        examples=[example.value for example in body.examples],
        exact_mappings=[str(name) for name in body.exact_mappings],
        close_mappings=[str(name) for name in body.close_mappings],
    )


def _kind(view: SchemaView, slot: SlotDefinition) -> str:
    if slot.designates_type:
        return "name"
    if slot.range in view.all_classes():
        return "class"
    return "enum" if slot.range in view.all_enums() else "type"


def _annotation(body: Any, name: str) -> str | None:
    found = body.annotations[name] if name in body.annotations else None  # noqa: SIM401  (not a dict)
    return str(found.value) if found is not None else None


def _words(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


def _given(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, [])}
