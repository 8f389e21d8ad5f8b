"""What differs between the forms of values: types, and closed sets of values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exportreport.compat.change import Difference, Differences

Body = Mapping[str, Any]

_WORDS = ("title", "description", "examples")


def wider(old: Body, new: Body) -> bool:
    """Whether the type ``new`` surely takes every value that ``old`` takes."""
    if new.get("pattern") not in (None, old.get("pattern")):
        return False
    return not _narrower(old, new, "max_length", 1) and not any(_bounds(old, new))


def _narrower(old: Body, new: Body, member: str, sign: int) -> bool:
    """Whether the bound ``member`` is tighter; ``sign`` is 1 for an upper bound, -1 for a lower one."""
    before, after = old.get(member), new.get(member)
    return after is not None and (before is None or sign * after < sign * before)


def _bounds(old: Body, new: Body) -> tuple[bool, bool]:
    return _narrower(old, new, "minimum", -1), _narrower(old, new, "maximum", 1)


def type_differences(before: Mapping[str, Body], after: Mapping[str, Body]) -> Differences:
    """What differs between the types of two models."""
    yield from _gone_and_come("type", before, after)
    for name in (name for name in before if name in after):
        yield from _type(f"type {name}", before[name], after[name])


def _type(element: str, old: Body, new: Body) -> Differences:
    if old["base"] != new["base"]:
        yield Difference("type.base", element, old["base"], new["base"])
    yield from _pattern(element, old.get("pattern"), new.get("pattern"))
    if old.get("max_length") != new.get("max_length"):
        kind = "type.shorter" if _narrower(old, new, "max_length", 1) else "type.longer"
        yield Difference(kind, element, old.get("max_length"), new.get("max_length"))
    limits = [{name: body.get(name) for name in ("minimum", "maximum")} for body in (old, new)]
    if limits[0] != limits[1]:
        kind = "type.bounds.narrowed" if any(_bounds(old, new)) else "type.bounds.widened"
        yield Difference(kind, element, *limits)
    if old.get("code_list") != new.get("code_list"):
        lists = old.get("code_list"), new.get("code_list")
        kind = "added" if lists[0] is None else "removed" if lists[1] is None else "changed"
        yield Difference(f"slot.codes.{kind}", element, *lists)
    yield from _words(element, old, new)


def _pattern(element: str, old: str | None, new: str | None) -> Differences:
    if old != new:
        kind = "added" if old is None else "removed" if new is None else "changed"
        yield Difference(f"type.pattern.{kind}", element, old, new)


def enum_differences(before: Mapping[str, Body], after: Mapping[str, Body]) -> Differences:
    """What differs between the closed sets of values of two models."""
    yield from _gone_and_come("enum", before, after)
    for name in (name for name in before if name in after):
        yield from _words(f"enum {name}", before[name], after[name])
        yield from _values(name, before[name]["values"], after[name]["values"])


def _values(name: str, old: Mapping[str, Body], new: Mapping[str, Body]) -> Differences:
    for code in (code for code in old if code not in new):
        yield Difference("value.removed", f"value {name}.{code}", code)
    for code in (code for code in new if code not in old):
        yield Difference("value.added", f"value {name}.{code}", None, code)
    kept = [code for code in old if code in new]
    for code in kept:
        yield from _value(f"value {name}.{code}", old[code], new[code])
    order = [code for code in new if code in old]
    if order != kept:
        yield Difference("values.reordered", f"enum {name}", kept, order)


#: How the description of a value begins that is to be written no longer; the model has no other word for it.
_DEPRECATED = "Deprecated"


def _value(element: str, old: Body, new: Body) -> Differences:
    before, after = old.get("description") or "", new.get("description") or ""
    if after.startswith(_DEPRECATED) and not before.startswith(_DEPRECATED):
        yield Difference("value.deprecated", element, before, after)
    else:
        yield from _words(element, old, new)


def _gone_and_come(what: str, before: Mapping[str, Body], after: Mapping[str, Body]) -> Differences:
    for name in (name for name in before if name not in after):
        yield Difference(f"{what}.removed", f"{what} {name}", name)
    for name in (name for name in after if name not in before):
        yield Difference(f"{what}.added", f"{what} {name}", None, name)


def _words(element: str, old: Body, new: Body) -> Differences:
    other = [name for name in _WORDS if old.get(name) != new.get(name)]
    if other:
        yield Difference("words.changed", element, {n: old.get(n) for n in other}, {n: new.get(n) for n in other})
