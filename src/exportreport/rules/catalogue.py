"""The words of the rules and profiles: read when there is a finding, a profile, or somebody who asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from exportreport import artifact
from exportreport.finding import Fault, Severity


class Rule(NamedTuple):
    """A rule as it is published: what is demanded of each object of the class or kind ``each``, and its words.

    ``at`` is the slot that a finding points to. ``follows`` names the rules whose finding on the same object, or on one
    that holds it, explains this one's. ``profile`` is the profile that adds the rule, None for the standard's own.
    """

    code: str
    title: str
    severity: Severity
    since: str
    each: str
    message: str
    reason: str
    resolution: str
    at: str | None = None
    basis: tuple[str, ...] = ()
    note: str | None = None
    follows: tuple[str, ...] = ()
    profile: str | None = None

    @property
    def fault(self) -> Fault:
        """The words of the rule in the form that all kinds of findings have."""
        words = (self.title, self.message, self.reason, self.resolution)
        return Fault(self.code, self.severity, *words, basis=self.basis, note=self.note)


class Profile(NamedTuple):
    """A named set of rules. ``raises`` are the severities that it gives to rules, never milder than their own."""

    id: str
    title: str
    rules: tuple[str, ...]
    raises: Mapping[str, Severity] = MappingProxyType({})
    valid_from: str | None = None
    valid_until: str | None = None

    def covers(self, day: str) -> bool:
        """Whether the profile is in force on ``day``."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by code."""
    added_by = {code: profile.id for profile in profiles().values() for code in profile.rules}
    return {body["code"]: _rule(body, added_by.get(body["code"])) for body in records("rules")}


@cache
def profiles() -> Mapping[str, Profile]:
    """All profiles by id."""
    return {body["id"]: _profile(body) for body in records("profiles")}


def records(name: Literal["rules", "profiles"]) -> list[dict[str, Any]]:
    """The rules or the profiles as they are published: what their authors wrote, in the order of the codes or ids."""
    import orjson

    data = artifact.read("rules", f"{name}.json")
    found: list[dict[str, Any]] = orjson.loads(data)[name]
    return found


def _rule(body: Mapping[str, Any], profile: str | None) -> Rule:
    kept: dict[str, Any] = {name: body[name] for name in _TEXTS if name in body}
    kept |= {name: tuple(body.get(name, ())) for name in ("basis", "follows")}
    return Rule(**kept, severity=Severity(body["severity"]), profile=profile)


_TEXTS = ("code", "title", "since", "each", "message", "reason", "resolution", "at", "note")


def _profile(body: Mapping[str, Any]) -> Profile:
    raises = {code: Severity(severity) for code, severity in body.get("raises", {}).items()}
    days = (body.get("valid_from"), body.get("valid_until"))
    return Profile(body["id"], body["title"], tuple(body["rules"]), raises, *days)
