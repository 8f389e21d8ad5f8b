"""The parser of the subset of CEL: text in, tree with places out.

It follows the grammar of the CEL specification; whatever is outside the subset is refused by its name.
"""

from __future__ import annotations

import re

from exportreport.build.cel.error import CelError, choice
from exportreport.build.cel.tokens import Token, tokens
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
    parts,
)

__all__ = ["CelError", "parse"]

MACROS = ("all", "exists", "exists_one", "filter", "map")
METHODS = ("startsWith", "endsWith", "contains", "matches")

#: Words that CEL keeps for itself, so that no name may be one of them.
RESERVED = frozenset(
    "as break const continue else false for function if import in let loop namespace null package return "
    "true var void while".split()
)

#: The operators between two parts, loosest first. All lean to the left.
LEVELS = (("||",), ("&&",), ("<", "<=", ">=", ">", "==", "!=", "in"), ("+", "-"))

#: No integer has more digits than those of the standard, so that sums stay exact in every engine.
LARGEST = 999_999_999_999_999

#: How deep a tree may be; every evaluator has a limit of its own, and this one is below all of them.
DEEPEST = 64

_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "'": "'"}


def parse(text: str) -> Node:
    """The tree of the expression ``text``; `CelError` where it is no expression of the subset."""
    if not text.strip():
        raise CelError("there is no expression", 0, "write one, or leave the member out")
    node = _Parser(text).whole()
    if _depth(node) > DEEPEST:
        raise CelError(f"the expression is more than {DEEPEST} levels deep", node.at, "split the rule into several")
    return node


def _depth(node: Node) -> int:
    depth, level = 0, [node]
    while level:
        depth, level = depth + 1, [part for one in level for part in parts(one)]
    return depth


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.next = 0
        self.open = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def whole(self) -> Node:
        node = self.expression()
        if self.token.kind != "end":
            raise self.unexpected("the expression is complete before it")
        return node

    def expression(self) -> Node:
        self.open += 1
        if self.open > DEEPEST // 2:
            raise self.refused("the expression is nested too deeply", "split the rule into several")
        test = self.level(0)
        if self.sees("?"):
            at = self.take().at
            yes = self.level(0)
            self.expect(":")
            test = Conditional(test, yes, self.expression(), at=at)
        self.open -= 1
        return test

    def level(self, number: int) -> Node:
        if number == len(LEVELS):
            return self.unary()
        node = self.level(number + 1)
        while self.sees(*LEVELS[number]):
            operator = self.take()
            node = Binary(operator.text, node, self.level(number + 1), at=operator.at)
        if self.sees("*", "/", "%"):
            raise self.refused(
                f"{self.token.text!r} is outside the subset: overflow and rounding differ between engines",
                "for decimals write multiply(a, b)",
            )
        return node

    def unary(self) -> Node:
        if not self.sees("!", "-"):
            return self.postfix(self.primary())
        operator = self.take()
        if operator.text == "-" and self.token.kind == "integer":
            return self.postfix(Literal(-self.integer(), at=operator.at))
        signs = [operator]
        while self.sees(operator.text):
            signs.append(self.take())
        node = self.postfix(self.primary())
        for sign in reversed(signs):
            node = Unary(sign.text, node, at=sign.at)
        return node

    def primary(self) -> Node:
        token = self.token
        if token.kind == "integer":
            return Literal(self.integer(), at=token.at)
        if token.kind == "text":
            return Literal(_unquoted(self.take()), at=token.at)
        if token.kind == "name":
            return self.name()
        if token.text == "(":
            return self.parenthesis()
        if token.text == "[":
            self.take()
            return ListOf(self.listed("]"), at=token.at)
        if token.text == "{":
            raise self.refused("maps are outside the subset", "name the slots one by one")
        raise self.unexpected("a value is wanted here: a name, a number, a text or a function")

    def parenthesis(self) -> Node:
        self.take()
        node = self.expression()
        self.expect(")")
        return node

    def integer(self) -> int:
        token = self.take()
        number = int(token.text)
        if number > LARGEST:
            raise CelError(f"{token.text} has more than 15 digits", token.at, f"write a number up to {LARGEST}")
        return number

    def name(self) -> Node:
        token = self.take()
        if token.text in ("true", "false"):
            return Literal(token.text == "true", at=token.at)
        if token.text == "null":
            raise CelError("null is outside the subset", token.at, "there is no null in a report: ask has(this.slot)")
        if token.text in RESERVED:
            raise CelError(f"{token.text!r} is a reserved word of CEL", token.at, "choose another name")
        if not self.sees("("):
            return Name(token.text, at=token.at)
        return self.call(token)

    def call(self, token: Token) -> Node:
        self.take()
        arguments = self.listed(")")
        if token.text != "has":
            return Call(token.text, arguments, at=token.at)
        if len(arguments) == 1 and isinstance(arguments[0], Select):
            return Has(arguments[0], at=token.at)
        raise CelError("has() asks for one slot of an object", token.at, "write has(this.slot)")

    def postfix(self, node: Node) -> Node:
        while self.sees(".", "[", "{"):
            if self.sees("["):
                raise self.refused(
                    "indexing is outside the subset: the place may not be there", "use exists() or all()"
                )
            if self.sees("{"):
                raise self.refused("building messages is outside the subset", "name the slots one by one")
            self.take()
            node = self.member(node)
        return node

    def member(self, of: Node) -> Node:
        if self.sees("?"):
            raise self.refused("optional selection with .? is outside the subset", "ask has(this.slot) before")
        token = self.token
        if token.kind != "name" or token.text in ("in", "true", "false", "null"):
            raise self.unexpected("after a dot the name of a slot is wanted")
        self.take()
        if not self.sees("("):
            return Select(of, token.text, at=token.at)
        self.take()
        arguments = self.listed(")")
        return _loop(token, of, arguments) if token.text in MACROS else _method(token, of, arguments)

    def listed(self, closing: str) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while not self.sees(closing):
            nodes.append(self.expression())
            if not self.sees(closing):
                self.expect(",")
                if self.sees(closing):
                    raise self.unexpected("after a comma another value is wanted")
        self.take()
        return tuple(nodes)

    def sees(self, *texts: str) -> bool:
        return self.token.kind in ("operator", "name") and self.token.text in texts

    def take(self) -> Token:
        token = self.token
        self.next += 1
        return token

    def expect(self, text: str) -> None:
        if not self.sees(text):
            raise self.unexpected(f"{text!r} is wanted here")
        self.take()

    def unexpected(self, hint: str) -> CelError:
        what = "the expression ends" if self.token.kind == "end" else f"{self.token.text!r} is not expected"
        return self.refused(f"{what} here", hint)

    def refused(self, message: str, hint: str) -> CelError:
        return CelError(message, self.token.at, hint)


