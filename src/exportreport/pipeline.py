"""The order of the rooms: bytes to document to structure to result, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, cast

from exportreport.codec.decoded import Decoded
from exportreport.codec.faults import FAULTS
from exportreport.codec.kinds import kind_of
from exportreport.codec.limits import DEFAULT_LIMITS, Limits
from exportreport.codec.recognize import lines, recognize
from exportreport.finding import Finding, Path, Severity
from exportreport.result.record import Result, verdict_of
from exportreport.standard import Document, Standard
from exportreport.structure.breach import Check, check_message
from exportreport.structure.diagnosis import diagnose
from exportreport.structure.pieces import in_pieces

Syntax = Literal["json", "xml"]

#: Gives findings their positions in the input.
Placing = Callable[[list[Finding]], list[Finding]]

#: Above this many bytes a document is checked in pieces: below it, no document can break the schema in so many
#: places that the errors of an engine would matter.
_LARGE = 65_536


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may use and should do.

    ``max_findings`` is how many findings of a document are kept (0: all); totals count all. ``digests`` asks for the
    digest of the bytes of each document. Without ``engine`` the fast one is used where it is installed.
    """

    limits: Limits = DEFAULT_LIMITS
    max_findings: int = 1000
    repeated_names: bool = True
    digests: bool = False
    engine: Literal["rust", "pure"] | None = None


DEFAULTS = Settings()


def check(data: bytes, standard: Standard, settings: Settings = DEFAULTS) -> Iterator[Result]:
    """The results of the documents in ``data``: one message, a JSON array of messages, or lines of JSON.

    Never raises on any input; what cannot be read is a result with a fatal finding.
    """
    syntax = recognize(data)
    if isinstance(syntax, Finding):
        yield _unread(syntax)
    elif syntax == "ndjson":
        yield from check_lines(lines(data), standard, settings)
    elif syntax == "json":
        yield from _check_json(data, standard, settings)
    else:
        yield _check_xml(data, standard, settings)


def check_lines(
    numbered: Iterable[tuple[int, bytes]], standard: Standard, settings: Settings = DEFAULTS
) -> Iterator[Result]:
    """The results of lines of JSON, each a message: line number and bytes in, a result for each out."""
    for number, (line, data) in enumerate(numbered, start=1):
        for result in _check_json(data, standard, settings, first_line=line):
            yield replace(result, number=number, line=line)


def _check_json(data: bytes, standard: Standard, settings: Settings, *, first_line: int = 1) -> Iterator[Result]:
    from exportreport.codec import json_places, json_text

    decoded = json_text.decode(data, settings.limits, repeated_names=settings.repeated_names)

    def place(findings: list[Finding], prefix: Path) -> list[Finding]:
        return json_places.place(data, findings, first_line=first_line, prefix=prefix)

    if not decoded.readable or not isinstance(decoded.value, list):
        yield _judge(decoded, "json", len(data), standard, settings, lambda findings: place(findings, ()))
        return
    general = [finding for finding in decoded.findings if not finding.path]
    for index, value in enumerate(decoded.value):
        own = (replace(f, path=f.path[1:]) for f in decoded.findings if f.path and f.path[0] == index)
        part = Decoded(value, (*general, *own), readable=True)
        result = _judge(part, "json", len(data), standard, settings, lambda found, i=index: place(found, (i,)))
        yield replace(result, number=index + 1)


def _check_xml(data: bytes, standard: Standard, settings: Settings) -> Result:
    from exportreport.codec import xml_places, xml_text

    decoded = xml_text.decode(data, standard, settings.limits)
    return _judge(
        decoded, "xml", len(data), standard, settings, lambda findings: xml_places.place(data, findings, standard)
    )


def _judge(
    decoded: Decoded, syntax: Syntax, size: int, standard: Standard, settings: Settings, place: Placing
) -> Result:
    """The result of one decoded document; places are looked for only when there is something to place."""
    found: Iterable[Finding] = decoded.findings
    document, kind = None, None
    if decoded.readable:
        known = kind_of(decoded.value, standard)
        if isinstance(known, Finding):
            found = (*decoded.findings, known)
        else:
            document, kind = cast(Document, decoded.value), known
            found = chain(decoded.findings, _structure(document, kind, size, standard, settings))
    kept, totals = _keep(found, settings.max_findings)
    if kept:
        kept = sorted(place(kept), key=_reading_order)
    verdict = verdict_of(totals, (FAULTS[f.finding_code] for f in kept if f.severity is Severity.FATAL))
    return Result(verdict, tuple(kept), totals, syntax, kind, document=document)


def _structure(document: Document, kind: str, size: int, standard: Standard, settings: Settings) -> Iterator[Finding]:
    engine = _engine(settings)
    if size > _LARGE:
        engine = in_pieces(standard, engine)
    said = None
    for breach in check_message(document, kind, standard, engine):
        for finding in diagnose(document, kind, breach, standard):
            cause = (finding.finding_code, finding.path)
            if cause != said:
                yield finding
            said = cause


def _engine(settings: Settings) -> Check:
    if settings.engine != "pure":
        try:
            from exportreport.structure import engine

            return engine.check
        except ImportError:
            if settings.engine == "rust":
                raise
    from exportreport.structure import pure

    return pure.check


def _keep(findings: Iterable[Finding], most: int) -> tuple[list[Finding], dict[Severity, int]]:
    kept: list[Finding] = []
    totals: Counter[Severity] = Counter()
    for finding in findings:
        totals[finding.severity] += 1
        if not most or len(kept) < most:
            kept.append(finding)
    return kept, dict(totals)


def _reading_order(finding: Finding) -> tuple[int, int, str]:
    if finding.position is None:
        return (0, 0, finding.finding_code)
    return (finding.position.line, finding.position.column, finding.finding_code)


def _unread(finding: Finding) -> Result:
    return Result(FAULTS[finding.finding_code].verdict, (finding,), {finding.severity: 1})
