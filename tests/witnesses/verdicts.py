"""What a witness says of a document, and where two of them disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

#: For each code of a rule and pointer of an object "pass", or "fail" and the pointer of what the finding points at.
#: Where the rule does not apply to the object there is nothing.
Verdict = dict[tuple[str, str], tuple[str, ...]]

#: For each code of a rule where its findings point, and how many objects pass: what the generated Python tells.
Summary = dict[str, tuple[tuple[str, ...], int]]

Judge = Callable[[dict[str, Any]], Verdict]

PASS = ("pass",)


def status(verdict: Verdict, code: str, pointer: str) -> str:
    """How the rule ended for the object."""
    return verdict.get((code, pointer), ("not_applicable",))[0]


def differing(one: Verdict, other: Verdict) -> list[tuple[str, str]]:
    """The rules and objects on which two verdicts differ, in status or in what they point at."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def summary(verdict: Verdict) -> Summary:
    """The verdict as findings and counts."""
    failed: dict[str, list[str]] = defaultdict(list)
    passed: dict[str, int] = defaultdict(int)
    for (code, _), said in verdict.items():
        if said == PASS:
            passed[code] += 1
        else:
            failed[code].append(said[1])
    return {code: (tuple(sorted(failed[code])), passed[code]) for code in failed.keys() | passed.keys()}