def _loop(token: Token, of: Node, arguments: tuple[Node, ...]) -> Loop:
    macro = token.text
    if len(arguments) != 2 or not isinstance(arguments[0], Name):
        hint = "filter first: list.filter(x, ...).map(x, ...)" if len(arguments) == 3 else f"write list.{macro}(x, ...)"
        raise CelError(f"{macro}() takes a variable and an expression", token.at, hint)
    return Loop(macro, of, arguments[0].name, arguments[1], at=token.at)


def _method(token: Token, of: Node, arguments: tuple[Node, ...]) -> Method:
    method = token.text
    if method in METHODS:
        if len(arguments) == 1:
            return Method(method, of, arguments[0], at=token.at)
        raise CelError(f"{method}() takes one text", token.at, f"write text.{method}('...')")
    if method == "size":
        raise CelError("size() is written as a function", token.at, "write size(list)")
    if isinstance(of, Name):
        hint = f"functions have no prefix: write {method}(...); after a dot stand {', '.join((*MACROS, *METHODS))}"
        raise CelError(f"{of.name} has no method {method}()", token.at, hint)
    raise CelError(f"there is no method {method}()", token.at, choice(method, (*MACROS, *METHODS)))


def _unquoted(token: Token) -> str:
    if token.text[0] in "rR":
        return token.text[2:-1]

    def character(escape: re.Match[str]) -> str:
        if escape[1] in _ESCAPES:
            return _ESCAPES[escape[1]]
        at = token.at + 1 + escape.start()
        raise CelError(f"the escape {escape[0]} is outside the subset", at, "write the character, or a text r'...'")

    return re.sub(r"\\(.)", character, token.text[1:-1])
