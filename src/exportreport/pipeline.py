"""The order of the rooms: bytes to document to structure to rules to result, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Any, Literal, NamedTuple, cast

from exportreport.codec import characters, json_text
from exportreport.codec.decoded import Decoded
from exportreport.codec.faults import FAULTS as DECODING
from exportreport.codec.faults import MORE, WRONG_CHILD
from exportreport.codec.kinds import kind_of
from exportreport.codec.limits import DEFAULT_LIMITS, Limits
from exportreport.codec.recognize import lines, recognize
from exportreport.finding import Fault, Finding, Severity, Verdict
from exportreport.result.kept import Kept
from exportreport.result.record import Result, verdict_of
from exportreport.rules.evaluation import ALL, Judged, Rules, part_of
from exportreport.rules.faults import FAULTS as RULES
from exportreport.standard import Document, Standard, Value
from exportreport.structure.breach import Breach, Check, Enough, check_message
from exportreport.structure.depth import may_hide_depth
from exportreport.structure.engines import IsPlain, engine_of
from exportreport.structure.faults import EMPTY

#: Above this many bytes a document is checked in pieces: below it, no document can break the schema in so many
#: places that the errors of an engine would matter.
_LARGE = 65_536

#: How many entries of an array have their findings placed in one scan of the text.
_BATCH = 20_000

#: The faults that stop the reading, or the judging.
_FAULTS = {**DECODING, **RULES}

#: Findings so grave say that a part of the document is not what the rules were proven for.
_BREAKING = (Severity.FATAL, Severity.ERROR)

#: What the rules say of a document where none is run.
_UNJUDGED = Judged([])

#: Stands for the index of an entry where a finding is about the whole text.
_WHOLE = -1


class Settings(NamedTuple):
    """What a run may use and should do.

    ``max_findings`` is how many findings of a document are kept (0: all); totals count all. ``digests`` asks for the
    digest of the bytes of each document. ``min_severity`` leaves milder findings out of what is kept, never out of the
    totals. ``excerpts`` asks for the lines of the file around each finding: that many before and after its own.
    Without ``engine`` the fast one is used where it is installed. ``as_of`` (a day) beats the day that a report names
    for itself; ``profiles`` are used besides those that it names. Without ``rules`` only the structure is checked.
    Without ``documents`` a result need not hold its document whole, so that a long one can be read in parts.
    """

    limits: Limits = DEFAULT_LIMITS
    max_findings: int = 1000
    repeated_names: bool = True
    digests: bool = False
    min_severity: Severity = Severity.INFO
    excerpts: int | None = None
    engine: Literal["rust", "pure"] | None = None
    as_of: str | None = None
    profiles: tuple[str, ...] = ()
    rules: bool = True
    documents: bool = True


DEFAULTS = Settings()


def rules_of(standard: Standard, settings: Settings = DEFAULTS) -> Rules | None:
    """The rules for a run with these ``settings``; None where only the structure is checked."""
    return Rules(standard, settings.as_of, settings.profiles) if settings.rules else None


def check(
    data: bytes, standard: Standard, settings: Settings = DEFAULTS, rules: Rules | None = None
) -> Iterator[Result]:
    """The results of the documents in ``data``: one message, a JSON array of messages, or lines of JSON.

    Of a run over several inputs each is given the same ``rules`` (`rules_of`), which count what they come to. Never
    raises on any input; what cannot be read is a result with a fatal finding.
    """
    syntax = recognize(data)
    if syntax == "ndjson":
        yield from check_lines(lines(data), standard, settings, rules)
        return
    rooms = Rooms(standard, settings, rules)
    digest = _digest(data) if settings.digests else None
    if isinstance(syntax, Finding):
        results: Iterable[Result] = (_unread(syntax),)
    else:
        results = rooms.check_json(data) if syntax == "json" else (rooms.check_xml(data),)
    yield from (result._replace(received_digest=digest) for result in results) if digest else results


def check_lines(
    numbered: Iterable[tuple[int, bytes]],
    standard: Standard,
    settings: Settings = DEFAULTS,
    rules: Rules | None = None,
    first: int = 1,
) -> Iterator[Result]:
    """The results of lines of JSON, each a message: line number and bytes in, a result for each out.

    The messages have the numbers from ``first`` on.
    """
    rooms = Rooms(standard, settings, rules)
    for number, (line, data) in enumerate(numbered, start=first):
        result = rooms.check_line(data, number, line)
        yield result._replace(received_digest=_digest(data)) if settings.digests else result


class Rooms:
    """What the rooms need for a run, at hand; nothing is kept from one document to the next."""

    __slots__ = ("engine", "enough", "limits", "repeated_names", "rules", "settings", "simple", "small", "standard")

    def __init__(self, standard: Standard, settings: Settings, rules: Rules | None) -> None:
        self.standard, self.settings = standard, settings
        self.limits, self.repeated_names = settings.limits, settings.repeated_names
        self.engine, self.enough = engine_of(settings.engine), Enough()
        self.rules = rules or rules_of(standard, settings)
        self.simple = not self.rules and settings.min_severity is not Severity.FATAL and settings.excerpts is None
        self.small = min(_LARGE, self.limits.document_bytes, self.limits.delimiters)

    def check_line(self, data: bytes, number: int, line: int) -> Result:
        """The result of one line of JSON."""
        value = json_text.parsed(data) if len(data) <= self.small else None
        if (kind := self._kind_of_small(value)) and (result := self._judge_small(value, kind, data, number, line)):
            return result
        decoded = self._decoded(data, value)
        result = self._judge(decoded, "json", self._search(data), number, line)
        return self._finished(result, decoded.value, data, line) if result.findings else result

    def check_json(self, data: bytes) -> Iterator[Result]:
        """The results of one JSON text: of the message, or of each message of an array."""
        value = json_text.parsed(data) if len(data) <= self.small else None
        if (kind := self._kind_of_small(value)) and (result := self._judge_small(value, kind, data)):
            yield result
            return
        decoded = self._decoded(data, value)
        if decoded.readable and isinstance(decoded.value, list) and not json_text.nesting(decoded.value, data):
            entries = self._judge_entries(decoded.value, _by_entry(decoded.findings), len(data))
            while batch := list(islice(entries, _BATCH)):
                yield from self._placed_together(batch, data)
        else:
            result = self._judge(decoded, "json", self._search(data))
            yield self._finished(result, decoded.value, data) if result.findings else result

    def _kind_of_small(self, value: Value) -> str | None:
        """The kind of the message ``value``, a small text's, if it has one and an engine that knows what is plain."""
        kind = value.get("report_type") if type(value) is dict else None
        return kind if kind.__class__ is str and kind in self.standard.kinds and self.engine.is_plain else None

    def _judge_small(self, value: Any, kind: str, data: bytes, number: int = 1, line: int = 1) -> Result | None:
        """The result of the small text ``data``, a message of ``kind``; None if its decoding has something to say."""
        if cast("IsPlain", self.engine.is_plain)(value, kind, self.standard):
            if self.repeated_names and not json_text.repeats_no_name(data, value):
                return None
            return self._placed_alone(self._judge_sound(value, kind, "json", number, line), data, line)
        search = self._search(data)
        unusual = search is not self.engine.search
        if not json_text.is_unremarkable(data, value, repeated_names=self.repeated_names, unusual=unusual):
            return None
        return self._judge_wrong(value, kind, search, data, number, line)

    def _judge_wrong(self, value: Any, kind: str, search: Check, data: bytes, number: int, line: int) -> Result:
        """The result of the small text ``data``, a message of ``kind`` that is not plain; its decoding says nothing."""
        said = list(self.named(value, kind, check_message(value, kind, self.standard, search)))
        if self.simple and len(said) == 1 and not may_hide_depth(said[0], value):
            found = tuple(_in_json(data, said, line))
            return Result(Verdict.REJECTED, found, {Severity.ERROR: 1}, "json", kind, number, line, value)
        if not said:
            return self._placed_alone(self._judge_sound(value, kind, "json", number, line), data, line)
        result = self._judge_on(Result(Verdict.ACCEPTED, (), {}, "json", kind, number, line, value), said)
        return self._finished(result, value, data, line) if result.findings else result

    def _decoded(self, data: bytes, value: Value) -> Decoded:
        return json_text.decode(data, self.limits, repeated_names=self.repeated_names, depth=False, value=value)

    def _judge_entries(self, values: list[Value], said: dict[int, list[Finding]], size: int) -> Iterator[Result]:
        for index, value in enumerate(values):
            general = said.get(_WHOLE, ()) if index == 0 else ()
            decoded = Decoded(value, (*general, *said.get(index, ())), readable=True)
            yield self._judge(decoded, "json", self.check_of(size), index + 1)

    def _finished(self, result: Result, value: Value, data: bytes, line: int = 1) -> Result:
        """``result`` of a JSON text with its findings placed; that it is nested too deep outweighs all others."""
        shown = sum(result.totals.values()) == len(result.findings)
        may_be_deep = not shown or any(may_hide_depth(finding, value) for finding in result.findings)
        if may_be_deep and (deep := json_text.nesting(value, data)):
            result = self._result((deep,), result._replace(verdict=Verdict.REJECTED))
        return self._placed_alone(result, data, line)

    def _placed_alone(self, result: Result, data: bytes, line: int = 1) -> Result:
        """``result`` of the only message in ``data`` with its findings placed."""
        if not result.findings:
            return result
        return _placed(result, self._sourced(_in_json(data, result.findings, line), data, line))

    def check_xml(self, data: bytes) -> Result:
        """The result of one XML document."""
        from exportreport.codec import xml_places, xml_text

        decoded = xml_text.decode(data, self.standard, self.limits)
        result = self._judge(decoded, "xml", self._check_of(data))
        if not result.findings:
            return result
        return _placed(result, self._sourced(xml_places.place(data, result.findings, self.standard), data))

    def _placed_together(self, results: list[Result], data: bytes) -> Iterator[Result]:
        """The ``results`` of entries of the array in ``data``, all their findings placed in one scan of it."""
        seen = [f._replace(path=(r.number - 1, *(f.path or ()))) for r in results for f in r.findings]
        placed = iter(self._sourced(_in_json(data, seen), data))
        for result in results:
            own = [finding._replace(path=before.path) for before, finding in zip(result.findings, placed, strict=False)]
            yield _placed(result, own) if own else result

    def _sourced(self, findings: list[Finding], data: bytes, line: int = 1) -> list[Finding]:
        """The placed ``findings`` with the lines of ``data`` around each, where they are asked for."""
        if self.settings.excerpts is None:
            return findings
        from exportreport.codec import excerpts

        return excerpts.attach(findings, data, self.settings.excerpts, first_line=line)

    def _judge(self, decoded: Decoded, syntax: str, check: Check, number: int = 1, line: int = 1) -> Result:
        """The result of one decoded value, its findings not yet placed."""
        if not decoded.readable:
            return self._result(decoded.findings, Result(Verdict.UNREADABLE, (), {}, syntax, None, number, line))
        kind = kind_of(decoded.value, self.standard)
        if not isinstance(kind, str):
            bare = Result(Verdict.UNREADABLE, (), {}, syntax, None, number, line)
            return self._result((*decoded.findings, kind), bare)
        document = cast(Document, decoded.value)
        breaches = check_message(document, kind, self.standard, check)
        if breaches or decoded.findings:
            bare = Result(Verdict.ACCEPTED, (), {}, syntax, kind, number, line, document)
            return self._judge_on(bare, folded(decoded.findings, self.named(document, kind, breaches)))
        return self._judge_sound(document, kind, syntax, number, line)

    def _judge_sound(self, document: Document, kind: str, syntax: str, number: int = 1, line: int = 1) -> Result:
        """The result of a message of ``kind`` of which nothing can be said but by the rules."""
        judged = self.rules.judge(document, kind) if self.rules else _UNJUDGED
        day, profiles = judged.as_of, judged.profiles
        bare = Result(Verdict.ACCEPTED, (), {}, syntax, kind, number, line, document, None, day, profiles)
        return self._result(judged.findings, bare) if judged.findings else bare

    def _judge_on(self, bare: Result, said: Iterable[Finding]) -> Result:
        """The result of a document of which something is ``said`` already: the rules judge what that leaves sound."""
        kept, broken = Kept(self.settings.max_findings, self.settings.min_severity), set[int]()
        document, kind = cast(Document, bare.document), cast(str, bare.kind)
        if not self.rules:
            kept.take(said)
            return self._concluded(kept, bare)
        kept.take(noting(said, kind, broken))
        judged = self.rules.judge(document, kind, broken)
        kept.take(judged.findings)
        return self._concluded(kept, bare._replace(as_of=judged.as_of, profiles=judged.profiles))

    def check_of(self, size: int) -> Check:
        """The check of a document of ``size`` bytes."""
        engine, known = self.engine, self.standard
        if size <= _LARGE:
            return engine.check
        from exportreport.structure.pieces import in_pieces

        return in_pieces(known, engine.check, engine.alike(known, self.enough))

    def _check_of(self, data: bytes) -> Check:
        """The check of the document in ``data``, of which nothing is known yet but that text."""
        if len(data) > self.small or data.isascii() or not characters.any_unusual(data):
            return self.check_of(len(data))
        return self.engine.check_whole

    def _search(self, data: bytes) -> Check:
        """The check of a document that is not plain, read from ``data``."""
        if len(data) > self.small:
            return self.check_of(len(data))
        return self.engine.search if data.isascii() or not characters.any_unusual(data) else self.engine.check_whole

    def named(self, document: Document, kind: str, breaches: Iterable[Breach]) -> Iterator[Finding]:
        """The findings that say the ``breaches`` of ``document``, each cause once."""
        from exportreport.structure.diagnosis import Guesses, diagnose

        said, guesses, told, most = None, Guesses(), 0, self.settings.max_findings
        self.enough.said = False
        for breach in breaches:
            for finding in diagnose(document, kind, breach, self.standard, guesses):
                cause = (finding.finding_code, finding.path, finding.model_path)
                if cause != said:
                    yield from (finding,) if breach.times == 1 else repeat(finding, breach.times)
                    told += 1
                    self.enough.said = 0 < most <= told
                said = cause

    def _result(self, findings: Iterable[Finding], bare: Result) -> Result:
        kept = Kept(self.settings.max_findings, self.settings.min_severity)
        kept.take(findings)
        return self._concluded(kept, bare)

    def _concluded(self, kept: Kept, bare: Result) -> Result:
        if not kept.totals:
            return bare
        verdict = verdict_of(kept.totals, faults_of(kept.fatal))
        return Result(verdict, kept.findings, kept.totals, *bare[3:])


