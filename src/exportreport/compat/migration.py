"""What became of the codes of rules: which are deprecated, and which are gone and what to go by instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

Record = Mapping[str, Any]

#: Renamed: the other rule demands the same of the same objects. Merged: it takes the place of several. Replaced: it
#: takes the place of this one, and demands something else. Retired: nothing takes its place. Deprecated: still run.
Fate = Literal["renamed", "merged", "replaced", "retired", "deprecated"]

_DEMANDS = ("each", "when", "assert")


class Moved(NamedTuple):
    """What became of the rule ``code``, since which version, and the code to go by ``instead``, if any."""

    code: str
    title: str
    fate: Fate
    since: str
    instead: str | None

    def record(self) -> dict[str, str]:
        """The row as members of JSON."""
        return {name: value for name, value in self._asdict().items() if value is not None}


def moved(rules: Iterable[Record]) -> Iterator[Moved]:
    """What became of those of the ``rules``, as published, that are deprecated or withdrawn; in their order."""
    known = {rule["code"]: rule for rule in rules}
    heirs = Counter(rule["replaced_by"] for rule in known.values() if "replaced_by" in rule)
    for code, rule in known.items():
        since = rule.get("withdrawn") or rule.get("deprecated")
        if since is not None:
            yield Moved(code, rule["title"], _fate(rule, known, heirs), since, rule.get("replaced_by"))


def _fate(rule: Record, known: Mapping[str, Record], heirs: Counter[str]) -> Fate:
    if "withdrawn" not in rule:
        return "deprecated"
    instead = rule.get("replaced_by")
    if instead is None:
        return "retired"
    if heirs[instead] > 1:
        return "merged"
    is_same = all(rule.get(name) == known[instead].get(name) for name in _DEMANDS)
    return "renamed" if is_same else "replaced"


_HEAD = """# Codes of rules that changed

A code is never given again. A rule that is to go is first *deprecated* (it still runs), then withdrawn: *renamed* where
another code demands the same, *merged* where one rule takes the place of several, *replaced* where the other demands
something else, *retired* where nothing takes its place. This page is made from `deprecated`, `withdrawn` and
`replaced_by` in `schema/rules/`; `make golden` writes it, and `exportreport rules moved --format json` gives the same
to programs.
"""


def page(rules: Iterable[Record]) -> str:
    """The table of all codes that changed, in Markdown."""
    rows = [f"| {m.code} | {m.title} | {m.fate} | {m.since} | {m.instead or ''} |" for m in moved(rules)]
    if not rows:
        return f"{_HEAD}\nNo code has changed yet.\n"
    table = ["| code | title | what became of it | since | go by |", "|---|---|---|---|---|", *rows]
    return "\n".join([_HEAD, *table]) + "\n"
