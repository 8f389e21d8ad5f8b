"""Expressions as logic sees them: the parts of an "and", and the opposite of an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from exportreport.build.cel.tree import Binary, Conditional, Literal, Loop, Node, Unary

_OPPOSITES = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", "<=": ">", ">": "<="}
_OTHER_JOIN = {"&&": "||", "||": "&&"}
_OTHER_MACRO = {"all": "exists", "exists": "all"}


def conditions(node: Node) -> Iterator[Node]:
    """The parts of which ``node`` demands each, in the order of the text."""
    if isinstance(node, Binary) and node.operator == "&&":
        yield from conditions(node.left)
        yield from conditions(node.right)
    else:
        yield node


def alternatives(node: Node) -> Iterator[Node]:
    """The parts of which ``node`` demands at least one, in the order of the text."""
    if isinstance(node, Binary) and node.operator == "||":
        yield from alternatives(node.left)
        yield from alternatives(node.right)
    else:
        yield node


def joined(nodes: list[Node]) -> Node | None:
    """What demands each of ``nodes``; None for none."""
    return reduce(lambda left, right: Binary("&&", left, right, at=left.at, type=left.type), nodes) if nodes else None


def opposite(node: Node) -> Node:
    """What is true where ``node`` is false, with the "not" as far inside as it goes; its parts keep their order."""
    match node:
        case Unary(operator="!"):
            return node.of
        case Binary(operator="&&" | "||"):
            join = _OTHER_JOIN[node.operator]
            return replace(node, operator=join, left=opposite(node.left), right=opposite(node.right))
        case Binary() if node.operator in _OPPOSITES:
            return replace(node, operator=_OPPOSITES[node.operator])
        case Conditional():
            return replace(node, yes=opposite(node.yes), no=opposite(node.no))
        case Loop(macro="all" | "exists"):
            return replace(node, macro=_OTHER_MACRO[node.macro], body=opposite(node.body))
        case Literal(value=bool()):
            return replace(node, value=not node.value)
    return Unary("!", node, at=node.at, type=node.type)
