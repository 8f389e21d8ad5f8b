"""The result as an ``Acknowledgement`` of the standard, to send back: one for each file that was received.

A file of several documents, and a Submission, get a verdict for each record. A Submission of acknowledgements does not
exist: it carries reports.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from unicodedata import is_normalized

from exportreport import __version__
from exportreport.codec import faults, json_text
from exportreport.finding import Finding, Severity, Verdict, make, visible
from exportreport.result.forms import NothingReceivedError
from exportreport.result.record import Result, Tally, verdict_of
from exportreport.result.run import Run
from exportreport.standard import Document

Encode = Callable[[Document], bytes]

#: How many records, and how many findings of all records, one acknowledgement lists. It is one message, and has to be
#: read as one; verdict and totals count all.
MOST = 20_000

_TEXT, _REFERENCE = 4_000, 256


def write_json(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """The acknowledgement of the input; of several inputs an array with one for each."""
    first, separator = b"", b"[\n"
    for message in _acknowledgements(results, run):
        encoded = json_text.encode(message, run.standard) if message else b""
        if not encoded:
            yield b""
        elif not first:
            first = encoded
            yield b""
        else:
            before = separator + first.rstrip(b"\n") if separator == b"[\n" else b""
            separator = b",\n"
            yield before + separator + encoded.rstrip(b"\n")
    if not first:
        raise NothingReceivedError
    yield first if separator == b"[\n" else b"\n]\n"


def write_xml(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """The acknowledgement of the input, as XML, which holds one message. Of several inputs the first."""
    from exportreport.codec import xml_text

    first = None
    for message in _acknowledgements(results, run):
        first = first or message
        yield b""
    if first is None:
        raise NothingReceivedError
    yield xml_text.encode(first, run.standard)


def _acknowledgements(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[Document | None]:
    """For each result the acknowledgement of the input that ended before it, or None; then that of the last."""
    received: _Received | None = None
    for name, result in results:
        ended = received if result.number == 1 else None
        if received is None or result.number == 1:
            received = _Received(name)
        received.add(result)
        yield ended.message(run) if ended else None
    if received and not run.interrupted():  # of what was not read to its end nothing can be acknowledged
        yield received.message(run)


@dataclass(slots=True)
class _Received:
    """What is to be said of one input."""

    name: str
    tally: Tally = field(default_factory=Tally)
    only: Result | None = None
    digest: str | None = None
    records: list[Document] = field(default_factory=list)
    listed: int = 0

    def add(self, result: Result) -> None:
        """Take in ``result`` of one of its documents; what is not accepted is listed before what is."""
        self.tally.add(result)
        self.digest = self.digest or result.received_digest
        self.only = result if self.tally.documents == 1 else None
        accepted = not result.findings and result.accepted
        if len(self.records) < (MOST // 2 if accepted else MOST):
            self.records.append(self._record(_name_of(result), result.verdict, result.findings))

    def message(self, run: Run) -> Document | None:
        """The acknowledgement; None where nothing was received."""
        digest = (run.digests or {}).get(self.name) or self.digest
        if digest is None:
            return None
        only = self.only
        said = self._of_one(only) if only else self._of_several()
        message = {
            "report_type": "Acknowledgement",
            "schema_version": run.standard.schema_version,
            "report_id": _report_id(digest, run),
            "reported_at": run.reported_at,
            "as_of": only.as_of if only else None,
            "responds_to": _responds_to(only, run) if only else None,
            "received_digest": digest,
            "verdict": self.tally.verdict.value,
            "validator": {"name": "exportreport", "version": __version__},
            "standard": _standard(run),
            "totals": {f"{severity.value}_count": self._count(severity, said) for severity in Severity},
            **said,
        }
        return cast(Document, {name: value for name, value in message.items() if value})

    def _count(self, severity: Severity, said: dict[str, Any]) -> int:
        """How many findings there are of ``severity``; a remark of our own on the list counts where it stands alone."""
        listed = len([finding for finding in said.get("findings", ()) if finding["severity"] == severity])
        return max(self.tally.severities[severity], listed)

    def _of_several(self) -> dict[str, Any]:
        """The verdicts on the documents, and how many are not listed."""
        left_out = self.tally.documents - len(self.records)
        words = f"Of {self.tally.documents:,} documents {left_out:,} are not listed; verdict and totals count all."
        remark = _finding(make(faults.MORE, limit=MOST)._replace(message=words))
        return {"record_verdicts": self.records, "findings": [remark] if left_out else []}

    def _of_one(self, result: Result) -> dict[str, Any]:
        """The findings of one document; of a Submission for each report apart, as far as all findings are known."""
        reports = (result.document or {}).get("reports") if result.kind == "Submission" else None
        if not isinstance(reports, list):
            return {"findings": [_finding(finding) for finding in result.findings[:MOST]]}
        complete = sum(result.totals.values()) == len(result.findings)
        self.listed = 0
        inside = _by_report(result.findings)
        records = []
        for number, report in enumerate(reports[:MOST]):
            own = inside.pop(number, [])
            verdict = _verdict(own)
            if complete or verdict is Verdict.REJECTED:
                records.append(self._record(_reference(report, number), verdict, own))
        about_all = [finding for some in inside.values() for finding in some]
        return {"record_verdicts": records, "findings": [_finding(finding) for finding in about_all[:MOST]]}

    def _record(self, reference: str, verdict: Verdict, findings: Iterable[Finding]) -> Document:
        listed = [_finding(finding) for finding in list(findings)[: MOST - self.listed]]
        self.listed += len(listed)
        record: Document = {"record_reference": reference, "verdict": verdict.value}
        return record | {"findings": cast(Any, listed)} if listed else record


def _by_report(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """The findings by the number of the report they are in; under -1 those about the whole."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        path = finding.path or ()
        inside = path[:1] == ("reports",) and len(path) > 1 and isinstance(path[1], int)
        found.setdefault(cast(int, path[1]) if inside else -1, []).append(finding)
    return found


