"""The classes of the standard as types of TypeScript.

LinkML's own generator gives closed lists and kinds of message as any text, so that nothing tells the kinds apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from exportreport.standard import Class, Slot, Standard

_BASES = {"text": "string", "integer": "number", "boolean": "boolean"}


def module(standard: Standard, note: str) -> str:
    """The module of the types: for each type, closed list and class one, and ``Message`` for any kind."""
    parts = [
        f"// {note}",
        f"// The messages of the exportreport standard {standard.version}. Dates and decimals are texts.",
        *(f"{_words(one.description)}export type {one.name} = {_BASES[one.base]};" for one in standard.types.values()),
        *(
            f"{_words(one.description)}export type {one.name} =\n  | " + "\n  | ".join(map(json.dumps, one.codes)) + ";"
            for one in standard.enums.values()
        ),
        *(_class(standard, one) for one in standard.classes.values()),
    ]
    return "\n\n".join(parts) + "\n"


def _class(standard: Standard, body: Class) -> str:
    if body.abstract:
        return f"{_words(body.description)}export type {body.name} = {_union(standard.concrete(body.name))};"
    members = "".join(_member(body, slot) for slot in body.slots)
    return f"{_words(body.description)}export interface {body.name} {{\n{members}}}"


def _member(owner: Class, slot: Slot) -> str:
    of = json.dumps(owner.name) if slot.kind == "name" else slot.range
    return f"{_words(slot.description, '  ')}  {slot.name}{'' if slot.required else '?'}: {of}{'[]' * slot.many};\n"


def _union(names: Iterable[str]) -> str:
    return " | ".join(names)


def _words(text: str, indent: str = "") -> str:
    return f"{indent}/** {text.replace('*/', '* /')} */\n"
