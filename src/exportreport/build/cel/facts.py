"""What is known while an expression is read: names and their types, and which slots are proven to be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from exportreport.build.cel.tree import Node, Type

#: Paths of slots that are there, such as ``this.value.amount``.
Facts = frozenset[str]

NONE: Facts = frozenset()

#: In a path, stands for every entry of a list.
EVERY = "[*]"


@dataclass(frozen=True, slots=True)
class Known:
    """The names that may be used, each with its type and path, and the slots proven to be there."""

    names: Mapping[str, tuple[Type, str]]
    facts: Facts = NONE

    def given(self, facts: Facts) -> Known:
        """The same, where ``facts`` are proven, too."""
        return replace(self, facts=self.facts | facts)

    def within(self, variable: str, type_: Type, path: str, facts: Facts) -> Known:
        """The same inside a loop whose ``variable`` stands for ``path``."""
        return Known({**self.names, variable: (type_, path)}, self.facts | facts)


@dataclass(frozen=True, slots=True)
class Checked:
    """A typed expression, and what follows from its being true and from its being false.

    ``path`` is the place it reads, where it reads one. ``entries`` are the slots, such as ``.value``, that each entry
    of a list is proven to have.
    """

    node: Node
    true: Facts = NONE
    false: Facts = NONE
    path: str | None = None
    entries: Facts = NONE


def both(left: Checked, right: Checked) -> tuple[Facts, Facts]:
    """What follows from ``left && right`` being true and being false."""
    return left.true | right.true, left.false & (left.true | right.false)


def either(left: Checked, right: Checked) -> tuple[Facts, Facts]:
    """What follows from ``left || right`` being true and being false."""
    return left.true & (left.false | right.true), left.false | right.false


def chosen(test: Checked, yes: Checked, no: Checked) -> tuple[Facts, Facts]:
    """What follows from ``test ? yes : no`` being true and being false."""
    return (
        (test.true | yes.true) & (test.false | no.true),
        (test.true | yes.false) & (test.false | no.false),
    )


def of_entries(list_: Checked, facts: Facts) -> Facts:
    """The slots, such as ``.value``, that each entry of the list is proven to have."""
    if list_.path is None:
        return list_.entries
    start = list_.path + EVERY
    return list_.entries | {fact.removeprefix(start) for fact in facts if fact.startswith(start + ".")}


def about(path: str, facts: Facts) -> Facts:
    """Of ``facts`` those about slots of ``path``, without it: ``.value``."""
    return frozenset(fact.removeprefix(path) for fact in facts if fact.startswith(path + "."))


def under(path: str, slots: Facts) -> Facts:
    """The slots, such as ``.value``, as facts about ``path``."""
    return frozenset(path + slot for slot in slots)
