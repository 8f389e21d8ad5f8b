"""Google's CEL, as cel-expr-python, on the text of the rules as published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cel_expr_python import cel

from exportreport.standard import Standard
from tests.witnesses.catalogue import Rule
from tests.witnesses.documents import Document, Place, places
from tests.witnesses.functions import FUNCTIONS
from tests.witnesses.verdicts import PASS, Verdict

_TYPES = {
    "text": cel.Type.STRING,
    "decimal": cel.Type.STRING,
    "date": cel.Type.STRING,
    "datetime": cel.Type.STRING,
    "int": cel.Type.INT,
    "bool": cel.Type.BOOL,
    "list of decimal": cel.Type.List(cel.Type.STRING),
    "list of text": cel.Type.List(cel.Type.DYN),
}
_VARIABLES = {"this": cel.Type.DYN, "report": cel.Type.DYN, "as_of": cel.Type.STRING}


class Stopped(Exception):
    """The evaluator could not run a rule; the text says which and why."""


def environment(signatures: dict[str, str]) -> Any:
    """CEL with the nine functions, each declared by its published signature."""
    declared = [cel.FunctionDecl(name, [_overload(name, text)]) for name, text in signatures.items()]
    return cel.NewEnv(variables=_VARIABLES, functions=declared)


def _overload(name: str, signature: str) -> Any:
    head, _, result = signature.rpartition(" -> ")
    parameters = [one.split(": ")[1] for one in head[len(name) + 1 : -1].split(", ")]
    types = [_TYPES[one] for one in parameters]
    return cel.Overload(f"{name}_of", return_type=_TYPES[result], parameters=types, impl=FUNCTIONS[name])


class ByCel:
    """Judges documents by ``rules``; the programs are compiled once."""

    def __init__(self, standard: Standard, rules: Sequence[Rule], signatures: dict[str, str]) -> None:
        self.standard = standard
        self.environment = environment(signatures)
        self.programs = [
            (rule, [self._compiled(one) for one in rule.conditions()], self._compiled(rule.demand)) for rule in rules
        ]
        self.evaluations = 0

    def _compiled(self, text: str) -> Any:
        return self.environment.compile(text)

    def __call__(self, document: Document) -> Verdict:
        return {key: status for place in places(self.standard, document) for key, status in self._at(place)}

    def _at(self, place: Place) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
        around = place.around
        values = {"this": place.value, "report": around.report or {}, "as_of": around.day}
        activation = self.environment.Activation(values)
        for rule, conditions, demand in self.programs:
            if rule.each not in place.classes or not _runs(rule, place):
                continue
            if all(self._true(rule, one, activation) for one in conditions):
                fine = self._true(rule, demand, activation)
                yield (rule.code, place.pointer), PASS if fine else place.finding(rule.at)

    def _true(self, rule: Rule, program: Any, activation: Any) -> bool:
        self.evaluations += 1
        result = program.eval(activation)
        if result.type() != cel.Type.BOOL:
            raise Stopped(f"{rule.code}: {result.value()}")
        return bool(result.value())


def _runs(rule: Rule, place: Place) -> bool:
    """Whether the profile of the rule, if it is of one, is asked at all."""
    if rule.profile is None:
        return True
    return place.around.report is not None and rule.first <= place.around.day <= rule.last
