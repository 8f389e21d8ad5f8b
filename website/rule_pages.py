"""A page for each rule: what it demands, why, what to do, on what basis, and examples that keep and break it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from exportreport.build.rules.cases import place_of
from exportreport.finding import Path as Place
from exportreport.standard import Document, Standard
from website import addresses
from website.knowledge import Knowledge
from website.markdown import both, code, fenced, page, plain, table
from website.snippets import snippet

#: Where the overview of the rules stands.
INDEX = "reference/rules/index.md"

Record = Mapping[str, Any]


def pages(known: Knowledge) -> Iterator[tuple[str, str]]:
    """The path and the text of each page, the overview first."""
    rows = [
        (addresses.link(name, addresses.of_rule(name), INDEX), plain(rule["title"]), rule["each"], rule["severity"])
        for name, rule in known.rules.items()
    ]
    of_profile = addresses.titled("profile", "reference/profiles/index.md", INDEX)
    words = f"The {len(rows)} demands beyond the structure. A code that does not begin with ER is of a {of_profile}."
    yield INDEX, page("Rules", words, table(("rule", "what it demands", "of each", "severity"), rows))
    for name, rule in known.rules.items():
        yield addresses.of_rule(name), _page(rule, known)


def _page(rule: Record, known: Knowledge) -> str:
    path = addresses.of_rule(rule["code"])
    return page(
        rule["code"],
        f"**{plain(rule['title'])}.**",
        table(("severity", "of each", "since", "of"), [_facts(rule, known, path)]),
        f"## Why\n\n{plain(rule['reason'])}",
        f"## What to do\n\n{plain(rule['resolution'])}",
        f"## What is said\n\n{code(rule['message'])}",
        "## Basis\n\n" + ("\n".join(f"- {plain(one)}" for one in rule.get("basis", ())) or "The standard's own."),
        f"Note: {plain(rule['note'])}" if "note" in rule else "",
        "## Condition and demand\n\n" + fenced("text", _expressions(rule)),
        _reads(rule, known, path),
        *_cases(rule, known),
    )


def _facts(rule: Record, known: Knowledge, path: str) -> tuple[str, str, str, str]:
    profile = known.profile_of.get(rule["code"])
    owner = addresses.link(profile, addresses.of_profile(profile), path) if profile else "the standard"
    each = addresses.link(rule["each"], addresses.of_class(rule["each"]), path)
    return rule["severity"], each, rule["since"], owner


def _expressions(rule: Record) -> str:
    when = [f"when: {rule['when'].strip()}"] if "when" in rule else []
    return "\n".join([*when, f"assert: {rule['assert'].strip()}"])


def _reads(rule: Record, known: Knowledge, path: str) -> str:
    places = (
        addresses.link(f"{owner}.{slot}", f"{addresses.of_class(owner)}#{slot}", path)
        for owner, slot in sorted(known.touched[rule["code"]])
    )
    return f"It reads {', '.join(places)}." if known.touched[rule["code"]] else ""


def _cases(rule: Record, known: Knowledge) -> Iterator[str]:
    """The first case that keeps the rule and the first that breaks it, as their author wrote them."""
    for expect, title in (("pass", "Good example"), ("fail", "Bad example")):
        case = next(case for case in rule["cases"] if case["expect"] == expect)
        document, place = _written(case, rule, known.standard)
        shown = snippet(document, place, known.standard)
        yield f"## {title}"
        yield f"Case: {plain(case['name'])}. What the rule is not about is left out."
        yield both(shown.json, shown.xml)


def _written(case: Record, rule: Record, standard: Standard) -> tuple[Document, Place]:
    """The message of a case with only what its author wrote, and the place of what is to be shown of it."""
    if "report" in case:
        return dict(case["report"]), ()
    kind, slots = place_of(rule["each"], standard)
    value: Any = dict(case.get("value", {}))
    place: list[str | int] = []
    for slot in reversed(slots):
        value = {slot.name: [value] if slot.many else value}
        place[:0] = [slot.name, 0] if slot.many else [slot.name]
    return {"report_type": kind, **value}, tuple(place)
