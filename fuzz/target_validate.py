"""The whole pipeline under all its settings, its two engines, and both routes of one message."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from exportreport import pipeline
from exportreport.codec import json_text, xml_text
from exportreport.codec.limits import Limits
from exportreport.codec.recognize import recognize
from exportreport.finding import Finding, Severity
from exportreport.pipeline import Settings
from exportreport.result.record import Result
from exportreport.rules.catalogue import profiles
from exportreport.rules.evaluation import Judged, Rules
from exportreport.standard import Standard
from exportreport.structure import pure
from fuzz import oracles
from fuzz.oracles import Text, demand
from fuzz.reach import Reach
from fuzz.targets import Take

_BREAKING = (Severity.FATAL, Severity.ERROR)


class Watched(Rules):
    """Rules that tell whether they were run."""

    __slots__ = ("ran",)

    def __init__(self, known: Standard, settings: Settings) -> None:
        super().__init__(known, settings.as_of, settings.profiles)
        self.ran = False

    def _judge(self, message: Any, kind: str, place: Any, day: str) -> Judged:
        self.ran = True
        return super()._judge(message, kind, place, day)


def settings() -> tuple[Settings, ...]:
    """The settings that inputs are tried under."""
    every = tuple(profiles())
    return (
        Settings(max_findings=0),
        Settings(max_findings=0, profiles=every, as_of="2026-11-23", excerpts=2),
        Settings(max_findings=0, profiles=every[:1]),
        Settings(max_findings=0, digests=True, profiles=every[1:2], as_of="1999-01-01"),
        Settings(max_findings=0, profiles=every[2:3], as_of="2026-11-23"),
        Settings(max_findings=0, profiles=every[3:4], as_of="2026-11-23"),
        Settings(max_findings=0, rules=False),
        Settings(max_findings=3, min_severity=Severity.WARNING, excerpts=0, profiles=every[4:]),
        Settings(max_findings=0, repeated_names=False, limits=Limits(3_000, 90)),
    )


class Judge:
    """Runs the pipeline over inputs, and counts how far each came."""

    def __init__(self, known: Standard, reach: Reach) -> None:
        self.known, self.reach = known, reach
        for kind in known.kinds:  # compiled here, so that it is no input that takes that long
            list(pure.check({}, kind))
        self.prepared = [(one, Watched(known, one) if one.rules else None) for one in settings()]

    def results(self, data: bytes, chosen: Settings, rules: Watched | None) -> list[Result]:
        """The results of ``data``, each of them consistent."""
        if rules is not None:
            rules.ran = False
        found = list(pipeline.check(data, self.known, chosen, rules))
        demand(bool(found), "no result")
        for one in found:
            oracles.verdict(one)
            if chosen.max_findings == 0 and chosen.min_severity is Severity.INFO:
                oracles.complete(one)
        return found

    def reached(self, data: bytes, found: list[Result], rules: Watched | None) -> None:
        """Count how far ``data`` came."""
        if not isinstance(recognize(data), Finding):
            self.reach.count("decoding")
        if any(one.kind is not None for one in found):
            self.reach.met(data)
        if rules is not None and rules.ran:
            self.reach.count("rules")


def take_of(known: Standard, reach: Reach) -> Take:
    """One run of the pipeline; of a share of the inputs a second one by the other engine, or in the other syntax."""
    judge = Judge(known, reach)

    def take(data: bytes) -> None:
        lot = crc32(data)
        chosen, rules = judge.prepared[lot % len(judge.prepared)]
        found = judge.results(data, chosen, rules)
        judge.reached(data, found, rules)
        if chosen.repeated_names:  # else the place of a repeated name may be that of its first value
            oracles.places(found, Text(data, found[0].syntax))
        if lot >> 8 & 31 == 0:
            _other_engine(data, found, chosen, rules, judge)
        elif lot >> 8 & 7 == 1 and chosen.max_findings == 0 and len(found) == 1:
            _other_syntax(found[0], chosen, rules, judge)

    return take


def _other_engine(data: bytes, found: list[Result], chosen: Settings, rules: Watched | None, judge: Judge) -> None:
    other = judge.results(data, chosen._replace(engine="pure"), rules)
    for one, two in zip(found, other, strict=True):
        demand(one.verdict == two.verdict and one.totals == two.totals, "engines disagree", one.totals, two.totals)
        if chosen.max_findings == 0:
            demand(one._replace(findings=()) == two._replace(findings=()), "engines disagree")
            demand(sorted(map(repr, one.findings)) == sorted(map(repr, two.findings)), "engines disagree")


def _other_syntax(result: Result, chosen: Settings, rules: Watched | None, judge: Judge) -> None:
    """A message whose structure is sound says the same in both syntaxes."""
    document = result.document
    if document is None or any(one.finding_code[3] in "DS" and one.severity in _BREAKING for one in result.findings):
        return
    texts = json_text.encode(document, judge.known), xml_text.encode(document, judge.known)
    if max(map(len, texts)) > chosen.limits.document_bytes or chosen.limits.delimiters < 1_000:
        return
    for text, syntax in zip(texts, ("json", "xml"), strict=True):
        (other,) = judge.results(text, chosen, rules)
        demand(other.syntax == syntax, "another syntax", other.syntax)
        demand(other.document == document, "another document", syntax, other.document)
        demand(oracles.said(other.findings) == oracles.said(result.findings), "routes disagree", syntax)
        demand(other.as_of == result.as_of and other.profiles == result.profiles, "another day or profile", syntax)


__all__ = ["Judge", "Watched", "take_of"]
