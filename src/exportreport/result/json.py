"""The result as JSON for a program: the same input, settings and versions give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from exportreport import __version__
from exportreport.finding import Fault, Finding, Severity, Verdict, visible
from exportreport.result.record import Result, Tally
from exportreport.standard import Standard

#: The version of the form of this result.
RESULT_VERSION = "1.0"


Explain = Callable[[Iterable[str]], Mapping[str, Fault]]


def write(results: Iterable[tuple[str, Result]], standard: Standard, tally: Tally, explain: Explain) -> Iterator[bytes]:
    """The pieces of one JSON text that holds ``results``: the name of its input and result of each document.

    The results are written as they come; ``tally``, which the caller fills meanwhile, is written last, with what
    ``explain`` says of the codes that were found.
    """
    yield b'{\n"result_version": ' + _json(RESULT_VERSION) + b',\n"tool": ' + _json(_tool())
    yield b',\n"standard": ' + _json({"version": standard.version, "model_digest": standard.digest})
    yield b',\n"documents": ['
    separator = b"\n"
    for name, result in results:
        yield separator + _json(_document(name, result))
        separator = b",\n"
    codes = {code: _explanation(fault) for code, fault in explain(tally.codes).items()}
    yield b'\n],\n"codes": ' + _json(codes)
    yield b',\n"verdict": ' + _json(tally.verdict.value) + b',\n"totals": ' + _json(_totals(tally)) + b"\n}\n"


def _explanation(fault: Fault) -> dict[str, str]:
    return {"title": fault.title, "reason": fault.reason, "resolution": fault.resolution}


def _tool() -> dict[str, str]:
    return {"name": "exportreport", "version": __version__}


def _document(name: str, result: Result) -> dict[str, Any]:
    head: dict[str, Any] = {"input": visible(name), "number": result.number, "line": result.line}
    known = {
        "received_digest": result.received_digest,
        "syntax": result.syntax,
        "report_type": result.kind,
        "report_id": result.report_id,
    }
    body: dict[str, Any] = {"verdict": result.verdict.value, "totals": _counts(result.totals)}
    findings = [_finding(finding) for finding in result.findings]
    return head | {name: value for name, value in known.items() if value} | body | {"findings": findings}


def _finding(finding: Finding) -> dict[str, Any]:
    position = finding.position
    said = {
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
    return {name: value for name, value in said.items() if value is not None}


def _totals(tally: Tally) -> dict[str, Any]:
    verdicts = {verdict.value: tally.verdicts[verdict] for verdict in Verdict}
    return {"documents": tally.documents, **verdicts, **_counts(tally.severities)}


def _counts(severities: Any) -> dict[str, int]:
    return {f"{severity.value}_count": severities.get(severity, 0) for severity in Severity}


def _json(value: Any) -> bytes:
    return orjson.dumps(value)
