"""Each construct of the language in generated Python: where it holds, where it fails, and what is counted."""

# ruff: noqa: E501  (an expression stands on one line)

from __future__ import annotations

from typing import Any

import pytest

from exportreport.standard import Standard
from tests.rules.emitting import emitted, failing, filing, judged

PARTIES = [
    {"key": "p1", "roles": ["exporter"], "established_in": "NL"},
    {"key": "p2", "roles": ["end_user", "consignee"], "name": "Two"},
    {"key": "p3", "roles": ["manufacturer"], "established_in": "DE"},
]
ITEMS = [
    {"item_number": 1, "value": {"amount": "10.50", "currency": "EUR"}, "quantity": {"amount": "3"}},
    {"item_number": 2, "value": {"amount": "-0.00"}, "classifications": [{"control_code": "5A001.f.1"}]},
    {"item_number": 2},
]
FILING = filing(
    parties=PARTIES,
    items=ITEMS,
    as_of="2026-01-01",
    documents=[{"key": "d1", "document_kind": "contract", "party_keys": ["p3"], "item_numbers": [1, 2]}],
    authorizations=[
        {
            "authorization_number": "A1",
            "authorization_kind": "individual",
            "duration_months": 13,
            "valid_from": "2024-01-31",
            "valid_until": "2025-02-28",
            "holder": "p3",
            "limits": [
                {"controlled_by": "both", "item_numbers": [1, 2]},
                {"controlled_by": "value", "item_numbers": [9]},
            ],
        }
    ],
    handling={"sensitivity": "public", "anonymized": True, "storage_countries": ["NL", "DE"]},
)

#: Each of these is said of the filing itself and must be true.
TRUE = """
(has(this.parties) && this.parties.exists(p, has(p.name) && has(this.supersedes) && p.name == this.supersedes)) == false
this.revision == 1 && this.revision <= 1 && this.revision > 0
int(this.revision) + 1 - 3 == -1
-int(this.revision) < 0
this.report_id.startsWith('R') && this.report_id.endsWith('1') && this.report_id.contains('-')
this.report_id.matches('^[A-Z]-[0-9]{1,3}$')
!this.report_id.matches('^[a-z]$')
!this.report_id.matches('^R$')
this.reporting_state in ['NL', 'DE', 'FR']
this.revision in [1, 2]
!(this.reporting_state in ['DE'])
day(this.reported_at) == '2026-01-15' && as_of == '2026-01-15'
days('2026-01-01', as_of) == 14
days(as_of, '2026-01-01') == -14
has(this.handling.anonymized) && this.handling.anonymized
has(this.handling.anonymized) == has(this.as_of)
has(this.application) ? false : true
(has(this.as_of) ? this.as_of : as_of) == '2026-01-01'
!has(this.items) || this.items.exists(i, has(i.value) && compare(i.value.amount, '10.5') == 0)
!has(this.items) || !this.items.exists(i, has(i.value) && compare(i.value.amount, '10.5') > 0)
!has(this.items) || this.items.exists(i, has(i.value) && compare('0', i.value.amount) >= 0)
!has(this.items) || this.items.all(i, !has(i.value) || compare(i.value.amount, '0') >= 0)
!has(this.items) || this.items.exists_one(i, i.item_number == 1)
!has(this.items) || !this.items.exists_one(i, i.item_number == 2)
!has(this.items) || size(this.items) == 3 && size(this.items.filter(i, i.item_number == 2)) == 2
!has(this.items) || !unique(this.items.map(i, i.item_number))
!has(this.parties) || unique(this.parties.map(p, p.key))
!has(this.items) || compare(sum(this.items.filter(i, has(i.value)).map(i, i.value.amount)), '10.5') == 0
!has(this.items) || this.items.all(i, !has(i.value) || !has(i.quantity) || compare(multiply(i.value.amount, i.quantity.amount), '31.5') == 0)
compare(sum(['0.1', '0.2']), '0.3') == 0
compare(has(this.as_of) ? sum(['1.0']) : multiply('1', '2'), '1') == 0
!has(this.parties) || this.parties.exists(p, 'end_user' in p.roles)
!has(this.parties) || !this.parties.exists(p, 'broker' in p.roles)
!has(this.parties) || this.parties.all(p, p.key != 'p9')
!has(this.parties) || this.parties.exists(p, p.key in ['p9', 'p2'])
!has(this.parties) || this.parties.filter(p, has(p.name)).all(p, p.key == 'p2')
!has(this.parties) || size(this.parties.filter(p, has(p.established_in)).filter(q, q.established_in == 'NL')) == 1
!has(this.parties) || 'p2' in this.parties.map(p, p.key)
!has(this.items) || this.items.exists(i, has(i.classifications) && i.classifications.exists(c, has(c.control_code) && covers('eu_dual_use', '5A001.f', c.control_code)))
has(this.authorizations) && this.authorizations.all(a, has(a.valid_from) && has(a.duration_months) && add_months(a.valid_from, int(a.duration_months)) == '2025-02-28')
!has(this.handling.storage_countries) || this.handling.storage_countries.exists(c, c == this.reporting_state)
!has(this.handling.storage_countries) || this.handling.storage_countries.all(c, c in ['NL', 'DE'])
"""


