"""The objects of a document with their places: what each witness walks, told by the standard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exportreport.standard import Slot, Standard

Document = dict[str, Any]


@dataclass(frozen=True)
class Around:
    """What stands around an object: the report, the day that the nearest message gives, and the day it is judged by."""

    report: Document | None = None
    given: str | None = None
    day: str = ""


@dataclass(frozen=True)
class Place:
    """An object of a document: where it is, its class and the parents of that, and what stands around it."""

    pointer: str
    classes: tuple[str, ...]
    value: Document
    around: Around

    def finding(self, at: str | None) -> tuple[str, ...]:
        """A failure at this object: it points to the slot ``at`` if that is there."""
        return ("fail", f"{self.pointer}/{at}" if at in self.value else self.pointer)


def places(standard: Standard, document: Document) -> Iterator[Place]:
    """All objects of ``document``, itself first, in the order of the text."""
    return _places(standard, document["report_type"], document, "", Around())


def _places(standard: Standard, name: str, value: Document, pointer: str, around: Around) -> Iterator[Place]:
    classes = standard.lineage(name)
    if "Message" in classes:
        given = value.get("as_of", around.given)
        around = Around(value if "Report" in classes else None, given, given or value["reported_at"][:10])
    yield Place(pointer, classes, value, around)
    for slot in standard.classes[name].slots:
        if slot.kind == "class" and slot.name in value:
            for inner, entry in _entries(slot, value[slot.name], f"{pointer}/{slot.name}"):
                range_ = standard.classes[slot.range]
                kind = entry["report_type"] if range_.abstract else range_.name
                yield from _places(standard, kind, entry, inner, around)


def _entries(slot: Slot, value: Any, pointer: str) -> Iterator[tuple[str, Document]]:
    if slot.many:
        yield from ((f"{pointer}/{number}", entry) for number, entry in enumerate(value))
    else:
        yield pointer, value
