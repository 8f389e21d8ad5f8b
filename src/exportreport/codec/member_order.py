"""The order of members: a document with its members as the model orders them."""

from __future__ import annotations

from exportreport.codec.per_standard import per_standard
from exportreport.standard import Document, Slot, Standard, Value


def in_order(document: Document, standard: Standard) -> Document:
    """``document`` with its members in the model's order; those that the model does not know come last.

    Where they are so already, as programs mostly write them, it is ``document`` itself: looking takes less than half
    of what sorting does.
    """
    kind = _kind(document)
    if kind is None or _is_ordered(document, _plans(standard).get(kind)):
        return document
    ordered = _ordered(document, kind, standard)
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


class _Plan(dict[str, "tuple[int, _Plan | None]"]):
    """The members of a class: the place of each in the model's order, and the plan of the objects in it, if any."""

    __slots__ = ("kinds",)

    #: The plans of the messages among which an abstract class chooses.
    kinds: dict[str, _Plan] | None

    def __missing__(self, name: str) -> tuple[int, _Plan | None]:
        """The place of what the model does not know: before all else, so that it is out of order anywhere."""
        return -2, None


@per_standard
def _plans(standard: Standard) -> dict[str, _Plan]:
    """The plan of each class of the standard."""
    plans = {name: _Plan() for name in standard.classes}
    for name, body in standard.classes.items():
        plan = plans[name]
        plan.kinds = plans if body.abstract else None
        for order, slot in enumerate(body.slots):
            plan[slot.name] = order, plans[slot.range] if slot.kind == "class" else None
    return plans


def _is_ordered(value: Value, plan: _Plan | None) -> bool:
    """Whether it is certain that the object ``value`` and all in it have their members in the model's order."""
    if plan is None or not isinstance(value, dict):
        return False
    furthest = -1
    for name, child in value.items():
        order, inner = plan[name]
        if order < furthest:
            return False
        furthest = order
        if inner is not None and not _are_ordered(child, inner):
            return False
    return True


def _are_ordered(value: Value, plan: _Plan) -> bool:
    kinds = plan.kinds
    for one in value if isinstance(value, list) else (value,):
        if not _is_ordered(one, plan if kinds is None else kinds.get(_kind(one) or "")):
            return False
    return True
