"""From checked expressions to XPath 2.0 over the XML form.

``this`` is the context item throughout: loops are ``for``, ``some`` and ``every``, never predicates, so that ``.``
keeps its meaning. An engine may work out both sides of ``and`` in any order; nothing written here fails where a slot
is missing: a missing value is the empty sequence, which every cast and every comparison lets through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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
    Type,
    Unary,
)
from exportreport.build.rules import places
from exportreport.standard import Standard

#: How a value is written: what XPath takes it for.
Form = str

_FORMS: Mapping[str, Form] = {
    "boolean": "boolean",
    "int": "integer",
    "integer": "integer",
    "compared": "integer",
    "decimal": "decimal",
    "date": "date",
}
_OPERATORS = {
    "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "&&": "and", "||": "or", "+": "+", "-": "-",
}  # fmt: skip
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_METHODS = {"startsWith": "starts-with", "endsWith": "ends-with", "contains": "contains", "matches": "matches"}
_CASTS = {"date": "xs:date({})", "decimal": "xs:decimal({})", "integer": "xs:integer({})", "text": "string({})",
          "boolean": "(string({}) eq 'true')"}  # fmt: skip
#: ``add_months`` counts this many months at most; see its meaning in schema/functions.toml.
MONTHS = 12_000


class NoXPath(Exception):
    """The expression asks for something XPath 2.0 cannot say; the text names it."""


def quoted(text: str) -> str:
    """``text`` as a literal of XPath."""
    return "'" + text.replace("'", "''") + "'"


def form_of(kind: Type) -> Form:
    """The form in which a value of the type ``kind`` is compared."""
    return _FORMS.get(kind.name, "text")


@dataclass
class Writer:
    """Writes the expressions of one rule; ``each`` is the class the rule is about.

    ``listed`` and ``covers`` write the calls of these two functions, from arguments already written as text.
    """

    standard: Standard
    each: str
    listed: Callable[[Writer, Node, str, str], str]
    covers: Callable[[str, str], str]
    _count: int = 0
    _variables: dict[str, str] = field(default_factory=dict)

    def condition(self, node: Node) -> str:
        """``node``, which is true or false, as a test."""
        return self.value(node, "boolean")

    def fresh(self, name: str) -> str:
        """A variable that no expression of the rule has used: an engine refuses to see one hidden."""
        self._count += 1
        return f"${name}{self._count}"

    def as_of(self) -> str:
        """The day by which is judged: of the nearest message that gives one, else the day the nearest was sent."""
        sent = self.fresh("sent")
        day = f"for {sent} in (ancestor-or-self::*/er:reported_at)[last()] return substring({sent}, 1, 10)"
        return f"((ancestor-or-self::*/er:as_of)[last()], {day})[1]"

    def report(self) -> str:
        """The report that the object is, or the one around it."""
        if set(self.standard.concrete(self.each)) <= set(places.reports(self.standard)):
            return "."
        return places.one_of(places.holders(self.standard, self.each), "ancestor::")

    # Objects and lists: nodes

    def nodes(self, node: Node) -> str:
        """The nodes that ``node`` stands for: elements, or the sequence of a list."""
        match node:
            case Name():
                return self._name(node.name)
            case Select():
                return self._step(node)
            case Conditional():
                return f"(if ({self.condition(node.test)}) then {self.nodes(node.yes)} else {self.nodes(node.no)})"
            case Loop(macro="filter"):
                return self._loop(node, lambda body, variable: f"if ({self.condition(body)}) then {variable} else ()")
        raise NoXPath(f"no nodes for {type(node).__name__}")

    def _name(self, name: str) -> str:
        if name == "this":
            return "."
        return self.report() if name == "report" else self._variables[name]

    def _step(self, node: Select) -> str:
        kind = node.type
        path = self._child(node)
        if kind.name != "list" or kind.item is None or kind.item.name != "object":
            return path
        inner = kind.item.of or ""
        return f"{path}/*" if self.standard.classes[inner].abstract else f"{path}/er:{inner}"

    def _child(self, node: Select) -> str:
        above = self.nodes(node.of)
        return f"er:{node.slot}" if above == "." else f"{above}/er:{node.slot}"

    def sequence(self, node: Node, form: Form) -> str:
        """The list ``node`` with its values in ``form``; a list of objects as nodes."""
        match node:
            case ListOf():
                return "(" + ", ".join(self.value(item, form) for item in node.items) + ")"
            case Loop(macro="map"):
                if node.body.type.name == "object":
                    return self._loop(node, lambda body, _: self.nodes(body))
                return self._loop(node, lambda body, _: self.value(body, form))
            case Loop(macro="filter") if not _of_objects(node):
                return self._kept(node, form)
            case Conditional():
                yes, no = self.sequence(node.yes, form), self.sequence(node.no, form)
                return f"(if ({self.condition(node.test)}) then {yes} else {no})"
        if _of_objects(node):
            return self.nodes(node)
        variable = self.fresh("v")
        return f"(for {variable} in {self.nodes(node)} return {_CASTS[form].format(variable)})"

    def _kept(self, node: Loop, form: Form) -> str:
        return self._loop(
            node, lambda body, variable: f"if ({self.condition(body)}) then {_CASTS[form].format(variable)} else ()"
        )

    def _loop(self, node: Loop, give: Callable[[Node, str], str]) -> str:
        variable, over, given = self._turns(node, give)
        return f"(for {variable} in {over} return {given})"

    def _turns(self, node: Loop, give: Callable[[Node, str], str]) -> tuple[str, str, str]:
        """The variable of a loop, what it runs over, and what ``give`` makes of its body."""
        over = self._source(node.of)
        variable = self.fresh(node.variable)
        self._variables[node.variable] = variable
        given = give(node.body, variable)
        del self._variables[node.variable]
        return variable, over, given

    def _source(self, node: Node) -> str:
        if _of_objects(node):
            return self.sequence(node, "text")
        if isinstance(node, Select):
            return self.nodes(node)
        return self.sequence(node, form_of(node.type.item or node.type))

    # Single values

    def value(self, node: Node, form: Form) -> str:
        """``node`` as one value in ``form``."""
        match node:
            case Literal():
                return _literal(node, form)
            case Name(name="as_of"):
                return _CASTS[form].format(self.as_of())
            case Name():
                return _CASTS[form].format(self._name(node.name))
            case Select(slot="report_type"):
                return f"local-name({self.nodes(node.of)})"
            case Select():
                return _CASTS[form].format(self.nodes(node))
            case Has():
                return f"exists({self._child(node.field)})"
            case Unary():
                return f"not({self.condition(node.of)})" if node.operator == "!" else f"(-{self.value(node.of, form)})"
            case Binary():
                return self._binary(node)
            case Conditional():
                test, yes, no = self.condition(node.test), self.value(node.yes, form), self.value(node.no, form)
                return f"(if ({test}) then {yes} else {no})"
            case Call():
                return self._call(node, form)
            case Method():
                of, argument = self.value(node.of, "text"), self.value(node.argument, "text")
                return f"{_METHODS[node.method]}({of}, {argument})"
            case Loop():
                return self._question(node)
        raise NoXPath(f"no value for {type(node).__name__}")

    def _binary(self, node: Binary) -> str:
        left, right, operator = node.left, node.right, node.operator
        if operator == "in":
            form = form_of(left.type)
            return f"({self.value(left, form)} = {self.sequence(right, form)})"
        if isinstance(left, Call) and left.function == "compare":
            return self._compared(left, operator)
        if isinstance(right, Call) and right.function == "compare":
            return self._compared(right, _MIRRORED.get(operator, operator))
        form = form_of(right.type if left.type.name == "literal" else left.type)
        return f"({self.value(left, form)} {_OPERATORS[operator]} {self.value(right, form)})"

    def _compared(self, call: Call, operator: str) -> str:
        left, right = (self.value(argument, "decimal") for argument in call.arguments)
        return f"({left} {_OPERATORS[operator]} {right})"

    def _question(self, node: Loop) -> str:
        if node.macro == "exists_one":
            turns = self._loop(node, lambda body, _: f"if ({self.condition(body)}) then 1 else ()")
            return f"(count{turns} eq 1)"
        variable, over, test = self._turns(node, lambda body, _: self.condition(body))
        return f"({'some' if node.macro == 'exists' else 'every'} {variable} in {over} satisfies {test})"

    def _call(self, node: Call, form: Form) -> str:
        arguments = node.arguments
        match node.function:
            case "size":
                return f"count({self._source(arguments[0])})"
            case "int":
                return self.value(arguments[0], "integer")
            case "day":
                return self._day(arguments[0], form)
            case "days":
                first, second = (self.value(argument, "date") for argument in arguments)
                return f"days-from-duration({second} - {first})"
            case "add_months":
                later = f"({self.value(arguments[0], 'date')} + {self._months(arguments[1])})"
                return later if form == "date" else f"string({later})"
            case "unique":
                different, every = (self.sequence(arguments[0], "text") for _ in range(2))
                return f"(count(distinct-values({different})) eq count({every}))"
            case "compare":
                left, right = (self.value(argument, "decimal") for argument in arguments)
                return f"(if ({left} lt {right}) then -1 else if ({left} gt {right}) then 1 else 0)"
            case "sum":
                return f"sum({self.sequence(arguments[0], 'decimal')})"
            case "multiply":
                left, right = (self.value(argument, "decimal") for argument in arguments)
                return f"({left} * {right})"
            case "listed":
                code, day = (self.value(argument, "text") for argument in arguments[1:])
                return self.listed(self, arguments[0], code, day)
            case "covers":
                return self.covers(self.value(arguments[1], "text"), self.value(arguments[2], "text"))
        raise NoXPath(f"the function {node.function}")

    def _day(self, moment: Node, form: Form) -> str:
        if form != "date":
            return f"substring({self.value(moment, 'text')}, 1, 10)"
        variable = self.fresh("t")
        return f"xs:date(for {variable} in {self.nodes(moment)} return substring({variable}, 1, 10))"

    def _months(self, count: Node) -> str:
        if isinstance(count, Literal) and abs(int(count.value)) <= MONTHS:
            sign = "-" if int(count.value) < 0 else ""
            return f"xs:yearMonthDuration('{sign}P{abs(int(count.value))}M')"
        within = f"max((-{MONTHS}, min(({MONTHS}, {self.value(count, 'integer')}))))"
        return f"{within} * xs:yearMonthDuration('P1M')"


def _of_objects(node: Node) -> bool:
    return node.type.item is not None and node.type.item.name == "object"


def _literal(node: Literal, form: Form) -> str:
    if isinstance(node.value, bool):
        return f"{str(node.value).lower()}()"
    if isinstance(node.value, int):
        return str(node.value) if node.value >= 0 else f"({node.value})"
    return quoted(node.value) if form == "text" else f"xs:{form}({quoted(node.value)})"
