"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from exportreport.pattern import pattern


def test_a_pattern_costs_nothing_until_it_is_used() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("a")


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    numbers = pattern("(?P<number>[0-9]+)", re.ASCII)
    for _ in range(2):
        found = numbers.search("no. 17")
        assert found is not None
        assert found["number"] == "17"
    assert numbers.sub("n", "1 and 23") == "n and n"
    assert numbers.pattern == "(?P<number>[0-9]+)"
