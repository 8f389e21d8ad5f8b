"""The proof that a pattern is quick, held against the steps of a matcher that tries one way after the other."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from exportreport.build.patterns.linear import slow
from exportreport.build.patterns.positions import Positions, positions
from exportreport.build.patterns.pumps import Pump, pump
from exportreport.build.patterns.runs import MOST_RUNS, runs
from exportreport.build.patterns.syntax import PatternError, parse
from exportreport.standard import Standard
from tests.build.patterns.backtracking import by_chance, steps, written
from tests.witnesses import catalogue

PATTERNS = 1_500
PUMPS = 30
DOUBLINGS = 9

#: For patterns, how many runs a text can have at most.
QUICK = {
    "^$": 1,
    "^[a-z]+$": 1,
    "^(a|b)*$": 1,
    "^(a|ab)(c|bcd)*$": 2,
    "^a*b*c*$": 1,
    "^(a?)*$": 2,
    "^([a-z]+-)*[a-z]+$": 2,
    "^[a-z]*[a-f]$": 2,
    "^(a|b)*a(a|b){4}$": 6,
    "^(ab|a)(ab|a)$": 2,
    "^[a-z]{0,9}[a-z]{0,9}$": 10,
    "^[a-z]{0,300}$": 1,
    "^(x[a-c]{0,50}y){0,7}$": 1,
    "^([a-z]{500})*$": 1,
}

#: Those that are refused: is the growth exponential, where is it, prefix, what is repeated.
GROWING = {
    "^(a|a)*$": (True, "a"),
    "^(a+)+$": (True, "a"),
    "^(a*)*$": (True, "a"),
    "^(a|ab|b)*$": (True, "ab"),
    "^x([a-z]|[a-c])*$": (True, "a"),
    "^((a?)*b)*$": (True, "b"),
    "^(a?b?)*$": (True, "a"),
    "^([0-9]{1,9})*$": (True, "0"),
    "^a*a*$": (False, "a"),
    "^a*[ab]*$": (False, "a"),
    "^[a-z]*-?[a-z]*$": (False, "a"),
    "^x(ab)*(ba)?(ab)*$": (False, "ab"),
    "^a*(b|a*)$": (False, "a"),
    "^(b+a?){2}$": (False, "b"),
}


def automaton(pattern: str) -> Positions:
    return positions(parse(pattern))


@pytest.mark.parametrize("pattern", QUICK)
def test_quick_patterns_pass(pattern: str) -> None:
    assert slow(pattern) is None
    known = runs(automaton(pattern))
    assert (known.most, known.proven) == (QUICK[pattern], True)
    assert pump(automaton(pattern)) is None


@pytest.mark.parametrize("pattern", GROWING)
def test_slow_patterns_are_refused_with_what_makes_them_slow(pattern: str) -> None:
    found = slow(pattern)
    assert found is not None
    assert found.hint
    assert found.pump is not None
    exponential, repeated = GROWING[pattern]
    assert found.pump.exponential is exponential
    assert set(found.pump.pump) >= set(repeated)
    assert found.at == found.pump.at > 0


@pytest.mark.parametrize("pattern", ["^(a?){30}$", "^(a|a){7}$", "^((a?)?){30}b$", "^((a?)?){30}$", "^(()?){9}$"])
def test_a_bound_that_is_too_high_is_refused_as_well(pattern: str) -> None:
    found = slow(pattern)
    assert found is not None
    assert found.pump is None
    assert runs(automaton(pattern)).most > MOST_RUNS


def test_what_cannot_be_proven_is_refused() -> None:
    assert slow("^(a|b)*a(a|b){20}$") is not None
    with pytest.raises(PatternError):
        slow("^(a{1000}){5}$")


@pytest.mark.parametrize("pattern", ["a", "^(a$", "^a)$", "^[a$", "^*$", r"^\d$", "^a{2}{3}$", "^a.$", "^a]$"])
def test_what_is_outside_the_subset_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        slow(pattern)


def published(standard: Standard) -> Iterator[str]:
    yield from (kind.pattern for kind in standard.types.values() if kind.pattern)
    for rule in catalogue.rules():
        for text in (rule.when or "", rule.demand):
            yield from (part.split("'")[0].replace("\\\\", "\\") for part in text.split(".matches('")[1:])


def test_the_published_patterns_are_quick(the_standard: Standard) -> None:
    known = {pattern: runs(automaton(pattern)) for pattern in published(the_standard)}
    assert len(known) > 25
    assert all(one.proven for one in known.values())
    assert max(one.most for one in known.values()) == 5


def texts(most: int) -> Iterator[str]:
    """Texts that repeat something, up to about ``most`` characters, and end in what no pattern has."""
    for prefix in ("", "a", "b", "c", "ab"):
        for length in (1, 2, 3):
            for repeated in product("abc", repeat=length):
                yield prefix + "".join(repeated) * (most // length) + "!"


@pytest.fixture
def deep() -> Iterator[None]:
    """Room for a matcher that calls itself for each character."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.usefixtures("deep")
def test_steps_are_in_proportion_exactly_where_the_proof_says_so() -> None:
    random, seen = Random(4), Counter[str]()
    for _ in range(PATTERNS):
        node = by_chance(random)
        found = automaton(f"^{written(node)}$")
        known, growing = runs(found), pump(found)
        if known.proven:
            assert growing is None, written(node)
            most = known.most * max(sum(ways.values()) for ways in found.next)
            for text in random.sample(ALL_TEXTS, 12):
                bound = most * (len(text) + 1)
                assert steps(node, text, bound) <= bound, (written(node), text)
            seen["quick"] += 1
        elif growing is not None:
            assert_growing(node, growing)
            seen["exponential" if growing.exponential else "power"] += 1
        else:
            assert steps(node, known.text.rstrip("!") + "!", 10_000) > MOST_RUNS, written(node)
            seen["many"] += 1
    assert min(seen[kind] for kind in ("quick", "exponential", "power")) > 100, seen


ALL_TEXTS = list(texts(24))


def assert_growing(node: tuple[object, ...], growing: Pump) -> None:
    """Twice as many steps at least for each turn; or at least as many as a triangle has."""
    times, least = (DOUBLINGS, 2**DOUBLINGS) if growing.exponential else (PUMPS, PUMPS * PUMPS // 2)
    text = growing.prefix + growing.pump * times + "!"
    assert steps(node, text, least) > least, (written(node), growing)
