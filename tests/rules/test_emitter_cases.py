"""Every case of every rule, through the generated module that its set has."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from exportreport import standard
from exportreport.build.rules.cases import completed
from exportreport.build.rules.records import LAYERS, Case, RuleSource
from exportreport.build.rules.sources import Sources, read_sources

SCHEMA = Path(__file__).resolve().parent.parent.parent / "schema"


@cache
def sources() -> Sources:
    return read_sources(SCHEMA, standard.load(), {})


def statuses(rule: RuleSource, case: Case) -> set[str]:
    """What the generated module may have said of the object that ``case`` is about: it counts, and names failures."""
    document, path = completed(case, rule, standard.load(), sources().sample(rule))
    made = import_module(f"exportreport.artifacts.evaluation.{LAYERS.get(rule.layer, 'base')}")
    number = [row[0] for row in made.RULES].index(rule.code)
    message, judged = _judged(document, path)
    counters, bad = [0] * made.COUNTERS, []
    as_of = message.get("as_of") or document.get("as_of") or message["reported_at"][:10]
    made.check(message, message["report_type"], as_of, counters, bad)
    assert [broke for _, _, broke in bad if broke] == []
    if any(failed == number and this is judged for failed, this, _ in bad):
        return {"fail"}
    _, objects, group, not_applicable = made.RULES[number]
    outside = counters[objects] - counters[group] + (counters[not_applicable] if not_applicable is not None else 0)
    passed = counters[objects] - outside - sum(failed == number for failed, _, _ in bad)
    return {name for name, count in (("pass", passed), ("not_applicable", outside)) if count}


def _judged(document: dict[str, Any], path: Any) -> tuple[dict[str, Any], Any]:
    """The message that holds the object at ``path``, and the object."""
    message, judged = document, document
    for step in path:
        judged = judged[step]
        if isinstance(judged, dict) and "report_type" in judged:
            message = judged
    return message, judged


@pytest.mark.parametrize("rule", sources().rules, ids=lambda rule: rule.code)
def test_cases(rule: RuleSource) -> None:
    wrong = {case.name: said for case in rule.cases if case.expect not in (said := statuses(rule, case))}
    assert wrong == {}
