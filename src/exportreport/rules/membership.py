"""The rule that follows from the model: every code is on the list that its field names, on the day of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple, cast

from exportreport import codelists, controlcodes
from exportreport.codelists import CodeList, Codes, Entry, Status
from exportreport.finding import Fault, Finding, Path, make
from exportreport.rules import membership_faults as faults
from exportreport.standard import Class, Document, Slot, Standard

_NONE: frozenset[str] = frozenset()

#: Of how many days a run remembers which codes they have.
_DAYS = 1024

_FAULTS = {"expired": faults.EXPIRED, "future": faults.FUTURE}


class Counts:
    """How many codes a run looked up, what came of it, and how many a list could not judge.

    ``seen`` and ``unchecked`` are by list, ``failed`` is by the code of the finding.
    """

    __slots__ = ("failed", "seen", "unchecked")

    def __init__(
        self,
        seen: dict[str, int] | None = None,
        unchecked: dict[str, int] | None = None,
        failed: dict[str, int] | None = None,
    ) -> None:
        self.seen, self.unchecked, self.failed = seen or {}, unchecked or {}, failed or {}

    def __eq__(self, other: object) -> bool:
        """Whether ``other`` are the same counts."""
        if not isinstance(other, Counts):
            return NotImplemented
        return (self.seen, self.unchecked, self.failed) == (other.seen, other.unchecked, other.failed)

    __hash__ = None  # type: ignore[assignment]  # they change

    def add(self, other: Counts) -> None:
        """Add what another part of the run counted."""
        for own, others in ((self.seen, other.seen), (self.unchecked, other.unchecked), (self.failed, other.failed)):
            for name, number in others.items():
                own[name] = own.get(name, 0) + number

    def outcomes(self) -> Mapping[str, tuple[int, int]]:
        """For each of the finding codes how many lookups passed and how many failed; what is unchecked is neither."""
        judged = {True: 0, False: 0}
        for name, number in self.seen.items():
            codes = codelists.codes(name)
            judged[codes.open if codes else False] += number - self.unchecked.get(name, 0)
        asked = {
            faults.UNKNOWN.code: judged[False],
            faults.UNKNOWN_ON_OPEN_LIST.code: judged[True],
            faults.EXPIRED.code: sum(judged.values()),
            faults.FUTURE.code: sum(judged.values()),
        }
        return {code: (number - self.failed.get(code, 0), self.failed.get(code, 0)) for code, number in asked.items()}


class Membership:
    """The lookups of a run: says what failed, and counts what went by."""

    __slots__ = ("_days", "_lists", "_visits", "counts", "standard")

    def __init__(self, standard: Standard) -> None:
        generated = import_module("exportreport.artifacts.evaluation.membership")
        self.standard, self.counts = standard, Counts()
        self._lists: tuple[str, ...] = generated.LISTS
        self._visits: Mapping[str, Any] = generated.VISITS
        self._days: dict[str, _Day] = {}

    def check(self, message: Document, kind: str, as_of: str) -> list[Finding]:
        """What is to be said of the codes of the message on the day ``as_of``; nothing when all is well.

        ``message`` has a sound structure; messages inside it are left to a call of their own, with their own day.
        Paths are those from the message.
        """
        on = self._days.get(as_of)
        if on is None:
            if len(self._days) >= _DAYS:
                self.close()
            on = self._days[as_of] = _Day(as_of, self._lists, self.counts)
        before = on.failures
        self._visits[kind](message, on.ok, on.seen, on.miss, on.by)
        if on.failures == before:
            return []
        failed = failures(message, self.standard.classes[kind], as_of, self.standard)
        return [explained(failure, as_of) for failure in failed]

    def close(self) -> Counts:
        """The counts of all that was checked so far."""
        for day in self._days.values():
            day.count()
        self._days.clear()
        return self.counts

    def taken(self) -> Counts:
        """The counts since this was asked last; they begin anew, and what is known of the days stays."""
        for day in self._days.values():
            day.count()
        own, taken = self.counts, Counts()
        taken.add(own)
        for counted in (own.seen, own.unchecked, own.failed):
            counted.clear()
        return taken


class _Day:
    """The codes that are valid on one day, list by list, taken from the lists when they are first needed."""

    __slots__ = ("by_name", "counts", "day", "failures", "lists", "ok", "seen")

    def __init__(self, day: str, lists: tuple[str, ...], counts: Counts) -> None:
        self.day, self.lists, self.counts = day, lists, counts
        self.ok: list[frozenset[str]] = [_NONE] * len(lists)
        self.seen = [0] * len(lists)
        self.by_name: dict[tuple[str, str], tuple[Codes, frozenset[str]] | None] = {}
        self.failures = 0

    def miss(self, place: int, code: str) -> None:
        """Look closer at a code that is not among those that need no look."""
        codes = codelists.codes(self.lists[place])
        if codes is None:
            self._leave_unchecked(self.lists[place])
            return
        if self.ok[place] is _NONE:
            self.ok[place] = codes.always_on(self.day)
        self._judge(codes, codes.id, code)

    def by(self, naming: str, name: str, code: str) -> None:
        """Look up a code of the list ``name``, which is itself a code of the list ``naming``."""
        key = (naming, name)
        if key not in self.by_name:
            if len(self.by_name) > _DAYS:
                self.by_name.clear()
            codes = codelists.judging(name, naming)
            self.by_name[key] = (codes, codes.always_on(self.day)) if codes else None
        known = self.by_name[key]
        if known is None:
            if codelists.status(naming, name, self.day) == "valid":
                self._see(name)
                self._leave_unchecked(name)
            return
        self._see(name)
        if code not in known[1]:
            self._judge(known[0], name, code)

    def _judge(self, codes: Codes, name: str, code: str) -> None:
        status = codes.status(code, self.day)
        if status == "unchecked":
            self._leave_unchecked(name)
        elif status != "valid":
            self.failures += 1
            said = fault_of(status, codes).code
            self.counts.failed[said] = self.counts.failed.get(said, 0) + 1

    def _see(self, name: str) -> None:
        self.counts.seen[name] = self.counts.seen.get(name, 0) + 1

    def _leave_unchecked(self, name: str) -> None:
        self.counts.unchecked[name] = self.counts.unchecked.get(name, 0) + 1

    def count(self) -> None:
        """Add what was seen on the day to the counts of the run."""
        for name, number in zip(self.lists, self.seen, strict=True):
            if number:
                self.counts.seen[name] = self.counts.seen.get(name, 0) + number
        self.seen = [0] * len(self.lists)


class Failure(NamedTuple):
    """A code that is not on its list on the day: where it stands, in which slot of which class, and what it is."""

    path: Path
    owner: str
    slot: Slot
    codes: Codes
    code: str
    status: Status


def fault_of(status: Status, codes: Codes) -> Fault:
    """What is said where a code has this ``status``."""
    return _FAULTS.get(status) or (faults.UNKNOWN_ON_OPEN_LIST if codes.open else faults.UNKNOWN)


def failures(value: Document, body: Class, day: str, standard: Standard, path: Path = ()) -> Iterator[Failure]:
    """The codes of an object of the class ``body`` that fail on ``day``, in the order of its members."""
    for name, child in value.items():
        slot = body.by_name[name]
        codes = _judge_of(slot, body, value, standard)
        entries = enumerate(child) if isinstance(child, list) else ((None, child),)
        for index, entry in entries:
            place = (*path, name) if index is None else (*path, name, index)
            if slot.kind == "class" and not standard.classes[slot.range].abstract:
                yield from failures(cast(Document, entry), standard.classes[slot.range], day, standard, place)
            elif codes is not None:
                code = cast(str, entry)
                status = codes.status(code, day)
                if status not in ("valid", "unchecked"):
                    yield Failure(place, body.name, slot, codes, code, status)


def _judge_of(slot: Slot, body: Class, value: Document, standard: Standard) -> Codes | None:
    """The codes by which the values of the slot are judged in this object; None where nothing judges them."""
    if slot.code_list_by:
        naming = body.by_name[slot.code_list_by].code_list
        return codelists.judging(cast(str, value[slot.code_list_by]), naming) if slot.code_list_by in value else None
    kind = standard.types.get(slot.range) if slot.kind == "type" else None
    name = slot.code_list or (kind.code_list if kind else None)
    return codelists.codes(name) if name else None


def explained(failure: Failure, day: str) -> Finding:
    """The finding that says a failure."""
    path, owner, slot, codes, code, status = failure
    known = cast(CodeList, codelists.load(codes.id))
    entry = known.entry(code, day)
    words = {"title": slot.title, "list": known.title, "day": day, "model_path": f"{owner}.{slot.name}"}
    if status == "unknown" or entry is None:
        words["hint"] = _meant(known, code, day)
    elif status == "expired":
        words |= {"last": entry.valid_to, "hint": _replaced(known, entry, day)}
    else:
        words["first"] = min(e.valid_from for e in known.by_code[code] if e.valid_from > day)
    return make(fault_of(status, codes), path, value=code, **words)


def _meant(known: CodeList, code: str, day: str) -> str:
    entry = known.meant_by(code, day)
    parsed = controlcodes.parse(code) if entry is None else None
    if parsed and parsed.normal != code:
        entry = known.entry(parsed.normal, day)
    return f"; did you mean {entry}?" if entry else "."


def _replaced(known: CodeList, entry: Entry, day: str) -> str:
    by = [str(found) for code in entry.replaced_by if (found := known.entry(code, day))]
    return f". It was replaced by {', '.join(by)}." if by else "."
