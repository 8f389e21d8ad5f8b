"""The order of members: a document with its members as the model orders them."""

from __future__ import annotations

from exportreport.standard import Document, Slot, Standard, Value


def in_order(document: Document, standard: Standard) -> Document:
    """``document`` with its members in the model's order; those that the model does not know come last."""
    ordered = _ordered(document, _kind(document), standard)
    return ordered if isinstance(ordered, dict) else document


def _kind(value: Value) -> str | None:
    kind = value.get("report_type") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else None


def _ordered(value: Value, name: str | None, standard: Standard) -> Value:
    body = standard.classes.get(name) if name else None
    if body is None or not isinstance(value, dict):
        return value
    slots = body.by_name
    try:
        names, unknown = sorted(value, key=body.place), []
    except KeyError:
        names = sorted((known for known in value if known in slots), key=body.place)
        unknown = [one for one in value if one not in slots]
    ordered = {
        one: _member(value[one], slots[one], standard) if slots[one].kind == "class" else value[one] for one in names
    }
    return ordered | {one: value[one] for one in unknown} if unknown else ordered


def _member(value: Value, slot: Slot, standard: Standard) -> Value:
    if isinstance(value, list):
        return [_member(entry, slot, standard) for entry in value]
    abstract = standard.classes[slot.range].abstract
    return _ordered(value, _kind(value) if abstract else slot.range, standard)
