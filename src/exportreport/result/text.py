"""The result as text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exportreport.finding import Finding, Severity, Verdict, visible
from exportreport.result.record import Result, Tally

_WORDS = {
    Verdict.ACCEPTED: "accepted",
    Verdict.ACCEPTED_WITH_WARNINGS: "accepted, with warnings",
    Verdict.REJECTED: "rejected",
    Verdict.UNREADABLE: "could not be read",
    Verdict.UNDECIDED: "could not be decided",
}

_COLORS = {Severity.FATAL: "31;1", Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_GOOD, _BAD = "32", "31;1"


def document(name: str, result: Result, *, color: bool = False) -> Iterator[str]:
    """The lines that say ``result`` of the input called ``name``; none without need for a plain acceptance."""
    kind = f" ({result.kind})" if result.kind else ""
    good = result.accepted
    yield f"{_place(name, result)}: {_paint(_WORDS[result.verdict], _GOOD if good else _BAD, color)}{kind}"
    for finding in result.findings:
        yield from _finding(finding, color=color)
    hidden = sum(result.totals.values()) - len(result.findings)
    if hidden > 0:
        yield f"  … and {_several(hidden, 'more finding')}; show all with --max-findings 0"


def summary(tally: Tally, inputs: int) -> Iterator[str]:
    """The closing lines: how many documents ended how, and the findings by severity."""
    parts = [f"{count:,} {_WORDS[verdict]}" for verdict, count in sorted(tally.verdicts.items())]
    counts = [f"{tally.severities[s]:,} {s}" for s in Severity if tally.severities[s]]
    yield f"{_several(tally.documents, 'document')} in {_several(inputs, 'input')}: {', '.join(parts) or 'nothing'}."
    if counts:
        yield f"Findings: {', '.join(counts)}."


def advice(resolutions: Mapping[str, str]) -> Iterator[str]:
    """What to do about each code that was found, once for the whole run."""
    if resolutions:
        yield "What to do:"
    for code, words in sorted(resolutions.items()):
        yield f"  {code}  {words}"


def _place(name: str, result: Result) -> str:
    name = visible(name)
    if result.number == 1 and result.line == 1:
        return name
    return f"{name}, document {result.number}" + (f" (line {result.line})" if result.line > 1 else "")


def _finding(finding: Finding, *, color: bool) -> Iterator[str]:
    place = f"{finding.position.line}:{finding.position.column}" if finding.position else "-"
    severity = _paint(f"{finding.severity.value:<7}", _COLORS[finding.severity], color)
    yield f"  {place:>8}  {severity}  {finding.finding_code}  {finding.message}"
    if finding.pointer:
        yield f"{'':>21}{visible(finding.pointer)}"


def _several(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
