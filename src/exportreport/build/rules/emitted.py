"""What a rule is to its emitter: where it looks, when it applies, what it demands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exportreport.build.cel.tree import Node
from exportreport.standard import Slot, Standard


@dataclass(frozen=True, slots=True)
class EmittedRule:
    """A rule with typed expressions; ``each`` names the class or kind of the objects that it is about.

    ``at`` is the slot that its findings point to.
    """

    code: str
    each: str
    when: Node | None
    demands: Node
    at: str | None = None


def visited(standard: Standard, rules: Iterable[EmittedRule]) -> set[str]:
    """The classes that have rules, or that hold objects that have."""
    found = {rule.each for rule in rules}
    before: set[str] = set()
    while found != before:
        before = set(found)
        found |= {name for name in standard.classes if any(slot.range in before for slot in held(standard, name))}
        found |= {name for name in standard.classes if not before.isdisjoint(standard.lineage(name))}
    return found


def held(standard: Standard, name: str) -> Iterator[Slot]:
    """The slots of the class ``name`` that hold objects of the same message."""
    return (s for s in standard.classes[name].slots if s.kind == "class" and not standard.classes[s.range].abstract)


def within(standard: Standard, kind: str) -> set[str]:
    """The classes of which a message of ``kind`` can hold objects, its own and its ancestors among them."""
    found: set[str] = set()
    waiting = list(standard.lineage(kind))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(slot.range for slot in held(standard, name))
    return found
