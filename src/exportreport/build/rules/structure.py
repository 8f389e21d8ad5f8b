"""The structure of a document held against the model that is being built, in an author's words.

The engines of the validator read the artifacts of the last build; here the model itself is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exportreport.build.cel.error import choice
from exportreport.finding import Path
from exportreport.standard import Class, Document, Slot, Standard

#: A place, what is wrong there, and what to do.
Fault = tuple[Path, str, str]


def structure_faults(document: Document, standard: Standard) -> Iterator[Fault]:
    """What is wrong with the structure of ``document``, a message that names its kind."""
    return _object(document, standard.classes[str(document["report_type"])], (), standard)


def _object(value: Any, body: Class, path: Path, standard: Standard) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield path, f"this must be a table, an object of class {body.name}", "write { ... }"
        return
    if not value:
        yield path, "an object without members", "give one of its slots, or leave it out"
    for name, child in value.items():
        if name in body.by_name:
            yield from _slot(child, body.by_name[name], body, (*path, name), standard)
        else:
            yield (*path, name), f"{body.name} has no slot {name!r}", choice(name, body.by_name)
    for slot in body.slots:
        if slot.required and slot.name not in value:
            yield path, f"{body.name} lacks {slot.name}", "add it"


def _slot(value: Any, slot: Slot, owner: Class, path: Path, standard: Standard) -> Iterator[Fault]:
    if not slot.many:
        yield from _one(value, slot, owner, path, standard)
    elif not isinstance(value, list) or not value:
        yield path, f"{slot.name} is a list of at least one entry", "write [ ... ]"
    else:
        for index, entry in enumerate(value):
            yield from _one(entry, slot, owner, (*path, index), standard)


def _one(value: Any, slot: Slot, owner: Class, path: Path, standard: Standard) -> Iterator[Fault]:
    if slot.kind == "class":
        yield from _object(value, _class(value, slot, standard), path, standard)
    elif slot.kind == "name":
        if value != owner.name:
            yield path, f"{value!r} is not {owner.name!r}", "leave it out"
    elif slot.kind == "enum":
        codes = standard.enums[slot.range].codes
        if value not in codes:
            yield path, f"{value!r} is not a value of {slot.range}", choice(str(value), codes)
    else:
        yield from _value(value, slot, path, standard)


def _class(value: Any, slot: Slot, standard: Standard) -> Class:
    body = standard.classes[slot.range]
    if not body.abstract:
        return body
    kinds = standard.concrete(slot.range)
    named = value.get("report_type") if isinstance(value, dict) else None
    return standard.classes[named if named in kinds else kinds[0]]


def _value(value: Any, slot: Slot, path: Path, standard: Standard) -> Iterator[Fault]:
    body = standard.types[slot.range]
    form = f"write {body.title.lower()}, such as {body.examples[0]!r}" if body.examples else f"write {body.title}"
    if not _is(value, body.base):
        yield path, f"{value!r} is not {body.base}", f"{form}, in quotation marks" if body.base == "text" else form
    elif isinstance(value, str):
        if not re.fullmatch(body.pattern or "", value, re.ASCII) or len(value) > (body.max_length or len(value)):
            yield path, f"{value!r} has not the form of {slot.range}", form
    elif isinstance(value, int) and body.base == "integer" and not (body.minimum or 0) <= value <= (body.maximum or 0):
        yield path, f"{value!r} is out of range", f"write a number from {body.minimum} to {body.maximum}"


def _is(value: Any, base: str) -> bool:
    if base == "text":
        return isinstance(value, str)
    return isinstance(value, bool) if base == "boolean" else isinstance(value, int) and not isinstance(value, bool)
