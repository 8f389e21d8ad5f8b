"""What differs between two sets of code lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from exportreport.compat.change import Difference, Differences
from exportreport.compat.edition import Records

Body = Mapping[str, Any]
#: First and last day, inclusive, as texts in the order of days.
Period = tuple[str, str]

_COMPLETE = ("complete_from", "complete_to", "depth", "partial")
_WORDS = ("title", "agency", "edition", "source", "license", "note")
_CODE_WORDS = ("title", "note")
_DATES = ("valid_from", "valid_to")
_ALWAYS = ("0000-01-01", "9999-12-31")


def list_differences(before: Records, after: Records) -> Differences:
    """What differs between the code lists of two editions."""
    for name in sorted({*before, *after}):
        if name not in after:
            yield Difference("list.removed", f"list {name}", name)
        elif name not in before:
            yield Difference("list.added", f"list {name}", None, name)
        else:
            yield from _list(name, before[name], after[name])


def _list(name: str, old: Body, new: Body) -> Differences:
    element = f"list {name}"
    if old["open"] != new["open"]:
        yield Difference("list.opened" if new["open"] else "list.closed", element)
    for kind, members in (("list.complete", _COMPLETE), ("list.words", _WORDS)):
        other = [member for member in members if old.get(member) != new.get(member)]
        if other:
            yield Difference(kind, element, {m: old.get(m) for m in other}, {m: new.get(m) for m in other})
    judges = not (new["open"] or new.get("partial"))
    before, after = _entries(old), _entries(new)
    for code in sorted({*before, *after}):
        yield from _code(f"code {name}/{code}", before.get(code), after.get(code), judges)


def _entries(one: Body) -> dict[str, list[Body]]:
    found: dict[str, list[Body]] = defaultdict(list)
    for entry in one["codes"]:
        found[entry["code"]].append(entry)
    return dict(found)


def _code(element: str, old: Sequence[Body] | None, new: Sequence[Body] | None, judges: bool) -> Differences:
    if new is None:
        yield Difference("code.removed" if judges else "code.removed.open", element, _titles(old))
    elif old is None:
        yield Difference("code.added", element, None, _titles(new))
    else:
        yield from _kept(element, old, new)


def _titles(entries: Sequence[Body] | None) -> str:
    return "; ".join(entry.get("title", entry["code"]) for entry in entries or ())


def _kept(element: str, old: Sequence[Body], new: Sequence[Body]) -> Differences:
    spans = _periods(old), _periods(new)
    if spans[0] != spans[1]:
        yield Difference(_validity(*spans), element, *(" and ".join(map(_span, one)) for one in spans))
    sides: list[tuple[str, tuple[str, ...]]] = [("code.replaced", ("replaced_by",)), ("code.words", _CODE_WORDS)]
    own = sorted({m for entry in (*old, *new) for m in entry} - {"code", "replaced_by", *_CODE_WORDS, *_DATES})
    for kind, members in (*sides, ("code.meaning", tuple(own))):
        before, after = _members(old, members), _members(new, members)
        if before != after:
            yield Difference(kind, element, before, after)


def _members(entries: Sequence[Body], members: Sequence[str]) -> Any:
    found = [{m: entry[m] for m in members if m in entry} for entry in entries]
    return found[0] if len(found) == 1 else found


def _periods(entries: Sequence[Body]) -> list[Period]:
    return sorted((e.get("valid_from") or _ALWAYS[0], e.get("valid_to") or _ALWAYS[1]) for e in entries)


def _span(period: Period) -> str:
    first, last = (day if day not in _ALWAYS else "" for day in period)
    return f"{first or 'always'} to {last or 'now'}"


def _validity(old: list[Period], new: list[Period]) -> str:
    """Ended, where the code only stops being valid that had no end; else narrower, or wider."""
    if all(any(a <= first and last <= b for a, b in new) for first, last in old):
        return "code.validity.widened"
    firsts = [first for first, _ in old], [first for first, _ in new]
    endless = old[-1][1] == _ALWAYS[1] and new[-1][1] != _ALWAYS[1]
    return "code.ended" if endless and firsts[0] == firsts[1] else "code.validity.narrowed"
