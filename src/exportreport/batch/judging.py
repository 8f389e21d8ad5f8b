"""From a unit to its parcels: what one process does with its part of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from exportreport.batch.inputs import Source
from exportreport.batch.parcel import Parcel, encoded
from exportreport.batch.ranges import Range
from exportreport.batch.reading import results_from, results_of, results_of_text, unopened
from exportreport.batch.units import Files, Lines, Stream, Texts, Told, Unit
from exportreport.pipeline import Settings, check_lines, rules_of
from exportreport.result.record import Result
from exportreport.result.redaction import redactor
from exportreport.result.run import Explain
from exportreport.rules.evaluation import Rules
from exportreport.rules.outcomes import Outcomes
from exportreport.standard import Standard

Named = tuple[str, Result]

#: About how many results and findings a parcel holds: a unit of very short or very bad documents has several parcels.
_HELD = 2_000


@dataclass(frozen=True, slots=True)
class Task:
    """What units are judged for: the ``settings``, and what of a result is wanted.

    Only with ``documents`` do results hold them whole; else what identifies them. ``received`` asks for the digests of
    whole inputs. Where ``redacted`` gives the words of codes, results leave out what they quote. It has to be a
    function of a module, so that it can be named to another process.
    """

    settings: Settings
    documents: bool = False
    received: bool = False
    redacted: Explain | None = None


class Answer(NamedTuple):
    """The bytes of a parcel of a unit, and whether it is the unit's last."""

    data: bytes
    is_last: bool


class Judge:
    """Judges units for a ``task``."""

    __slots__ = ("_redact", "_rules", "_standard", "task")

    def __init__(self, standard: Standard, task: Task) -> None:
        self._standard, self.task = standard, task
        self._rules = rules_of(standard, task.settings)
        self._redact: Callable[[Result], Result] | None = (
            redactor(standard, task.redacted) if task.redacted is not None else None
        )

    def answers(self, unit: Unit) -> Iterator[Answer]:
        """The parcels of ``unit`` as bytes."""
        before: Parcel | None = None
        for parcel in self.parcels(unit):
            if before is not None:
                yield Answer(encoded(before, documents=self.task.documents), is_last=False)
            before = parcel
        if before is not None:
            yield Answer(encoded(before, documents=self.task.documents), is_last=True)

    def parcels(self, unit: Unit) -> Iterator[Parcel]:
        """The parcels of ``unit``: one or more."""
        digests: dict[str, str] = {}
        held: list[Named] = []
        weight = told = 0
        for name, result in self._results(unit, self._rules, digests if self.task.received else None):
            held.append((name, self._redact(result) if self._redact else result))
            weight += 1 + len(result.findings)
            if weight >= _HELD:
                yield Parcel(held, self._taken(), dict(islice(digests.items(), told, None)))
                held, weight, told = [], 0, len(digests)
        yield Parcel(held, self._taken(), dict(islice(digests.items(), told, None)))

    def _taken(self) -> Outcomes:
        return self._rules.taken() if self._rules else Outcomes()

    def _results(self, unit: Unit, rules: Rules | None, digests: dict[str, str] | None) -> Iterator[Named]:
        standard, settings = self._standard, self.task.settings
        match unit:
            case Files(names, _):
                for name in names:
                    yield from results_of(Source(name), standard, settings, rules, digests)
            case Range(name):
                lines = unit.lines(settings.limits.document_bytes)
                try:
                    yield from ((name, one) for one in check_lines(lines, standard, settings, rules, unit.number))
                except OSError as error:
                    yield name, unopened(error)
            case Lines(name, number, lines):
                yield from ((name, one) for one in check_lines(lines, standard, settings, rules, number))
            case Texts(texts):
                for name, data in texts:
                    yield from ((name, one) for one in results_of_text(data, standard, settings, rules))
            case Stream(content, begin):
                yield from results_from(content, begin, standard, settings, rules)
            case Told(name, result):
                yield name, result
