"""What the checker refuses, where, and that it says what to do; and what it lets through."""

from __future__ import annotations

import pytest

from exportreport.build.cel.check import check_condition, check_rule
from exportreport.build.cel.error import CelError
from exportreport.build.cel.tree import (
    DATE,
    DECIMAL,
    TEXT,
    UNKNOWN,
    Binary,
    Call,
    ListOf,
    Method,
    Node,
    Type,
    parts,
)
from exportreport.standard import load
from tests.build.cel.refusals import assert_refused

STANDARD = load()
LISTS = {"countries": frozenset({"DE", "FR", "NL"}), "control_lists": frozenset({"eu_dual_use"})}

#: Class, text with ¬ before the place that is refused, a piece of the repair; by the law of RULES.md that it breaks.
REFUSED = {
    "presence": [
        ("Party", "this.¬valid_from <= as_of", "has(this.valid_from)"),
        ("Party", "has(this.valid_until) || this.¬valid_until <= as_of", "has(this.valid_until)"),
        ("Party", "!has(this.valid_until) && this.¬valid_until <= as_of", "has(this.valid_until)"),
        ("Party", "has(this.valid_until) ? true : this.¬valid_until <= as_of", "has(this.valid_until)"),
        ("Party", "this.¬valid_until <= as_of && has(this.valid_until)", "has(this.valid_until)"),
        ("Party", "size(this.¬identifiers) > 0", "has(this.identifiers)"),
        ("Party", "this.¬identifiers.exists(i, true)", "has(this.identifiers)"),
        ("EndUse", "has(this.¬location.country)", "has(this.location)"),
        ("EndUse", "has(this.location) && this.location.¬country == 'DE'", "has(this.location.country)"),
        ("Report", "has(this.items) && this.items.all(i, i.¬value.amount.matches('^1$'))", "has(i.value)"),
        (
            "Report",
            "has(this.items) && this.items.exists(i, has(i.value)) && this.items.all(j, has(j.¬value.currency))",
            "has(j.value)",
        ),
        (
            "Report",
            "has(this.items) && (this.items.all(i, has(i.value)) || this.items.all(j, has(j.¬value.currency)))",
            "has(j.value)",
        ),
        (
            "Item",
            "has(this.value) && has(this.unit_value) && has((true ? this.value : this.unit_value).currency) "
            "&& (false ? this.value : this.unit_value).¬currency == 'EUR'",
            "each branch",
        ),
        ("Decision", "¬has(this.key)", "leave has() out"),
        ("Report", "¬has(this.reporting_authority.name)", "leave has() out"),
    ],
    "names": [
        ("Decision", "this.¬decison_kind == 'issued'", "'decision_kind'"),
        ("Decision", "this.key.¬name == 'a'", "only objects"),
        ("Party", "this.roles.¬name == 'a'", "list.exists(x, ...)"),
        ("Party", "¬that.key == 'a'", "one of this"),
        ("Party", "¬today == '2026-01-01'", "one of"),
        ("Party", "this.roles.¬exists(this, true)", "a name of its own"),
        ("Party", "this.roles.¬exists(report, true)", "a name of its own"),
        ("Party", "this.roles.¬exists(as_of, true)", "a name of its own"),
        ("Party", "this.roles.exists(r, this.roles.¬all(r, true))", "a name of its own"),
        ("Organization", "this.name == 'a' && this.name.¬exists(report, true)", "name a list"),
        ("Party", "this.roles.exists(r, true) && ¬r == 'agent'", "one of"),
        ("Party", "¬nosuch(this.key)", "one of"),
        ("Party", "¬compere('1', '2') <= 0", "'compare'"),
        ("Party", "¬timestamp(this.key) == this.key", "one of"),
    ],
    "report": [
        ("Organization", "¬report.revision == 1", "for each of the kinds"),
        ("Identifier", "¬report.revision == 1", "for each of the kinds"),
        ("Finding", "¬report.revision == 1", "leave report out"),
        ("Submission", "¬report.report_id == 'a'", "this"),
        ("Acknowledgement", "¬report.report_id == 'a'", "this"),
        ("Drawdown", "has(report.¬denial_reference)", "DenialNotice"),
        ("Party", "has(report.¬application)", "LicenseFiling"),
        ("Report", "has(this.¬authorizations)", "LicenseFiling"),
        ("Report", "has(this.¬nothing)", "one of"),
        ("Submission", "this.reports.all(r, has(r.¬decisions))", "LicenseFiling"),
    ],
    "equality": [
        ("Decision", "this.decision_kind == ¬'isued'", "'issued'"),
        ("Decision", "¬'isued' != this.decision_kind", "'issued'"),
        ("Decision", "this.decision_kind in ['issued', ¬'refsed']", "'refused'"),
        ("Party", "¬'end_usr' in this.roles", "'end_user'"),
        ("Report", "this.report_type == ¬'LicenseFilng'", "'LicenseFiling'"),
        ("Report", "this.reporting_state == ¬'XX'", "DE"),
        ("Report", "this.reporting_state in ['NL', ¬'XX']", "DE"),
        ("Party", "has(this.established_in) && (true ? this.established_in : ¬'XX') == 'DE'", "DE"),
        ("Party", "this.key ¬== 3", "one type"),
        ("Party", "this.key ¬== true", "one type"),
        ("Party", "this.roles ¬== ['end_user']", "in list"),
        ("Party", "this ¬== this", "a slot that both"),
        ("Party", "this ¬== report", "one type"),
        ("Party", "this.key ¬in 'abc'", "contains("),
        ("Party", "this.key ¬in this.key", "contains("),
        ("Party", "1 ¬in this.roles", "one type"),
        ("Party", "this ¬in [this]", "a slot that both"),
        ("Report", "has(this.parties) && this.reporting_state ¬in this.parties.map(p, p.roles.exists(r, true))", "one"),
        ("Condition", "has(this.due_on) && this.due_on == ¬'2026-02-30'", "a day that exists"),
        ("Decision", "this.decided_on in [¬'2026-1-1']", "a day that exists"),
        (
            "Consultation",
            "has(this.consultation_kind) && has(this.consultation_outcome) && "
            "this.consultation_kind ¬== this.consultation_outcome",
            "one type",
        ),
    ],
    "order": [
        ("Decision", "this.key ¬> 'A'", "=="),
        ("Decision", "'A' ¬<= this.key", "=="),
        ("Decision", "this.decision_kind ¬< 'issued'", "=="),
        ("Decision", "this.decided_on > ¬'2026-02-30'", "a day that exists"),
        ("Decision", "this.decided_on > ¬'2200-01-01'", "a day that exists"),
        ("Decision", "this.decided_on ¬< 20260101", "one type"),
        ("Decision", "true ¬< false", "one type"),
        ("Party", "this.roles ¬< this.roles", "one type"),
    ],
    "decimals": [
        ("Item", "has(this.value) && this.value.amount ¬== '0'", "compare(this.value.amount, '0') == 0"),
        ("Item", "has(this.value) && this.value.amount ¬<= this.value.amount", "compare("),
        ("Quantity", "this.amount ¬!= '1'", "compare("),
        ("Quantity", "this.amount ¬> 1", "compare(this.amount, '1') > 0"),
        ("Quantity", "this.amount ¬in ['1', '2']", "one type"),
        ("Quantity", "compare(this.amount ¬+ this.amount, '1') > 0", "sum("),
        ("Quantity", "compare(¬-this.amount, '1') > 0", "sum("),
        ("Quantity", "compare(this.amount, '1') ¬== 1", "compare(a, b) == 0"),
        ("Quantity", "0 - 1 ¬< compare(this.amount, '1')", "compare(a, b) > 0"),
        ("Quantity", "compare(this.amount, '1') ¬== compare('1', '1')", "compare(a, b)"),
        ("Quantity", "(true ¬? compare(this.amount, '1') : compare('1', '1')) == 0", "one type"),
        ("Quantity", "[¬compare(this.amount, '1')] == [0]", "compare(a, b) <= 0"),
        ("Report", "has(this.items) && 0 in this.items.map(i, ¬compare('1', '2'))", "compare(a, b) <= 0"),
        ("Quantity", "compare(this.amount, ¬'1e3') > 0", "'1.5'"),
        ("Quantity", "compare(this.amount, ¬'.5') > 0", "'1.5'"),
        ("Quantity", "compare(this.amount, ¬'1,5') > 0", "'1.5'"),
        ("Quantity", "compare(this.amount, ¬0) > 0", "a decimal"),
        ("Quantity", "compare(sum(this.¬amount), '0') > 0", "sum([a, b])"),
        ("Quantity", "this.¬amount.startsWith('1')", "a text"),
    ],
    "moments": [
        ("LicenseFiling", "this.reported_at ¬< '2026-01-01T00:00:00Z'", "day("),
        ("LicenseFiling", "this.reported_at ¬== this.reported_at", "day("),
        ("LicenseFiling", "this.reported_at ¬in ['2026-01-01T00:00:00Z']", "one type"),
        ("LicenseFiling", "days(this.¬reported_at, as_of) > 1", "day(this.reported_at)"),
        ("Decision", "day(this.¬decided_on) == as_of", "a date and time"),
    ],
    "integers": [
        ("Application", "has(this.duration_months) && this.¬duration_months + 1 > 3", "int(this.duration_months)"),
        ("Application", "has(this.duration_months) && -this.¬duration_months > 3", "int(this.duration_months)"),
        (
            "Application",
            "has(this.duration_months) && add_months(as_of, this.¬duration_months) > as_of",
            "int(this.duration_months)",
        ),
        ("Application", "has(this.duration_months) && (true ¬? this.duration_months : 0) > 1", "int(this.slot)"),
        ("Party", "size(this.roles) + this.¬key > 1", "int(this.slot)"),
        ("Party", "int(this.¬key) > 1", "an integer slot"),
        ("Party", "int(¬size(this.roles)) > 1", "leave int() out"),
        ("Decision", "-¬as_of < as_of", "int(this.slot)"),
    ],
    "booleans": [
        ("Party", "¬size(this.roles)", "true or false"),
        ("Party", "this.¬key", "true or false"),
        ("Party", "!this.¬key", "true into false"),
        ("Party", "this.¬key && true", "true or false"),
        ("Party", "true || this.¬key", "true or false"),
        ("Party", "this.¬key ? true : false", "before ?"),
        ("Party", "(true ¬? 1 : 'a') == 1", "one type"),
        ("Party", "'a' ¬== 1", "one type"),
        ("Party", "'a' ¬== true", "one type"),
        ("Party", "this.roles.all(r, ¬r)", "true or false"),
        ("Party", "size(this.roles.filter(r, ¬1)) > 0", "true or false"),
    ],
    "lists": [
        ("Party", "this.key in ¬[]", "its entries"),
        ("Party", "this.key in ['a', ¬1]", "one type"),
        ("Party", "size([¬[1], [2]]) > 0", "one list"),
        ("Party", "size(this.roles.map(r, this.¬roles)) > 0", "one list"),
        ("Party", "this.key.¬exists(x, true)", "name a list"),
        ("Party", "size(this.¬key) > 3", "^[A-Z0-9]{1,9}$"),
        ("Party", "size(¬'abc') == 3", "^[A-Z0-9]{1,9}$"),
        ("Report", "has(this.items) && unique(this.¬items)", "a list of texts"),
    ],
    "functions": [
        ("Party", "¬unique() || true", "unique(a list"),
        ("Party", "¬compare('1') <= 0", "compare(a decimal, a decimal)"),
        ("Party", "listed(this.¬key, this.key, as_of)", "id of a code list"),
        ("Report", "listed(¬'xyz', this.reporting_state, as_of)", "one of"),
        ("Report", "listed(¬'contries', this.reporting_state, as_of)", "'countries'"),
        ("Report", "listed('currencies', this.¬reporting_state, as_of)", "countries"),
        ("Report", "listed('countries', ¬'XX', as_of)", "DE"),
        ("Report", "listed('countries', this.reporting_state, ¬'today')", "a day that exists"),
        ("Party", "covers(¬'eu_dual', this.key, this.key)", "'eu_dual_use'"),
        ("Quantity", "covers('eu_dual_use', '5A001', this.¬amount)", "a text"),
        ("Decision", "days(this.decided_on, ¬1) > 1", "a date"),
    ],
    "text": [
        ("Party", "this.key.matches(this.¬key)", "quotation marks"),
        ("Party", "this.key.contains(¬1)", "a text"),
        ("Decision", "this.¬decided_on.startsWith('2026')", "days()"),
        ("Party", "this.¬roles.contains('a')", "a text"),
        ("Party", "this.key.matches('¬[0-9]+')", "'^...$'"),
        ("Party", r"this.key.matches(r'^[0-9]¬\d$')", "[0-9]"),
        ("Party", r"this.key.matches('^a¬.$')", "list the characters"),
    ],
}
ROWS = [(law, *row) for law, rows in REFUSED.items() for row in rows]


