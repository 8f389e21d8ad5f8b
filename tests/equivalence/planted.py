"""The published schemas with one thing taken out of them at a time: each must be missed by the comparison.

What is taken out is put back before the next is. The name of each says the definition it was in, and what it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from lxml import etree

Schema = dict[str, Any]

#: Keywords that ask for one thing each.
_DEMANDS = (
    *("minProperties", "additionalProperties", "minItems", "type", "const", "enum"),
    *("pattern", "maxLength", "minimum", "maximum"),
)

#: Keywords that imply a type.
_TYPED = {"pattern", "const", "enum", "if"}

#: Keywords that list things.
_LISTS = ("required", "enum")

_XS = "{http://www.w3.org/2001/XMLSchema}"


def less_json(schema: Schema) -> Iterator[tuple[str, str]]:
    """The ``schema`` of any kind of message with one demand less at a time: where it was, and what."""
    for what in _less_dispatch(schema):
        yield "any message", what
    for name, body in schema["definitions"].items():
        for what in _less(body):
            yield name, what


def _less(node: Schema, at: str = "") -> Iterator[str]:
    for keyword in _DEMANDS:
        if keyword in node and not (keyword == "type" and _TYPED & node.keys()):
            with _without(node, keyword):
                yield f"{at} {keyword}"
    for keyword in _LISTS:
        for item in list(node.get(keyword, ())):
            with _without_item(node[keyword], item):
                yield f"{at} {keyword} {item}"
    for slot, body in node.get("properties", {}).items():
        with _in_place(node["properties"], slot, {}):
            yield f"{at}/{slot} all"
        yield from _less(body, f"{at}/{slot}")
    if "items" in node:
        with _in_place(node, "items", {}):
            yield f"{at} items"
        yield from _less_dispatch(node["items"], f"{at}/-")


def _less_dispatch(node: Schema, at: str = "") -> Iterator[str]:
    """Where the kind of a message decides which schema it has to follow."""
    for branch in [branch for branch in node.get("allOf", ()) if "if" in branch]:
        with _without_item(node["allOf"], branch):
            yield f"{at} {branch['then']['$ref']}"
        for keyword in ("required", "properties"):
            with _without(node, keyword):
                yield f"{at} {keyword}"


@contextmanager
def _without(holder: Schema, key: str) -> Iterator[None]:
    kept = dict(holder)
    del holder[key]
    yield
    holder.clear()
    holder.update(kept)


@contextmanager
def _in_place(holder: Schema, key: str, other: Any) -> Iterator[None]:
    kept, holder[key] = holder[key], other
    yield
    holder[key] = kept


@contextmanager
def _without_item(items: list[Any], item: Any) -> Iterator[None]:
    place = items.index(item)
    items.remove(item)
    yield
    items.insert(place, item)


def less_xsd(schema: etree._Element) -> Iterator[tuple[str, str]]:
    """The XSD ``schema`` with one demand less at a time, or one thing less allowed: where it was, and what."""
    for body in schema:
        if body.tag == _XS + "complexType":
            yield from ((body.get("name"), what) for what in _less_class(body))
        elif body.tag == _XS + "simpleType":
            for facet in body.iter(_XS + "pattern", _XS + "maxLength", _XS + "enumeration"):
                with _taken_out(facet):
                    yield body.get("name"), f"{etree.QName(facet).localname} {facet.get('value')}"


def _less_class(body: etree._Element) -> Iterator[str]:
    for choice in body.findall(_XS + "choice"):
        if choice.get("maxOccurs"):
            with _attribute(choice, "maxOccurs", None):
                yield "one entry"
        with _attribute(choice, "minOccurs", "0"):
            yield "not empty"
    for name in dict.fromkeys(element.get("name") for element in body.iter(_XS + "element")):
        yield from _less_element(name, [e for e in body.iter(_XS + "element") if e.get("name") == name])
    if not body.get("name").endswith(".list"):
        yield from _less_order(body)


def _less_element(name: str, elements: list[etree._Element]) -> Iterator[str]:
    """An element of a class, in all the places where it may stand."""
    with _attributes(elements, "type", "xs:anyType"):
        yield f"{name} type"
    if elements[0].get("maxOccurs"):
        with _attributes(elements, "maxOccurs", None):
            yield f"{name} many"
    elif elements[0].getparent().tag == _XS + "sequence":
        with _attributes(elements, "maxOccurs", "unbounded"):
            yield f"{name} single"
    if elements[0].getparent().getparent().tag == _XS + "complexType" and not elements[0].get("minOccurs"):
        with _attributes(elements, "minOccurs", "0"):
            yield f"{name} required"


def _less_order(body: etree._Element) -> Iterator[str]:
    """The elements of a class, each changed with the next, in all the places where they may stand."""
    names = list(dict.fromkeys(element.get("name") for element in body.iter(_XS + "element")))
    by_place = body.find(_XS + "choice") is not None
    for name, following in pairwise(names):
        _change(body, name, following, by_place=by_place)
        yield f"{name} before {following}"
        _change(body, name, following, by_place=by_place)


def _change(body: etree._Element, one: str, other: str, *, by_place: bool) -> None:
    """Change two elements of a class; what is required by its place stays so."""
    attributes = {e.get("name"): dict(e.attrib) for e in body.iter(_XS + "element") if e.get("name") in (one, other)}
    pairs = {one: attributes[other], other: attributes[one]}
    for element in list(body.iter(_XS + "element")):
        if (new := pairs.get(element.get("name"))) is not None:
            least = element.get("minOccurs") if by_place else new.get("minOccurs")
            element.attrib.clear()
            element.attrib.update(new)
            _set(element, "minOccurs", least)


@contextmanager
def _attributes(elements: list[etree._Element], name: str, value: str | None) -> Iterator[None]:
    kept = [element.get(name) for element in elements]
    for element in elements:
        _set(element, name, value)
    yield
    for element, old in zip(elements, kept, strict=True):
        _set(element, name, old)


@contextmanager
def _attribute(element: etree._Element, name: str, value: str | None) -> Iterator[None]:
    with _attributes([element], name, value):
        yield


def _set(element: etree._Element, name: str, value: str | None) -> None:
    if value is None:
        element.attrib.pop(name, None)
    else:
        element.set(name, value)


@contextmanager
def _taken_out(facet: etree._Element) -> Iterator[None]:
    holder = facet.getparent()
    place = holder.index(facet)
    holder.remove(facet)
    yield
    holder.insert(place, facet)
