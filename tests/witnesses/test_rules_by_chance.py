"""Rules made by chance, whatever the checker accepts: all evaluators agree on what they mean."""

from __future__ import annotations

from random import Random
from types import ModuleType

import pytest

from exportreport.build.cel.check import CheckedRule, check_rule
from exportreport.build.cel.error import CelError
from exportreport.build.rules.emitted import EmittedRule
from exportreport.build.rules.python import module
from exportreport.build.rules.schematron import Pattern, schematron
from exportreport.standard import load
from tests.build.cel.rules_by_chance import Expressions
from tests.corpus import generate
from tests.witnesses import catalogue
from tests.witnesses.cases import placed
from tests.witnesses.catalogue import Rule
from tests.witnesses.cel_expr import ByCel
from tests.witnesses.corpus import messages
from tests.witnesses.documents import Document
from tests.witnesses.generated_python import ByPython
from tests.witnesses.hearing import Hearing, by_class
from tests.witnesses.schematron_engines import ByElementpath, BySaxon, Schematron, numbered
from tests.witnesses.tally import TALLY

COUNT = 600
SEED = 13

#: elementpath sees one rule in so many, on one document in so many.
ONE_IN = 6

STANDARD = load()
CLASSES = [name for name, body in STANDARD.classes.items() if not body.abstract] + ["Report"]

Made = list[tuple[Rule, CheckedRule]]


def made(count: int, seed: int) -> Made:
    """``count`` rules that the checker and the emitter accept."""
    random, rules = Random(seed), Made()
    while len(rules) < count:
        each = random.choice(CLASSES)
        expressions = Expressions(STANDARD, each, random)
        when = expressions.truth(2) if random.random() < 0.4 else None
        rule = Rule(f"ER-C-{len(rules):03}", each, expressions.truth(random.randrange(1, 5)), when)
        try:
            checked = check_rule(STANDARD, each, when, rule.demand)
            module(STANDARD, [_emitted(rule, checked)], "")
        except CelError:
            continue
        rules.append((rule, checked))
    return rules


def _emitted(rule: Rule, checked: CheckedRule) -> EmittedRule:
    return EmittedRule(rule.code, rule.each, checked.when, checked.assertion)


def in_python(rules: Made) -> ByPython:
    generated = ModuleType("by_chance")
    exec(module(STANDARD, [_emitted(*one) for one in rules], "Made by a test"), generated.__dict__)
    return ByPython(STANDARD, {"by_chance": generated}, {rule.code: None for rule, _ in rules})


def in_schematron(rules: Made) -> Schematron:
    lists = {
        path.stem: catalogue.read("codelists", path.name) for path in (catalogue.ARTIFACTS / "codelists").iterdir()
    }
    patterns = [
        Pattern(rule.code, rule.code, "error", rule.each, checked.when, checked.assertion, "Fails.", None)
        for rule, checked in rules
    ]
    file = schematron(STANDARD, patterns, [], lists, "Made by a test")
    assert file.left_out == ()
    return Schematron(file.text.encode())


def documents() -> list[Document]:
    """Full and thin ones from the model, and some with what the real rules are about."""
    full = [
        generate.document(STANDARD, kind, seed, fullness=(0.1, 0.4, 0.7)[seed % 3])
        for kind in STANDARD.kinds
        for seed in range(8)
    ]
    return full + list(messages(STANDARD, placed(), 60, "by chance"))


@pytest.fixture(scope="module")
def rules() -> Made:
    return made(COUNT, SEED)


def test_all_agree_on_rules_made_by_chance(rules: Made) -> None:
    by_python, file = in_python(rules), in_schematron(rules)
    by_cel = ByCel(STANDARD, [rule for rule, _ in rules], catalogue.signatures())
    by_saxon, by_elementpath = BySaxon(file), ByElementpath(file)
    every = by_class(tuple(rule for rule, _ in rules))
    TALLY.numbers["rules made by chance"] = len(rules)
    sample = [rule.code for rule, _ in rules][::ONE_IN]
    disagreements, said = [], set()
    for number, one in enumerate(documents()):
        elements = numbered(STANDARD, one)
        verdicts = {"cel-expr-python": by_cel(one), "saxon": by_saxon(elements)}
        hearing = Hearing("rules by chance", one, verdicts, {"generated Python, JSON": by_python(one)})
        disagreements += [f"document {number}: {what}" for what in hearing.disagreements(STANDARD, every)]
        said |= {(code, what[0]) for (code, _), what in verdicts["saxon"].items()}
        if number % ONE_IN == 0:
            some = by_elementpath(elements, sample)
            expected = {key: what for key, what in verdicts["saxon"].items() if key[0] in sample}
            TALLY.add("rules by chance, sample", "elementpath", len(expected), len(some.items() ^ expected.items()))
            assert some == expected
    assert disagreements == []
    assert len({code for code, what in said if what == "fail"}) > COUNT / 4
    assert len({code for code, what in said if what == "pass"}) > COUNT / 4
