"""Rules written in a test, as the module that the build makes of them, and what it says of a message."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from exportreport.build.cel.check import check_condition, check_rule
from exportreport.build.rules.emitted import EmittedRule
from exportreport.build.rules.python import module
from exportreport.standard import Standard

AS_OF = "2026-01-15"


def emitted(standard: Standard, *rules: tuple[str, str, str | None, str], applies: str | None = None) -> ModuleType:
    """The module of ``rules``: code, class, when, assert."""
    checked = []
    for code, each, when, demands in rules:
        trees = check_rule(standard, each, when, demands)
        checked.append(EmittedRule(code, each, trees.when, trees.assertion))
    condition = check_condition(standard, applies) if applies else None
    made = ModuleType("emitted")
    exec(module(standard, checked, "Made by a test", condition), made.__dict__)
    return made


def judged(made: ModuleType, message: dict[str, Any], as_of: str = AS_OF) -> tuple[list[Any], list[int]]:
    """What failed (number of the rule, object, what broke it), and the counters."""
    bad: list[Any] = []
    counters = [0] * made.COUNTERS
    made.check(message, message["report_type"], as_of, counters, bad)
    return bad, counters


def failing(made: ModuleType, message: dict[str, Any], as_of: str = AS_OF) -> list[Any]:
    """The objects that fail; raises what broke a rule."""
    bad, _ = judged(made, message, as_of)
    for _, _, broke in bad:
        if broke is not None:
            raise broke
    return [this for _, this, _ in bad]


def filing(**members: Any) -> dict[str, Any]:
    """A license filing with these members, and as little else as there may be."""
    return {
        "report_type": "LicenseFiling",
        "schema_version": "1.0",
        "report_id": "R-1",
        "reported_at": "2026-01-15T09:00:00Z",
        "revision": 1,
        "reporting_state": "NL",
        "reporting_authority": {"name": "Authority"},
        "handling": {"sensitivity": "public"},
        **members,
    }
