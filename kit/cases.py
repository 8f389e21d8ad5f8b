"""The cases of the kit: every rule's, one for each thing a code list can say, and all examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exportreport.build import codelists
from exportreport.build.rules.cases import completed
from exportreport.build.rules.sources import read_sources
from exportreport.codec import json_text, xml_text
from exportreport.finding import pointer
from exportreport.rules import catalogue
from exportreport.standard import Standard
from kit import membership


@dataclass(frozen=True)
class Case:
    """Something to judge: files by their ending (one text in both syntaxes, or a file as it is), and how to judge it.

    ``about`` says which object the case is about and what its rule says of it; ``profiles`` are used besides those
    that the message names.
    """

    id: str
    title: str
    files: dict[str, bytes]
    profiles: tuple[str, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)


def all_cases(checkout: Path, standard: Standard) -> Iterator[Case]:
    """Every case, in an order that is always the same."""
    yield from _of_rules(checkout / "schema", standard)
    for one in membership.samples(standard):
        yield Case(f"codelists/{one.name}", one.title, _both(one.document, standard))
    for folder in ("valid", "invalid", "against-rules"):
        yield from _examples(checkout / "examples", folder)


def _of_rules(schema: Path, standard: Standard) -> Iterator[Case]:
    lists = codelists.lists(schema, standard)
    whole = [one for one in lists if not {"depth", "partial"} & set(one)]
    sources = read_sources(schema, standard, {o["id"]: frozenset(e["code"] for e in o["codes"]) for o in whole})
    owners = {code: profile.id for profile in catalogue.profiles().values() for code in profile.rules}
    for rule in sources.rules:
        profiles = tuple(filter(None, (owners.get(rule.code),)))
        for number, case in enumerate(rule.cases, start=1):
            document, path = completed(case, rule, standard, sources.sample(rule))
            about = {"finding_code": rule.code, "pointer": pointer(path), "expect": case.expect}
            yield Case(f"rules/{rule.code}/{number:02}", case.name, _both(document, standard), profiles, about)


def _both(document: Any, standard: Standard) -> dict[str, bytes]:
    return {"json": json_text.encode(document, standard), "xml": xml_text.encode(document, standard)}


def _examples(examples: Path, folder: str) -> Iterator[Case]:
    """The files of a folder; those that differ only by their ending are one message in both syntaxes."""
    named: dict[str, dict[str, bytes]] = {}
    for path in sorted((examples / folder).rglob("*.*")):
        if path.suffix in (".json", ".xml") and not path.name.endswith(".expected.json"):
            name = path.relative_to(examples).with_suffix("").as_posix()
            named.setdefault(name, {})[path.suffix[1:]] = path.read_bytes()
    for name, files in named.items():
        if folder == "valid":
            yield Case(f"examples/{name}", name, files)
        else:  # files of one name are about the same fault, and not the same message
            for syntax, data in files.items():
                yield Case(f"examples/{name}-{syntax}", name, {syntax: data})