@pytest.mark.parametrize("expression", TRUE.strip().splitlines())
def test_true_of_the_filing_and_its_opposite_false(the_standard: Standard, expression: str) -> None:
    holds = emitted(the_standard, ("T", "LicenseFiling", None, expression))
    assert failing(holds, FILING) == []
    fails = emitted(the_standard, ("F", "LicenseFiling", None, f"!({expression})"))
    assert failing(fails, FILING) == [FILING]
    never = emitted(the_standard, ("N", "LicenseFiling", f"!({expression})", "this.revision == 0"))
    assert failing(never, FILING) == []
    always = emitted(the_standard, ("A", "LicenseFiling", expression, "this.revision == 0"))
    assert failing(always, FILING) == [FILING]


#: What is said of each object of a class, and the places of those that fail.
FAILING: list[tuple[str, str | None, str, list[Any]]] = [
    ("Item", "has(report.items)", "size(report.items.filter(i, i.item_number == this.item_number)) == 1", ITEMS[1:]),
    ("Item", "has(report.items)", "report.items.exists_one(i, i.item_number == this.item_number)", ITEMS[1:]),
    ("Item", "has(report.items)", "report.items.all(i, i.item_number != this.item_number || has(i.value))", ITEMS[1:]),
    ("Item", "has(report.parties)", "report.parties.exists(p, 'broker' in p.roles)", ITEMS),
    ("Item", "has(this.value)", "compare(this.value.amount, '0') > 0", ITEMS[1:2]),
    ("Item", "has(report.items)", "this.item_number in report.items.filter(i, has(i.value)).map(i, i.item_number)", []),
    ("Item", None, "has(report.items) && size(report.items) == 4", ITEMS),
    ("Party", None, "this.roles.exists(r, r == 'exporter') || has(this.name)", PARTIES[2:]),
    ("Party", "has(report.documents)", "report.documents.exists(d, has(d.party_keys) && this.key in d.party_keys)", PARTIES[:2]),
    ("Party", "has(report.documents)", "report.documents.filter(d, has(d.party_keys) && this.key in d.party_keys && has(d.item_numbers)).exists(d, size(d.item_numbers) == 2)", PARTIES[:2]),
    ("Party", "has(report.handling.storage_countries)", "has(this.established_in) && this.established_in in report.handling.storage_countries", PARTIES[1:2]),
    ("Party", "has(report.parties)", "report.parties.exists(p, has(this.established_in) && has(p.established_in) && p.established_in == this.established_in && p.key != this.key) || has(this.established_in)", PARTIES[1:2]),
    ("AuthorizationLimit", "has(report.items) && has(this.item_numbers)", "this.item_numbers.all(n, report.items.exists(i, i.item_number == n))", FILING["authorizations"][0]["limits"][1:]),
    ("AuthorizationLimit", "has(report.items) && has(this.item_numbers)", "report.items.exists(i, i.item_number in this.item_numbers)", FILING["authorizations"][0]["limits"][1:]),
    ("AuthorizationLimit", "has(report.items) && has(this.item_numbers)", "size(report.items.filter(i, i.item_number in this.item_numbers && has(i.value))) != 2", FILING["authorizations"][0]["limits"][:1]),
    ("Item", "has(report.documents)", "report.documents.exists(d, has(d.party_keys) && d.party_keys.exists(k, k == 'p9'))", ITEMS),
    ("Report", None, "has(this.transaction)", [FILING]),
    ("LicenseFiling", None, "has(this.application)", [FILING]),
    ("DenialNotice", None, "has(this.denied_parties)", []),
    ("DataHandling", None, "!has(this.anonymized) || !this.anonymized", [FILING["handling"]]),
    ("Organization", None, "has(this.country)", [FILING["reporting_authority"]]),
]  # fmt: skip


