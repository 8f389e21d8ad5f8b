"""XSD 1.0 out of the model: for others to validate with; our own decoder gives the same verdict.

All simple types derive from ``xs:string``, since engines strip blanks around the others in spite of a pattern. Every
element has a named type, since anonymous ones break *Element Declarations Consistent* (XSD 1.0, 3.8.6) in the form
that demands one of several optional elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.etree.ElementTree import Comment, Element, ElementTree, SubElement, indent

from exportreport.standard import Class, Enum, Slot, Standard, Type

_XS = "xs:"
_BOOLEAN = "true|false"


def schema(standard: Standard, note: str) -> bytes:
    """The XML Schema of all kinds of message, as a file."""
    root = Element(
        _XS + "schema",
        {
            "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
            "xmlns": standard.namespace,
            "targetNamespace": standard.namespace,
            "elementFormDefault": "qualified",
            "version": standard.version,
        },
    )
    root.append(Comment(f" {note} "))
    for kind in standard.kinds:
        SubElement(root, _XS + "element", {"name": kind, "type": kind})
    concrete = [body for body in standard.classes.values() if not body.abstract]
    for body in concrete:
        _add_class(root, body)
    for name in sorted({slot.range for body in concrete for slot in body.slots if _is_wrapped(slot)}):
        _add_list(root, name, standard.concrete(name))
    for value_type in standard.types.values():
        _add_type(root, value_type)
    for enum in standard.enums.values():
        _add_enum(root, enum)
    indent(root)
    file = BytesIO()
    ElementTree(root).write(file, encoding="UTF-8", xml_declaration=True)
    return file.getvalue() + b"\n"


def pattern(anchored: str) -> str:
    """The XSD form of an anchored pattern: without anchors, tab and line feed written as escapes."""
    return anchored[1:-1].replace("\t", "\\t").replace("\n", "\\n")


def _is_wrapped(slot: Slot) -> bool:
    return slot.kind == "class" and slot.many


def _add_class(root: Element, body: Class) -> None:
    node = SubElement(root, _XS + "complexType", {"name": body.name})
    _document(node, body.title, body.description)
    slots = [slot for slot in body.slots if slot.kind != "name"]
    if any(slot.required for slot in slots):
        _add_sequence(node, slots, [slot.required for slot in slots])
        return
    choice = SubElement(node, _XS + "choice")
    for first in range(len(slots)):
        rest = slots[first:]
        _add_sequence(choice, rest, [True] + [False] * (len(rest) - 1), documented=first == 0)


def _add_sequence(parent: Element, slots: Sequence[Slot], demanded: Iterable[bool], *, documented: bool = True) -> None:
    sequence = SubElement(parent, _XS + "sequence")
    for slot, must in zip(slots, demanded, strict=True):
        wrapped = _is_wrapped(slot)
        node = SubElement(sequence, _XS + "element", {"name": slot.name})
        node.set("type", slot.range + ".list" if wrapped else slot.range)
        if not must:
            node.set("minOccurs", "0")
        if slot.many and not wrapped:
            node.set("maxOccurs", "unbounded")
        if documented:
            _document(node, slot.title, slot.description)


def _add_list(root: Element, name: str, members: Sequence[str]) -> None:
    node = SubElement(root, _XS + "complexType", {"name": name + ".list"})
    choice = SubElement(node, _XS + "choice", {"maxOccurs": "unbounded"})
    for member in members:
        SubElement(choice, _XS + "element", {"name": member, "type": member})


def _add_type(root: Element, body: Type) -> None:
    restriction = _restriction(root, body.name, body.title, body.description)
    SubElement(restriction, _XS + "pattern", {"value": _form(body)})
    if body.max_length:
        SubElement(restriction, _XS + "maxLength", {"value": str(body.max_length)})


def _form(body: Type) -> str:
    if body.base == "integer":
        return f"0|[1-9][0-9]{{0,{len(str(body.maximum)) - 1}}}"
    return _BOOLEAN if body.base == "boolean" else pattern(body.pattern or "")


def _add_enum(root: Element, body: Enum) -> None:
    restriction = _restriction(root, body.name, body.title, body.description)
    for value in body.values:
        node = SubElement(restriction, _XS + "enumeration", {"value": value.code})
        _document(node, value.title, value.description)


def _restriction(root: Element, name: str, title: str, description: str) -> Element:
    node = SubElement(root, _XS + "simpleType", {"name": name})
    _document(node, title, description)
    return SubElement(node, _XS + "restriction", {"base": "xs:string"})


def _document(node: Element, title: str, description: str) -> None:
    note = SubElement(SubElement(node, _XS + "annotation"), _XS + "documentation")
    note.text = f"{title}. {description}"
