"""What would take more time than in proportion to the report is refused, with the condition that an index needs."""

from __future__ import annotations

import pytest

from exportreport.build.cel.check import check_rule
from exportreport.standard import load
from tests.build.cel.refusals import assert_refused

STANDARD = load()

ACCEPTED = [
    ("Item", "size(report.items.filter(i, i.item_number == this.item_number)) == 1"),
    ("Item", "report.items.exists(i, has(i.item_reference) && i.item_number == this.item_number && i.item_number > 1)"),
    ("Item", "report.items.exists(i, this.item_number == i.item_number)"),
    ("Item", "report.items.filter(i, i.item_number == this.item_number).all(j, j.item_number > 1)"),
    ("Item", "size(report.items.filter(i, i.item_number == this.item_number).map(j, j.item_number)) == 1"),
    ("Item", "report.items.exists(i, i.item_number > 5)"),
    ("Item", "size(report.items) > 1 && unique(report.items.map(i, i.item_number))"),
    ("Item", "['a', 'b'].exists(x, x.startsWith('a'))"),
    ("Item", "has(this.classifications) && this.classifications.all(c, !has(c.control_code) || c.control_code != 'a')"),
    ("LicenseFiling", "has(this.items) && this.items.exists(i, i.item_number > 5)"),
    ("LicenseFiling", "has(this.items) && this.items.all(i, this.items.exists(j, j.item_number == i.item_number))"),
    ("LicenseFiling", "has(this.decisions) && has(this.parties) && this.decisions.all(d, has(d.party_keys) && "
        "d.party_keys.all(k, this.parties.exists(p, p.key == k)))"),
    ("Application", "has(report.parties) && report.parties.exists(p, p.key != 'a')"),
    ("Transaction", "has(this.end_uses) && has(report.parties) && this.end_uses.all(e, has(e.end_users) && "
        "e.end_users.all(k, report.parties.exists(p, p.key == k)))"),
]  # fmt: skip


@pytest.mark.parametrize(("each", "text"), ACCEPTED, ids=[text[:70] for _, text in ACCEPTED])
def test_what_an_index_serves_or_is_worked_out_once_is_accepted(each: str, text: str) -> None:
    check_rule(STANDARD, each, "has(report.items)", text)


REFUSED = [
    ("Item", "report.items.¬exists(i, i.item_number != this.item_number)"),
    ("Item", "report.items.¬exists(i, i.item_number == this.item_number || i.item_number > 5)"),
    ("Item", "report.items.¬all(i, i.item_number == this.item_number)"),
    ("Item", "size(report.items.¬filter(i, i.item_number > this.item_number)) == 1"),
    ("LicenseFiling", "has(this.items) && this.items.all(i, this.items.¬exists(j, j.item_number < i.item_number))"),
    ("LicenseFiling", "has(this.decisions) && has(this.parties) && this.decisions.all(d, has(d.party_keys) && "
        "d.party_keys.all(k, this.parties.¬exists(p, p.key != k)))"),
]  # fmt: skip


@pytest.mark.parametrize(("each", "marked"), REFUSED, ids=[marked[:70] for _, marked in REFUSED])
def test_what_looks_through_all_for_each_is_refused(each: str, marked: str) -> None:
    assert_refused(lambda text: check_rule(STANDARD, each, "has(report.items)", text), marked, ".slot == ")
