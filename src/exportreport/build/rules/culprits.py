"""Which entries of a list make a rule fail, so that its findings point to them and not to the whole list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import TypeGuard

from exportreport.build.cel.logic import alternatives, conditions, joined, opposite
from exportreport.build.cel.tree import Binary, Has, Loop, Name, Node, Select, Unary, parts


def culprits(demands: Node, at: str | None) -> Loop | None:
    """The entries of the list ``this.at`` for each of which ``demands`` is false, as a filter of that list.

    None where ``demands`` is not about each entry: where it is no ``this.at.all(...)`` or ``!this.at.exists(...)``,
    beside which stands nothing but what must be there for it to be asked, such as ``has(report.parties)``.
    """
    if isinstance(demands, Unary) and demands.operator == "!" and _is_about(demands.of, "exists", at):
        return _filter(demands.of, demands.of.body)
    about: list[Loop] = [node for node in conditions(demands) if _is_about(node, "all", at)]
    needed = [node for node in conditions(demands) if isinstance(node, Has)]
    if len(about) != 1 or len(about) + len(needed) != len(list(conditions(demands))):
        return None
    loop = about[0]
    demanded = [_guarded(one, needed) for one in alternatives(loop.body)]
    return _filter(loop, opposite(reduce(_either, demanded)))


def _is_about(node: Node, macro: str, at: str | None) -> TypeGuard[Loop]:
    if not isinstance(node, Loop) or node.macro != macro or not isinstance(node.of, Select):
        return False
    return node.of.slot == at and isinstance(node.of.of, Name) and node.of.of.name == "this"


def _guarded(node: Node, needed: list[Has]) -> Node:
    """``node``, where it asks for something that must be there, after the question whether it is."""
    asked = set(_within(node))
    guard = joined([one for one in needed if one.field in asked])
    return Binary("&&", guard, node, at=node.at, type=node.type) if guard else node


def _within(node: Node) -> Iterator[Node]:
    yield node
    for part in parts(node):
        yield from _within(part)


def _either(left: Node, right: Node) -> Node:
    return Binary("||", left, right, at=left.at, type=left.type)


def _filter(loop: Loop, wanted: Node) -> Loop:
    return Loop("filter", loop.of, loop.variable, wanted, at=loop.at, type=loop.of.type)
