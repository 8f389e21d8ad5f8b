"""What the checker refuses, where, and that it says what to do; and what it lets through."""

from __future__ import annotations

import pytest

from exportreport.build.cel.check import check_rule
from exportreport.build.cel.error import CelError
from exportreport.standard import load

STANDARD = load()
LISTS = {"countries": frozenset({"DE", "FR", "NL"})}

#: Class, expression with ^ before the place that is refused, a word of the repair.
REFUSED = [
    ("Party", "this.^valid_from <= this.valid_until", "has(this.valid_from)"),
    ("Party", "has(this.valid_until) || this.^valid_until <= as_of", "has(this.valid_until)"),
    ("EndUse", "has(this.^location.country)", "has(this.location)"),
    ("Item", "has(this.value) && this.value.amount ^== '0'", "compare(this.value.amount, '0') == 0"),
    ("Item", "has(this.value) && this.value.amount ^<= this.value.amount", "compare("),
    ("Decision", "this.decision_kind == ^'isued'", "'issued'"),
    ("Decision", "this.^decison_kind == 'issued'", "'decision_kind'"),
    ("Decision", "^has(this.key)", "leave has() out"),
    ("Decision", "this.decided_on > ^'2026-02-30'", "a day that exists"),
    ("Decision", "this.key ^> 'A'", "=="),
    ("LicenseFiling", "this.reported_at ^< '2026-01-01T00:00:00Z'", "day("),
    ("Application", "has(this.duration_months) && this.^duration_months + 1 > 3", "int(this.duration_months)"),
    ("Party", "this.roles ^== ['end_user']", "in list"),
    ("Party", "^'end_usr' in this.roles", "'end_user'"),
    ("Party", "^nosuch(this.key)", "one of"),
    ("Party", "^size(this.roles)", "true or false"),
    ("Organization", "^report.revision == 1", "for each of the kinds"),
    ("Submission", "^report.report_id == 'a'", "this"),
    ("Drawdown", "has(report.^denial_reference)", "DenialNotice"),
    ("Report", "this.report_type == ^'LicenseFilng'", "'LicenseFiling'"),
    ("Quantity", "this.^amount.startsWith('1')", "ask a text"),
    ("Quantity", "^sum([this.amount]).matches('^1$')", "ask a text"),
]


@pytest.mark.parametrize(("each", "text", "repair"), REFUSED, ids=[text for _, text, _ in REFUSED])
def test_a_refusal_names_the_place_and_the_repair(each: str, text: str, repair: str) -> None:
    with pytest.raises(CelError) as raised:
        check_rule(STANDARD, each, None, text.replace("^", "", 1), LISTS)
    assert raised.value.at == text.index("^")
    assert repair in raised.value.hint
    assert raised.value.member == "assert"


def test_a_pattern_may_be_asked_of_a_decimal_slot() -> None:
    check_rule(STANDARD, "Quantity", None, "this.amount.matches('^-?[0-9]+([.]0+)?$')", LISTS)
