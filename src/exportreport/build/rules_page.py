"""The pages of all rules, one for the standard's own and one for each profile, made from the published records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Record = Mapping[str, Any]

_NOTE = "This page is made from `schema/rules/` and `schema/profiles/`; `make golden` writes it."

_HEAD = f"""# Rules of the standard

What every report is held to beyond its structure: {{count}} rules. {_NOTE}

A rule looks at every object of one class. Where its condition is false it does not apply; where its demand is false
there is a finding. Both are [CEL](https://cel.dev); how other programs judge by them is in
[judging-elsewhere](../judging-elsewhere.md). That codes are on their lists is said by `ER-CL-001` to `ER-CL-004`, see
[findings](../findings.md).
"""

#: What the hundreds of the standard's own rules are about.
_GROUPS = {
    "1": "References and parties",
    "2": "Items and the transaction",
    "3": "License filings",
    "4": "Denials",
    "5": "Re-exports",
    "6": "Messages, handling and dates",
    "7": "Assessment and cooperation",
}


def pages(rules: Iterable[Record], profiles: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """The name and the text, in Markdown, of each page."""
    known = {rule["code"]: rule for rule in rules}
    own = [rule for code, rule in known.items() if code.startswith("ER-")]
    yield "standard.md", "\n".join([_HEAD.format(count=len(own)), *_standard(own)]) + "\n"
    for profile in profiles:
        added = [known[code] for code in profile["rules"]]
        yield f"{profile['id']}.md", "\n".join([*_profile(profile), *_table(added), *_rules(added)]) + "\n"


def _standard(rules: list[Record]) -> Iterator[str]:
    for digit, title in _GROUPS.items():
        group = [rule for rule in rules if rule["code"].split("-")[2].startswith(digit)]
        yield f"## {title}\n"
        yield from _table(group)
        yield from _rules(group)


def _profile(profile: Record) -> Iterator[str]:
    yield f"# Profile `{profile['id']}`: {profile['title']}\n"
    yield f"{profile['description']}\n"
    yield f"Jurisdiction: {profile['jurisdiction']}. Since {profile['since']}. {_NOTE}\n"
    if "applies" in profile:
        yield f"It applies to reports for which this is true:\n\n```cel\n{profile['applies']}\n```\n"
    raised = ", ".join(f"{code} to {severity}" for code, severity in profile.get("raises", {}).items())
    if raised:
        yield f"It raises {raised}.\n"


def _table(rules: Iterable[Record]) -> Iterator[str]:
    yield "| code | demand | of each | severity |\n|---|---|---|---|"
    for rule in rules:
        code = rule["code"]
        yield f"| [{code}](#{code.lower()}) | {rule['title']} | {rule['each']} | {rule['severity']} |"
    yield ""


def _rules(rules: Iterable[Record]) -> Iterator[str]:
    for rule in rules:
        yield f"### {rule['code']}\n\n**{rule['title']}.** {rule['reason']}\n\n*What to do:* {rule['resolution']}\n"
        yield from _expressions(rule)
        if rule.get("basis"):
            yield f"*Basis:* {'; '.join(rule['basis'])}\n"
        if rule.get("note"):
            yield f"*Note:* {rule['note']}\n"


def _expressions(rule: Record) -> Iterator[str]:
    lines = [f"for each {rule['each']}"]
    if "when" in rule:
        lines.append(f"when    {_indented(rule['when'])}")
    lines.append(f"assert  {_indented(rule['assert'])}")
    yield "```text\n" + "\n".join(lines) + "\n```\n"


def _indented(expression: str) -> str:
    return expression.strip().replace("\n", "\n        ")
