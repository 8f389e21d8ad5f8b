"""Decimals in generated Python: compared as texts where that is enough, and reckoned with exactly where it is not."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from exportreport.build.cel.loops import through
from exportreport.build.cel.tree import Binary, Call, Conditional, ListOf, Literal, Loop, Name, Node, Select

if TYPE_CHECKING:
    from exportreport.build.rules.expressions import Expressions

_SWAPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

#: How a decimal compares with 0, told from its first character where that is enough.
_SIGNS = {
    ">": "({0}[0] > '0' or sign({0}) > 0)",
    ">=": "({0}[0] != '-' or sign({0}) == 0)",
    "<": "({0}[0] == '-' and sign({0}) < 0)",
    "<=": "({0}[0] <= '0' and sign({0}) <= 0)",
    "==": "({0}[0] <= '0' and sign({0}) == 0)",
    "!=": "({0}[0] > '0' or sign({0}) != 0)",
}


def comparison(node: Binary, to: Expressions) -> str | None:
    """Python for ``compare(a, b) <= 0`` and the like; None where ``node`` is no such comparison."""
    for call, operator in ((node.left, node.operator), (node.right, _SWAPPED.get(node.operator, ""))):
        if isinstance(call, Call) and call.function == "compare":
            return _compared(call.arguments[0], operator, call.arguments[1], to)
    return None


def _compared(a: Node, operator: str, b: Node, to: Expressions) -> str:
    if _is_zero(a):
        a, operator, b = b, _SWAPPED[operator], a
    if _is_zero(b) and _is_path(a):
        return _SIGNS[operator].format(to.text(a))
    exact = f"{decimal(a, to)} {operator} {decimal(b, to)}"
    if _is_path(a) and _is_path(b):
        same, one, other = f"{to.text(a)} == {to.text(b)}", to.text(a), to.text(b)
        if operator in ("==", "<=", ">="):
            return f"({same} or compare({one}, {other}) {operator} 0)"
        return f"(compare({one}, {other}) {operator} 0)"
    return f"({exact})"


def _is_zero(node: Node) -> bool:
    return isinstance(node, Literal) and not str(node.value).strip("-0.")


def _is_path(node: Node) -> bool:
    return isinstance(node, Name) or (isinstance(node, Select) and _is_path(node.of))


def decimal(node: Node, to: Expressions) -> str:
    """Python that gives ``node``, which is a decimal, as a number."""
    match node:
        case Literal():
            return to.shared.constant(f"Decimal({node.value!r})")
        case Conditional():
            return f"({decimal(node.yes, to)} if {to.truth(node.test)} else {decimal(node.no, to)})"
        case Call(function="multiply" | "sum"):
            if to.is_shared(node):
                return to.once(node, lambda: _reckoned(node, to))
            return _reckoned(node, to)
    return f"Decimal({to.text(node)})"


def _reckoned(node: Call, to: Expressions) -> str:
    if node.function == "multiply":
        return f"product({decimal(node.arguments[0], to)}, {decimal(node.arguments[1], to)})"
    added = node.arguments[0]
    if isinstance(added, ListOf):
        return reduce(lambda one, other: f"plus({one}, {other})", (decimal(item, to) for item in added.items))
    if isinstance(added, Loop) and added.macro == "map" and not to.is_shared(added):
        row = through(added)
        return to.rows(row, lambda: decimal(added.body, to), "total({})")
    return f"total(map(Decimal, {to.text(added)}))"
