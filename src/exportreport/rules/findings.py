"""From failures to findings: where the object is, in which words, how grave, and what it follows from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

from exportreport.finding import Finding, Path, Severity, make, shown
from exportreport.rules.catalogue import Profile, Rule, rules
from exportreport.rules.faults import BROKE
from exportreport.rules.sets import Failure, RuleSet

#: From gravest to mildest.
_GRAVITY = list(Severity)

_GAP = re.compile(r"\{([a-z_.]+)\}")


class Context(NamedTuple):
    """The message of the failures, where it stands in its document, and under which day and profiles it was judged."""

    message: dict[str, Any]
    kind: str
    place: Path
    day: str
    profiles: Sequence[Profile]


def findings_of(failed: Sequence[tuple[RuleSet, Sequence[Failure]]], context: Context) -> list[Finding]:
    """The findings that the failures of some sets of rules come to."""
    paths: dict[int, Path] = {}
    _locate(context.message, context.place, {id(value) for _, failures in failed for _, value, _ in failures}, paths)
    words = rules()
    made = [
        _finding(words[rule_set.rows[number][0]], value, cause, paths[id(value)], context)
        for rule_set, failures in failed
        for number, value, cause in failures
    ]
    return list(_explained(made, words))


def _locate(value: Any, path: Path, wanted: Set[int], found: dict[int, Path]) -> None:
    """Put the places of the objects in ``value`` whose identities are ``wanted`` into ``found``."""
    if id(value) in wanted:
        found[id(value)] = path
    if len(found) == len(wanted):
        return
    if isinstance(value, dict):
        for name, member in value.items():
            if isinstance(member, dict | list):
                _locate(member, (*path, name), wanted, found)
    else:
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                _locate(entry, (*path, index), wanted, found)


def _finding(
    rule: Rule, value: dict[str, Any], cause: Exception | None, path: Path, context: Context
) -> tuple[Path, Finding]:
    """The finding that ``rule`` gives of the object ``value`` at ``path``, with that path."""
    if cause is not None:
        return path, make(BROKE, path, rule=rule.code, cause=type(cause).__name__)
    found = value.get(rule.at) if rule.at else None
    place = (*path, rule.at) if rule.at and found is not None else path
    owner = context.kind if value is context.message else rule.each
    finding = Finding(
        rule.code,
        _severity(rule, context.profiles),
        _GAP.sub(lambda gap: _filled(gap[1], value, context.day), rule.message),
        place,
        value=_text(found) if isinstance(found, str | int) else None,
        model_path=f"{owner}.{rule.at}" if rule.at else owner,
    )
    return path, finding


def _severity(rule: Rule, profiles: Sequence[Profile]) -> Severity:
    asked = (profile.raises[rule.code] for profile in profiles if rule.code in profile.raises)
    return min((rule.severity, *asked), key=_GRAVITY.index)


def _filled(name: str, value: dict[str, Any], day: str) -> str:
    """What the place ``name`` of a message stands for: the day, or the value of a path that begins with ``this``."""
    if name == "as_of":
        return day
    found: Any = value
    for step in name.split(".")[1:]:
        found = found[step]
    return shown(_text(found))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _explained(made: Sequence[tuple[Path, Finding]], words: Any) -> Iterator[Finding]:
    """The findings, with the code of the one that each follows from: on the same object or on one that holds it."""
    found: dict[str, set[Path]] = defaultdict(set)
    for path, finding in made:
        found[finding.finding_code].add(path)
    for path, finding in made:
        follows = words[finding.finding_code].follows if finding.finding_code in words else ()
        cause = next((code for code in follows if _holds(found.get(code), path)), None)
        yield finding._replace(caused_by=cause) if cause else finding


def _holds(places: set[Path] | None, path: Path) -> bool:
    return places is not None and any(path[:length] in places for length in range(len(path) + 1))
