"""The result as JSON for a program: the same input, settings and versions give the same bytes.

Its published schema is ``schemas/result.schema.json`` beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from exportreport import __version__
from exportreport.finding import Fault, Finding, Severity, Verdict, visible
from exportreport.result.encoding import encoded
from exportreport.result.record import Result, Tally
from exportreport.result.run import Run

#: The version of the form of this result.
RESULT_VERSION = "1.2"


def write(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """The pieces of one JSON text: the documents as they come; then what is known at the end alone."""
    pins = run.pins()
    pinned = {
        "version": run.standard.version,
        "model_digest": run.standard.digest,
        "rules_digest": pins.rules_digest,
        "codelists_digest": pins.codelists_digest,
    }
    yield b'{\n"result_version": ' + encoded(RESULT_VERSION) + b',\n"tool": ' + encoded(_tool())
    yield b',\n"standard": ' + encoded(_known(pinned)) + b',\n"options": ' + encoded(_options(run))
    yield b',\n"documents": ['
    separator = b"\n"
    for name, result in results:
        yield separator + encoded(_document(name, result))
        separator = b",\n"
    yield b"\n]"
    for name, value in _end(run).items():
        yield f',\n"{name}": '.encode() + encoded(value)
    yield b"\n}\n"


def _options(run: Run) -> dict[str, Any]:
    """What was asked for and bears on what is said."""
    asked = {"as_of": run.as_of, "profiles": list(run.profiles) or None, "redacted": run.redacted or None}
    return _known(asked) | {"min_severity": run.min_severity.value}


def _end(run: Run) -> dict[str, Any]:
    checked = run.checked()
    interrupted = {"interrupted": True} if run.interrupted() else {}
    return {
        **interrupted,
        "codes": {code: _explanation(fault) for code, fault in run.explain(run.tally.codes).items()},
        "rules": {code: count._asdict() for code, count in sorted(checked.rules.items())},
        "unchecked_code_lists": dict(sorted(checked.unchecked.items())),
        "verdict": run.tally.verdict.value,
        "totals": _totals(run.tally),
    }


def _explanation(fault: Fault) -> dict[str, Any]:
    words = {"title": fault.title, "reason": fault.reason, "resolution": fault.resolution}
    return words | _known({"basis": list(fault.basis) or None, "note": fault.note})


def _tool() -> dict[str, str]:
    return {"name": "exportreport", "version": __version__}


def _document(name: str, result: Result) -> dict[str, Any]:
    head: dict[str, Any] = {"input": visible(name), "number": result.number, "line": result.line}
    known = {
        "received_digest": result.received_digest,
        "syntax": result.syntax,
        "report_type": result.kind,
        "report_id": result.report_id or None,
        "as_of": result.as_of,
        "profiles": list(result.profiles) or None,
    }
    body: dict[str, Any] = {"verdict": result.verdict.value, "totals": _counts(result.totals)}
    return head | _known(known) | body | {"findings": [_finding(finding) for finding in result.findings]}


def _finding(finding: Finding) -> dict[str, Any]:
    position = finding.position
    return _known(
        {
            "finding_code": finding.finding_code,
            "severity": finding.severity.value,
            "message": finding.message,
            "pointer": finding.pointer,
            "xpath": finding.xpath,
            "line": position.line if position else None,
            "column": position.column if position else None,
            "model_path": finding.model_path,
            "value": finding.value,
            "caused_by": finding.caused_by,
        }
    )


def _totals(tally: Tally) -> dict[str, Any]:
    verdicts = {verdict.value: tally.verdicts[verdict] for verdict in Verdict}
    return {"documents": tally.documents, **verdicts, **_counts(tally.severities)}


def _counts(severities: Mapping[Severity, int]) -> dict[str, int]:
    return {f"{severity.value}_count": severities.get(severity, 0) for severity in Severity}


def _known(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
