"""Which attributes an element may have: almost none (STANDARD section 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exportreport.codec import faults
from exportreport.codec.xml_shapes import Shape
from exportreport.finding import Fault

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
XML = "{http://www.w3.org/XML/1998/namespace}"

#: Accepted on any element, never fetched, not kept.
ACCEPTED = frozenset({XSI + "schemaLocation", XSI + "noNamespaceSchemaLocation"})

_OWN_WORDS = {XML + "lang": faults.XML_LANG, XSI + "type": faults.XSI_TYPE, XSI + "nil": faults.XSI_NIL}


def refused(element: Any, shape: Shape | None) -> Iterator[tuple[Fault, dict[str, str]]]:
    """The faults and words for attributes that ``element``, of the class ``shape`` if any, must not have."""
    for name in element.attrib:
        if name in ACCEPTED:
            continue
        local = name.rpartition("}")[2]
        if name in _OWN_WORDS:
            yield _OWN_WORDS[name], {}
        elif name.startswith(XML):
            yield faults.XML_ATTRIBUTE, {"name": "xml:" + local}
        else:
            owner = element.tag.rpartition("}")[2]
            yield faults.ATTRIBUTE, {"name": local, "owner": owner, "hint": _hint(local, shape)}


def _hint(local: str, shape: Shape | None) -> str:
    names = {member.name for member in shape.members.values()} if shape else set()
    return f"; {local} is an element." if local in names else "."
