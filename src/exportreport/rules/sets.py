"""The compiled rules: one generated module for the standard's own rules, and one for each profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

#: The name of the set of the standard's own rules.
BASE = "base"

#: What failed: the number of the rule in its set, the object, and what broke the rule if anything did.
Failure = tuple[int, dict[str, Any], Exception | None]


class RuleSet(NamedTuple):
    """Rules that are run together.

    ``check(message, kind, as_of, counters, failures)`` appends what failed and counts; ``applies(report, as_of)`` says
    whether the set is meant for a report. ``rows`` hold of each rule its code and its counters: of the objects of its
    class, of those in its group, and of those in the group that it does not apply to. ``possible`` are the rules that
    a message of each kind can have objects for. ``entries`` give, for the numbers of rules about each entry of a list,
    the entries of an object that make the rule fail; each takes the object and what is remembered of the message
    (`memory`). ``kept`` says of kinds of messages that carry others what the rules read of each of these; None where it
    is more than can be kept of many.
    """

    name: str
    check: Callable[[dict[str, Any], str, str, list[int], list[Failure]], None]
    applies: Callable[[dict[str, Any], str], bool]
    rows: tuple[tuple[str, int, int, int | None], ...]
    counters: int
    possible: Mapping[str, tuple[int, ...]]
    entries: Mapping[int, Callable[[dict[str, Any], list[Any]], Iterable[Any]]]
    remembered: tuple[None, ...]
    kept: Mapping[str, tuple[str, ...] | None]

    def memory(self, message: dict[str, Any], as_of: str) -> list[Any]:
        """What ``entries`` remember of ``message``, judged for the day ``as_of``: nothing yet."""
        return [message, as_of, *self.remembered]


@cache
def rule_set(name: str) -> RuleSet:
    """The set called ``name``: `BASE` or the id of a profile that exists."""
    made = import_module(f"exportreport.artifacts.evaluation.{name}")
    rows, counters, possible = made.RULES, made.COUNTERS, made.POSSIBLE
    return RuleSet(name, made.check, made.applies, rows, counters, possible, made.ENTRIES, made.MEMORY, made.KEPT)