def faults_of(codes: Iterable[str]) -> set[Fault]:
    """The faults with these ``codes``, which stopped the reading or the judging."""
    return {_FAULTS[code] for code in codes}


def _in_json(data: bytes, findings: Sequence[Finding], line: int = 1) -> list[Finding]:
    """The ``findings`` with their places in ``data``; what finds them is needed by documents with findings alone."""
    from exportreport.codec.json_places import place

    return place(data, findings, first_line=line)


def noting(findings: Iterable[Finding], kind: str, broken: set[int]) -> Iterator[Finding]:
    """The ``findings``, while the parts that they say are ``broken`` are noted."""
    for finding in findings:
        if ALL not in broken:
            if finding.severity in _BREAKING:
                broken.add(part_of(finding.path, kind))
            elif finding.finding_code == MORE.code:
                broken.add(ALL)
        yield finding


def folded(decoding: tuple[Finding, ...], structure: Iterable[Finding]) -> Iterable[Finding]:
    """Both kinds of findings, without those that say of a place that it is empty where decoding said why."""
    explained = {finding.path for finding in decoding if finding.severity is Severity.ERROR}
    explained |= {f.path[:-1] for f in decoding if f.path and f.finding_code == WRONG_CHILD.code}
    told = (f for f in structure if f.path not in explained or f.finding_code not in EMPTY) if explained else structure
    return chain(decoding, told) if decoding else told


def _placed(result: Result, findings: list[Finding]) -> Result:
    ordered = sorted(findings, key=reading_order) if len(findings) > 1 else findings
    return Result(result.verdict, tuple(ordered), *result[2:])


def _by_entry(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """The findings about each message of an array, as seen from that message; those about the whole text apart."""
    grouped: dict[int, list[Finding]] = {}
    for finding in findings:
        first = finding.path[0] if finding.path else _WHOLE
        own = finding._replace(path=finding.path[1:]) if finding.path else finding
        grouped.setdefault(cast(int, first), []).append(own)
    return grouped


def reading_order(finding: Finding) -> tuple[int, int, str]:
    """By what findings are sorted: as they stand in the file."""
    if finding.position is None:
        return (0, 0, finding.finding_code)
    return (finding.position.line, finding.position.column, finding.finding_code)


def _unread(finding: Finding) -> Result:
    """The result of an input of which not even the syntax is known."""
    return Result(_FAULTS[finding.finding_code].verdict, (finding,), {finding.severity: 1})


def _digest(data: bytes) -> str:
    return json_text.received_digest(data)
