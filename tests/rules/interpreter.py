"""The plainest possible reading of typed expressions, step by step: nothing is shared, indexed or reordered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

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
from exportreport.rules.functions import FUNCTIONS

OPERATORS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "in": lambda a, b: a in b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
}
METHODS = {
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "contains": lambda text, part: part in text,
    "matches": lambda text, pattern: re.search(pattern.removesuffix("$") + r"\Z", text, re.ASCII) is not None,
}


def value(node: Node, names: Mapping[str, Any]) -> Any:
    match node:
        case Literal():
            return node.value
        case Name():
            return names[node.name]
        case Select():
            return value(node.of, names)[node.slot]
        case Has():
            return node.field.slot in value(node.field.of, names)
        case ListOf():
            return [value(item, names) for item in node.items]
        case Unary():
            return not value(node.of, names) if node.operator == "!" else -value(node.of, names)
        case Conditional():
            return value(node.yes if value(node.test, names) else node.no, names)
        case Binary(operator="&&" | "||"):
            decided = node.operator == "||"
            return decided if value(node.left, names) is decided else value(node.right, names)
        case Binary():
            return OPERATORS[node.operator](value(node.left, names), value(node.right, names))
        case Call():
            return called(node.function, [value(argument, names) for argument in node.arguments])
        case Method():
            return METHODS[node.method](value(node.of, names), value(node.argument, names))
        case Loop():
            return looped(node, names)
    raise TypeError(node)


def called(function: str, arguments: list[Any]) -> Any:
    if function in ("size", "int"):
        return len(arguments[0]) if function == "size" else arguments[0]
    return FUNCTIONS[function](*arguments)


def looped(node: Loop, names: Mapping[str, Any]) -> Any:
    entries = value(node.of, names)
    said = [value(node.body, {**names, node.variable: entry}) for entry in entries]
    match node.macro:
        case "all":
            return all(said)
        case "exists":
            return any(said)
        case "exists_one":
            return sum(said) == 1
        case "filter":
            return [entry for entry, wanted in zip(entries, said, strict=True) if wanted]
    return said
