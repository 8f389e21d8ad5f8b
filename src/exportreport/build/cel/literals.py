"""Texts written in an expression: whether they can be what they are compared with."""

from __future__ import annotations

import re
from dataclasses import replace

from exportreport.build.cel.error import CelError, choice
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import Literal, Node, Type

_FORMS = {
    "date": ("Date", "a real day", "write a day that exists, such as '2026-01-31'"),
    "decimal": ("Decimal", "a decimal number of the standard", "write it without exponent, such as '1.5'"),
}


#: The types that a text written in an expression can take.
_TAKEN = {"text", "enum", "code", *_FORMS}


def fitted(node: Node, wanted: Type, scope: Scope) -> Node:
    """The text ``node`` as a value of the type ``wanted``; `CelError` where it can never be one.

    What is no text, and a text where none is wanted, stays as it is.
    """
    if not isinstance(node, Literal) or node.type.name != "literal" or wanted.name not in _TAKEN:
        return node
    value = str(node.value)
    if wanted.name == "enum" and wanted.of:
        _check_enum(node, value, wanted.of, scope)
    elif wanted.name == "code" and wanted.of:
        _check_code(node, value, wanted.of, scope)
    elif wanted.name in _FORMS:
        _check_form(node, value, wanted.name, scope)
    return replace(node, type=wanted)


def _check_enum(node: Node, value: str, enum: str, scope: Scope) -> None:
    values = scope.values(enum)
    if value not in values:
        raise CelError(f"{value!r} is not a value of {enum}", node.at, choice(value, values))


def _check_code(node: Node, value: str, code_list: str, scope: Scope) -> None:
    codes = scope.lists.get(code_list)
    if codes is not None and value not in codes:
        raise CelError(f"{value!r} is not on the code list {code_list}", node.at, choice(value, sorted(codes)))


def _check_form(node: Node, value: str, name: str, scope: Scope) -> None:
    of, what, hint = _FORMS[name]
    pattern = scope.standard.types[of].pattern or ""
    if not re.fullmatch(pattern, value, re.ASCII):
        raise CelError(f"{value!r} is not {what}", node.at, hint)
