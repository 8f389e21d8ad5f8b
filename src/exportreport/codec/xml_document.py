"""From a tree of XML elements to the document that JSON would give, with what only XML can get wrong.

STANDARD section 3. What JSON can get wrong as well (unknown, missing or empty fields, wrong values) is kept
in the document as JSON would have it, so that the structural check says the same of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from exportreport.codec import faults
from exportreport.codec.decoded import MOST_FINDINGS
from exportreport.codec.limits import MAX_DEPTH
from exportreport.codec.xml_attributes import refused
from exportreport.codec.xml_shapes import BOOLEAN, INTEGER, MESSAGES, OBJECT, TEXT, Member, Shape, Shapes
from exportreport.finding import Fault, Finding, Path, make, shown
from exportreport.pattern import pattern
from exportreport.standard import Document, Value

_BLANKS = " \t\r\n"
_INTEGER = pattern(r"0|-?[1-9][0-9]{0,19}", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


class TooDeepError(Exception):
    """An element stands deeper than the standard allows."""

    def __init__(self, element: Any) -> None:
        super().__init__(element.tag)
        self.element = element


class _Misplaced(NamedTuple):
    """An element that does not come after all before it, how far they had come, and if it was there."""

    element: Any
    member: Member
    given: bool
    furthest: int


class Reader:
    """Reads one tree. ``document`` gives what it says, ``findings`` what is wrong with how it says it.

    ``attributes`` tells whether elements below the first may have any: looking costs as much as reading.
    """

    def __init__(self, root: Any, shapes: Shapes, *, attributes: bool) -> None:
        self.root, self.shapes, self.attributes = root, shapes, attributes
        self.noted: list[tuple[Fault, Any, Path, dict[str, Any]]] = []

    def document(self, kind: str) -> Document:
        """The message of ``kind`` that the root holds. Raises TooDeepError."""
        self._check_attributes(self.root, self.shapes[kind], ())
        return {"report_type": kind} | self._object(self.root, self.shapes[kind], (), 1)

    def findings(self) -> Iterator[Finding]:
        """The findings, in the order in which the elements were read, with the elements' numbers."""
        numbers = ordinals(self.root, {element for _, element, _, _ in self.noted}) if self.noted else {}
        for fault, element, path, words in self.noted:
            yield make(fault, path, element=numbers[element], **words)

    def _note(self, fault: Fault, element: Any, path: Path, **words: Any) -> None:
        if len(self.noted) <= MOST_FINDINGS:
            self.noted.append((fault, element, path, words))

    def _object(self, element: Any, shape: Shape, path: Path, depth: int) -> Document:
        """The members that the children of ``element`` are."""
        if depth >= MAX_DEPTH and len(element):
            raise TooDeepError(element[0])
        result: Document = {}
        misplaced: list[_Misplaced] = []
        members, furthest, previous, stray = shape.members, -1, "", element.text
        for child in element:  # the hot loop of the room
            tail = child.tail
            if tail and not (tail.isspace() and tail.isascii()):  # all that XML can hold of these is blank
                stray = _first(stray, tail)
            member = members.get(child.tag) or self._odd(child, shape, result, path, depth)
            if member is None:
                continue
            name, order, form, many, _ = member
            if order > furthest:
                furthest = order
            elif not (many and name == previous):
                misplaced.append(_Misplaced(child, member, name in result, furthest))
            previous = name
            if form >= OBJECT or self.attributes or len(child):
                value = self._content(child, member, path, depth + 1)
            else:
                value = child.text or "" if form == TEXT else _scalar(child.text or "", form)
            if not many:
                result[name] = value
            elif name in result:
                result[name].append(value)  # type: ignore[union-attr]
            else:
                result[name] = [value]
        self._check_text(stray, element, path)
        if misplaced:
            self._check_order(misplaced, shape, path)
        return result

    def _content(self, element: Any, member: Member, path: Path, depth: int) -> Value:
        """What ``element``, which is ``member``, holds."""
        name, _, form, _, shape = member
        place = (*path, name)
        if self.attributes:
            self._check_attributes(element, shape if form >= OBJECT else None, place)
        if form < OBJECT:
            return self._loose(element, depth) if len(element) else _scalar(element.text or "", form)
        if form == OBJECT:
            return self._group(element, shape, place, depth)
        if len(element):
            return self._entries(element, None if form == MESSAGES else shape, place, depth)
        text: str = element.text or ""
        return text if text.strip(_BLANKS) else []

    def _group(self, element: Any, shape: Shape, path: Path, depth: int) -> Value:
        """The object that ``element`` holds; its text, where it has no elements."""
        if len(element):
            return self._object(element, shape, path, depth)
        text: str = element.text or ""
        return text if text.strip(_BLANKS) else {}

    def _entries(self, element: Any, shape: Shape | None, path: Path, depth: int) -> Value:
        """The entries of the list that ``element`` wraps: objects of ``shape``, or messages without one.

        An entry of another name is noted, and read as if it had the right one when it has elements in it and is no
        member of the entry, left without it. A list of which no entry can be read is empty.
        """
        if depth >= MAX_DEPTH:
            raise TooDeepError(element[0])
        entries: list[Value] = []
        stray, told = element.text, set[str]()
        for child in element:
            tail = child.tail
            if tail and tail.strip(_BLANKS):
                stray = _first(stray, tail)
            place = (*path, len(entries))
            right = shape is None or child.tag == shape.tag or _local(child) == shape.name
            if shape is None or child.tag != shape.tag:
                self._check_namespace(child, place)
            if shape is not None and not right and (cause := _cause(child, shape)) not in told:
                told.add(cause)
                words = {"name": _local(element), "value": _local(child), "expected": shape.name}
                self._note(faults.WRONG_CHILD, child, place, **words)
            if right or shape is None or (len(child) and child.tag not in shape.members):
                entries.append(self._entry(child, shape, place, depth + 1))
        self._check_text(stray, element, path)
        return entries

    def _entry(self, child: Any, shape: Shape | None, path: Path, depth: int) -> Value:
        if shape is not None:
            if self.attributes:
                self._check_attributes(child, shape, path)
            return self._group(child, shape, path, depth)
        kind = _local(child)
        named: Document = {"report_type": kind}
        known = self.shapes.get(kind)
        if known is None or not known.is_message:
            loose = self._loose(child, depth)
            return named | loose if isinstance(loose, dict) else named
        if self.attributes:
            self._check_attributes(child, known, path)
        return named | self._object(child, known, path, depth)

    def _odd(self, child: Any, shape: Shape, result: Document, path: Path, depth: int) -> Member | None:
        """The member that an element means which ``shape`` does not have by this full name, if any.

        An element of another namespace is noted and, where its name is known, read as if it were of the right
        one. An unknown element becomes an unknown member.
        """
        name = _local(child)
        place = (*path, name)
        foreign = self._check_namespace(child, place)
        if name == "report_type" and shape.is_message:
            self._note(faults.TYPE_ELEMENT, child, place)
        elif (meant := shape.members.get(_namespace(self.root) + name)) is not None:
            return meant
        elif not foreign:
            result.setdefault(name, self._loose(child, depth + 1))
        return None

    def _check_namespace(self, child: Any, path: Path) -> bool:
        """Whether ``child`` is of another namespace than its parent's and the standard's; if so, noted."""
        namespace = _namespace(child)
        if namespace in (_namespace(self.root), _namespace(child.getparent())):
            return False
        words = f"“{shown(namespace[1:-1])}”" if namespace else "no standard at all"
        self._note(faults.FOREIGN_ELEMENT, child, path, name=_local(child), value=words)
        return True

    def _loose(self, element: Any, depth: int) -> Value:
        """The content of an element of which nothing is known: its text, or an object of its children."""
        if not len(element):
            text: str = element.text or ""
            return text
        if depth >= MAX_DEPTH:
            raise TooDeepError(element[0])
        return {_local(child): self._loose(child, depth + 1) for child in element}

    def _check_order(self, misplaced: list[_Misplaced], shape: Shape, path: Path) -> None:
        """Note elements that do not come after all before them: repeated, apart or late; each cause once."""
        told = set()
        for child, member, given, furthest in misplaced:
            cause = member.name if given else ""
            if cause in told:
                continue
            told.add(cause)
            words: dict[str, Any] = {"name": member.name}
            if not given:
                words["before"] = next(m.name for m in shape.members.values() if m.order == furthest)
            elif not member.many:
                words["on_name"] = True
            fault = faults.ORDER if not given else faults.APART if member.many else faults.REPEATED
            self._note(fault, child, (*path, member.name), **words)

    def _check_text(self, text: str | None, element: Any, path: Path) -> None:
        if text and (stray := text.strip(_BLANKS)):
            self._note(faults.STRAY_TEXT, element, path, name=_local(element), value=stray)

    def _check_attributes(self, element: Any, shape: Shape | None, path: Path) -> None:
        for fault, words in refused(element, shape):
            self._note(fault, element, path, **words)