@pytest.mark.parametrize(("law", "each", "marked", "repair"), ROWS, ids=[f"{law}: {m[:70]}" for law, _, m, _ in ROWS])
def test_a_refusal_names_the_place_and_the_repair(law: str, each: str, marked: str, repair: str) -> None:
    assert_refused(lambda text: check_rule(STANDARD, each, None, text, LISTS), marked, repair)


ACCEPTED = [
    ("Party", "!has(this.valid_until) || this.valid_until >= as_of"),
    ("Party", "has(this.valid_until) && has(this.valid_from) ? this.valid_from <= this.valid_until : true"),
    ("Party", "!(!has(this.valid_until)) && this.valid_until >= '2026-01-01'"),
    ("Party", "!(!has(this.valid_until) || this.valid_until < as_of) || true"),
    ("Party", "(has(this.valid_until) ? this.valid_until : '2199-12-31') >= as_of"),
    ("EndUse", "!(has(this.location) && has(this.location.country)) || this.location.country != 'DE'"),
    ("EndUse", "has(this.military_end_use) && this.military_end_use == true"),
    ("Decision", "this.decision_kind in ['issued', 'refused'] && 'issued' == this.decision_kind"),
    ("Party", "'end_user' in this.roles && this.roles.exists_one(r, r == 'end_user')"),
    ("Party", "unique(this.roles) && size(this.roles) + 1 - 2 <= 3 && -size(this.roles) < 0"),
    ("RiskFactor", "has(this.item_numbers) && unique(this.item_numbers) && 1 in this.item_numbers"),
    ("Item", "this.item_number == 1 || this.item_number in [1, 2] || int(this.item_number) + 1 > this.item_number"),
    ("Item", "has(this.value) && compare(this.value.amount, '-0.5') >= 0 && 0 < compare('1', '0')"),
    ("Item", "has(this.value) && compare(sum([this.value.amount, '1.5']), multiply('2', this.value.amount)) != 0"),
    ("Quantity", "this.amount.matches('^[0-9]+$')"),
    ("LicenseFiling", "day(this.reported_at) >= '2026-01-01' && days(day(this.reported_at), as_of) <= 30"),
    ("Decision", "add_months(this.decided_on, 12) > as_of && add_months(this.decided_on, -1) < this.decided_on"),
    ("LicenseFiling", "has(this.items) && this.items.all(i, has(i.value)) && size(this.items.map(j, j.value)) > 0"),
    (
        "LicenseFiling",
        "has(this.items) && compare(sum(this.items.filter(i, has(i.value)).map(i, i.value.amount)), '0') >= 0",
    ),
    ("LicenseFiling", "has(this.items) && this.items.filter(i, has(i.value)).filter(j, has(j.value.currency))"
        ".all(k, k.value.currency == 'EUR')"),
    ("LicenseFiling", "report.report_type == 'LicenseFiling' && has(report.drawdowns) && size(this.drawdowns) > 0"),
    ("Report", "has(this.appeals) || this.revision >= 0 || this.report_type != 'LicenseFiling'"),
    ("Report", "listed('countries', this.reporting_state, day(this.reported_at))"),
    ("DenialEvent", "has(report.denial_reference) && report.denial_kind != 'refused'"),
    ("Drawdown", "has(report.authorizations) && has(this.authorization_number) && report.authorizations.exists(a, "
        "a.authorization_number == this.authorization_number)"),
    ("Submission", "this.reports.all(r, r.revision >= 1 && r.report_type in ['DenialNotice', 'LicenseFiling'])"),
    ("Organization", "this.name.startsWith('A') || this.name.endsWith('é') || this.name.contains(\"'\")"),
    ("Identifier", "listed('identifier_schemes', this.identifier_scheme, as_of)"),
    ("ControlClassification", "has(this.control_code) && has(this.control_list) && "
        "covers(this.control_list, '5A001.f', this.control_code)"),
    ("ControlClassification", "has(this.control_code) && covers('eu_dual_use', '5A001.f', this.control_code)"),
    ("Party", "['a', this.key].exists(x, x == this.key) && [as_of, '2026-01-01'].all(d, d <= as_of)"),
    ("Party", "true == (size(this.roles) > 1)"),
    ("Item", "has(this.value) && has(this.unit_value) && "
        "compare((true ? this.value : this.unit_value).amount, '0') > 0"),
]  # fmt: skip


