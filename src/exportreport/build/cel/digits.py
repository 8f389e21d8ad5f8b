"""Exactness: no sum or product of decimals may need more digits than every evaluator promises to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exportreport.build.cel.error import CelError
from exportreport.build.cel.tree import Call, Conditional, ListOf, Loop, Name, Node, parts

#: The digits that decimals are reckoned with.
MOST = 80


@dataclass(frozen=True, slots=True)
class Width:
    """The most digits that a decimal may have before and after its point."""

    whole: int
    fraction: int

    def widest(self, other: Width) -> Width:
        """What holds the one and the other."""
        return Width(max(self.whole, other.whole), max(self.fraction, other.fraction))


#: A decimal of the standard.
WRITTEN = Width(18, 6)

#: By how many digits a sum may be longer than what is added: no list has a million entries.
_CARRY = 6

Variables = Mapping[str, Width]


def check_digits(node: Node, variables: Variables | None = None) -> None:
    """Nothing when all products and sums in ``node`` can be held exactly; else `CelError`."""
    known = variables or {}
    if isinstance(node, Call) and node.function in ("sum", "multiply"):
        found = _width(node, known)
        if found.whole + found.fraction > MOST:
            what = f"what {node.function}() gives may have more than {MOST} digits"
            raise CelError(what, node.at, "multiply at most three decimals")
    if isinstance(node, Loop):
        check_digits(node.of, known)
        check_digits(node.body, {**known, node.variable: _width(node.of, known)})
        return
    for part in parts(node):
        check_digits(part, known)


def _width(node: Node, known: Variables) -> Width:
    """The width of a decimal, of the entries of a list of decimals; of anything else it means nothing."""
    match node:
        case Name():
            return known.get(node.name, WRITTEN)
        case Call(function="multiply"):
            left, right = (_width(argument, known) for argument in node.arguments)
            return Width(left.whole + right.whole, left.fraction + right.fraction)
        case Call(function="sum"):
            added = _width(node.arguments[0], known)
            return Width(added.whole + _CARRY, added.fraction)
        case ListOf():
            return _widest(node.items, known)
        case Conditional():
            return _widest((node.yes, node.no), known)
        case Loop(macro="map"):
            return _width(node.body, {**known, node.variable: _width(node.of, known)})
        case Loop(macro="filter"):
            return _width(node.of, known)
    return WRITTEN


def _widest(nodes: tuple[Node, ...], known: Variables) -> Width:
    found = WRITTEN
    for node in nodes:
        found = found.widest(_width(node, known))
    return found
