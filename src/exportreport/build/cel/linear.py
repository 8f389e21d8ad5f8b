"""Time: what a rule looks up across a report must be served by an index, or be worked out once for the report.

Ten thousand items and ten thousand parties must never mean a hundred million comparisons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exportreport.build.cel.error import CelError
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import Binary, ListOf, Loop, Name, Node, Select, names, parts
from exportreport.build.cel.tree import text as path_of

#: What is the same for every object of a report.
_FIXED = frozenset({"report", "as_of"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of what a loop asks of each entry, by the name that the entry has there."""

    variable: str
    node: Node


def check_linear(node: Node, scope: Scope) -> None:
    """Nothing when ``node`` takes time in proportion to the report; else `CelError`."""
    rows = ("this",) if scope.repeats else ()
    _check(node, rows, scope)


def is_fixed(node: Node, scope: Scope) -> bool:
    """Whether ``node`` is worked out once a report: it looks at the report and at nothing smaller."""
    found = names(node)
    return not scope.is_report and "report" in found and found <= _FIXED


def conjuncts(node: Node) -> Iterator[Node]:
    """The conditions that ``&&`` joins in ``node``, from left to right."""
    if isinstance(node, Binary) and node.operator == "&&":
        yield from conjuncts(node.left)
        yield from conjuncts(node.right)
    else:
        yield node


def source(loop: Loop) -> tuple[Node, tuple[Condition, ...]]:
    """The list that a chain of loops goes through, and what is asked of its entries, in the order of asking.

    ``list.filter(x, a).exists(y, b && c)`` goes once through the list and asks ``a``, ``b`` and ``c``.
    """
    own = () if loop.macro in ("map", "all") else tuple(Condition(loop.variable, n) for n in conjuncts(loop.body))
    if isinstance(loop.of, Loop) and loop.of.macro == "filter":
        inner, asked = source(loop.of)
        return inner, asked + own
    return loop.of, own


def keys(conditions: tuple[Condition, ...], rows: tuple[str, ...]) -> Iterator[tuple[int, Node, Node]]:
    """The conditions that an index can serve: which one, the entry's part of it, and what it must equal."""
    for number, condition in enumerate(conditions):
        node = condition.node
        if isinstance(node, Binary) and node.operator == "==":
            for key, other in ((node.left, node.right), (node.right, node.left)):
                outer = names(other)
                if _is_key(key, condition.variable) and condition.variable not in outer and outer & set(rows):
                    yield number, key, other


def _is_key(node: Node, variable: str) -> bool:
    holder = node.of if isinstance(node, Select) else node
    return isinstance(holder, Name) and holder.name == variable


def _check(node: Node, rows: tuple[str, ...], scope: Scope) -> None:
    if is_fixed(node, scope):
        rows = ()
    if not isinstance(node, Loop):
        for part in parts(node):
            _check(part, rows, scope)
        return
    of, conditions = source(node)
    if rows and not _is_near(of, rows) and not _is_served(of, conditions, rows, scope):
        raise _quadratic(node, of, rows[-1], scope)
    _check(of, rows, scope)
    for variable, part in _bodies(node):
        _check(part, (*rows, variable), scope)


def _bodies(loop: Loop) -> Iterator[tuple[str, Node]]:
    yield loop.variable, loop.body
    if isinstance(loop.of, Loop) and loop.of.macro == "filter":
        yield from _bodies(loop.of)


def _is_near(of: Node, rows: tuple[str, ...]) -> bool:
    """Whether the list hangs on the innermost thing that repeats, or is written out."""
    return rows[-1] in names(of) or isinstance(of, ListOf)


def _is_served(of: Node, conditions: tuple[Condition, ...], rows: tuple[str, ...], scope: Scope) -> bool:
    whole = {"report", "this"} if not scope.repeats else {"report"}
    return names(of) <= whole and any(True for _ in keys(conditions, rows))


def _quadratic(loop: Loop, of: Node, row: str, scope: Scope) -> CelError:
    each = scope.each if row == "this" else row
    what = f"{loop.macro}() goes through all of {path_of(of)} for every {each}: quadratic time"
    hint = f"ask first for equality, so that an index serves it: {loop.variable}.slot == {row}.slot && ..."
    return CelError(what, loop.at, hint)
