"""One document before several witnesses: what each said, and where one differs from the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exportreport.standard import Standard
from tests.witnesses.catalogue import Rule
from tests.witnesses.documents import Document, places
from tests.witnesses.tally import TALLY
from tests.witnesses.verdicts import Summary, Verdict, differing, summary


@dataclass
class Hearing:
    """The witnesses' verdicts on one document; the ``told`` of the generated Python are findings and counts."""

    what: str
    document: Document
    verdicts: Mapping[str, Verdict]
    told: Mapping[str, Summary] = field(default_factory=dict)

    def disagreements(self, standard: Standard, rules: Mapping[str, list[Rule]]) -> list[str]:
        """Each rule on which a witness says something else than the first of ``verdicts``; all is noted."""
        first, *others = self.verdicts
        measure = self.verdicts[first]
        counted = sum(len(rules.get(name, ())) for place in places(standard, self.document) for name in place.classes)
        found = {who: differing(measure, self.verdicts[who]) for who in others}
        told = summary(measure)
        for who, said in self.told.items():
            found[who] = [(code, "") for code in told.keys() | said.keys() if told.get(code) != said.get(code)]
        for who in (*self.told, *self.verdicts):
            TALLY.add(self.what, who, counted, len(found.get(who, ())))
        return [f"{who}: {code} at {place or 'the message'}" for who, keys in found.items() for code, place in keys]


def by_class(rules: tuple[Rule, ...]) -> dict[str, list[Rule]]:
    """The rules by what they are about."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.each, []).append(rule)
    return found
