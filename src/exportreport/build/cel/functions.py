"""The functions and methods of the language: what they take and what they give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from exportreport.build.cel.comparisons import is_text
from exportreport.build.cel.error import CelError, choice
from exportreport.build.cel.literals import fitted
from exportreport.build.cel.patterns import check_pattern
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import (
    BOOLEAN,
    COMPARED,
    DATE,
    DATETIME,
    DECIMAL,
    INT,
    TEXT,
    Call,
    ListOf,
    Literal,
    Method,
    Node,
    Select,
    Type,
)
from exportreport.build.cel.tree import text as path_of
from exportreport.build.cel.words import shown


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a function takes at one place: in words, and how it is told."""

    words: str
    accepts: Callable[[Node], bool]
    fits: Type | None = None


def _one(type_: Type) -> Parameter:
    return Parameter(shown(type_), lambda node: node.type == type_, fits=type_)


def _is_list_of(node: Node, *names: str) -> bool:
    return node.type.item is not None and node.type.item.name in names


_TEXT = Parameter("a text", lambda node: is_text(node.type))
_LIST_ID = Parameter("the id of a code list in quotation marks", lambda node: isinstance(node, Literal))
_ANY_LIST = Parameter("a list", lambda node: node.type.name == "list")
_DECIMALS = Parameter("a list of decimals", lambda node: _is_list_of(node, "decimal"), fits=DECIMAL)
_SINGLE_VALUES = Parameter(
    "a list of texts or of integers",
    lambda node: _is_list_of(node, "text", "literal", "enum", "code", "date", "integer", "int"),
)
_INTEGER = Parameter("an integer slot", lambda node: node.type.name == "integer")
_DATE, _DATETIME, _DECIMAL, _INT = _one(DATE), _one(DATETIME), _one(DECIMAL), _one(INT)

#: The functions: what each takes, and what it gives.
FUNCTIONS: Mapping[str, tuple[tuple[Parameter, ...], Type]] = {
    "compare": ((_DECIMAL, _DECIMAL), COMPARED),
    "sum": ((_DECIMALS,), DECIMAL),
    "multiply": ((_DECIMAL, _DECIMAL), DECIMAL),
    "unique": ((_SINGLE_VALUES,), BOOLEAN),
    "day": ((_DATETIME,), DATE),
    "days": ((_DATE, _DATE), INT),
    "add_months": ((_DATE, _INT), DATE),
    "listed": ((_LIST_ID, _TEXT, _DATE), BOOLEAN),
    "covers": ((_TEXT, _TEXT, _TEXT), BOOLEAN),
    "int": ((_INTEGER,), INT),
    "size": ((_ANY_LIST,), INT),
}


def parameters(call: Call) -> tuple[Parameter, ...]:
    """What the function that is called takes; `CelError` where there is none or the number is wrong."""
    if call.function not in FUNCTIONS:
        raise CelError(f"there is no function {call.function}()", call.at, choice(call.function, FUNCTIONS))
    wanted, _ = FUNCTIONS[call.function]
    if len(wanted) != len(call.arguments):
        form = f"{call.function}({', '.join(parameter.words for parameter in wanted)})"
        raise CelError(f"{call.function}() is given {len(call.arguments)} values", call.at, f"write {form}")
    return wanted


def called(call: Call, scope: Scope) -> Node:
    """The call with typed arguments, typed itself."""
    wanted = parameters(call)
    pairs = zip(call.arguments, wanted, strict=True)
    arguments = tuple(_argument(call.function, node, parameter, scope) for node, parameter in pairs)
    call = replace(call, arguments=arguments, type=FUNCTIONS[call.function][1])
    if call.function == "listed":
        return _listed(call, scope)
    if call.function == "covers":
        return replace(call, arguments=(fitted(arguments[0], Type("code", "control_lists"), scope), *arguments[1:]))
    return call


def _argument(function: str, node: Node, parameter: Parameter, scope: Scope) -> Node:
    if parameter.fits is not None:
        node = _fitted(node, parameter.fits, scope)
    if parameter.accepts(node):
        return node
    raise CelError(
        f"{function}() wants {parameter.words} here, this is {shown(node.type)}", node.at, _repair(node, parameter)
    )


def _fitted(node: Node, wanted: Type, scope: Scope) -> Node:
    if not isinstance(node, ListOf):
        return fitted(node, wanted, scope)
    items = tuple(fitted(item, wanted, scope) for item in node.items)
    return replace(node, items=items, type=replace(node.type, item=items[0].type))


def _repair(node: Node, parameter: Parameter) -> str:
    name = node.type.name
    if parameter is _INT and name == "integer":
        return f"write int({path_of(node)}): readers of JSON may give floating point"
    if parameter is _INTEGER and name == "int":
        return "leave int() out, this is exact"
    if parameter is _DATE and name == "datetime":
        return f"write day({path_of(node)})"
    if parameter is _ANY_LIST and is_text(node.type):
        return "engines count a text in different units; ask text.matches('^[A-Z0-9]{1,9}$')"
    if parameter is _DECIMALS and name == "decimal":
        return "write sum([a, b])"
    return f"give it {parameter.words}"


def _listed(call: Call, scope: Scope) -> Node:
    name, code, day = call.arguments
    list_id = str(name.value) if isinstance(name, Literal) else ""
    if list_id not in scope.list_ids:
        raise CelError(f"there is no code list {list_id!r}", name.at, choice(list_id, sorted(scope.list_ids)))
    if code.type.name in ("code", "enum") and code.type.of != list_id:
        raise CelError(f"{shown(code.type)} is never on {list_id}", code.at, f"ask for the list {code.type.of}")
    code = fitted(code, Type("code", list_id), scope)
    return replace(call, arguments=(replace(name, type=TEXT), code, day))


def asked(method: Method, opening: int) -> Node:
    """The question to a text, typed; before the characters of its argument ``opening`` others are written."""
    for node in (method.of, method.argument):
        if not (is_text(node.type) or _is_form_of_decimal(method, node)):
            hint = "compare dates with <= and days()" if node.type.name == "date" else "ask a text"
            raise CelError(f"{method.method}() is for texts, this is {shown(node.type)}", node.at, hint)
    if method.method == "matches":
        _check_matches(method.argument, opening)
    return replace(method, type=BOOLEAN)


def _is_form_of_decimal(method: Method, node: Node) -> bool:
    """Whether it is asked how a decimal of the report is written, such as a whole number; that is a text everywhere."""
    return method.method == "matches" and node is method.of and node.type == DECIMAL and isinstance(node, Select)


def _check_matches(argument: Node, opening: int) -> None:
    if not isinstance(argument, Literal):
        raise CelError("a pattern is written out", argument.at, "write it in quotation marks: '^...$'")
    check_pattern(str(argument.value), argument.at + opening)