@pytest.mark.parametrize(("each", "text"), ACCEPTED, ids=[text[:70] for _, text in ACCEPTED])
def test_all_that_the_subset_allows_is_accepted_and_typed(each: str, text: str) -> None:
    rule = check_rule(STANDARD, each, None, text, LISTS)
    waiting: list[Node] = [rule.assertion]
    for node in waiting:
        assert node.type != UNKNOWN
        waiting.extend(parts(node))


def test_when_proves_what_the_assertion_and_the_message_may_read() -> None:
    when = "has(this.valid_from) && has(this.valid_until) && (has(this.website) || true)"
    rule = check_rule(STANDARD, "Party", when, "this.valid_from <= this.valid_until", LISTS)
    assert rule.when is not None
    assert rule.proven == {"this.valid_from", "this.valid_until"}


def test_the_assertion_proves_nothing_for_the_message() -> None:
    assert check_rule(STANDARD, "Party", None, "has(this.valid_from)", LISTS).proven == frozenset()


@pytest.mark.parametrize(("when", "assertion", "member"), [("1", "true", "when"), ("true", "1", "assert")])
def test_a_refusal_names_the_member(when: str, assertion: str, member: str) -> None:
    with pytest.raises(CelError) as raised:
        check_rule(STANDARD, "Party", when, assertion, LISTS)
    assert raised.value.member == member


