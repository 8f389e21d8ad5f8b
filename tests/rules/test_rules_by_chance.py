"""Whatever the checker accepts cannot fail: rules made by chance, run as generated Python on valid messages."""

from __future__ import annotations

from collections import Counter
from random import Random

from exportreport.build.cel.check import check_rule
from exportreport.build.cel.error import CelError
from exportreport.standard import load
from tests.build.cel.celpy_trees import tree
from tests.build.cel.rules_by_chance import Expressions
from tests.corpus.generate import document
from tests.rules.emitting import emitted, judged

STANDARD = load()
CLASSES = [name for name, body in STANDARD.classes.items() if not body.abstract] + ["Report"]

Rule = tuple[str, str, str | None, str]


def made(random: Random, count: int) -> tuple[list[Rule], Counter[str]]:
    """``count`` accepted rules, and how often others were refused, by the words of the refusal."""
    rules: list[Rule] = []
    refused: Counter[str] = Counter()
    while len(rules) < count:
        each = random.choice(CLASSES)
        expressions = Expressions(STANDARD, each, random)
        when = expressions.truth(1) if random.random() < 0.4 else None
        demands = expressions.truth(random.randrange(1, 4))
        try:
            check_rule(STANDARD, each, when, demands)
        except CelError as error:
            assert error.hint
            refused[error.message.split(" ", 1)[1]] += 1
        else:
            rules.append((f"ER-C-{len(rules):03}", each, when, demands))
    return rules, refused


def test_what_is_accepted_never_breaks_on_a_valid_message() -> None:
    rules, refused = made(Random(7), 400)
    module = emitted(STANDARD, *rules)
    outcomes: Counter[int] = Counter()
    for kind in STANDARD.kinds:
        for seed in range(40):
            bad, _ = judged(module, document(STANDARD, kind, seed, fullness=(0.1, 0.4, 0.8)[seed % 3]))
            for number, _, broke in bad:
                assert broke is None, (rules[number], seed, broke)
                outcomes[number] += 1
    assert len(outcomes) > len(rules) / 3
    assert refused


def test_what_is_accepted_has_the_same_tree_by_another_grammar() -> None:
    rules, _ = made(Random(11), 200)
    for _, each, when, demands in rules:
        rule = check_rule(STANDARD, each, when, demands)
        assert rule.assertion == tree(demands)
        assert rule.when == (tree(when) if when else None)
