"""A message as it is written, right or wrong: what neither syntax should say, this tree can say in both.

Nodes are compared by identity, so that a writer can tell where each of them came to stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exportreport.standard import Class, Slot, Standard


@dataclass(eq=False, slots=True)
class Text:
    """A text: a string in JSON, the escaped content of an element in XML."""

    value: str


@dataclass(eq=False, slots=True)
class Token:
    """A value written as it stands, such as ``1.0``, ``null`` or ``+1``; nothing of it is escaped.

    ``json`` has its quotes, where it is a string; without ``xml`` the element is empty.
    """

    json: str
    xml: str


@dataclass(eq=False, slots=True)
class Member:
    """A named value: a member in JSON, an element in XML, whose start tag may have ``attributes`` as written.

    ``attributes`` stand after the name and one blank: ``xml:lang="en"``. ``namespace`` is that of the element alone,
    where it is not the standard's; what is in it is of the standard's again. An object in it has no name of its own.
    """

    name: str
    value: Node
    attributes: str = ""
    namespace: str | None = None


@dataclass(eq=False, slots=True)
class Object:
    """An object. ``name`` is its class: the name of the element, where it is an entry of a list or a message.

    A ``message`` has its name as ``report_type`` in JSON, as the first member. The root is an element by its name in
    any case. ``attributes`` and ``namespace`` are those of the element of an entry or of the root, as of a member.
    ``stray`` is text written behind the last of its elements, which JSON cannot have.
    """

    name: str
    members: list[Member]
    message: bool = False
    attributes: str = ""
    stray: str = ""
    namespace: str | None = None


@dataclass(eq=False, slots=True)
class List:
    """A list: of ``wrapped`` entries, elements named by class in one element; else an element repeated.

    An empty list is an empty element, if wrapped; else nothing. ``name`` is the element of a wrapped entry that is no
    object. ``stray`` is text written behind the last of its wrapped entries, which JSON cannot have.
    """

    entries: list[Node]
    wrapped: bool
    name: str = ""
    stray: str = ""


Node = Text | Token | Object | List


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is expected: at a ``node``, or at the ``member`` that has it.

    ``on`` says which part: the ``value`` (in XML the element's ``<``), the ``name`` of a member in JSON (in XML the
    same ``<``), the ``kind`` of a message (in JSON the value of ``report_type``, in XML its ``<``), the ``content`` of
    a text or token (its first character: after the quote in JSON, after the start tag in XML), or the ``stray`` text
    in an object or list (XML alone: its first character). The place of a list that is not wrapped is that of its first
    entry.
    """

    node: Node | Member
    on: str = "value"


def written(standard: Standard, document: dict[str, Any]) -> Object:
    """The tree of a ``document`` that is right, its members in the order of the model."""
    return _object(standard, standard.classes[document["report_type"]], document, message=True)


def written_value(standard: Standard, slot: Slot, value: Any) -> Node:
    """The tree of a right ``value`` of ``slot``, or of an entry of it."""
    return _node(standard, slot.range, value, wrapped=slot.kind == "class")


def _object(standard: Standard, body: Class, value: dict[str, Any], *, message: bool) -> Object:
    members = [
        Member(slot.name, written_value(standard, slot, value[slot.name]))
        for slot in body.slots
        if slot.name in value and slot.kind != "name"
    ]
    return Object(body.name, members, message)


def _node(standard: Standard, range_: str, value: Any, *, wrapped: bool) -> Node:
    if isinstance(value, list):
        name = range_ if wrapped else ""
        return List([_node(standard, range_, entry, wrapped=wrapped) for entry in value], wrapped, name)
    if isinstance(value, dict):
        kind = value.get("report_type")
        return _object(standard, standard.classes[kind or range_], value, message=kind is not None)
    if isinstance(value, str):
        return Text(value)
    token = str(value).lower() if isinstance(value, bool) else str(value)
    return Token(token, token)


def nodes(root: Node) -> Iterator[Node]:
    """All nodes of the tree, from the outside in, in the order of writing."""
    yield root
    inner: list[Node] = []
    if isinstance(root, Object):
        inner = [member.value for member in root.members]
    elif isinstance(root, List):
        inner = root.entries
    for node in inner:
        yield from nodes(node)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is said of a broken message: the code, the pointer (empty for the whole document), and where."""

    code: str
    pointer: str
    place: Place


@dataclass(frozen=True, slots=True)
class Mutation:
    """A message broken in one place, on purpose.

    ``constraint`` is what it breaks (`constraints`; empty where it is right after all), ``what`` was done in a few
    words. ``json`` and ``xml`` are what our validator must say of each syntax, and no other error; None where that
    syntax cannot say it. ``right_in`` names the syntaxes in which the message is right all the same, such as a
    changed order in JSON; what is then said, if anything, is a warning. ``rules`` tells that it is only wrong where
    the rules are asked, which may say more of so small a message.
    """

    constraint: str
    what: str
    root: Object
    json: Expected | None
    xml: Expected | None
    right_in: frozenset[str] = field(default_factory=frozenset)
    rules: bool = False
