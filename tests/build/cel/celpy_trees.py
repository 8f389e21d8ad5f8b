"""The tree that the grammar of cel-python gives, in the form of ours: a second opinion on the parser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import lark
from celpy.celparser import CELParser

from exportreport.build.cel.parse import MACROS
from exportreport.build.cel.tree import (
    Binary,
    Call,
    Conditional,
    Has,
    ListOf,
    Literal,
    Loop,
    Method,
    Name,
    Node,
    Select,
    Unary,
)

_OPERATORS = {
    "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!=", "in": "in",
    "add": "+", "sub": "-", "mul": "*", "div": "/", "mod": "%", "not": "!", "neg": "-",
}  # fmt: skip
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\", '\\"': '"', "\\'": "'"}


@cache
def _parser() -> CELParser:
    return CELParser()


def tree(text: str) -> Node:
    """The tree of ``text`` by cel-python's grammar; places are left at 0, since ours are not compared."""
    return _node(_parser().parse(text))


def _node(found: Any) -> Node:
    if len(found.children) == 1 and found.data in _WRAPPERS:
        return _node(found.children[0])
    return _READERS[found.data](found)


def _conditional(found: Any) -> Node:
    test, yes, no = map(_node, found.children)
    return Conditional(test, yes, no, at=0)


def _junction(operator: str) -> Callable[[Any], Node]:
    def read(found: Any) -> Node:
        left, right = map(_node, found.children)
        return Binary(operator, left, right, at=0)

    return read


def _operation(found: Any) -> Node:
    """``left operator`` is a node of its own, the right part its brother."""
    half, right = found.children
    return Binary(_operator(half), _node(half.children[0]), _node(right), at=0)


def _operator(found: Any) -> str:
    return _OPERATORS[found.data.split("_")[1]]


def _unary(found: Any) -> Node:
    return Unary(_operator(found.children[0]), _node(found.children[1]), at=0)


def _literal(found: Any) -> Node:
    token = found.children[0]
    if token.type == "INT_LIT":
        return Literal(int(token), at=0)
    if token.type == "BOOL_LIT":
        return Literal(token == "true", at=0)
    return Literal(_text(str(token)), at=0)


def _text(quoted: str) -> str:
    if quoted[0] in "rR":
        return quoted[2:-1]
    text, rest = "", quoted[1:-1]
    while rest:
        step = _ESCAPES.get(rest[:2])
        text, rest = (text + step, rest[2:]) if step else (text + rest[0], rest[1:])
    return text


def _name(found: Any) -> Node:
    return Name(str(found.children[0]), at=0)


def _list(found: Any) -> Node:
    return ListOf(_listed(found.children), at=0)


def _listed(children: list[Any]) -> tuple[Node, ...]:
    lists = [child for child in children if isinstance(child, lark.Tree) and child.data == "exprlist"]
    return tuple(_node(entry) for entry in lists[0].children) if lists else ()


def _select(found: Any) -> Node:
    return Select(_node(found.children[0]), str(found.children[1]), at=0)


def _call(found: Any) -> Node:
    name, arguments = str(found.children[0]), _listed(found.children[1:])
    if name != "has":
        return Call(name, arguments, at=0)
    (field,) = arguments
    assert isinstance(field, Select)
    return Has(field, at=0)


def _method(found: Any) -> Node:
    of, name, arguments = _node(found.children[0]), str(found.children[1]), _listed(found.children[2:])
    if name in MACROS:
        variable, body = arguments
        assert isinstance(variable, Name)
        return Loop(name, of, variable.name, body, at=0)
    (argument,) = arguments
    return Method(name, of, argument, at=0)


_WRAPPERS = frozenset(
    "expr conditionalor conditionaland relation addition multiplication unary member primary paren_expr".split()
)
_READERS: Mapping[str, Callable[[Any], Node]] = {
    "expr": _conditional,
    "conditionalor": _junction("||"),
    "conditionaland": _junction("&&"),
    "relation": _operation,
    "addition": _operation,
    "multiplication": _operation,
    "unary": _unary,
    "literal": _literal,
    "ident": _name,
    "list_lit": _list,
    "member_dot": _select,
    "ident_arg": _call,
    "member_dot_arg": _method,
}
