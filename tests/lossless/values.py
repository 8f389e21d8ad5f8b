"""The values of a message as parsers that are not ours read them: expat and the standard library's JSON.

Every value becomes a pointer, a type and a text, so that True is not 1, 1 is not "1", and an entry that moved is seen.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from exportreport.standard import Class, Slot, Standard

#: By pointer: the type of the value, and its text; of objects and lists the number of what is in them.
Values = dict[str, tuple[str, str]]

_LITERALS = {True: "true", False: "false"}


def of_json(data: bytes) -> Values:
    """The values of a message in JSON. ValueError for a repeated name, which would hide a value."""
    return of_document(json.loads(data.removeprefix(b"\xef\xbb\xbf"), object_pairs_hook=_members))


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name is repeated")
    return members


def of_document(document: Any) -> Values:
    """The values of a message as Python has it."""
    found: Values = {}
    _collect(document, "", found)
    return found


def _collect(value: Any, pointer: str, found: Values) -> None:
    if type(value) is dict:
        found[pointer] = ("object", str(len(value)))
        for name, child in value.items():
            _collect(child, f"{pointer}/{name}", found)
    elif type(value) is list:
        found[pointer] = ("list", str(len(value)))
        for number, child in enumerate(value):
            _collect(child, f"{pointer}/{number}", found)
    else:
        found[pointer] = (type(value).__name__, _LITERALS[value] if type(value) is bool else str(value))


def of_xml(data: bytes, standard: Standard) -> Values:
    """The values of a message in XML that follows the standard, by the model alone."""
    root = ElementTree.fromstring(data)
    found: Values = {}
    _object(root, standard.classes[_name(root, standard)], "", standard, found)
    return found


def _name(element: ElementTree.Element, standard: Standard) -> str:
    namespace, _, name = element.tag[1:].partition("}")
    if namespace != standard.namespace:
        raise ValueError(f"{element.tag} is of another namespace")
    return name


def _object(element: ElementTree.Element, body: Class, pointer: str, standard: Standard, found: Values) -> None:
    by_name: dict[str, list[ElementTree.Element]] = {}
    for child in element:
        by_name.setdefault(_name(child, standard), []).append(child)
    members = len(by_name)
    if "report_type" in body.by_name:
        found[f"{pointer}/report_type"] = ("str", body.name)
        members += 1
    found[pointer] = ("object", str(members))
    for name, children in by_name.items():
        _member(children, body.by_name[name], f"{pointer}/{name}", standard, found)


def _member(elements: list[ElementTree.Element], slot: Slot, pointer: str, standard: Standard, found: Values) -> None:
    if slot.many:
        entries = list(elements[0]) if slot.kind == "class" else elements
        found[pointer] = ("list", str(len(entries)))
        places = [(entry, f"{pointer}/{number}") for number, entry in enumerate(entries)]
    else:
        places = [(elements[0], pointer)]
    for element, place in places:
        if slot.kind == "class":
            name = _name(element, standard) if slot.many else slot.range
            _object(element, standard.classes[name], place, standard, found)
        else:
            base = standard.types[slot.range].base if slot.kind == "type" else "text"
            found[place] = ({"integer": "int", "boolean": "bool"}.get(base, "str"), element.text or "")


def differences(before: Values, after: Values) -> list[str]:
    """The values that are not the same in both, each with its pointer."""
    if before == after:
        return []
    pointers = sorted(before.keys() | after.keys())
    changed = [(at, before.get(at), after.get(at)) for at in pointers if before.get(at) != after.get(at)]
    return [f"{at or 'the whole'}: {was} became {now}" for at, was, now in changed]
