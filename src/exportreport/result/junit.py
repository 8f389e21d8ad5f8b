"""The result as JUnit XML for build servers: a suite for each document, a case for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from exportreport.finding import Finding, Severity, Verdict, visible
from exportreport.pattern import pattern
from exportreport.result import places, text
from exportreport.result.record import Result
from exportreport.result.run import Run

_ELEMENTS = {Severity.FATAL: "error", Severity.ERROR: "failure"}

#: What XML 1.0 cannot carry, not even as a reference.
_IMPOSSIBLE = pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """The suites as the results come. Warnings and remarks are cases that pass and say something."""
    resolutions: dict[str, str] = {}
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="exportreport">\n'
    for name, result in results:
        new = {finding.finding_code for finding in result.findings} - resolutions.keys()
        resolutions.update({code: fault.resolution for code, fault in run.explain(new).items()} if new else {})
        yield "\n".join((*_suite(name, result, resolutions), "")).encode()
    if run.interrupted():
        yield _interrupted().encode()
    yield b"</testsuites>\n"


def _interrupted() -> str:
    """A suite that fails, so that no build takes a part for the whole."""
    head = '<testsuite name="exportreport" tests="1" failures="0" errors="1" skipped="0" time="0">'
    case = '<testcase classname="exportreport" name="interrupted" time="0">'
    error = f'<error message={_quoted(text.INTERRUPTED)} type="interrupted"></error>'
    return "\n".join((head, case, error, "</testcase>", "</testsuite>", ""))


def _suite(name: str, result: Result, resolutions: dict[str, str]) -> Iterator[str]:
    place = places.document(name, result)
    kinds = [_ELEMENTS.get(finding.severity) for finding in result.findings]
    unsaid = _unsaid(result)
    counts = f'failures="{kinds.count("failure") + unsaid}" errors="{kinds.count("error")}" skipped="0" time="0"'
    cases = max(1, len(kinds) + unsaid)
    yield f'<testsuite name={_quoted(place)} tests="{cases}" {counts}>'
    for finding in result.findings:
        yield from _case(place, finding, resolutions[finding.finding_code])
    if unsaid:
        yield f'<testcase classname={_quoted(place)} name={_quoted(result.verdict)} time="0">'
        yield '<failure message="There are findings that are not shown." type="hidden"></failure>'
        yield "</testcase>"
    elif not result.findings:
        yield f'<testcase classname={_quoted(place)} name={_quoted(result.verdict)} time="0"></testcase>'
    yield "</testsuite>"


def _unsaid(result: Result) -> bool:
    """Whether the document is not accepted and no finding that is shown says so."""
    return result.verdict not in (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS) and not any(
        finding.severity in _ELEMENTS for finding in result.findings
    )


def _case(place: str, finding: Finding, resolution: str) -> Iterator[str]:
    at = finding.pointer or places.position(finding)
    yield f'<testcase classname={_quoted(place)} name={_quoted(f"{finding.finding_code} {at}".strip())} time="0">'
    where = [f"Line and column: {places.position(finding)}"] if finding.position else []
    where += [f"Place: {visible(finding.pointer)}"] if finding.pointer else []
    said = _text("\n".join([visible(finding.message), *where, f"What to do: {resolution}"]))
    element = _ELEMENTS.get(finding.severity)
    if element:
        yield f"<{element} message={_quoted(finding.message)} type={_quoted(finding.finding_code)}>{said}</{element}>"
    else:
        yield f"<system-out>{finding.severity.value}: {said}</system-out>"
    yield "</testcase>"


def _quoted(text: str) -> str:
    return quoteattr(_IMPOSSIBLE.sub("\ufffd", visible(text)))


def _text(text: str) -> str:
    return escape(_IMPOSSIBLE.sub("\ufffd", text))
