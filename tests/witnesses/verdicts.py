"""What a witness says of a document, and where two of them disagree."""

from __future__ import annotations

#: For each code of a rule and pointer of an object "pass", or "fail" and the pointer of what the finding points at.
#: Where the rule does not apply to the object there is nothing.
Verdict = dict[tuple[str, str], tuple[str, ...]]

PASS = ("pass",)


def status(verdict: Verdict, code: str, pointer: str) -> str:
    """How the rule ended for the object."""
    return verdict.get((code, pointer), ("not_applicable",))[0]


def differing(one: Verdict, other: Verdict) -> list[tuple[str, str]]:
    """The rules and objects on which two verdicts differ, in status or in what they point at."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