def test_texts_take_the_type_of_what_they_are_compared_with() -> None:
    rule = check_rule(STANDARD, "Decision", None, "this.decided_on <= '2026-01-01' && this.decision_kind in ['issued']")
    both = rule.assertion
    assert isinstance(both, Binary)
    order, membership = both.left, both.right
    assert isinstance(order, Binary)
    assert order.right.type == DATE
    assert isinstance(membership, Binary)
    assert isinstance(membership.right, ListOf)
    assert membership.right.items[0].type == Type("enum", "DecisionKind")


def test_texts_given_to_functions_take_the_type_that_is_wanted() -> None:
    rule = check_rule(STANDARD, "Quantity", None, "compare(sum(['1']), '2') < 0 && listed('units', 'KGM', as_of)")
    both = rule.assertion
    assert isinstance(both, Binary)
    assert isinstance(both.left, Binary)
    comparison, listed = both.left.left, both.right
    assert isinstance(comparison, Call)
    assert [argument.type for argument in comparison.arguments] == [DECIMAL, DECIMAL]
    assert isinstance(listed, Call)
    assert [argument.type for argument in listed.arguments] == [TEXT, Type("code", "units"), DATE]


def test_a_pattern_keeps_its_text() -> None:
    rule = check_rule(STANDARD, "Party", None, r"this.key.matches(r'^a\.b$')")
    assert isinstance(rule.assertion, Method)
    assert rule.assertion.argument.type.name == "literal"


def test_a_list_that_is_not_known_checks_no_codes() -> None:
    check_rule(STANDARD, "Report", None, "this.reporting_state == 'XX'", {})


def test_the_condition_of_a_profile_sees_the_report_and_the_day() -> None:
    check_condition(STANDARD, "report.reporting_state in ['DE', 'NL'] && as_of >= '2021-09-09'", LISTS)
    for marked, repair in [
        ("¬this.reporting_state == 'NL'", "report"),
        ("report.reporting_state == ¬'XX'", "DE"),
        ("report.¬reporting_state", "true or false"),
        ("has(report.¬application)", "LicenseFiling"),
    ]:
        assert_refused(lambda text: check_condition(STANDARD, text, LISTS), marked, repair)