@pytest.mark.parametrize(("each", "when", "demands", "wrong"), FAILING)
def test_objects_that_fail(the_standard: Standard, each: str, when: str | None, demands: str, wrong: list[Any]) -> None:
    made = emitted(the_standard, ("X", each, when, demands))
    assert failing(made, FILING) == wrong


def test_the_same_alone_and_together(the_standard: Standard) -> None:
    rules = [(f"X{number}", each, when, demands) for number, (each, when, demands, _) in enumerate(FAILING)]
    made = emitted(the_standard, *rules)
    bad, _ = judged(made, FILING)
    for number, (_, _, _, wrong) in enumerate(FAILING):
        assert [this for rule, this, _ in bad if rule == number] == wrong


def test_what_is_counted(the_standard: Standard) -> None:
    made = emitted(
        the_standard,
        ("ALL", "Item", None, "has(this.value)"),
        ("HAS", "Item", "has(this.value)", "has(this.value.currency)"),
        ("MORE", "Item", "has(this.value) && this.item_number == 1", "true"),
        ("NONE", "UsageTotal", None, "true"),
        ("KIND", "Report", None, "true"),
    )
    _, counters = judged(made, FILING)
    found = {
        code: (counters[all_], counters[group], 0 if not_applicable is None else counters[not_applicable])
        for code, all_, group, not_applicable in made.RULES
    }
    assert found == {"ALL": (3, 3, 0), "HAS": (3, 2, 0), "MORE": (3, 2, 1), "NONE": (0, 0, 0), "KIND": (1, 1, 0)}


def test_a_rule_that_breaks_stops_no_other(the_standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    made = emitted(
        the_standard,
        ("BREAKS", "Party", None, "days('2026-01-01', as_of) == 14"),
        ("FAILS", "Party", None, "has(this.name)"),
    )

    def broken(*_: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(made, "days", broken)
    bad, _ = judged(made, FILING)
    assert [(rule, isinstance(broke, ArithmeticError)) for rule, _, broke in bad] == [
        *((0, True), (1, False), (0, True)),
        *((0, True), (1, False)),
    ]


def test_rules_of_a_kind_are_possible_in_messages_that_hold_its_objects(the_standard: Standard) -> None:
    made = emitted(
        the_standard,
        ("A", "Drawdown", None, "true"),
        ("B", "Organization", None, "true"),
        ("C", "Report", None, "true"),
        ("D", "Submission", None, "true"),
    )
    assert made.POSSIBLE == {
        "Submission": (1, 3),
        "LicenseFiling": (0, 1, 2),
        "DenialNotice": (1, 2),
        "ReexportNotice": (0, 1, 2),
        "Acknowledgement": (1,),
    }


def test_the_condition_of_a_profile(the_standard: Standard) -> None:
    made = emitted(the_standard, applies="report.reporting_state == 'NL' && as_of >= '2026-01-01'")
    assert made.applies(FILING, "2026-01-01") is True
    assert made.applies(FILING, "2025-12-31") is False
    assert made.applies(filing(reporting_state="DE"), "2026-01-01") is False


def test_the_same_rules_give_the_same_text(the_standard: Standard) -> None:
    rule = ("X", "Item", "has(report.parties)", "report.parties.exists(p, 'broker' in p.roles)")
    first, second = emitted(the_standard, rule), emitted(the_standard, rule)
    assert first.RULES == second.RULES
    assert first.MEMORY == second.MEMORY
