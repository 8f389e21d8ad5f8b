"""What the validator says of one document, as a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from exportreport.finding import Fault, Finding, Severity, Verdict
from exportreport.standard import Document

#: From best to gravest.
GRAVITY = (
    Verdict.ACCEPTED,
    Verdict.ACCEPTED_WITH_WARNINGS,
    Verdict.REJECTED,
    Verdict.UNREADABLE,
    Verdict.UNDECIDED,
)

#: The exit status that a verdict asks for.
EXIT_STATUS: Mapping[Verdict, int] = {
    Verdict.ACCEPTED: 0,
    Verdict.ACCEPTED_WITH_WARNINGS: 0,
    Verdict.REJECTED: 1,
    Verdict.UNREADABLE: 3,
    Verdict.UNDECIDED: 4,
}


class Result(NamedTuple):
    """The verdict on one document, the findings that explain it, and what the document was.

    ``findings`` may be cut to the number asked for; ``totals`` counts all of them by severity. ``number`` is the
    document's place in its input, from 1, and ``line`` the line on which it begins. ``document`` is what was decoded,
    None where it could not be read. ``received_digest`` is that of the bytes as they came, where it was asked for.
    ``as_of`` is the day on which the rules were asked, and ``profiles`` are those that were used; both only where the
    rules were run.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    totals: Mapping[Severity, int] = {}
    syntax: str | None = None
    kind: str | None = None
    number: int = 1
    line: int = 1
    document: Document | None = None
    received_digest: str | None = None
    as_of: str | None = None
    profiles: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the document follows the standard, with or without warnings."""
        return self.verdict in (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)

    @property
    def report_id(self) -> str | None:
        """The document's own identifier, where it has one that is text."""
        found = (self.document or {}).get("report_id")
        return found if isinstance(found, str) else None


def verdict_of(totals: Mapping[Severity, int], fatal: Iterable[Fault] = ()) -> Verdict:
    """The verdict that findings of these ``totals`` ask for; ``fatal`` are the faults that stopped the reading."""
    verdicts = [fault.verdict for fault in fatal]
    if totals.get(Severity.ERROR):
        verdicts.append(Verdict.REJECTED)
    elif totals.get(Severity.WARNING):
        verdicts.append(Verdict.ACCEPTED_WITH_WARNINGS)
    return gravest(verdicts)


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """The gravest of ``verdicts``; accepted when there is none."""
    return max(verdicts, key=GRAVITY.index, default=Verdict.ACCEPTED)


class Tally:
    """The counts of a whole run, filled as results go by."""

    __slots__ = ("codes", "documents", "severities", "verdicts")

    def __init__(self) -> None:
        self.documents = 0
        self.verdicts: Counter[Verdict] = Counter()
        self.severities: Counter[Severity] = Counter()
        self.codes = set[str]()

    def add(self, result: Result) -> None:
        """Count ``result``."""
        self.documents += 1
        self.verdicts[result.verdict] += 1
        if result.totals:
            self.severities.update(result.totals)
            self.codes.update(finding.finding_code for finding in result.findings)

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of the run."""
        return gravest(self.verdicts)
