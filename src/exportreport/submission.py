"""A long XML Submission judged report by report: what is said of it is what is said of one that is read whole.

The findings of a whole document come in stages: what reading it says, then its structure, then the rules. Here each
stage is kept by itself while the reports go by, and all are put together at the end.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from io import BytesIO
from typing import Any, NamedTuple, cast

from exportreport.codec import excerpts, faults, xml_places, xml_text
from exportreport.codec.decoded import MOST_FINDINGS
from exportreport.codec.xml_reports import BrokenTextError, NotInPiecesError, Piece, Reports, in_whole
from exportreport.finding import Finding, Position, Severity
from exportreport.pipeline import Rooms, Settings, faults_of, folded, noting, reading_order
from exportreport.result.kept import Kept
from exportreport.result.record import Result, verdict_of
from exportreport.rules.evaluation import ALL, Rules
from exportreport.standard import Document, Standard
from exportreport.structure.breach import Check, check_carried

#: The stages of findings in the order in which a whole document gives them.
_HEAD, _REMARKS, _LATE, _HEAD_WARNINGS, _WARNINGS, _HEAD_STRUCTURE, _STRUCTURE, _ENVELOPE, _RULES = _STAGES = range(9)

#: From gravest to mildest.
_GRAVITY = tuple(Severity)

#: What reading says of the characters of texts: it follows all else that reading says.
_OF_CHARACTERS = frozenset({faults.NOT_NFC.code, faults.BIDIRECTIONAL.code})

#: What is said of an element when all of it was read.
_AFTERWARDS = frozenset({faults.ORDER.code, faults.APART.code, faults.REPEATED.code, faults.STRAY_TEXT.code})


def check_submission(
    data: bytes, read: Callable[[int], bytes], standard: Standard, settings: Settings, rules: Rules | None = None
) -> Result | None:
    """The result of the XML Submission that begins with ``data``; ``read`` gives what follows, a part at a time.

    None where it is none, or has to be read whole; then nothing was counted. Its reports are not kept.
    """
    rooms = Rooms(standard, settings, rules)
    if rooms.rules and rooms.rules.read_of_reports() is None:
        return None
    try:
        reports = Reports(data, read, standard, settings.limits.document_bytes)
        judging = _Judging(reports, rooms)
        try:
            return judging.result()
        except BrokenTextError as broken:
            return judging.unreadable(broken)
    except NotInPiecesError:
        return None


class _Row(tuple[Any, ...]):
    """What is kept of a report: what the rules read, then where it stands, and its index at the end."""

    __slots__ = ()
    names: Sequence[str] = ()

    def __getitem__(self, name: Any) -> Any:
        return tuple.__getitem__(self, self.names.index(name))

    def __contains__(self, name: object) -> bool:
        return name in self.names and self[name] is not None


class _Rows:
    """What is kept of the reports of a Submission, in their order and packed: some tens of bytes of each."""

    def __init__(self, names: Sequence[str]) -> None:
        self._packed, self._count = BytesIO(), 0
        self._row = type("_Row", (_Row,), {"__slots__": (), "names": tuple(names)})
        self._names = names

    def add(self, report: Any, where: tuple[Any, ...]) -> None:
        """Keep what is wanted of ``report`` and ``where`` it stands."""
        self._count += 1
        known = report if isinstance(report, dict) else {}
        self._packed.write(
            json.dumps([*(known.get(name) for name in self._names), *where], separators=(",", ":")).encode() + b"\n"
        )

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Any]:
        for index, line in enumerate(BytesIO(self._packed.getvalue())):
            yield self._row((*json.loads(line), index))

    def where(self, wanted: Set[Any]) -> dict[Any, tuple[Any, ...]]:
        """Where the reports with the ``wanted`` indexes stand."""
        first = len(self._names)
        return {n: tuple(row)[first:-1] for n, row in enumerate(self) if n in wanted} if wanted else {}


class _Only(list[Any]):
    """A list of which only one entry is known, whatever its index."""

    def __getitem__(self, index: Any) -> Any:
        return super().__getitem__(0)


class _Stage:
    """The findings of one stage: as many as can be kept of all, and how many there were."""

    def __init__(self, settings: Settings) -> None:
        self._most, self._mildest = settings.max_findings, _GRAVITY.index(settings.min_severity)
        self.listed: list[Finding] = []
        self.totals: Counter[Severity] = Counter()
        self.fatal: set[str] = set()
        self._milder = 0

    def take(self, findings: Iterable[Finding]) -> list[int]:
        """Count ``findings``; the places in ``listed`` of those that may be kept."""
        places = []
        for finding in findings:
            self.totals[finding.severity] += 1
            is_fatal = finding.severity is Severity.FATAL
            if is_fatal:
                self.fatal.add(finding.finding_code)
            elif (self._most and self._milder >= self._most) or _GRAVITY.index(finding.severity) > self._mildest:
                continue
            self._milder += not is_fatal
            places.append(len(self.listed))
            self.listed.append(finding)
        return places


class _Named(NamedTuple):
    """A report's element: by which name it is counted, its number among those, and the beginning of its XPath."""

    name: str
    rank: int
    begin: str


