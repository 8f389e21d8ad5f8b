"""Over the whole corpus all judges agree, in both syntaxes, but for the differences on the list."""

from __future__ import annotations

import pytest

from tests.equivalence import java
from tests.equivalence.constructs import CONSTRUCTS
from tests.equivalence.differences import MOST, entries
from tests.equivalence.tally import Tally

#: How many messages of the corpus are shown where something is wrong with them.
_SHOWN = 20


def test_nobody_disagrees_but_as_listed(outcome: Tally) -> None:
    assert not outcome.unexplained, "\n".join(outcome.unexplained[:_SHOWN])


def test_every_constraint_of_the_model_is_broken(outcome: Tally, all_constraints: frozenset[str]) -> None:
    assert outcome.broken == all_constraints


def test_there_are_messages_enough(outcome: Tally) -> None:
    assert outcome.messages["broken"] >= 10_000
    assert outcome.messages["right"] >= 500
    assert min(outcome.heard[who] for who in ("jsonschema", "lxml", "xmlschema")) >= 10_000


def test_what_is_listed_is_so_whenever_it_can_be(outcome: Tally) -> None:
    assert not outcome.idle, "\n".join(outcome.idle[:_SHOWN])


def test_the_list_is_short_and_every_entry_is_seen(outcome: Tally) -> None:
    listed = entries()
    assert len(listed) <= MOST
    assert {entry.construct for entry in listed} == CONSTRUCTS.keys()
    heard = {*outcome.heard, "JSON", "XML"}
    assert {(e.construct, who) for e in listed for who in e.engines if who in heard} == outcome.known.keys()


def test_between_our_own_routes_only_the_sign_of_zero_differs(outcome: Tally) -> None:
    assert not [who for who in outcome.disagreements if who.startswith("our")]


def test_the_jvm_was_asked(outcome: Tally) -> None:
    if why := java.missing():
        pytest.skip(why)
    assert outcome.heard["JVM"] == outcome.heard["lxml"]
