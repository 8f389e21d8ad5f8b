"""What another version of the standard does to documents: verdicts that change, findings gained and lost by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Judged(NamedTuple):
    """What one version says of one document: its verdict, and how often each code was found."""

    name: str
    number: int
    report_id: str | None
    verdict: str
    codes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Effect:
    """A document of which the two versions say different things."""

    old: Judged
    new: Judged

    @property
    def turns(self) -> bool:
        """Whether the verdict is another."""
        return self.old.verdict != self.new.verdict

    @property
    def gained(self) -> dict[str, int]:
        """How many findings of each code there are more."""
        return _more(self.new.codes, self.old.codes)

    @property
    def lost(self) -> dict[str, int]:
        """How many findings of each code there are fewer."""
        return _more(self.old.codes, self.new.codes)

    def record(self) -> dict[str, Any]:
        """The effect as members of JSON."""
        place = {"name": self.old.name, "number": self.old.number, "report_id": self.old.report_id}
        verdicts = {"old": self.old.verdict, "new": self.new.verdict}
        return {**place, "verdict": verdicts, "gained": self.gained, "lost": self.lost}


def _more(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {code: n - other.get(code, 0) for code, n in sorted(one.items()) if n > other.get(code, 0)}


@dataclass(slots=True)
class Sum:
    """The counts of a run, filled as documents go by: what each rule gains and loses, and in how many documents."""

    documents: int = 0
    differing: int = 0
    turned: Counter[tuple[str, str]] = field(default_factory=Counter)
    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)

    def effects(self, pairs: Iterable[tuple[Judged, Judged]]) -> Iterator[Effect]:
        """The documents of ``pairs`` of which the versions say different things; all are counted."""
        for old, new in pairs:
            self.documents += 1
            effect = Effect(old, new)
            if effect.turns or old.codes != new.codes:
                self._add(effect)
                yield effect

    def _add(self, effect: Effect) -> None:
        self.differing += 1
        if effect.turns:
            self.turned[effect.old.verdict, effect.new.verdict] += 1
        self.gained.update(effect.gained)
        self.lost.update(effect.lost)
        self.touched.update({*effect.gained, *effect.lost})

    def record(self) -> dict[str, Any]:
        """The counts as members of JSON."""
        return {
            "documents": self.documents,
            "differing": self.differing,
            "verdicts_changed": self.turned.total(),
            "verdicts": [{"old": a, "new": b, "documents": n} for (a, b), n in sorted(self.turned.items())],
            "rules": {
                code: {"gained": self.gained[code], "lost": self.lost[code], "documents": number}
                for code, number in sorted(self.touched.items())
            },
        }

    def lines(self) -> Iterator[str]:
        """The counts for people."""
        yield f"{self.documents:,} documents; {self.turned.total():,} change their verdict, {self.differing:,} differ."
        for (old, new), number in sorted(self.turned.items()):
            yield f"  {old} -> {new}: {number:,}"
        for code, number in sorted(self.touched.items()):
            yield f"  {code}: {self.gained[code]:,} gained, {self.lost[code]:,} lost, in {number:,} documents"


def line(effect: Effect) -> str:
    """The effect on one document for people."""
    old, new = effect.old, effect.new
    number = f" document {old.number}" if old.number > 1 else ""
    named = f" ({old.report_id})" if old.report_id else ""
    verdict = f"{old.verdict} -> {new.verdict}" if effect.turns else f"{old.verdict} still"
    codes = [f"+{code} x{n}" for code, n in effect.gained.items()]
    codes += [f"-{code} x{n}" for code, n in effect.lost.items()]
    return f"{old.name}{number}{named}: {verdict}; {' '.join(codes) or 'the same findings'}"
