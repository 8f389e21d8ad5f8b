"""What differs between two models: kinds, classes and slots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exportreport.compat.change import Difference, Differences
from exportreport.compat.values import enum_differences, type_differences, wider

Body = Mapping[str, Any]

_WORDS = ("title", "description", "examples")
_MAPPINGS = ("exact_mappings", "close_mappings")


def model_differences(old: Body, new: Body) -> Differences:
    """What differs between the models ``old`` and ``new``, as in model.json."""
    yield from _heads(old, new)
    yield from type_differences(_without_version(old), _without_version(new))
    yield from enum_differences(old["enums"], new["enums"])
    yield from _classes(old, new)


def _heads(old: Body, new: Body) -> Differences:
    if old["namespace"] != new["namespace"]:
        yield Difference("namespace.changed", "namespace", old["namespace"], new["namespace"])
    forms = [model["types"].get("SchemaVersion", {}).get("pattern") or "" for model in (old, new)]
    if forms[0] != forms[1]:
        kept = re.fullmatch(forms[1], old["schema_version"]) is not None
        yield Difference("version.added" if kept else "version.refused", "type SchemaVersion", *forms)
    for kind in [name for name in old["kinds"] if name not in new["kinds"]]:
        yield Difference("kind.removed", f"kind {kind}", kind)
    for kind in [name for name in new["kinds"] if name not in old["kinds"]]:
        yield Difference("kind.added", f"kind {kind}", None, kind)


def _without_version(model: Body) -> Body:
    """The types without the pattern of the version, which is judged by what it does to documents of the old one."""
    types = dict(model["types"])
    if "SchemaVersion" in types:
        types["SchemaVersion"] = {name: v for name, v in types["SchemaVersion"].items() if name != "pattern"}
    return types


def _classes(old: Body, new: Body) -> Differences:
    before, after = old["classes"], new["classes"]
    renamed = dict(_renamed_classes(before, after))
    for name in before:
        if name in renamed:
            kind = "class.renamed" if _is_listed(name, before) else "class.renamed.unnamed"
            yield Difference(kind, f"class {name}", name, renamed[name])
        elif name not in after:
            yield Difference("class.removed", f"class {name}", name)
    for name in after:
        if name not in before and name not in renamed.values():
            yield Difference("class.added", f"class {name}", None, name)
    found = {name: list(_class(name, before[name], after[name], old, new, renamed)) for name in before if name in after}
    for name, differences in found.items():
        inherited = _said(found.get(after[name].get("parent") or "", []))
        yield from (one for one in differences if _key(one) not in inherited)


def _said(differences: Sequence[Difference]) -> list[tuple[Any, ...]]:
    return [_key(one) for one in differences if one.element.startswith("slot ")]


def _key(one: Difference) -> tuple[Any, ...]:
    """What is the same for a class and for those that inherit from it."""
    return one.kind, one.element.partition(".")[2] or one.element, one.old, one.new


def _renamed_classes(before: Body, after: Body) -> Iterator[tuple[str, str]]:
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    for name in gone:
        alike = next((other for other in come if before[name]["slots"] == after[other]["slots"]), None)
        if alike is not None:
            come.remove(alike)
            yield name, alike


def _is_listed(name: str, classes: Body) -> bool:
    """Whether documents name the class: a kind, or the class of the entries of a list."""
    slots = (slot for body in classes.values() for slot in body["slots"].values())
    return any(slot["range"] == name and slot.get("many") for slot in slots)


def _class(name: str, old: Body, new: Body, before: Body, after: Body, renamed: Mapping[str, str]) -> Differences:
    element = f"class {name}"
    if old.get("abstract", False) != new.get("abstract", False):
        yield Difference("class.abstract" if new.get("abstract") else "class.concrete", element)
    if old.get("parent") != new.get("parent"):
        yield Difference("class.parent", element, old.get("parent"), new.get("parent"))
    yield from words(element, old, new, _WORDS)
    yield from _slots(name, old["slots"], new["slots"], before, after, renamed)


def words(element: str, old: Body, new: Body, members: Sequence[str], kind: str = "words.changed") -> Differences:
    """One difference of ``kind`` where any of the ``members`` is another."""
    other = [name for name in members if old.get(name) != new.get(name)]
    if other:
        yield Difference(kind, element, {n: old.get(n) for n in other}, {n: new.get(n) for n in other})


def _slots(owner: str, old: Body, new: Body, before: Body, after: Body, renamed: Mapping[str, str]) -> Differences:
    names = dict(_renamed_slots(old, new))
    for slot in old:
        if slot in names:
            yield Difference("slot.renamed", f"slot {owner}.{slot}", slot, names[slot])
        elif slot not in new:
            yield Difference("slot.removed", f"slot {owner}.{slot}", slot)
    for slot, body in new.items():
        if slot not in old and slot not in names.values():
            kind = "slot.added.required" if body.get("required") else "slot.added.optional"
            yield Difference(kind, f"slot {owner}.{slot}", None, slot)
    pairs = [(slot, names.get(slot, slot)) for slot in old if names.get(slot, slot) in new]
    for slot, now in pairs:
        yield from _slot(f"slot {owner}.{now}", old[slot], new[now], before, after, renamed)
    kept = [now for _, now in pairs]
    order = [slot for slot in new if slot in kept]
    if order != kept:
        yield Difference("slots.reordered", f"class {owner}", kept, order)


def _renamed_slots(old: Body, new: Body) -> Iterator[tuple[str, str]]:
    """The slots that went and came again under another name: the same form, and the same title or description."""
    come = [slot for slot in new if slot not in old]
    for slot in [slot for slot in old if slot not in new]:
        alike = next((other for other in come if _is_alike(old[slot], new[other])), None)
        if alike is not None:
            come.remove(alike)
            yield slot, alike


def _is_alike(old: Body, new: Body) -> bool:
    form = all(old.get(name) == new.get(name) for name in ("range", "kind", "many"))
    return form and any(old.get(name) and old.get(name) == new.get(name) for name in ("title", "description"))


def _slot(element: str, old: Body, new: Body, before: Body, after: Body, renamed: Mapping[str, str]) -> Differences:
    if bool(old.get("required")) != bool(new.get("required")):
        yield Difference("slot.required" if new.get("required") else "slot.optional", element)
    if bool(old.get("many")) != bool(new.get("many")):
        many = "slot.many.objects" if new["kind"] == "class" else "slot.many.values"
        yield Difference(many if new.get("many") else "slot.one", element)
    if renamed.get(old["range"], old["range"]) != new["range"]:
        yield Difference(_range(old, new, before, after), element, old["range"], new["range"])
    yield from _codes(element, old, new)
    yield from words(element, old, new, _WORDS)
    yield from words(element, old, new, _MAPPINGS, "mappings.changed")


def _range(old: Body, new: Body, before: Body, after: Body) -> str:
    kinds = (old["kind"], new["kind"])
    if kinds == ("enum", "type"):
        return "slot.list.opened"
    if kinds == ("type", "enum"):
        return "slot.list.closed"
    if kinds == ("enum", "enum"):
        lost = set(before["enums"][old["range"]]["values"]) - set(after["enums"][new["range"]]["values"])
        return "slot.range.narrowed" if lost else "slot.range.widened"
    if kinds == ("type", "type"):
        return _types(before["types"].get(old["range"], {}), after["types"].get(new["range"], {}))
    return "slot.range.changed"


def _types(old: Body, new: Body) -> str:
    if old.get("base") != new.get("base"):
        return "slot.range.changed"
    return "slot.range.widened" if wider(old, new) else "slot.range.narrowed"


def _codes(element: str, old: Body, new: Body) -> Differences:
    lists = [body.get("code_list") or body.get("code_list_by") for body in (old, new)]
    if lists[0] == lists[1]:
        return
    kind = "added" if lists[0] is None else "removed" if lists[1] is None else "changed"
    yield Difference(f"slot.codes.{kind}", element, *lists)
