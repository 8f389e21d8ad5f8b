"""The rules and profiles as they are published, with their expressions and cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exportreport.artifact import read
from exportreport.rules.catalogue import records

#: A rule or a profile as its file gives it.
Record = Mapping[str, Any]


def artifact(name: str) -> bytes:
    """The bytes of the published file ``name``, such as ``rules/rules.json``."""
    return read(name)


def rules() -> dict[str, Record]:
    """All rules by code, in the order of the codes."""
    return {record["code"]: record for record in records("rules")}


def profiles() -> dict[str, Record]:
    """All profiles by id."""
    return {record["id"]: record for record in records("profiles")}


def profile_of(code: str, known: Mapping[str, Record]) -> Record | None:
    """The profile of ``known`` that adds the rule ``code``; None for a rule of the standard itself."""
    return next((profile for profile in known.values() if code in profile["rules"]), None)