def ordinals(root: Any, elements: set[Any]) -> dict[Any, int]:
    """The numbers of ``elements`` in the tree of ``root``, from 0, in the order of their start tags."""
    return {element: number for number, element in enumerate(root.iter()) if element in elements}


def _first(text: str | None, later: str) -> str:
    """The first of two texts that is not blank, or the later one."""
    return text if text and text.strip(_BLANKS) else later


def _scalar(text: str, form: int) -> Value:
    """The value that ``text`` is the only right form of; else the text itself, a wrong value then."""
    if form == INTEGER:
        return _number(text)
    return _BOOLEANS.get(text, text) if form == BOOLEAN else text


def _cause(child: Any, shape: Shape) -> str:
    """What makes ``child`` no entry of a list of ``shape``: its name, or that the entry around it is left out."""
    return "" if child.tag in shape.members else str(child.tag)


def _number(text: str) -> int | str:
    """The integer that ``text`` is the only right form of, if readers of JSON take it; else the text."""
    if _INTEGER.fullmatch(text) and -(2**63) <= (number := int(text)) < 2**64:
        return number
    return text


def _local(element: Any) -> str:
    name: str = element.tag
    return name.rpartition("}")[2]


def _namespace(element: Any) -> str:
    """The namespace in braces; an empty text for none."""
    name: str = element.tag
    return name[: name.rfind("}") + 1]