class _Judging:
    """Judges the reports of one Submission one after the other."""

    def __init__(self, reports: Reports, rooms: Rooms) -> None:
        self.reports, self.head, self.rooms = reports, reports.head, rooms
        self.standard, self.settings = rooms.standard, rooms.settings
        self.check: Check = rooms.check_of(1 << 30)
        self.stages = [_Stage(rooms.settings) for _ in _STAGES]
        self.elements: dict[tuple[int, int], _Named] = {}
        self.ranks: Counter[str] = Counter()
        self.names: dict[str, int] = {}
        self.decoded = 0
        self.broken: set[int] = set()
        self.day: str | None = None
        self.profiles: dict[str, None] = {}
        rules = rooms.rules
        self.rules = rules.alike() if rules else None
        self.unjudged = rules.alike() if rules else None
        names = rules.read_of_reports() if rules else ()
        self.rows = _Rows(names or ())
        self.envelope = self._envelope()

    def _envelope(self) -> Document:
        """What stands before the reports; what is to be said of how it is written is taken in."""
        decoded = xml_text.decode(self.head.text, self.standard, self.settings.limits)
        if not decoded.readable:
            raise NotInPiecesError
        document = cast(Document, decoded.value)
        document.pop(self.head.slot)
        self.remarks = decoded.findings
        list(noting(decoded.findings, self.head.kind, self.broken))
        self._count(len(decoded.findings))
        return document

    def result(self) -> Result:
        """The result of the whole."""
        index = -1
        for index, piece in enumerate(self.reports):
            self._report(index, piece)
        if index < 0:
            raise NotInPiecesError
        self._conclude()
        found = [finding for stage in self._placed_stages() for finding in stage]
        kept = Kept(self.settings.max_findings, self.settings.min_severity)
        kept.take(found)
        totals: Counter[Severity] = sum((stage.totals for stage in self.stages), Counter())
        fatal = {code for stage in self.stages for code in stage.fatal}
        counts = {severity: totals[severity] for severity in Severity if totals[severity]}
        findings = tuple(sorted(kept.findings, key=reading_order))
        verdict = verdict_of(counts, faults_of(fatal))
        day, used = (self.day, tuple(self.profiles)) if self.rules else (None, ())
        return Result(verdict, findings, counts, "xml", self.head.kind, 1, 1, self.envelope, None, day, used)

    def _count(self, more: int) -> None:
        self.decoded += more
        if self.decoded > MOST_FINDINGS:
            raise NotInPiecesError

    def _report(self, index: int, piece: Piece) -> None:
        """Judge the report with this ``index``."""
        text = self.head.begin + piece.text + self.head.end
        decoded = xml_text.decode(text, self.standard, self.settings.limits)
        if not decoded.readable:
            raise self.reports.broken(decoded.findings[0], piece)
        report = cast(Any, decoded.value)[self.head.slot][0]
        said = [f for f in decoded.findings if f.path is None or f.path[:2] == (self.head.slot, 0)]
        if any(f.path is None for f in said):
            raise NotInPiecesError
        self._count(len(said))
        self.ranks[piece.name] += 1
        rank = self.ranks[piece.name]
        name = self.names.setdefault(piece.name, len(self.names))
        self.rows.add(report, (piece.line, piece.column, name, rank))
        read = [f._replace(path=(self.head.slot, index, *f.path[2:])) for f in said if f.path]
        structure = self._structure(report, index, read)
        broken: set[int] = set()
        list(noting((*read, *structure), self.head.kind, broken))
        self.broken |= broken
        stages = (
            (_REMARKS, [f for f in read if f.finding_code not in _OF_CHARACTERS]),
            (_WARNINGS, [f for f in read if f.finding_code in _OF_CHARACTERS]),
            (_STRUCTURE, structure),
            (_RULES, self._by_rules(report, index, is_broken=bool(broken) or ALL in self.broken)),
        )
        kept = [(stage, place) for stage, findings in stages for place in self.stages[stage].take(findings)]
        if kept:
            self._place(kept, text, piece, rank)

    def _structure(self, report: Any, index: int, read: Sequence[Finding]) -> list[Finding]:
        slot = self.standard.carriers[self.head.kind][0]
        breaches = check_carried(report, slot.range, (slot.name, index), self.standard, self.check)
        document = cast(Document, {**self.envelope, slot.name: _Only([report])})
        told = list(folded(tuple(read), self.rooms.named(document, self.head.kind, breaches)))
        return told[len(read) :]

    def _by_rules(self, report: Any, index: int, *, is_broken: bool) -> list[Finding]:
        if self.rules is None or self.unjudged is None:
            return []
        self.unjudged.keep_back(report)
        if is_broken:
            self.rules.keep_back(report)
            return []
        judged = self.rules.judge_report(report, index, self.envelope)
        self.profiles.update(dict.fromkeys(judged.profiles))
        return judged.findings

    def _place(self, kept: list[tuple[int, int]], text: bytes, piece: Piece, rank: int) -> None:
        """Give the ``kept`` findings, by stage and place in it, their places in the whole."""
        found = [self.stages[stage].listed[place] for stage, place in kept]
        local = [f._replace(path=(self.head.slot, 0, *(f.path or ())[2:])) for f in found]
        placed = [
            f._replace(path=before.path, position=f.position and in_whole(f.position, piece, self.head))
            for before, f in zip(found, xml_places.place(text, local, self.standard), strict=True)
        ]
        if self.settings.excerpts is not None:
            around = self.reports.around(piece)
            placed = excerpts.attach_text(placed, around[0], self.settings.excerpts, *around[1:])
        for (stage, place), finding in zip(kept, placed, strict=True):
            self.stages[stage].listed[place] = finding
            begin = "/".join((finding.xpath or "").split("/")[:4])
            self.elements[stage, place] = _Named(piece.name, rank, begin)

    def _conclude(self) -> None:
        """Say what can be said when all reports are known."""
        slot, kind = self.head.slot, self.head.kind
        document = cast(Document, {**self.envelope, slot: [{}]})
        breaches = (breach for breach in self.check(document, kind) if breach.path[:1] != (slot,))
        structure = list(folded(self.remarks, self.rooms.named(document, kind, breaches)))[len(self.remarks) :]
        list(noting(structure, kind, self.broken))
        late = [f for f in self.remarks if f.finding_code in _AFTERWARDS and len(f.path or ()) < 2]
        characters = [f for f in self.remarks if f.finding_code in _OF_CHARACTERS]
        first = [f for f in self.remarks if f not in late and f not in characters]
        self._of_head(_HEAD, first)
        self._of_head(_LATE, late)
        self._of_head(_HEAD_WARNINGS, characters)
        self._of_head(_HEAD_STRUCTURE, structure)
        self._envelope_rules()

    def _of_head(self, stage: int, findings: list[Finding]) -> None:
        self.stages[stage].take(self._placed_in_head(findings))

    def _placed_in_head(self, findings: list[Finding]) -> list[Finding]:
        placed = xml_places.place(self.head.text, findings, self.standard) if findings else []
        if placed and self.settings.excerpts is not None:
            return excerpts.attach_text(placed, self.head.around, self.settings.excerpts, 1)
        return placed

    def _envelope_rules(self) -> None:
        if self.rules is None or self.unjudged is None or self.rooms.rules is None:
            return
        rules = self.rules
        self.unjudged.keep_back(self.envelope)
        self.day = rules.day_of(self.envelope) or None
        if ALL in self.broken:
            self.stages[_RULES] = _Stage(self.settings)
            self.profiles.clear()
            self.rooms.rules.add(self.unjudged)
            return
        if self.broken:
            rules.keep_back(self.envelope)
        else:
            judged = rules.judge_envelope(cast(Document, {**self.envelope, self.head.slot: self.rows}))
            self._take_envelope(judged.findings)
        self.rooms.rules.add(rules)

    def _take_envelope(self, findings: list[Finding]) -> None:
        """Take in what the rules say of the envelope; some of it is about reports that are gone."""
        stage = self.stages[_ENVELOPE]
        own = {place: stage.listed[place].path or () for place in stage.take(findings)}
        about = {place: path[1] for place, path in own.items() if len(path) > 1 and path[0] == self.head.slot}
        if about and self.settings.excerpts is not None:
            raise NotInPiecesError
        known = self.rows.where(set(about.values()))
        for place in own:
            finding = stage.listed[place]
            if place in about:
                line, column, number, rank = known[about[place]]
                name = list(self.names)[number]
                xpath = f"/er:{self.head.kind}/er:{self.head.slot}/{self._step(name)}"
                stage.listed[place] = finding._replace(position=Position(line, column), xpath=xpath)
                self.elements[_ENVELOPE, place] = _Named(name, rank, xpath)
            else:
                stage.listed[place] = self._placed_in_head([finding])[0]

    def _step(self, name: str) -> str:
        """The step of an XPath to an element of this full ``name``."""
        namespace, _, local = name.rpartition("}")
        return f"er:{local}" if namespace == self.standard.namespace else f"*[local-name()='{local}']"

    def _placed_stages(self) -> Iterator[list[Finding]]:
        """The findings of each stage, the XPath of each with the number of its report where it needs one."""
        for number, stage in enumerate(self.stages):
            yield [self._numbered(finding, number, place) for place, finding in enumerate(stage.listed)]

    def _numbered(self, finding: Finding, stage: int, place: int) -> Finding:
        named = self.elements.get((stage, place))
        if named is None or finding.xpath is None or self.ranks[named.name] == 1:
            return finding
        begin = named.begin
        return finding._replace(xpath=f"{begin}[{named.rank}]{finding.xpath[len(begin) :]}")

    def unreadable(self, broken: BrokenTextError) -> Result:
        """The result of a text that is broken."""
        found = [broken.finding]
        if self.settings.excerpts is not None:
            around = self.reports.around(broken.piece)
            found = excerpts.attach_text(found, around[0], self.settings.excerpts, *around[1:])
        kept = Kept(self.settings.max_findings, self.settings.min_severity)
        kept.take(found)
        verdict = verdict_of(kept.totals, faults_of(kept.fatal))
        return Result(verdict, kept.findings, kept.totals, "xml")
