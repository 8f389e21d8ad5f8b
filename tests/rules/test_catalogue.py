"""The set of rules: how many there are and of what, that they are told apart, and that each can be acted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from exportreport import standard
from exportreport.build.cel.tree import (
    DATE,
    Binary,
    Call,
    Conditional,
    Has,
    Loop,
    Name,
    Node,
    Unary,
    parts,
)
from exportreport.build.rules.records import LAYERS, STANDARD_LAYER, RuleSource
from exportreport.build.rules.sources import read_sources
from exportreport.finding import Severity

SCHEMA = Path(__file__).resolve().parents[2] / "schema"
STANDARD = standard.load()
SOURCES = read_sources(SCHEMA, STANDARD, {})
RULES = {rule.code: rule for rule in SOURCES.rules}


def nodes(node: Node) -> Iterator[Node]:
    """``node`` and all its parts."""
    yield node
    for part in parts(node):
        yield from nodes(part)


def trees(rule: RuleSource) -> tuple[Node, ...]:
    return tuple(tree for tree in (rule.checked.when, rule.checked.assertion) if tree is not None)


def looks_across(rule: RuleSource) -> bool:
    """Whether ``rule`` goes through a list, or looks at the report around its object."""
    found = (node for tree in trees(rule) for node in nodes(tree))
    return any(isinstance(node, Loop) or (isinstance(node, Name) and node.name == "report") for node in found)


def orders_dates(node: Node) -> bool:
    """Whether ``node`` compares two days; a period reckoned from one of them is more than that."""
    if not isinstance(node, Binary) or node.operator not in {"<", "<=", ">", ">="} or node.left.type != DATE:
        return False
    return not any(isinstance(part, Call) and part.function == "add_months" for part in nodes(node))


def merely_orders_dates(node: Node) -> bool:
    """Whether all that ``node`` demands is that one date comes before another, where both are given."""
    if isinstance(node, Binary) and node.operator in {"&&", "||"}:
        return all(merely_orders_dates(part) for part in (node.left, node.right))
    if isinstance(node, Conditional):
        return all(merely_orders_dates(part) for part in (node.yes, node.no))
    if isinstance(node, Unary):
        return isinstance(node.of, Has)
    return isinstance(node, Has) or orders_dates(node)


def test_all_records_are_sound() -> None:
    assert SOURCES.faults == ()
    assert set(RULES) == {path.stem for path in (SCHEMA / "rules").glob("*.toml")}


def test_there_are_enough_rules_and_enough_for_each_kind_of_report() -> None:
    assert len(RULES) >= 80
    about = Counter(rule.each for rule in RULES.values() if rule.layer == STANDARD_LAYER)
    assert all(about[kind] >= 10 for kind in STANDARD.concrete("Report"))


def test_most_rules_look_across_objects_and_few_merely_order_dates() -> None:
    assert sum(map(looks_across, RULES.values())) >= 25
    ordering = [
        rule.code
        for rule in RULES.values()
        if merely_orders_dates(rule.checked.assertion) and any(map(orders_dates, nodes(rule.checked.assertion)))
    ]
    assert len(ordering) <= 15


@pytest.mark.parametrize("code", RULES)
def test_each_rule_has_cases_that_end_in_every_way(code: str) -> None:
    rule = RULES[code]
    ends = Counter(case.expect for case in rule.cases)
    assert len(rule.cases) >= 3
    assert ends["pass"]
    assert ends["fail"]
    assert bool(ends["not_applicable"]) == (rule.when is not None)
    names = [case.name for case in rule.cases]
    assert len(set(names)) == len(names)


def test_no_two_rules_have_the_same_title_or_expressions() -> None:
    titles = Counter(rule.title for rule in RULES.values())
    assert [title for title, count in titles.items() if count > 1] == []
    said = Counter((rule.each, " ".join((rule.when or "").split()), rule.assertion) for rule in RULES.values())
    assert [expressions for expressions, count in said.items() if count > 1] == []


@pytest.mark.parametrize("code", RULES)
def test_each_rule_can_be_acted_on(code: str) -> None:
    rule = RULES[code]
    for words in (rule.reason, rule.resolution, rule.message):
        assert words.strip().endswith((".", "?"))
    assert not rule.title.endswith(".")
    assert rule.reason != rule.resolution


@pytest.mark.parametrize("code", [code for code in RULES if RULES[code].layer != STANDARD_LAYER])
def test_what_a_profile_rejects_rests_on_a_source_or_says_that_it_does_not(code: str) -> None:
    rule = RULES[code]
    assert rule.severity in {Severity.WARNING, Severity.INFO} or rule.basis or rule.note


@pytest.mark.parametrize("code", RULES)
def test_a_finding_never_follows_from_a_milder_circle(code: str) -> None:
    """What follows from another finding is folded under it, so the two must not follow from each other."""
    seen, more = set(), list(RULES[code].follows)
    while more:
        one = more.pop()
        assert one != code
        if one not in seen:
            seen.add(one)
            more.extend(RULES[one].follows)


def test_each_profile_adds_rules_of_its_own() -> None:
    assert {profile.id for profile in SOURCES.profiles} >= {"eu", "uk", "us", "wassenaar", "surveillance"}
    for profile in SOURCES.profiles:
        assert len(profile.rules) >= 8
        assert {LAYERS[RULES[code].layer] for code in profile.rules} == {profile.id}
