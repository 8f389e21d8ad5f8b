"""The rules as published, read from the artifacts and from nothing else of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ARTIFACTS = Path(__file__).resolve().parents[2] / "src" / "exportreport" / "artifacts"


@dataclass(frozen=True)
class Rule:
    """A rule and, if it is a profile's, when the profile applies."""

    code: str
    each: str
    demand: str
    when: str | None = None
    at: str | None = None
    applies: str | None = None
    profile: str | None = None
    first: str = ""
    last: str = "9999"

    def conditions(self) -> Iterator[str]:
        """What must hold before the rule applies, in this order."""
        yield from (one for one in (self.applies, self.when) if one is not None)


def read(*names: str) -> Any:
    """An artifact."""
    return json.loads(ARTIFACTS.joinpath(*names).read_text(encoding="utf-8"))


def signatures() -> dict[str, str]:
    """The published functions, by name."""
    return {name: body["signature"] for name, body in read("rules", "functions.json")["functions"].items()}


@cache
def rules() -> tuple[Rule, ...]:
    """All published rules, those of the profiles with the profile's condition."""
    owners = {code: one for one in read("rules", "profiles.json")["profiles"] for code in one["rules"]}
    return tuple(_rule(record, owners.get(record["code"], {})) for record in read("rules", "rules.json")["rules"])


def _rule(record: dict[str, Any], profile: dict[str, Any]) -> Rule:
    return Rule(
        record["code"],
        record["each"],
        record["assert"],
        record.get("when"),
        record.get("at"),
        profile.get("applies"),
        profile.get("id"),
        profile.get("valid_from", ""),
        profile.get("valid_until", "9999"),
    )
