"""Sums and products that eighty digits cannot hold are refused; the largest that pass are exact at run time."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exportreport.build.cel.check import check_rule
from exportreport.rules import functions
from exportreport.standard import load
from tests.build.cel.refusals import assert_refused

STANDARD = load()
LARGEST = "-" + "9" * 18 + "." + "9" * 6
AMOUNTS = "this.items.filter(i, has(i.value)).map(i, i.value.amount)"


@pytest.mark.parametrize(
    "text",
    [
        f"compare(multiply('{LARGEST}', multiply('{LARGEST}', '{LARGEST}')), '0') < 0",
        f"compare(sum([multiply('2', multiply('{LARGEST}', '3'))]), '0') < 0",
        f"compare(sum({AMOUNTS}.map(a, multiply(a, multiply(a, a)))), '0') > 0",
        f"compare(multiply(sum({AMOUNTS}), sum({AMOUNTS})), '0') > 0",
    ],
)
def test_what_eighty_digits_hold_is_accepted(text: str) -> None:
    check_rule(STANDARD, "LicenseFiling", "has(this.items)", text)


@pytest.mark.parametrize(
    "marked",
    [
        "compare(¬multiply('1', multiply('1', multiply('1', '1'))), '0') > 0",
        "compare(¬multiply(sum(['1']), multiply(sum(['1']), sum(['1']))), '0') > 0",
        "compare(¬sum([sum([multiply('1', multiply('1', '1'))])]), '0') > 0",
        f"{AMOUNTS}.map(a, multiply(a, a)).all(b, compare(¬multiply(b, b), '0') > 0)",
        "compare(¬multiply((true ? multiply('1', '1') : '2'), multiply('1', '1')), '0') > 0",
    ],
)
def test_what_they_may_not_hold_is_refused(marked: str) -> None:
    assert_refused(
        lambda text: check_rule(STANDARD, "LicenseFiling", "has(this.items)", text), marked, "three decimals"
    )


def test_the_largest_product_is_exact_at_run_time() -> None:
    cube = functions.multiply(LARGEST, functions.multiply(LARGEST, LARGEST))
    assert Fraction(functions.sum_of([cube] * 1000)) == Fraction(LARGEST) ** 3 * 1000
