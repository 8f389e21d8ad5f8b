"""What is kept of the findings of a document, and what is only counted."""

from __future__ import annotations

from collections.abc import Iterable

from exportreport.finding import Finding, Severity

_GRAVEST_FIRST = tuple(Severity)

#: For each severity those that are at least as grave.
_AT_LEAST = {mildest: _GRAVEST_FIRST[: place + 1] for place, mildest in enumerate(_GRAVEST_FIRST)}


class Kept:
    """The first ``most`` findings (0: all) that are at least as grave as ``mildest``, fatal ones before the others.

    ``totals`` counts all by severity, whether kept or not; ``fatal`` are the codes of those that are fatal.
    """

    __slots__ = ("_findings", "_most", "_wanted", "fatal", "totals")

    def __init__(self, most: int, mildest: Severity) -> None:
        self._most, self._wanted = most, _AT_LEAST[mildest]
        self._findings: list[Finding] = []
        self.totals: dict[Severity, int] = {}
        self.fatal: set[str] = set()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are kept, in the order in which they came."""
        return tuple(self._findings[: self._most] if self._most else self._findings)

    def take(self, findings: Iterable[Finding]) -> None:
        """Count ``findings``, and keep those that are to be kept."""
        totals, kept, most = self.totals, self._findings, self._most
        for finding in findings:
            severity = finding.severity
            totals[severity] = totals.get(severity, 0) + 1
            if severity is Severity.FATAL:
                self.fatal.add(finding.finding_code)
                kept.insert(0, finding)
            elif (not most or len(kept) < most) and severity in self._wanted:
                kept.append(finding)
