"""What may stand on both sides of an operator, and in one list."""

from __future__ import annotations

from dataclasses import replace

from exportreport.build.cel.error import CelError
from exportreport.build.cel.literals import fitted
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import BOOLEAN, INT, TEXT, Binary, Call, ListOf, Literal, Node, Type
from exportreport.build.cel.tree import text as path_of
from exportreport.build.cel.words import shown

_NUMBERS = {"int", "integer"}
_TEXTS = {"text", "literal", "enum", "code"}
_EQUAL = {"boolean", "date", *_NUMBERS, *_TEXTS}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def is_text(type_: Type) -> bool:
    """Whether values of the type are texts that may be asked for their parts."""
    return type_.name in _TEXTS


def added(node: Binary) -> Node:
    """``left + right`` or ``left - right``, typed."""
    for part in (node.left, node.right):
        check_reckoned(part, node.operator, node.at)
    return replace(node, type=INT)


def check_reckoned(part: Node, operator: str, at: int) -> None:
    """Nothing when ``part`` may be reckoned with; else `CelError`."""
    if part.type.name == "integer":
        raise CelError("an integer slot is floating point to some readers", part.at, f"write int({path_of(part)})")
    if part.type.name == "decimal":
        raise CelError(f"{operator!r} on decimals joins texts or fails", at, "write sum([a, b]) or multiply(a, b)")
    if part.type != INT:
        hint = "reckon with int(this.slot), size(list), days(a, b) and numbers"
        raise CelError(f"{operator!r} wants numbers, this is {shown(part.type)}", part.at, hint)


def compared(node: Binary, scope: Scope) -> Node:
    """``left == right``, or with ``!= < <= > >=``, typed."""
    left, right = node.left, node.right
    types = {left.type.name, right.type.name}
    if "compared" in types:
        _check_sign(node)
        return replace(node, type=BOOLEAN)
    if "decimal" in types:
        hint = f"write compare({_decimal(left)}, {_decimal(right)}) {node.operator} 0"
        raise CelError(f"{node.operator!r} on decimals compares texts, where '9' > '10'", node.at, hint)
    if "datetime" in types:
        hint = f"compare days: day({_argument(left)}) {node.operator} ..."
        raise CelError(f"{node.operator!r} on moments compares texts", node.at, hint)
    if node.operator not in ("==", "!="):
        _check_order(node)
    left, right = alike(left, right, node, scope)
    return replace(node, left=left, right=right, type=BOOLEAN)


def _check_sign(node: Binary) -> None:
    call, other = (node.left, node.right) if node.left.type.name == "compared" else (node.right, node.left)
    if not isinstance(call, Call) or not isinstance(other, Literal) or other.type != INT or other.value != 0:
        operator = node.operator if call is node.left else _MIRRORED[node.operator]
        hint = f"write compare(a, b) {operator} 0, which says a {operator} b"
        raise CelError("what compare() gives is compared with 0 and with nothing else", node.at, hint)


def _check_order(node: Binary) -> None:
    types = {node.left.type.name, node.right.type.name}
    if types <= _NUMBERS or ("date" in types and types <= {"date", "literal"}):
        return
    pair = f"{node.operator!r} orders dates and numbers only, not {shown(node.left.type)} and {shown(node.right.type)}"
    hint = "texts have no order that is the same everywhere" if types <= _TEXTS else "compare values of one type"
    raise CelError(pair, node.at, f"{hint}; == and != are possible" if types <= _TEXTS else hint)


def alike(left: Node, right: Node, node: Node, scope: Scope) -> tuple[Node, Node]:
    """Both nodes, texts among them fitted to the type of the other one; `CelError` where the types differ."""
    left, right = fitted(left, right.type, scope), fitted(right, left.type, scope)
    one, other = left.type, right.type
    if one.name in _EQUAL and (one == other or {one.name, other.name} <= _NUMBERS or _comparable_texts(one, other)):
        return left, right
    raise CelError(f"{shown(one)} cannot be compared with {shown(other)}", node.at, _hint(one, other))


def _comparable_texts(one: Type, other: Type) -> bool:
    """Texts may be compared with codes, but the codes of one list never equal those of another."""
    return is_text(one) and is_text(other) and "text" in (one.name, other.name)


def _hint(one: Type, other: Type) -> str:
    if one == other and one.name == "object":
        return "compare a slot that both objects have"
    if "list" in (one.name, other.name):
        return "write x in list, or list.exists(x, ...)"
    return "compare values of one type"


def contained(node: Binary, scope: Scope) -> Node:
    """``left in right``, typed."""
    left, right = node.left, node.right
    item = right.type.item
    if right.type.name != "list" or item is None:
        hint = "write == for a single value, or text.contains('...')"
        raise CelError(f"'in' wants a list on its right, this is {shown(right.type)}", node.at, hint)
    if isinstance(right, ListOf):
        pairs = [alike(left, entry, node, scope) for entry in right.items]
        right = replace(
            right, items=tuple(entry for _, entry in pairs), type=replace(right.type, item=pairs[0][1].type)
        )
        return replace(node, left=pairs[0][0], right=right, type=BOOLEAN)
    left, _ = alike(left, replace(Literal("", at=right.at), type=item), node, scope)
    return replace(node, left=left, type=BOOLEAN)


def unified(one: Node, other: Node, scope: Scope) -> tuple[Node, Node] | None:
    """Both nodes as values of one type, where they may stand in one list or be the branches of one condition."""
    if "compared" in (one.type.name, other.type.name):
        return None
    one, other = fitted(one, other.type, scope), fitted(other, one.type, scope)
    if one.type == other.type:
        return one, other
    if is_text(one.type) and is_text(other.type):
        return replace(one, type=TEXT), replace(other, type=TEXT)
    return None


def _decimal(node: Node) -> str:
    """``node`` as compare() takes it: a number as text."""
    return f"'{node.value}'" if isinstance(node, Literal) else path_of(node)


def _argument(node: Node) -> str:
    return repr(node.value) if isinstance(node, Literal) else path_of(node)
