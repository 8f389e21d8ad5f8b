"""What is kept of the findings of a document, and what is only counted."""

from __future__ import annotations

from collections.abc import Iterable

from exportreport.finding import Finding, Severity

_GRAVEST_FIRST = list(Severity)


class Kept:
    """The first ``most`` findings (0: all) that are at least as grave as ``mildest``, fatal ones before the others.

    ``totals`` counts all by severity, whether kept or not; ``fatal`` are the codes of those that are fatal.
    """

    __slots__ = ("_findings", "_most", "_wanted", "fatal", "totals")

    def __init__(self, most: int, mildest: Severity) -> None:
        self._most, self._wanted = most, _GRAVEST_FIRST[: _GRAVEST_FIRST.index(mildest) + 1]
        self._findings: list[Finding] = []
        self.totals: dict[Severity, int] = {}
        self.fatal: set[str] = set()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are kept, in the order in which they came."""
        return tuple(self._findings[: self._most] if self._most else self._findings)

    def take(self, findings: Iterable[Finding]) -> None:
        """Count ``findings``, and keep those that are to be kept."""
        for finding in findings:
            self.totals[finding.severity] = self.totals.get(finding.severity, 0) + 1
            if finding.severity is Severity.FATAL:
                self.fatal.add(finding.finding_code)
                self._findings.insert(0, finding)
            elif (not self._most or len(self._findings) < self._most) and finding.severity in self._wanted:
                self._findings.append(finding)
