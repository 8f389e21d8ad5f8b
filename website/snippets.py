"""Objects of the standard in JSON and XML: parts of messages as the codecs write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from exportreport.codec import json_text, xml_text
from exportreport.finding import Path as Place
from exportreport.standard import Document, Slot, Standard

#: About how long an example of a class is, in signs of JSON: what says most without filling the page.
_LENGTH = 600


class Snippet(NamedTuple):
    """One object in both syntaxes."""

    json: str
    xml: str


def snippet(document: Document, place: Place, standard: Standard) -> Snippet:
    """The object at ``place`` of a message, in JSON and in XML."""
    value: Any = document
    for step in place:
        value = value[step]
    if not place:
        return Snippet(json_text.encode(document, standard).decode(), xml_text.encode(document, standard).decode())
    element = _element(etree.fromstring(xml_text.encode(document, standard)), place)
    return Snippet(json.dumps(value, ensure_ascii=False, indent=2), _written(element))


def of_slot(slot: Slot, value: Any) -> Snippet:
    """One member or element with a single value."""
    member: Any = [value] if slot.many else value
    text = value if isinstance(value, str) else json.dumps(value)
    element = etree.Element(slot.name)
    element.text = text
    return Snippet(
        f"{json.dumps(slot.name)}: {json.dumps(member, ensure_ascii=False)}",
        etree.tostring(element, encoding="unicode"),
    )


def samples(examples: Path, standard: Standard) -> dict[str, Snippet]:
    """For each class an object of it out of the valid examples; for an abstract one, of a kind that is one."""
    best: dict[str, tuple[int, Document, Place]] = {}
    for path in sorted((examples / "valid").rglob("*.json")):
        document = json.loads(path.read_bytes())
        for name, place, value in _objects(document, document["report_type"], (), standard):
            far = abs(len(json.dumps(value)) - _LENGTH)
            for one in standard.lineage(name):
                if one not in best or far < best[one][0]:
                    best[one] = far, document, place
    return {name: snippet(document, place, standard) for name, (_, document, place) in best.items()}


def _objects(
    value: Mapping[str, Any], name: str, place: Place, standard: Standard
) -> Iterator[tuple[str, Place, Mapping[str, Any]]]:
    """Every object of a message, with its class and its place."""
    body = standard.classes[str(value["report_type"]) if standard.classes[name].abstract else name]
    yield body.name, place, value
    for slot in body.slots:
        held = value.get(slot.name)
        if slot.kind != "class" or held is None:
            continue
        if slot.many:
            for number, entry in enumerate(held):
                yield from _objects(entry, slot.range, (*place, slot.name, number), standard)
        else:
            yield from _objects(held, slot.range, (*place, slot.name), standard)


def _element(root: Any, place: Place) -> Any:
    """The element at ``place``: entries of a list stand within the element of their slot."""
    for step in place:
        root = root[step] if isinstance(step, int) else root.find(f"{{*}}{step}")
    return root


def _written(element: Any) -> str:
    """The element without the declaration of its namespace, beginning at the margin."""
    text = re.sub(r' xmlns="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False), count=1)
    lines = text.splitlines()
    margin = len(lines[-1]) - len(lines[-1].lstrip()) if len(lines) > 1 else 0
    return "\n".join([lines[0], *(line[margin:] for line in lines[1:])])