def _verdict(findings: Iterable[Finding]) -> Verdict:
    totals: dict[Severity, int] = {}
    for finding in findings:
        totals[finding.severity] = totals.get(finding.severity, 0) + 1
    return Verdict.UNDECIDED if totals.get(Severity.FATAL) else verdict_of(totals)


def _name_of(result: Result) -> str:
    return text(result.report_id, _REFERENCE) if result.report_id else f"document {result.number}"


def _reference(report: object, number: int) -> str:
    said = report.get("report_id") if isinstance(report, dict) else None
    return text(said, _REFERENCE) if isinstance(said, str) and said else f"report {number + 1}"


def _responds_to(result: Result, run: Run) -> Document | None:
    """The message that is answered, where it says who it is in the form that the standard asks for."""
    if result.document is None or not _fits("Token", result.report_id, run):
        return None
    named: Document = {"message_id": result.report_id}
    if result.accepted:
        named["digest"] = json_text.digest(result.document)
        named |= {name: value for name, value in result.document.items() if name == "sequence_number"}
    return named


def _fits(type_name: str, value: str | None, run: Run) -> bool:
    return value is not None and re.fullmatch(str(run.standard.types[type_name].pattern), value) is not None


def _finding(finding: Finding) -> Document:
    line, column = finding.position or (None, None)
    said: Mapping[str, Any] = {
        "finding_code": finding.finding_code,
        "severity": finding.severity.value,
        "message": text(finding.message, _TEXT),
        "pointer": _pointer(finding),
        "line": line,
        "column": column,
    }
    return {name: value for name, value in said.items() if value is not None}


def _pointer(finding: Finding) -> str | None:
    """The place, unless it is longer than the standard allows: cut, it would name another."""
    written = text(finding.pointer, _TEXT + 1) if finding.pointer else None
    return written if written and len(written) <= _TEXT else None


def text(said: str, most: int) -> str:
    """``said`` as a text of the standard, which no filing can make invalid or doubtful: escaped, cut, never empty."""
    shown = visible(said)
    if not is_normalized("NFC", shown):
        shown = shown.encode("ascii", "backslashreplace").decode("ascii")
    shown = shown.strip(" ")
    return (shown if len(shown) <= most else shown[: most - 1].rstrip(" ") + "…") or "-"


def _standard(run: Run) -> Document:
    pins = run.pins()
    digests = {"rules_digest": pins.rules_digest, "codelists_digest": pins.codelists_digest}
    known = {name: digest for name, digest in digests.items() if digest}
    return {"version": run.standard.version, "model_digest": run.standard.digest, **known}


def _report_id(digest: str, run: Run) -> str:
    """An identifier that the same answer to the same bytes on the same day gets again."""
    parts = [digest, run.reported_at[:10], __version__, *map(str, _standard(run).values())]
    return f"ack-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"
