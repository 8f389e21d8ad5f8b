"""The result as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines of a file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from exportreport import __version__
from exportreport.finding import Fault, Finding, Severity, Verdict, visible
from exportreport.result import places, text
from exportreport.result.encoding import encoded
from exportreport.result.record import Result
from exportreport.result.run import Run

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

#: The name of our fingerprints; a new way to make them gets a new number.
FINGERPRINT = "exportreportPlace/v1"

_LEVELS = {Severity.FATAL: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """One run: its results as they come, then the rules they speak of, which only then are known."""
    yield b'{"$schema": ' + encoded(SCHEMA) + b', "version": "2.1.0", "runs": [{"columnKind": "unicodeCodePoints",\n'
    yield b'"results": ['
    indexes: dict[str, int] = {}
    separator = b"\n"
    for name, result in results:
        said = b",\n".join(encoded(one) for one in _results(name, result, indexes))
        yield separator + said if said else b""
        separator = b",\n" if said else separator
    yield b'\n],\n"invocations": ' + encoded([_invocation(run)])
    yield b',\n"tool": ' + encoded({"driver": _driver(run, indexes)}) + b"\n}]}\n"


def _invocation(run: Run) -> dict[str, Any]:
    """Whether everything was judged; where the run was interrupted, that it was."""
    if run.interrupted():
        told = [{"level": "error", "message": {"text": text.INTERRUPTED}}]
        return {"executionSuccessful": False, "toolExecutionNotifications": told}
    return {"executionSuccessful": run.tally.verdict is not Verdict.UNDECIDED}


def _driver(run: Run, indexes: dict[str, int]) -> dict[str, Any]:
    words = run.explain(indexes)
    return {
        "name": "exportreport",
        "semanticVersion": __version__,
        "version": __version__,
        "rules": [_rule(words[code]) for code in indexes],
        "properties": {"standardVersion": run.standard.version, "modelDigest": run.standard.digest},
    }


def _rule(fault: Fault) -> dict[str, Any]:
    basis = "".join(f"\n\nBasis: {text}." for text in fault.basis)
    return {
        "id": fault.code,
        "shortDescription": {"text": f"{fault.title}."},
        "fullDescription": {"text": fault.reason},
        "help": {"text": f"{fault.reason}\n\nWhat to do: {fault.resolution}{basis}"},
        "defaultConfiguration": {"level": _LEVELS[fault.severity]},
    }


def _results(name: str, result: Result, indexes: dict[str, int]) -> Iterator[dict[str, Any]]:
    uri = places.uri(name)
    seen: Counter[str] = Counter()
    for finding in result.findings:
        mark = _fingerprint(result, finding)
        seen[mark] += 1
        yield {
            "ruleId": finding.finding_code,
            "ruleIndex": indexes.setdefault(finding.finding_code, len(indexes)),
            "level": _LEVELS[finding.severity],
            "message": {"text": visible(finding.message)},
            "locations": [_location(uri, finding)],
            "partialFingerprints": {FINGERPRINT: f"{mark}:{seen[mark]}"},
            "properties": _properties(result, finding),
        }


def _location(uri: str, finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if finding.position:
        place["region"] = {"startLine": finding.position.line, "startColumn": finding.position.column}
    found: dict[str, Any] = {"physicalLocation": place}
    if finding.pointer:
        found["logicalLocations"] = [{"fullyQualifiedName": visible(finding.pointer), "kind": "value"}]
    return found


def _properties(result: Result, finding: Finding) -> dict[str, Any]:
    known = {
        "severity": finding.severity.value,
        "document": result.number,
        "reportType": result.kind,
        "modelPath": finding.model_path,
        "xpath": finding.xpath,
        "causedBy": finding.caused_by,
    }
    return {name: value for name, value in known.items() if value is not None}


def _fingerprint(result: Result, finding: Finding) -> str:
    """What stays the same when lines move: the report, the code, and the place in the report."""
    report = result.report_id or str(result.number)
    parts = (report, finding.finding_code, finding.pointer or "")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
