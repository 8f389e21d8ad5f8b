"""The functions of rules on all that they can be given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportreport.rules import functions

decimals = st.from_regex(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?", fullmatch=True)
dates = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(decimals, decimals)
def test_decimals_compare_by_value(a: str, b: str) -> None:
    one, other = Fraction(a), Fraction(b)
    assert functions.compare(a, b) == (one > other) - (one < other)


@given(decimals)
def test_the_sign_is_that_of_the_value(a: str) -> None:
    assert functions.sign(a) == functions.compare(a, "0")


@given(st.lists(decimals, max_size=30))
def test_sums_are_exact(values: list[str]) -> None:
    assert Fraction(functions.sum_of(values)) == sum(map(Fraction, values), Fraction(0))


@given(decimals, decimals, decimals)
def test_products_are_exact(a: str, b: str, c: str) -> None:
    assert Fraction(functions.multiply(functions.multiply(a, b), c)) == Fraction(a) * Fraction(b) * Fraction(c)


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ([], "0"),
        (["0.10", "0.20"], "0.3"),
        (["-0"], "0"),
        (["-0.00", "0"], "0"),
        (["100"], "100"),
        (["999999999999999999.999999", "0.000001"], "1000000000000000000"),
        (["1.5", "-1.50"], "0"),
    ],
)
def test_sums_are_written_without_needless_zeros(values: Sequence[str], total: str) -> None:
    assert functions.sum_of(values) == total


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2100-01-29", 1, "2100-02-28"),
        ("2000-01-30", 1, "2000-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-05-31", 0, "2024-05-31"),
        ("2024-05-31", 12, "2025-05-31"),
        ("2024-01-01", 999_999_999_999_999, "3024-01-01"),
        ("2024-01-01", -999_999_999_999_999, "1024-01-01"),
    ],
)
def test_months_end_where_they_end(start: str, months: int, end: str) -> None:
    assert functions.add_months(start, months) == end


@given(dates, dates)
def test_days_are_counted_both_ways(first: object, second: object) -> None:
    assert functions.days(str(first), str(second)) == -functions.days(str(second), str(first))


def test_days_across_a_leap_day() -> None:
    assert functions.days("2024-02-28", "2024-03-01") == 2
    assert functions.days("2023-02-28", "2023-03-01") == 1


@pytest.mark.parametrize(
    ("values", "answer"), [([], True), (["a"], True), (["a", "A"], True), (["a", "b", "a"], False)]
)
def test_unique(values: list[str], answer: bool) -> None:
    assert functions.unique(values) is answer


def test_a_result_that_80_digits_cannot_hold_is_refused_not_rounded() -> None:
    long = Decimal("9" * 50)
    with pytest.raises(ArithmeticError):
        functions.product(long, long)


def test_the_published_names() -> None:
    assert sorted(functions.FUNCTIONS) == [
        *("add_months", "compare", "covers", "day", "days", "listed", "multiply", "sum", "unique")
    ]


def test_an_index_finds_what_is_there_and_nothing_else() -> None:
    rows = [{"a": {"b": "x"}}, {"a": {}}, {}, {"a": {"b": "y"}}, {"a": {"b": "x"}}]
    assert functions.by_value(rows, ("a", "b")) == {"x": [rows[0], rows[4]], "y": [rows[3]]}
    assert functions.values_at(rows, ("a", "b")) == {"x", "y"}
    lists = [{"n": [1, 1, 2]}, {}, {"n": [2]}]
    assert functions.by_entry(lists, ("n",)) == {1: [lists[0]], 2: [lists[0], lists[2]]}
    assert functions.entries_at(lists, ("n",)) == {1, 2}
    assert functions.found_among(functions.by_value([{"n": 1}, {"n": 2}], ("n",)), [2, 2, 3]) == [{"n": 2}]


def vectors() -> list[tuple[str, list[object], object]]:
    published = json.loads(files("exportreport").joinpath("artifacts", "rules", "functions.json").read_bytes())
    return [
        (name, vector["arguments"], vector["result"])
        for name, body in published["functions"].items()
        for vector in body["vectors"]
    ]


@pytest.mark.parametrize(("name", "arguments", "result"), vectors())
def test_the_published_vectors(name: str, arguments: list[object], result: object) -> None:
    assert functions.FUNCTIONS[name](*arguments) == result
