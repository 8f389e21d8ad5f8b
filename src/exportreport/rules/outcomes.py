"""How often each rule passed, failed, did not apply, was not run, or broke, counted while documents go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from exportreport.rules.membership import Counts
from exportreport.rules.sets import RuleSet


class RuleOutcome(NamedTuple):
    """How often one rule came to each end, over the objects that it is about.

    What was *not run* is counted once for each message that could not be judged: how many objects it would have had
    is not known.
    """

    passed: int = 0
    failed: int = 0
    not_applicable: int = 0
    not_run: int = 0
    broke: int = 0


class SetOutcomes:
    """The outcomes of one set of rules. ``counters`` is what the set itself counts in."""

    __slots__ = ("broke", "counters", "failed", "not_run", "rule_set", "set_aside")

    def __init__(self, rules: RuleSet) -> None:
        self.rule_set, self.counters = rules, [0] * rules.counters
        self.failed: Counter[int] = Counter()
        self.broke: Counter[int] = Counter()
        self.not_run: Counter[str] = Counter()
        self.set_aside: Counter[str] = Counter()

    def add(self, other: SetOutcomes) -> None:
        """Count what ``other`` counted as well."""
        self.counters = [one + more for one, more in zip(self.counters, other.counters, strict=True)]
        for name in _TALLIES:
            getattr(self, name).update(getattr(other, name))

    def rules(self) -> Iterator[tuple[str, RuleOutcome]]:
        """Each rule's code and outcomes."""
        rules = self.rule_set
        not_run, set_aside = _of_rules(self.not_run, rules), _of_rules(self.set_aside, rules)
        for number, (code, objects, group, excepted) in enumerate(rules.rows):
            applied = self.counters[group] - (self.counters[excepted] if excepted is not None else 0)
            failed, broke = self.failed[number], self.broke[number]
            inapplicable = self.counters[objects] - applied + set_aside[number]
            yield code, RuleOutcome(applied - failed - broke, failed, inapplicable, not_run[number], broke)


def _of_rules(messages: Mapping[str, int], rules: RuleSet) -> Counter[int]:
    """How many of ``messages``, counted by kind, each rule could have been about."""
    found: Counter[int] = Counter()
    for kind, count in messages.items():
        found.update(dict.fromkeys(rules.possible[kind], count))
    return found


#: The counters of `SetOutcomes` that are kept by number or by kind.
_TALLIES = ("failed", "broke", "not_run", "set_aside")


class Outcomes:
    """The outcomes of all rules of a run, filled in place; those of several runs can be added.

    ``codes`` are the counts of codes that were looked up in their lists.
    """

    __slots__ = ("_sets", "codes")

    def __init__(self) -> None:
        self._sets: dict[str, SetOutcomes] = {}
        self.codes = Counts()

    def of(self, rules: RuleSet) -> SetOutcomes:
        """Where the outcomes of ``rules`` are counted."""
        found = self._sets.get(rules.name)
        if found is None:
            found = self._sets[rules.name] = SetOutcomes(rules)
        return found

    def merge(self, other: Outcomes) -> None:
        """Count what ``other`` counted as well."""
        for outcomes in other._sets.values():
            self.of(outcomes.rule_set).add(outcomes)
        self.codes.add(other.codes)

    def state(self) -> list[Any]:
        """All counts as plain values, from which `from_state` makes the same outcomes."""
        sets = {
            name: [of.counters, *(list(getattr(of, tally).items()) for tally in _TALLIES)]
            for name, of in self._sets.items()
        }
        return [sets, self.codes.seen, self.codes.unchecked, self.codes.failed]

    @classmethod
    def from_state(cls, state: list[Any], rule_set: Callable[[str], RuleSet]) -> Outcomes:
        """The outcomes that ``state`` says, of sets that ``rule_set`` gives by their names."""
        sets, *codes = state
        outcomes = cls()
        for name, (counters, *tallies) in sets.items():
            of = outcomes.of(rule_set(name))
            of.counters = counters
            for tally, pairs in zip(_TALLIES, tallies, strict=True):
                getattr(of, tally).update(dict(pairs))
        outcomes.codes = Counts(*codes)
        return outcomes

    def rules(self) -> dict[str, RuleOutcome]:
        """The outcomes of each rule of the sets that were used, by code."""
        said = dict(pair for outcomes in self._sets.values() for pair in outcomes.rules())
        return said | {code: RuleOutcome(*counts) for code, counts in self.codes.outcomes().items()}
