"""Mutations that only rules refuse: references to what is not there, and keys that two have."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from tests.corpus.case import Case, Maker, token
from tests.corpus.references import KEYS, REFERENCES
from tests.corpus.source import Expected, List, Member, Mutation, Place, Text


def dangling(case: Case) -> Iterator[Mutation]:
    """A reference to a party, item, document or decision that is not in the report."""
    slot = case.slot
    base = case.alone(slot.name)
    node = token("4711") if slot.range == "Integer" else Text("nobody")
    base.member(slot.name).value = List([node], wrapped=False) if slot.many else node
    code, pointer = REFERENCES[case.body.name, slot.name], f"{base.pointer}/{slot.name}" + ("/0" if slot.many else "")
    expected = Expected(code, pointer, Place(node))
    if case.body.name == "Appeal":  # its rule is one about the entries of a list of the whole report
        expected = Expected(code, base.pointer, Place(base.target))
    yield case.by_rule("refers to nothing", base.root, expected)


def shared(case: Case) -> Iterator[Mutation]:
    """An entry with the key of the one before it."""
    slot = case.slot
    base, other = case.alone(slot.name), case.alone(slot.name)
    assert base.holder is not None
    entries = base.holder.value
    assert isinstance(entries, List)
    again = Member(slot.name, copy(base.member(slot.name).value))
    other.target.members[other.target.members.index(other.member(slot.name))] = again
    entries.entries.append(other.target)
    code = KEYS[case.body.name, slot.name]
    expected = Expected(code, f"{base.pointer}/{slot.name}", Place(base.member(slot.name)))
    yield case.by_rule("has the key of another", base.root, expected)


MAKERS: dict[str, Maker] = {"reference": dangling, "own key": shared}
