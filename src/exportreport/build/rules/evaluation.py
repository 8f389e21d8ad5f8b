"""The generated modules that check rules: one for the standard's own, one for each profile's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportreport.build.rules.emitted import EmittedRule
from exportreport.build.rules.python import module
from exportreport.build.rules.records import STANDARD_LAYER, RuleSource
from exportreport.build.rules.sources import Sources
from exportreport.standard import Standard

#: The set of rules that always run.
BASE = "base"


def modules(standard: Standard, sources: Sources, note: str) -> Iterator[tuple[str, bytes]]:
    """The paths of the modules under the artifacts' folder, and their contents."""
    yield "__init__.py", f'"""{note}"""\n'.encode()
    yield "evaluation/__init__.py", f'"""{note}"""\n'.encode()
    base = (rule for rule in sources.rules if rule.layer == STANDARD_LAYER)
    yield f"evaluation/{BASE}.py", module(standard, emitted(base), note).encode()
    for profile in sources.profiles:
        own = (rule for rule in sources.rules if rule.code in profile.rules)
        yield f"evaluation/{profile.id}.py", module(standard, emitted(own), note, profile.condition).encode()


def emitted(rules: Iterable[RuleSource]) -> list[EmittedRule]:
    """What the emitter needs of ``rules``; those withdrawn are left out."""
    return [
        EmittedRule(r.code, r.each, r.checked.when, r.checked.assertion, r.at) for r in rules if r.withdrawn is None
    ]
