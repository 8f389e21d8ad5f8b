"""The order of the rooms: bytes to document to structure to result, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Literal, cast

from exportreport.codec import json_places, json_text
from exportreport.codec.decoded import Decoded
from exportreport.codec.faults import FAULTS
from exportreport.codec.kinds import kind_of
from exportreport.codec.limits import DEFAULT_LIMITS, Limits
from exportreport.codec.recognize import lines, recognize
from exportreport.finding import Finding, Severity, Verdict
from exportreport.result.record import Result, verdict_of
from exportreport.standard import Document, Standard
from exportreport.structure.breach import Breach, Check, check_message
from exportreport.structure.diagnosis import diagnose
from exportreport.structure.pieces import in_pieces

#: Above this many bytes a document is checked in pieces: below it, no document can break the schema in so many
#: places that the errors of an engine would matter.
_LARGE = 65_536

#: Gives findings their positions in the input.
Placing = Callable[[list[Finding]], list[Finding]]


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
    if syntax == "ndjson":
        yield from check_lines(lines(data), standard, settings)
        return
    rooms = _Rooms(standard, settings)
    digest = _digest(data) if settings.digests else None
    if isinstance(syntax, Finding):
        results: Iterable[Result] = (rooms.unread(syntax, data),)
    else:
        results = rooms.check_json(data) if syntax == "json" else (rooms.check_xml(data),)
    yield from (result._replace(received_digest=digest) for result in results) if digest else results


def check_lines(
    numbered: Iterable[tuple[int, bytes]], standard: Standard, settings: Settings = DEFAULTS
) -> Iterator[Result]:
    """The results of lines of JSON, each a message: line number and bytes in, a result for each out."""
    rooms = _Rooms(standard, settings)
    for number, (line, data) in enumerate(numbered, start=1):
        result = rooms.check_line(data, number, line)
        yield result._replace(received_digest=_digest(data)) if settings.digests else result


class _Rooms:
    """What the rooms need for a run, at hand; nothing is kept from one document to the next."""

    __slots__ = ("engine", "limits", "repeated_names", "settings", "standard")

    def __init__(self, standard: Standard, settings: Settings) -> None:
        self.standard, self.settings = standard, settings
        self.limits, self.repeated_names = settings.limits, settings.repeated_names
        self.engine = _engine(settings)

    def check_line(self, data: bytes, number: int, line: int) -> Result:
        """The result of one line of JSON."""
        decoded = json_text.decode(data, self.limits, repeated_names=self.repeated_names)
        return self._judge(decoded, "json", len(data), partial(json_places.place, data, first_line=line), number, line)

    def check_json(self, data: bytes) -> Iterator[Result]:
        """The results of one JSON text: of the message, or of each message of an array."""
        decoded = json_text.decode(data, self.limits, repeated_names=self.repeated_names)
        place = partial(json_places.place, data)
        if not decoded.readable or not isinstance(decoded.value, list):
            yield self._judge(decoded, "json", len(data), place)
            return
        for index, value in enumerate(decoded.value):
            own = tuple(_of_entry(decoded.findings, index))
            entry = Decoded(value, own, readable=True)
            yield self._judge(entry, "json", len(data), partial(place, prefix=(index,)), index + 1)

    def check_xml(self, data: bytes) -> Result:
        """The result of one XML document."""
        from exportreport.codec import xml_places, xml_text

        decoded = xml_text.decode(data, self.standard, self.limits)
        return self._judge(decoded, "xml", len(data), lambda findings: xml_places.place(data, findings, self.standard))

    def unread(self, finding: Finding, data: bytes) -> Result:
        """The result of an input of which not even the syntax is known."""
        return Result(FAULTS[finding.finding_code].verdict, (finding,), {finding.severity: 1})

    def _judge(
        self, decoded: Decoded, syntax: str, size: int, place: Placing, number: int = 1, line: int = 1
    ) -> Result:
        if not decoded.readable:
            return self._result(decoded.findings, place, Result(Verdict.UNREADABLE, (), {}, syntax, None, number, line))
        kind = kind_of(decoded.value, self.standard)
        if isinstance(kind, Finding):
            found = (*decoded.findings, kind)
            return self._result(found, place, Result(Verdict.UNREADABLE, (), {}, syntax, None, number, line))
        document = cast(Document, decoded.value)
        breaches = self._breaches(document, kind, size)
        sound = Result(Verdict.ACCEPTED, (), {}, syntax, kind, number, line, document)
        if not breaches and not decoded.findings:
            return sound
        return self._result(chain(decoded.findings, self._named(document, kind, breaches)), place, sound)

    def _breaches(self, document: Document, kind: str, size: int) -> Iterable[Breach]:
        engine = self.engine if size <= _LARGE else in_pieces(self.standard, self.engine)
        return check_message(document, kind, self.standard, engine)

    def _named(self, document: Document, kind: str, breaches: Iterable[Breach]) -> Iterator[Finding]:
        said = None
        for breach in breaches:
            for finding in diagnose(document, kind, breach, self.standard):
                cause = (finding.finding_code, finding.path)
                if cause != said:
                    yield finding
                said = cause

    def _result(self, findings: Iterable[Finding], place: Placing, bare: Result) -> Result:
        kept, totals = _keep(findings, self.settings.max_findings)
        if not kept:
            return bare
        placed = sorted(place(kept), key=_reading_order)
        verdict = verdict_of(totals, (FAULTS[f.finding_code] for f in kept if f.severity is Severity.FATAL))
        return bare._replace(verdict=verdict, findings=tuple(placed), totals=totals)


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


def _of_entry(findings: Iterable[Finding], index: int) -> Iterator[Finding]:
    """The findings about the message at ``index`` of an array, or about the whole text, seen from that message."""
    for finding in findings:
        if not finding.path:
            yield finding
        elif finding.path[0] == index:
            yield finding._replace(path=finding.path[1:])


def _keep(findings: Iterable[Finding], most: int) -> tuple[list[Finding], dict[Severity, int]]:
    kept: list[Finding] = []
    totals: dict[Severity, int] = {}
    for finding in findings:
        totals[finding.severity] = totals.get(finding.severity, 0) + 1
        if not most or len(kept) < most:
            kept.append(finding)
    return kept, totals


def _reading_order(finding: Finding) -> tuple[int, int, str]:
    if finding.position is None:
        return (0, 0, finding.finding_code)
    return (finding.position.line, finding.position.column, finding.finding_code)


def _digest(data: bytes) -> str:
    return json_text.received_digest(data)
