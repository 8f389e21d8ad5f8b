"""A page for each profile: whom it is for, when it applies, and what it adds to the standard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from website import addresses
from website.knowledge import Knowledge
from website.markdown import fenced, page, plain, table

#: Where the overview of the profiles stands.
INDEX = "reference/profiles/index.md"


def pages(known: Knowledge) -> Iterator[tuple[str, str]]:
    """The path and the text of each page, the overview first."""
    rows = [
        (addresses.link(name, addresses.of_profile(name), INDEX), plain(one["title"]), str(len(one["rules"])))
        for name, one in known.profiles.items()
    ]
    words = "A profile adds the rules of one jurisdiction or subject. A message names the profiles it keeps to."
    yield INDEX, page("Profiles", words, table(("profile", "title", "rules"), rows))
    for name, one in known.profiles.items():
        yield addresses.of_profile(name), _page(one, known)


def _page(one: Mapping[str, Any], known: Knowledge) -> str:
    path = addresses.of_profile(one["id"])
    limits = (("from", one.get("valid_from")), ("until", one.get("valid_until")))
    days = [f"{word} {day}" for word, day in limits if day]
    added = [_row(name, known.rules[name]["severity"], known, path) for name in one["rules"]]
    raised = [_row(name, severity, known, path) for name, severity in one.get("raises", {}).items()]
    return page(
        one["id"],
        f"**{plain(one['title'])}.** {plain(one['description'])}",
        f"Jurisdiction: {plain(one['jurisdiction'])}. Since {one['since']}. In force: {' '.join(days) or 'always'}.",
        "## When it applies\n\n" + (fenced("text", one["applies"]) if "applies" in one else "Whenever it is named."),
        "## Use it\n\n" + fenced("sh", f"exportreport validate -p {one['id']} filing.json"),
        "## Rules it adds\n\n" + table(("rule", "what it demands", "severity"), added),
        "## Rules it makes more severe\n\n" + table(("rule", "what it demands", "severity"), raised) if raised else "",
    )


def _row(name: str, severity: str, known: Knowledge, path: str) -> tuple[str, str, str]:
    return addresses.link(name, addresses.of_rule(name), path), plain(known.rules[name]["title"]), severity
