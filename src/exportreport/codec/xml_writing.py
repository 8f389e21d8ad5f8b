"""From a document to XML (STANDARD section 3.1): UTF-8, default namespace, LF, two spaces for each level."""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.pattern import pattern
from exportreport.standard import Class, Document, Slot, Standard, Value

_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ESCAPED = pattern("[&<>\r]")
_NOT_XML = pattern("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def encode(document: Document, standard: Standard) -> bytes:
    """``document`` as XML. Values are written as they are: indentation never enters them.

    Raises ValueError for what XML cannot say: an unknown member, a value of another type, a character XML has
    not.
    """
    kind = document.get("report_type")
    if not isinstance(kind, str) or kind not in standard.kinds:
        raise ValueError("The document has no report_type that the standard knows.")
    begin = f'<{kind} xmlns="{standard.namespace}">'
    written = "\n".join(_element(kind, begin, document, standard.classes[kind], standard, ""))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def part(name: str, value: Value, standard: Standard, wrapper: str | None = None) -> str:
    """The object ``value`` of the class ``name`` as it stands inside a message, for examples; without namespace.

    ``wrapper`` is the name of its element where that is not the name of its class. What is required may be missing.
    Raises ValueError as `encode` does.
    """
    element = wrapper or name
    return "\n".join(_element(element, f"<{element}>", value, standard.classes[name], standard, ""))


def _element(
    name: str,
    begin: str,
    value: Value,
    body: Class,
    standard: Standard,
    indent: str,
) -> Iterator[str]:
    """The lines of the element ``name``, which holds the object ``value`` of class ``body``."""
    if not isinstance(value, dict):
        raise ValueError(f"{name} is not an object.")
    unknown = value.keys() - body.by_name.keys()
    if unknown:
        raise ValueError(f"{body.name} has no member {min(unknown)}.")
    yield indent + begin
    for slot in body.slots:
        if slot.name in value and slot.kind != "name":
            yield from _member(value[slot.name], slot, standard, indent + "  ")
    yield f"{indent}</{name}>"


def _member(value: Value, slot: Slot, standard: Standard, indent: str) -> Iterator[str]:
    name = slot.name
    if slot.many and not isinstance(value, list):
        raise ValueError(f"{name} is not a list.")
    if slot.kind != "class":
        for entry in value if isinstance(value, list) and slot.many else [value]:
            yield f"{indent}<{name}>{_text(entry, name)}</{name}>"
    elif not slot.many:
        yield from _element(name, f"<{name}>", value, standard.classes[slot.range], standard, indent)
    else:
        yield f"{indent}<{name}>"
        for entry in value if isinstance(value, list) else ():
            kind = _class_of(entry, slot, standard)
            yield from _element(kind, f"<{kind}>", entry, standard.classes[kind], standard, indent + "  ")
        yield f"{indent}</{name}>"


def _class_of(entry: Value, slot: Slot, standard: Standard) -> str:
    if not standard.classes[slot.range].abstract:
        return slot.range
    kind = entry.get("report_type") if isinstance(entry, dict) else None
    if not isinstance(kind, str) or kind not in standard.kinds:
        raise ValueError(f"An entry of {slot.name} has no report_type that the standard knows.")
    return kind


def _text(value: Value, name: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"{name} is neither text nor integer nor boolean.")
    if unfit := _NOT_XML.search(value):
        raise ValueError(f"{name} has the character U+{ord(unfit[0]):04X}, which XML cannot carry.")
    return _ESCAPED.sub(lambda sign: _MARKUP[sign[0]], value)
