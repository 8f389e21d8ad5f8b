"""Types and presence: an expression that passes cannot fail on a document whose structure is valid.

Every slot that it reads is required or proven to be there, and every function is defined for all that it can be given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from exportreport.build.cel import comparisons, functions
from exportreport.build.cel.digits import check_digits
from exportreport.build.cel.error import CelError, choice
from exportreport.build.cel.facts import (
    EVERY,
    NONE,
    Checked,
    Facts,
    Known,
    about,
    both,
    chosen,
    either,
    of_entries,
    under,
)
from exportreport.build.cel.linear import check_linear
from exportreport.build.cel.literals import fitted
from exportreport.build.cel.parse import parse
from exportreport.build.cel.scope import Lists, Scope
from exportreport.build.cel.tree import (
    BOOLEAN,
    DATE,
    INT,
    LITERAL,
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
    list_of,
)
from exportreport.build.cel.tree import text as path_of
from exportreport.build.cel.words import shown
from exportreport.standard import Standard


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """The typed expressions of a rule, and the slots that are there whenever it applies."""

    when: Node | None
    assertion: Node
    proven: Facts


def check_rule(
    standard: Standard, each: str, when: str | None, assertion: str, lists: Lists | None = None
) -> CheckedRule:
    """The expressions of a rule about every object of the class or kind ``each``, parsed, typed and proven.

    ``lists`` are the codes of the code lists that are known. Raises `CelError`, whose ``member`` is ``when`` or
    ``assert``.
    """
    scope = Scope(standard, each, lists or {})
    applies = _checked(scope, "when", when, NONE) if when is not None else None
    proven = applies.true if applies else NONE
    demand = _checked(scope, "assert", assertion, proven)
    return CheckedRule(applies.node if applies else None, demand.node, proven)


def check_condition(standard: Standard, condition: str, lists: Lists | None = None) -> Node:
    """The condition under which a profile applies, over ``report`` and ``as_of``, parsed, typed and proven."""
    scope = Scope(standard, "Report", lists or {})
    return _checked(scope, "applies", condition, NONE, without="this").node


def check_path(path: str, at: int, scope: Scope, proven: Facts) -> Type:
    """The type of the path ``path``, which begins at ``at``; `CelError` where it may be missing given ``proven``."""
    try:
        return _Checker(scope, path).check(parse(path), Known(_names(scope), proven)).node.type
    except CelError as error:
        hint = error.hint if "optional" not in error.message else "let when prove it, or leave it out of the message"
        raise CelError(error.message, at + error.at, hint) from None


def _checked(scope: Scope, member: str, text: str, facts: Facts, without: str | None = None) -> Checked:
    try:
        node = parse(text)
        names = {name: known for name, known in _names(scope).items() if name != without}
        found = _Checker(scope, text).check(node, Known(names, facts))
        _want(found.node, BOOLEAN, "a rule says what is true or false")
        check_linear(found.node, scope)
        check_digits(found.node)
    except CelError as error:
        raise CelError(error.message, error.at, error.hint, member) from None
    return found


def _names(scope: Scope) -> Mapping[str, tuple[Type, str]]:
    names = {"this": (scope.this, "this"), "as_of": (DATE, "as_of")}
    if not scope.outside:
        names["report"] = (scope.this, "this") if scope.is_report else (scope.report, "report")
    return names


def _want(node: Node, type_: Type, hint: str) -> None:
    if node.type != type_:
        raise CelError(f"{shown(type_)} is wanted here, this is {shown(node.type)}", node.at, hint)


class _Checker:
    """One reading of the expression ``text``; ``loops`` counts its loops, so that each variable has its own path."""

    def __init__(self, scope: Scope, text: str) -> None:
        self.scope, self.text = scope, text
        self.loops = 0

    def check(self, node: Node, known: Known) -> Checked:
        return _CHECKS[type(node)](self, node, known)

    def literal(self, node: Literal, known: Known) -> Checked:
        types = {bool: BOOLEAN, int: INT, str: LITERAL}
        return Checked(replace(node, type=types[type(node.value)]))

    def name(self, node: Name, known: Known) -> Checked:
        if node.name not in known.names:
            raise self.unknown_name(node, known)
        type_, path = known.names[node.name]
        return Checked(replace(node, type=type_), path=path)

    def unknown_name(self, node: Name, known: Known) -> CelError:
        if node.name != "report":
            return CelError(f"there is no name {node.name!r} here", node.at, choice(node.name, known.names))
        where = " and ".join(self.scope.outside)
        if self.scope.each in self.scope.outside:
            return CelError(f"a {where} stands in no report", node.at, "write this")
        if self.scope.outside == self.scope.kinds:
            return CelError(f"{self.scope.each} stands in {where}, in no report", node.at, "leave report out")
        kinds = ", ".join(self.scope.standard.concrete("Report"))
        hint = f"leave report out, or make it a rule for each of the kinds that it is about ({kinds})"
        return CelError(f"{self.scope.each} can also stand in {where}, outside of any report", node.at, hint)

    def select(self, node: Select, known: Known) -> Checked:
        found, required = self.slot(node, known)
        if not required and found.path not in known.facts:
            what = f"{found.node.of.type.of}.{node.slot}"  # type: ignore[attr-defined]
            path = path_of(node)
            hint = f"ask before: has({path}) && ..." if found.path else "read it in each branch, where has() proves it"
            raise CelError(f"{what} is optional and may be missing here", node.at, hint)
        return found

    def slot(self, node: Select, known: Known) -> tuple[Checked, bool]:
        """The slot whether or not it is there, and whether it always is."""
        of = self.check(node.of, known)
        owner = of.node.type
        if owner.name != "object" or owner.of is None:
            hint = "ask its entries: list.exists(x, ...)" if owner.name == "list" else "only objects have slots"
            raise CelError(f"{shown(owner)} has no slot {node.slot!r}", node.at, hint)
        slots = self.scope.slots(owner.of)
        if node.slot not in slots:
            raise self.unknown_slot(node, owner.of)
        slot = slots[node.slot]
        typed = replace(node, of=of.node, type=self.scope.type_of(slot))
        return Checked(typed, path=f"{of.path}.{node.slot}" if of.path else None), slot.required

    def unknown_slot(self, node: Select, owner: str) -> CelError:
        hint = choice(node.slot, self.scope.slots(owner))
        if owner not in self.scope.standard.kinds and self.scope.standard.classes[owner].abstract:
            kinds = self.scope.kinds_with(node.slot)
            if kinds:
                hint = f"{', '.join(kinds)} has it: write the rule for each = {kinds[0]!r}"
                owner = " or ".join(self.scope.reports)
        return CelError(f"{owner} has no slot {node.slot!r}", node.at, hint)

    def has(self, node: Has, known: Known) -> Checked:
        found, required = self.slot(node.field, known)
        assert isinstance(found.node, Select)
        if required:
            what = f"{found.node.of.type.of}.{node.field.slot}"
            raise CelError(f"{what} is required, so that has() is always true", node.at, "leave has() out")
        proven = frozenset({found.path}) if found.path else NONE
        return Checked(replace(node, field=found.node, type=BOOLEAN), true=proven)

    def list(self, node: ListOf, known: Known) -> Checked:
        if not node.items:
            raise CelError("the list is empty", node.at, "write its entries, or leave it out")
        items = [self.check(item, known).node for item in node.items]
        for item in items:
            self.check_entry(item)
        for place in range(1, len(items)):
            pair = comparisons.unified(items[0], items[place], self.scope)
            if pair is None:
                what = f"{shown(items[0].type)} and {shown(items[place].type)}"
                raise CelError(f"{what} stand in one list", items[place].at, "write entries of one type")
            items[0], items[place] = pair
        items = [fitted(item, items[0].type, self.scope) for item in items]
        return Checked(replace(node, items=tuple(items), type=list_of(items[0].type)))

    def check_entry(self, item: Node) -> None:
        if item.type.name == "list":
            raise CelError("a list cannot be the entry of a list", item.at, "write one list")
        if item.type.name == "compared":
            raise CelError(
                "what compare() gives is compared with 0 where it stands", item.at, "write compare(a, b) <= 0"
            )

    def unary(self, node: Unary, known: Known) -> Checked:
        of = self.check(node.of, known)
        if node.operator == "!":
            _want(of.node, BOOLEAN, "! turns true into false")
            return Checked(replace(node, of=of.node, type=BOOLEAN), of.false, of.true)
        comparisons.check_reckoned(of.node, "-", node.at)
        return Checked(replace(node, of=of.node, type=INT))

    def binary(self, node: Binary, known: Known) -> Checked:
        if node.operator in ("&&", "||"):
            return self.junction(node, known)
        typed = replace(node, left=self.check(node.left, known).node, right=self.check(node.right, known).node)
        if node.operator in ("+", "-"):
            return Checked(comparisons.added(typed))
        if node.operator == "in":
            return Checked(comparisons.contained(typed, self.scope))
        return Checked(comparisons.compared(typed, self.scope))

    def junction(self, node: Binary, known: Known) -> Checked:
        left = self.check(node.left, known)
        right = self.check(node.right, known.given(left.true if node.operator == "&&" else left.false))
        for side in (left.node, right.node):
            _want(side, BOOLEAN, f"{node.operator} joins what is true or false")
        facts = both(left, right) if node.operator == "&&" else either(left, right)
        return Checked(replace(node, left=left.node, right=right.node, type=BOOLEAN), *facts)

    def conditional(self, node: Conditional, known: Known) -> Checked:
        test = self.check(node.test, known)
        _want(test.node, BOOLEAN, "before ? stands what is true or false")
        yes, no = self.check(node.yes, known.given(test.true)), self.check(node.no, known.given(test.false))
        pair = comparisons.unified(yes.node, no.node, self.scope)
        if pair is None:
            what = f"the branches of ?: are {shown(yes.node.type)} and {shown(no.node.type)}"
            raise CelError(what, node.at, "write branches of one type; wrap an integer slot: int(this.slot)")
        typed = replace(node, test=test.node, yes=pair[0], no=pair[1], type=pair[0].type)
        return Checked(typed, *chosen(test, yes, no))

    def call(self, node: Call, known: Known) -> Checked:
        functions.parameters(node)
        arguments = tuple(self.check(argument, known).node for argument in node.arguments)
        return Checked(functions.called(replace(node, arguments=arguments), self.scope))

    def method(self, node: Method, known: Known) -> Checked:
        of, argument = self.check(node.of, known), self.check(node.argument, known)
        opening = 2 if self.text[argument.node.at : argument.node.at + 1] in ("r", "R") else 1
        return Checked(functions.asked(replace(node, of=of.node, argument=argument.node), opening))

    def loop(self, node: Loop, known: Known) -> Checked:
        of = self.check(node.of, known)
        item = of.node.type.item
        if item is None:
            raise CelError(f"{node.macro}() goes through a list, this is {shown(of.node.type)}", node.at, "name a list")
        if node.variable in known.names or node.variable in ("this", "report", "as_of"):
            hint = "choose a name of its own"
            raise CelError(f"the variable {node.variable!r} hides another {node.variable!r}", node.at, hint)
        self.loops += 1
        path, entries = f"{node.variable}#{self.loops}", of_entries(of, known.facts)
        body = self.check(node.body, known.within(node.variable, item, path, under(path, entries)))
        typed = replace(node, of=of.node, body=body.node)
        if node.macro == "map":
            self.check_entry(body.node)
            return Checked(replace(typed, type=list_of(body.node.type)))
        _want(body.node, BOOLEAN, f"{node.macro}() asks each entry what is true or false")
        shown_to_have = about(path, body.true)
        if node.macro == "filter":
            return Checked(replace(typed, type=of.node.type), entries=entries | shown_to_have)
        proven = under(str(of.path) + EVERY, shown_to_have) if node.macro == "all" and of.path else NONE
        return Checked(replace(typed, type=BOOLEAN), true=proven)


_CHECKS: Mapping[type[Node], Callable[..., Checked]] = {
    Literal: _Checker.literal,
    Name: _Checker.name,
    Select: _Checker.select,
    Has: _Checker.has,
    ListOf: _Checker.list,
    Unary: _Checker.unary,
    Binary: _Checker.binary,
    Conditional: _Checker.conditional,
    Call: _Checker.call,
    Method: _Checker.method,
    Loop: _Checker.loop,
}
