"""Rules and inner objects of one class, grouped by the slots that must be there before any of them is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exportreport.build.cel.logic import conditions, joined, opposite
from exportreport.build.cel.tree import Has, Name, Node
from exportreport.build.rules.emitted import EmittedRule
from exportreport.standard import Slot


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule where its Python stands: it applies where ``when`` holds as well, and fails where ``fails`` does.

    ``applies_in`` is the group whose objects it applies to; the rule stands in it, or further inside.
    """

    rule: EmittedRule
    number: int
    when: Node | None
    fails: Node | None
    applies_in: Group


@dataclass(slots=True)
class Group:
    """What is looked at where the slots on the way to it are there."""

    inner: dict[str, Group] = field(default_factory=dict)
    rules: list[Placed] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    counter: int | None = None

    def at(self, slots: Iterable[str]) -> Group:
        """The group inside this one for ``slots``."""
        group = self
        for slot in slots:
            group = group.inner.setdefault(slot, Group())
        return group

    def all(self) -> Iterator[Group]:
        """This group and all inside it."""
        yield self
        for group in self.inner.values():
            yield from group.all()


def grouped(rules: Iterable[tuple[int, EmittedRule]], slots: Iterable[Slot]) -> Group:
    """The ``rules`` with their numbers, and the ``slots`` that hold objects to be visited, in groups."""
    numbered = list(rules)
    asked = Counter(slot for _, rule in numbered for slot in _asked(rule.when)[0])
    root = Group()
    for slot in slots:
        (root if slot.required else root.at([slot.name])).slots.append(slot)
    for number, rule in numbered:
        _place(rule, number, root, asked)
    return root


def _place(rule: EmittedRule, number: int, root: Group, asked: Counter[str]) -> None:
    order = sorted(_asked(rule.when)[0], key=lambda slot: (-asked[slot], slot))
    when = _asked(rule.when)[1]
    group = root.at(order)
    fails = opposite(rule.demands)
    if when is None:
        further, rest = _asked(fails)
        inside = group.at(sorted(further - set(order)))
        inside.rules.append(Placed(rule, number, None, rest, group))
    else:
        group.rules.append(Placed(rule, number, when, fails, group))


def _asked(node: Node | None) -> tuple[set[str], Node | None]:
    """The slots of ``this`` that ``node`` demands, and what else it demands."""
    slots, rest = set(), []
    for condition in conditions(node) if node else ():
        slot = _slot(condition)
        if slot is None:
            rest.append(condition)
        else:
            slots.add(slot)
    return slots, joined(rest)


def _slot(node: Node) -> str | None:
    if isinstance(node, Has) and isinstance(node.field.of, Name) and node.field.of.name == "this":
        return node.field.slot
    return None
