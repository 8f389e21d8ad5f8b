"""What differs between two catalogues of rules, and between their profiles and functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exportreport.compat.change import Difference, Differences
from exportreport.compat.edition import Edition, Records

Body = Mapping[str, Any]

#: Mildest first.
_SEVERITIES = ("info", "warning", "error")
_LAYER = "ER"
_EXPRESSIONS = ("each", "when", "assert")
_PLACE = ("at", "follows")
_WORDS = ("title", "reason", "resolution", "basis", "note", "cases")
_PROFILE_WORDS = ("title", "description", "jurisdiction", "since", "sample")


def catalogue_differences(old: Edition, new: Edition) -> Differences:
    """What differs between the rules, profiles and functions of two editions."""
    yield from _rules(old.rules, new.rules)
    yield from _profiles(old.profiles, new.profiles)
    yield from _functions(old.functions, new.functions)


def _rules(before: Records, after: Records) -> Differences:
    for code in sorted({*before, *after}):
        if code not in after:
            yield Difference("rule.removed", f"rule {code}", before[code]["severity"])
        elif code not in before:
            yield Difference(_added(code, after[code]), f"rule {code}", None, after[code]["severity"])
        else:
            yield from _rule(f"rule {code}", before[code], after[code])


def _added(code: str, body: Body) -> str:
    severity = body["severity"]
    if severity == "error" and not code.startswith(f"{_LAYER}-"):
        return "rule.added.profile"
    return f"rule.added.{severity if severity in _SEVERITIES else 'error'}"


def _rule(element: str, old: Body, new: Body) -> Differences:
    yield from _life(element, old, new)
    if old["severity"] != new["severity"]:
        yield Difference(_severity(old["severity"], new["severity"]), element, old["severity"], new["severity"])
    yield from _other("rule.expression", element, old, new, _EXPRESSIONS)
    yield from _other("rule.place", element, old, new, _PLACE)
    yield from _other("rule.since", element, old, new, ("since",))
    yield from _other("rule.message", element, old, new, ("message",))
    yield from _other("rule.words", element, old, new, _WORDS)


def _life(element: str, old: Body, new: Body) -> Differences:
    was, is_now = old.get("withdrawn"), new.get("withdrawn")
    if was is None and is_now is not None:
        yield Difference("rule.withdrawn", element, None, is_now)
    elif was is not None and is_now is None:
        yield Difference("rule.revived", element, was)
    yield from _other("rule.replaced", element, old, new, ("replaced_by",))
    yield from _other("rule.deprecated", element, old, new, ("deprecated",))


def _severity(old: str, new: str) -> str:
    if _SEVERITIES.index(new) < _SEVERITIES.index(old):
        return "rule.severity.lowered"
    return "rule.severity.error" if new == "error" else "rule.severity.raised"


def _other(kind: str, element: str, old: Body, new: Body, members: tuple[str, ...]) -> Differences:
    other = [name for name in members if old.get(name) != new.get(name)]
    if len(other) == 1 and other[0] != "cases":
        yield Difference(kind, element, old.get(other[0]), new.get(other[0]))
    elif other:
        yield Difference(kind, element, *({n: _short(body.get(n)) for n in other} for body in (old, new)))


def _short(value: Any) -> Any:
    """Cases are many: their number says enough."""
    return len(value) if isinstance(value, list) and value and isinstance(value[0], dict) else value


def _profiles(before: Records, after: Records) -> Differences:
    for name in sorted({*before, *after}):
        element = f"profile {name}"
        if name not in after:
            yield Difference("profile.removed", element, name)
        elif name not in before:
            yield Difference("profile.added", element, None, name)
        else:
            yield from _profile(element, before[name], after[name])


def _profile(element: str, old: Body, new: Body) -> Differences:
    yield from _other("profile.scope", element, old, new, ("applies",))
    yield from _other("profile.period", element, old, new, ("valid_from", "valid_until"))
    yield from _other("profile.raises", element, old, new, ("raises",))
    if set(old["rules"]) != set(new["rules"]):
        lost, won = (sorted(set(a) - set(b)) for a, b in ((old["rules"], new["rules"]), (new["rules"], old["rules"])))
        yield Difference("profile.rules", element, lost or None, won or None)
    yield from _other("profile.words", element, old, new, _PROFILE_WORDS)


def _functions(before: Records, after: Records) -> Differences:
    for name in sorted({*before, *after}):
        element = f"function {name}"
        if name not in after:
            yield Difference("function.removed", element, before[name]["signature"])
        elif name not in before:
            yield Difference("function.added", element, None, after[name]["signature"])
        else:
            yield from _other("function.changed", element, before[name], after[name], ("signature", "meaning"))
