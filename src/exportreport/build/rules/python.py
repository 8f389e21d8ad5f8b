"""The Python that checks the rules of one set: a function per class, called once for each of its objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from exportreport.build.cel.loops import around
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import Node
from exportreport.build.rules import kept
from exportreport.build.rules.culprits import culprits
from exportreport.build.rules.emitted import EmittedRule, held, visited, within
from exportreport.build.rules.expressions import Expressions
from exportreport.build.rules.groups import Group, Placed, grouped
from exportreport.build.rules.shared import Shared
from exportreport.standard import Slot, Standard

_HEAD = '''"""{note}"""

# mypy: ignore-errors

import re
from decimal import Decimal

from exportreport.rules.functions import (
    ALWAYS,
    add_months,
    by_entry,
    by_value,
    compare,
    counts_at,
    covered,
    covers,
    days,
    entries_at,
    found_among,
    listed,
    plus,
    product,
    sign,
    total,
    unique,
    values_at,
    written,
)

# this: the object; m: what is remembered for the report, the report and the day first; n: counters;
# bad: what failed, as number of the rule, object, and what broke the rule if anything did.
'''

_TAIL = '''
def check(message, kind, as_of, n, bad):
    """Append to ``bad`` what the rules say of ``message``; count objects and rules in ``n``."""
    if kind in VISITS:
        visit, counter = VISITS[kind]
        n[counter] += 1
        visit(message, [message, as_of, *MEMORY], n, bad)


def applies(report, as_of):
    """Whether the rules of the set are meant for ``report``."""
    m = [report, as_of, *MEMORY]
    return {applies}
'''


def module(standard: Standard, rules: Sequence[EmittedRule], note: str, applies: Node | None = None) -> str:
    """The text of the module for ``rules``, which stand in it by their places in this sequence.

    ``applies`` is the condition on a report under which they are meant for it. ``note`` is the module's first line.
    Raises `CelError` for a rule that would take more time than in proportion to the length of a report.
    """
    first = _Module(standard, rules, Shared())
    first.text(note, applies)
    popular = frozenset(text for text, places in first.shared.seen.items() if len(places) > 1)
    return _Module(standard, rules, Shared(popular, first.shared.forms)).text(note, applies)


class _Module:
    def __init__(self, standard: Standard, rules: Sequence[EmittedRule], shared: Shared) -> None:
        self.standard, self.rules, self.shared = standard, rules, shared
        self.visited = visited(standard, rules)
        counters = count()
        self.objects = {name: next(counters) for name in self._counted()}
        self.counters = counters
        self.rows: dict[int, tuple[str, int, int, int | None]] = {}
        self.culprits: list[int] = []

    def _counted(self) -> list[str]:
        with_rules = {rule.each for rule in self.rules}
        return [name for name in self.standard.classes if name in with_rules or name in self.standard.kinds]

    def text(self, note: str, applies: Node | None) -> str:
        functions = [line for name in self._order() for line in self.function(name)]
        functions += [line for number, rule in enumerate(self.rules) for line in self.entries(number, rule)]
        condition = self._condition(applies) if applies is not None else "True"
        lines = [*self.shared.lines(), *functions, *self.tables()]
        return _HEAD.format(note=note) + "\n".join(lines) + "\n" + _TAIL.replace("{applies}", condition)

    def _order(self) -> Iterator[str]:
        return (name for name in self.standard.classes if name in self.visited)

    def _condition(self, node: Node) -> str:
        return Expressions(self.shared, around("Report", repeats=False, is_report=True)).text(node)

    def function(self, name: str) -> Iterator[str]:
        """The function of the class ``name``: what its parent's does, its rules, and the objects that it holds."""
        parent = self.standard.classes[name].parent
        yield from ("", "", f"def _{name}(this, m, n, bad):")
        yield f"    # {self.standard.classes[name].title}"
        inherited = parent is not None and parent in self.visited
        if inherited:
            if parent in self.objects:
                yield f"    n[{self.objects[parent]}] += 1"
            yield f"    _{parent}(this, m, n, bad)"
        own = self._own_slots(name, parent if inherited else None)
        numbered = [(number, rule) for number, rule in enumerate(self.rules) if rule.each == name]
        group = grouped(numbered, own)
        self._count(group, name)
        yield from self.group(group, "    ")
        yield "    return"

    def _own_slots(self, name: str, parent: str | None) -> list[Slot]:
        inherited = self.standard.classes[parent].by_name if parent else {}
        return [s for s in held(self.standard, name) if s.range in self.visited and s.name not in inherited]

    def _count(self, root: Group, name: str) -> None:
        root.counter = self.objects.get(name)
        placed = [rule for group in root.all() for rule in group.rules]
        for rule in placed:
            group = rule.applies_in
            if group.counter is None:
                group.counter = next(self.counters)
            not_applicable = next(self.counters) if rule.when is not None else None
            self.rows[rule.number] = (rule.rule.code, self.objects[name], group.counter, not_applicable)

    def group(self, group: Group, indent: str, *, inner: bool = False) -> Iterator[str]:
        if inner and group.counter is not None:
            yield f"{indent}n[{group.counter}] += 1"
        for placed in group.rules:
            yield from self.rule(placed, indent)
        for slot in group.slots:
            yield from self.descent(slot, indent)
        for name, further in group.inner.items():
            yield f"{indent}if {name!r} in this:"
            yield from self.group(further, indent + "    ", inner=True)

    def rule(self, placed: Placed, indent: str) -> Iterator[str]:
        rule = placed.rule
        expressions = self.expressions(rule)
        yield f"{indent}try:  # {rule.code}"
        inside = indent + "    "
        if placed.when is not None:
            yield f"{inside}if {bare(expressions.truth(placed.when))}:"
            inside += "    "
        test = f"if {bare(expressions.truth(placed.fails))}: " if placed.fails is not None else ""
        yield f"{inside}{test}bad.append(({placed.number}, this, None))"
        if placed.when is not None:
            yield f"{indent}    else: n[{self.rows[placed.number][3]}] += 1"
        yield f"{indent}except Exception as broke: bad.append(({placed.number}, this, broke))"

    def expressions(self, rule: EmittedRule) -> Expressions:
        scope = Scope(self.standard, rule.each, {})
        here = around(rule.each, repeats=scope.repeats, is_report=scope.is_report)
        return Expressions(self.shared, here, rule.code, report_is_this=scope.is_report)

    def entries(self, number: int, rule: EmittedRule) -> Iterator[str]:
        """The function that gives the entries that make ``rule`` fail, where it is about each entry of a list."""
        wanted = culprits(rule.demands, rule.at)
        if wanted is not None:
            self.culprits.append(number)
            yield from ("", "", f"def _entries{number}(this, m):  # {rule.code}")
            yield f"    return {bare(self.expressions(rule).text(wanted))}"

    def descent(self, slot: Slot, indent: str) -> Iterator[str]:
        counter = self.objects.get(slot.range)
        if slot.many:
            if counter is not None:
                yield f"{indent}n[{counter}] += len(this[{slot.name!r}])"
            yield f"{indent}for x in this[{slot.name!r}]:"
            yield f"{indent}    _{slot.range}(x, m, n, bad)"
        else:
            if counter is not None:
                yield f"{indent}n[{counter}] += 1"
            yield f"{indent}_{slot.range}(this[{slot.name!r}], m, n, bad)"

    def tables(self) -> Iterator[str]:
        """What the rest of the program needs to know of the module."""
        yield from ("", "", f"MEMORY = (None,) * {self.shared.size - 2}")
        yield f"COUNTERS = {next(self.counters)}"
        yield "# code, and the counters of its objects, of those in its group, of those in it that it does not apply to"
        yield "RULES = ("
        for number in range(len(self.rules)):
            yield f"    {self.rows[number]!r},"
        yield from (")", "# what rules there can be about something in a message of each kind", "POSSIBLE = {")
        for kind in self.standard.kinds:
            found = within(self.standard, kind)
            possible = tuple(number for number, rule in enumerate(self.rules) if rule.each in found)
            yield f"    {kind!r}: {possible!r},"
        yield from ("}", "# of rules about each entry of a list: the entries that make them fail", "ENTRIES = {")
        yield from (f"    {number}: _entries{number}," for number in self.culprits)
        yield from ("}", "VISITS = {")
        for kind in self.standard.kinds:
            if kind in self.visited:
                yield f"    {kind!r}: (_{kind}, {self.objects[kind]}),"
        yield "}"
        yield "# of messages that carry others: what the rules read of each of these; None where too much is read"
        yield from kept.table(self.standard, self.rules)
        yield ""


def bare(text: str) -> str:
    """``text`` without parentheses around the whole of it."""
    if not text.startswith("("):
        return text
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return text[1:-1] if place == len(text) - 1 else text
    return text
