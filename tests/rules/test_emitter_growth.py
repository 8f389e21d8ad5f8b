"""Ten times the items cost about ten times the reads, and what cannot be so is refused."""

# ruff: noqa: E501  (an expression stands on one line)

from __future__ import annotations

from typing import Any

import pytest

from exportreport.build.cel.check import check_rule
from exportreport.build.cel.error import CelError
from exportreport.standard import Standard
from tests.rules.emitting import emitted, failing, filing

#: Class, when, assert: each looks across the report.
ACROSS = [
    ("Item", "has(report.items)", "size(report.items.filter(i, i.item_number == this.item_number)) == 1"),
    ("Item", "has(report.items)", "report.items.filter(i, i.item_number == this.item_number).exists_one(i, has(i.value))"),
    ("Item", "has(report.items)", "report.items.exists(i, i.item_number == this.item_number && has(i.value))"),
    ("Item", "has(report.items)", "report.items.all(i, i.item_number != this.item_number || has(i.value))"),
    ("Item", "has(report.items)", "report.items.exists(i, has(i.value) && compare(i.value.amount, '5') > 0)"),
    ("Item", "has(report.items)", "this.item_number in report.items.map(i, i.item_number)"),
    ("Item", "has(report.items)", "unique(report.items.map(i, i.item_number))"),
    ("Item", "has(report.items)", "compare(sum(report.items.filter(i, has(i.value)).map(i, i.value.amount)), '0') > 0"),
    ("Item", "has(report.documents)", "report.documents.exists(d, has(d.item_numbers) && this.item_number in d.item_numbers)"),
    ("SupportingDocument", "has(this.item_numbers) && has(report.items)", "this.item_numbers.all(n, report.items.exists(i, i.item_number == n))"),
    ("SupportingDocument", "has(this.item_numbers) && has(report.items)", "report.items.filter(i, i.item_number in this.item_numbers).all(i, has(i.value))"),
    ("Item", "has(report.items) && has(this.item_form)", "compare(sum(report.items.filter(i, has(i.item_form) && i.item_form == this.item_form && has(i.value)).map(i, i.value.amount)), '0') > 0"),
    ("SupportingDocument", "has(report.documents)", "size(report.documents.filter(d, d.document_kind == this.document_kind && has(d.item_numbers))) > 0"),
    ("LicenseFiling", "has(this.items) && has(this.documents)", "this.items.all(i, this.documents.exists(d, has(d.item_numbers) && i.item_number in d.item_numbers))"),
]  # fmt: skip

REFUSED = [
    ("Item", "has(report.items)", "report.items.exists(i, i.item_number > this.item_number)"),
    ("Item", "has(report.items)", "report.items.exists(i, i.item_number == 1 && has(this.value))"),
    ("Item", "has(report.items)", "size(report.items.filter(i, i.item_number <= this.item_number)) == 1"),
    ("Item", "has(report.items)", "compare(sum(report.items.map(i, i.item_number == this.item_number ? '1' : '0')), '1') == 0"),
    ("LicenseFiling", "has(this.items)", "this.items.all(i, this.items.exists(j, j.item_number > i.item_number))"),
]  # fmt: skip


class Read(dict[str, Any]):
    """An object that counts how often it is looked into."""

    count = 0

    def __getitem__(self, name: str) -> Any:
        Read.count += 1
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        Read.count += 1
        return super().__contains__(name)


def long(items: int) -> dict[str, Any]:
    value = Read(amount="10.00", currency="EUR")
    return filing(
        items=[Read(item_number=number, item_form="goods", value=value) for number in range(items)],
        documents=[Read(key=f"d{n}", document_kind="contract", item_numbers=[n]) for n in range(items)],
    )


@pytest.mark.parametrize(("each", "when", "demands"), ACROSS)
def test_reads_grow_with_the_report(the_standard: Standard, each: str, when: str, demands: str) -> None:
    made = emitted(the_standard, ("X", each, when, demands))
    reads = []
    for items in (200, 2000):
        Read.count = 0
        assert failing(made, long(items)) == []
        reads.append(Read.count)
    assert reads[1] <= 10.5 * reads[0]


@pytest.mark.parametrize(("each", "when", "demands"), REFUSED)
def test_what_would_grow_faster_is_refused(the_standard: Standard, each: str, when: str, demands: str) -> None:
    with pytest.raises(CelError) as refusal:
        check_rule(the_standard, each, when, demands)
    assert refusal.value.member == "assert"
    assert refusal.value.hint


def test_rules_that_ask_the_same_of_a_report_share_the_answer(the_standard: Standard) -> None:
    question = "report.items.exists(i, has(i.value) && compare(i.value.amount, '5') > 0)"
    once = emitted(the_standard, ("A", "Item", "has(report.items)", question))
    twice = emitted(
        the_standard, ("A", "Item", "has(report.items)", question), ("B", "Party", "has(report.items)", question)
    )
    assert len(once.MEMORY) == len(twice.MEMORY)
