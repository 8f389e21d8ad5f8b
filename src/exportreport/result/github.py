"""The result as annotations of a GitHub workflow: commands that its runner reads from the output of a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportreport.finding import Finding, Severity, visible
from exportreport.result import text
from exportreport.result.record import Result
from exportreport.result.run import Run

_LEVELS = {Severity.FATAL: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

#: How many annotations of one level the runner shows of a step; the others stay in its log.
SHOWN = 10


def write(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """A command for each finding; in the end a line of counts, since the runner shows only the first of them."""
    written = dict.fromkeys(_LEVELS.values(), 0)
    for name, result in results:
        for finding in result.findings:
            written[_LEVELS[finding.severity]] += 1
        yield "".join(_command(name, result, finding) for finding in result.findings).encode()
    counts = ", ".join(f"{count:,} {severity}" for severity in Severity if (count := run.tally.severities[severity]))
    yield f"exportreport: {run.tally.documents:,} checked; findings: {counts or 'none'}.\n".encode()
    if run.interrupted():
        yield f"::error title=exportreport::{_message(text.INTERRUPTED)}\n".encode()
    if max(written.values()) > SHOWN:
        yield f"GitHub annotates the first {SHOWN} of each level only; all of them are in this log.\n".encode()


def _command(name: str, result: Result, finding: Finding) -> str:
    properties = {"file": visible(name), "title": finding.finding_code}
    if finding.position:
        properties |= {"line": str(finding.position.line), "col": str(finding.position.column)}
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    place = f" ({visible(finding.pointer)})" if finding.pointer else ""
    return f"::{_LEVELS[finding.severity]} {said}::{_message(visible(finding.message) + place)}\n"


def _message(text: str) -> str:
    """``text`` so that it ends no command and begins none."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace("::", "%3A%3A")


def _property(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
