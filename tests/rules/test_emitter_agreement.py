"""Generated Python and a plain reading of the same rules say the same of messages made by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from exportreport.build.rules.evaluation import emitted as to_emit
from exportreport.build.rules.python import module
from exportreport.standard import Standard
from tests.corpus.generate import document
from tests.rules.interpreter import value
from tests.rules.test_emitter_cases import sources

MESSAGES = 120
AS_OF = "2025-06-15"


def objects(standard: Standard, name: str, message: Any) -> Iterator[tuple[str, Any]]:
    """Every object of a message, with each class that it is of."""
    for own in standard.lineage(name):
        yield own, message
    for slot in standard.classes[name].slots:
        held = message.get(slot.name)
        if held is None or slot.kind != "class" or standard.classes[slot.range].abstract:
            continue
        for one in held if slot.many else [held]:
            yield from objects(standard, slot.range, one)


@pytest.fixture(scope="module")
def every_rule() -> Any:
    return to_emit(sources().rules)


@pytest.fixture(scope="module")
def made(the_standard: Standard, every_rule: Any) -> dict[str, Any]:
    """All rules of all sets as one module."""
    space: dict[str, Any] = {}
    exec(module(the_standard, every_rule, "All rules"), space)
    return space


@pytest.mark.parametrize("kind", ["LicenseFiling", "DenialNotice", "ReexportNotice", "Acknowledgement"])
def test_two_readings_agree(the_standard: Standard, every_rule: Any, made: dict[str, Any], kind: str) -> None:
    for seed in range(MESSAGES):
        message = document(the_standard, kind, seed, fullness=0.1 + seed % 9 / 10)
        counters, bad = [0] * made["COUNTERS"], []
        made["check"](message, kind, AS_OF, counters, bad)
        assert [(made["RULES"][rule][0], broke) for rule, _, broke in bad if broke] == []
        wrong, judged, outside = plainly(the_standard, every_rule, kind, message)
        assert Counter((made["RULES"][rule][0], id(this)) for rule, this, _ in bad) == wrong, seed
        for code, all_, group, not_applicable in made["RULES"]:
            beside = counters[not_applicable] if not_applicable is not None else 0
            assert (counters[all_], counters[all_] - counters[group] + beside) == (judged[code], outside[code]), code


def plainly(standard: Standard, rules: Any, kind: str, message: Any) -> tuple[Any, Counter[str], Counter[str]]:
    """What fails, how many objects each rule is about, and to how many of them it does not apply."""
    wrong: Counter[tuple[str, int]] = Counter()
    judged: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for name, this in objects(standard, kind, message):
        names = {"this": this, "report": message, "as_of": AS_OF}
        for rule in rules:
            if rule.each != name:
                continue
            judged[rule.code] += 1
            if rule.when is not None and not value(rule.when, names):
                outside[rule.code] += 1
            elif not value(rule.demands, names):
                wrong[rule.code, id(this)] += 1
    return wrong, judged, outside
