"""From failures to findings: where the object is, in which words, how grave, and what it follows from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from exportreport.finding import Finding, Path, Severity, make, shown
from exportreport.pattern import pattern
from exportreport.rules.catalogue import Profile, Rule, rules
from exportreport.rules.faults import BROKE
from exportreport.rules.sets import Failure, RuleSet

#: From gravest to mildest.
_GRAVITY = list(Severity)

_GAP = pattern(r"\{([a-z_.]+)\}")


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
        (paths[id(value)], finding)
        for rule_set, failures in failed
        for rule, value, cause, entries in _with_entries(rule_set, failures, words, context)
        for finding in _findings(rule, value, cause, paths[id(value)], entries, context)
    ]
    return list(_explained(made, words))


def _with_entries(
    rule_set: RuleSet, failures: Sequence[Failure], words: Mapping[str, Rule], context: Context
) -> Iterator[tuple[Rule, dict[str, Any], Exception | None, Sequence[Any]]]:
    """The failures, each with the entries that make the rule fail where it is about each entry of a list."""
    memory = rule_set.memory(context.message, context.day)
    for number, value, cause in failures:
        rule = words[rule_set.rows[number][0]]
        entries = rule_set.entries.get(number) if cause is None and rule.at in value else None
        yield rule, value, cause, tuple(entries(value, memory)) if entries else ()


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


def _findings(
    rule: Rule, value: dict[str, Any], cause: Exception | None, path: Path, entries: Sequence[Any], context: Context
) -> Iterator[Finding]:
    """The findings that ``rule`` gives of the object ``value`` at ``path``: one, or one for each of ``entries``."""
    if cause is not None:
        yield make(BROKE, path, rule=rule.code, cause=type(cause).__name__)
        return
    owner = context.kind if value is context.message else rule.each
    for place, found in _pointed_to(rule, value, path, entries):
        yield Finding(
            rule.code,
            _severity(rule, context.profiles),
            _worded(rule.message, value, found, context.day),
            place,
            value=_text(found) if isinstance(found, str | int) else None,
            model_path=f"{owner}.{rule.at}" if rule.at else owner,
        )


def _pointed_to(rule: Rule, value: dict[str, Any], path: Path, entries: Sequence[Any]) -> Iterator[tuple[Path, Any]]:
    """What the findings of ``rule`` point to: each of ``entries``, else the slot it names, else the object."""
    found = value.get(rule.at) if rule.at else None
    if rule.at is None or found is None:
        yield path, None
    elif entries:
        wanted = {_identity(entry) for entry in entries}
        yield from (((*path, rule.at, i), entry) for i, entry in enumerate(found) if _identity(entry) in wanted)
    else:
        yield (*path, rule.at), found


def _identity(entry: Any) -> Any:
    """By what an entry is told from the others of its list: an object by itself, a single value by its text."""
    return id(entry) if isinstance(entry, dict) else entry


def _severity(rule: Rule, profiles: Sequence[Profile]) -> Severity:
    asked = (profile.raises[rule.code] for profile in profiles if rule.code in profile.raises)
    return min((rule.severity, *asked), key=_GRAVITY.index)


def _worded(message: str, value: dict[str, Any], entry: Any, day: str) -> str:
    return _GAP.sub(lambda gap: _filled(gap[1], value, entry, day), message)


def _filled(name: str, value: dict[str, Any], entry: Any, day: str) -> str:
    """What the place ``name`` of a message stands for: the day, the entry, or a value on a path from ``this``."""
    if name == "as_of":
        return day
    if name == "entry":
        return shown(_text(entry))
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
