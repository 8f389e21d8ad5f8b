"""The places in a message: single values that are there whenever the rule applies."""

from __future__ import annotations

import pytest

from exportreport.build.cel.message import check_message
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import TEXT, Type
from exportreport.standard import load
from tests.build.cel.refusals import assert_refused

STANDARD = load()
PROVEN = frozenset(
    {"this.valid_until", "this.value", "this.value.currency", "this.submitted_on", "this.duration_months"}
)


@pytest.mark.parametrize(
    ("each", "message"),
    [
        ("Party", "Nothing to fill in."),
        ("Party", "The party {this.key} ends on {this.valid_until}; the day is {as_of}."),
        ("Item", "Item {this.item_number} has the value {this.value.amount} {this.value.currency}."),
        ("Decision", "{this.decision_kind} on {this.decided_on}"),
        ("LicenseFiling", "{this.report_id} of {this.reporting_authority.name}, {this.reported_at}"),
        ("Application", "{this.duration_months} months from {this.submitted_on}"),
    ],
)
def test_single_values_that_are_there_can_be_named(each: str, message: str) -> None:
    check_message(message, Scope(STANDARD, each, {}), PROVEN)


@pytest.mark.parametrize(
    ("each", "marked", "repair"),
    [
        ("Party", "It ends on {this.¬valid_from}.", "when"),
        ("Item", "It costs {this.¬unit_value.amount}.", "when"),
        ("Party", "Its roles are ¬{this.roles}.", "single"),
        ("Item", "It costs ¬{this.value}.", "single"),
        ("Party", "The key {this.¬kee}.", "'key'"),
        ("DataHandling", "{this.¬personal_data}", "when"),
        ("Party", "¬{key}", "{this.slot}"),
        ("Party", "¬{}", "{this.slot}"),
        ("Party", "¬{report.report_id}", "{this.slot}"),
        ("Party", "¬{this}", "{this.slot}"),
        ("Party", "¬{this.key!r}", "{this.slot}"),
        ("Party", "¬{ this.key }", "{this.slot}"),
        ("Party", "a ¬{ that is not closed", "{this.slot}"),
        ("Party", "a ¬} that was not opened", "{this.slot}"),
        ("Party", "{this.key.¬upper}", "only objects"),
    ],
)
def test_other_places_are_refused(each: str, marked: str, repair: str) -> None:
    assert_refused(lambda message: check_message(message, Scope(STANDARD, each, {}), PROVEN), marked, repair)


def test_yes_or_no_is_no_part_of_a_sentence() -> None:
    proven = frozenset({"this.personal_data"})
    scope = Scope(STANDARD, "DataHandling", {})
    assert_refused(lambda message: check_message(message, scope, proven), "is it ¬{this.personal_data}?", "single")


def test_the_entry_that_is_wrong_can_be_named_where_there_is_one() -> None:
    scope = Scope(STANDARD, "Decision", {})
    check_message('The party "{entry}" is unknown.', scope, PROVEN, TEXT)
    assert_refused(lambda message: check_message(message, scope, PROVEN), "The party ¬{entry}", "all")
    inner = Type("object", of="Appeal")
    assert_refused(lambda message: check_message(message, scope, PROVEN, inner), "The appeal ¬{entry}", "leave it out")
