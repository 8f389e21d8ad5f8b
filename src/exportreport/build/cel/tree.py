"""The tree of an expression: what the parser gives, the checker types, and the emitters read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Literal as OneOf


@dataclass(frozen=True, slots=True)
class Type:
    """What an expression gives.

    ``of`` names the class of an ``object``, the closed list of an ``enum`` and the code list of a ``code``;
    ``item`` is what a ``list`` holds. ``int`` is exact; ``integer`` is a slot, which some readers of JSON give as
    floating point, so that it must be wrapped in ``int()`` before it is reckoned with. ``literal`` is a text written
    in the expression, which takes the type of what it is compared with. ``compared`` is what ``compare()`` gives:
    a sign, good for comparison with 0 alone.
    """

    name: OneOf[
        "boolean", "int", "integer", "compared", "decimal", "date", "datetime", "text", "literal", "enum", "code",
        "object", "list", "unknown",
    ]  # fmt: skip
    of: str | None = None
    item: Type | None = None


UNKNOWN = Type("unknown")
BOOLEAN = Type("boolean")
INT = Type("int")
INTEGER = Type("integer")
COMPARED = Type("compared")
DECIMAL = Type("decimal")
DATE = Type("date")
DATETIME = Type("datetime")
TEXT = Type("text")
LITERAL = Type("literal")


def list_of(item: Type) -> Type:
    """The type of a list whose entries are of the type ``item``."""
    return Type("list", item=item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of an expression: ``at`` is its place in the text, from 0; ``type`` is filled in by the checker."""

    at: int = field(compare=False)
    type: Type = field(default=UNKNOWN, compare=False)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A text, an integer, ``true`` or ``false``."""

    value: str | int | bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """``this``, ``report``, ``as_of`` or the variable of a loop."""

    name: str


@dataclass(frozen=True, slots=True)
class Select(Node):
    """The slot of an object: ``of.slot``."""

    of: Node
    slot: str


@dataclass(frozen=True, slots=True)
class Has(Node):
    """Whether a slot is there: ``has(of.slot)``."""

    field: Select


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """A list written out: ``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """``!of`` or ``-of``."""

    operator: str
    of: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Two parts and the operator between them: ``&& || == != < <= > >= in + -``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """``test ? yes : no``."""

    test: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the standard, or ``size`` or ``int``: ``function(arguments)``."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Method(Node):
    """A question to a text: ``of.method(argument)``, with startsWith, endsWith, contains or matches."""

    method: str
    of: Node
    argument: Node


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """``of.macro(variable, body)``, with all, exists, exists_one, filter or map."""

    macro: str
    of: Node
    variable: str
    body: Node


def parts(node: Node) -> Iterator[Node]:
    """The parts that ``node`` is directly made of, in the order of the text."""
    for member in fields(node):
        value = getattr(node, member.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Node))


def names(node: Node, bound: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names that ``node`` depends on, apart from the variables of its own loops."""
    if isinstance(node, Name):
        return frozenset({node.name}) - bound
    if isinstance(node, Loop):
        return names(node.of, bound) | names(node.body, bound | {node.variable})
    return frozenset().union(*(names(part, bound) for part in parts(node)))


def text(node: Node) -> str:
    """A path such as ``this.value.amount`` as it is written; of other parts only that there is one."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Select):
        return f"{text(node.of)}.{node.slot}"
    return "…"
