"""The cases of the rules as whole documents, each with the rule, the object judged and what is expected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from exportreport.build import codelists
from exportreport.build.rules.cases import completed
from exportreport.build.rules.sources import read_sources
from exportreport.finding import pointer
from exportreport.standard import load
from tests.witnesses.documents import Document

SCHEMA = Path(__file__).resolve().parents[2] / "schema"


@dataclass(frozen=True)
class PlacedCase:
    """A case that any evaluator can run."""

    code: str
    name: str
    expect: str
    document: Document
    pointer: str

    @property
    def kind(self) -> str:
        """The kind of message that the document is."""
        return str(self.document["report_type"])

    @property
    def layer(self) -> str:
        """What the rule belongs to: ``ER``, or the layer of a profile."""
        return self.code.partition("-")[0]


@cache
def placed() -> tuple[PlacedCase, ...]:
    """The cases of all rules."""
    standard = load()
    lists = {
        one["id"]: frozenset(row["code"] for row in one["codes"]) for one in codelists.read_all(SCHEMA / "codelists")
    }
    sources = read_sources(SCHEMA, standard, lists)
    assert not sources.faults, sources.faults[:3]
    found = []
    for rule in sources.rules:
        for case in rule.cases:
            document, path = completed(case, rule, standard, sources.sample(rule))
            found.append(PlacedCase(rule.code, case.name, case.expect, document, pointer(path)))
    return tuple(found)
