"""From a unit to its parcel: what one process does with its part of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exportreport.batch.inputs import Source
from exportreport.batch.parcel import Parcel
from exportreport.batch.reading import results_from, results_of
from exportreport.batch.units import Files, Lines, Stream, Texts, Told, Unit
from exportreport.pipeline import Settings, check, check_lines, rules_of
from exportreport.result.record import Result
from exportreport.rules.evaluation import Rules
from exportreport.rules.outcomes import Outcomes
from exportreport.standard import Standard

Named = tuple[str, Result]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges units with the same standard and settings."""

    standard: Standard
    settings: Settings

    def parcel(self, unit: Unit) -> Parcel:
        """The parcel of ``unit``."""
        rules, digests = rules_of(self.standard, self.settings), dict[str, str]()
        results = list(self._results(unit, rules, digests if self.settings.digests else None))
        return Parcel(results, rules.outcomes if rules else Outcomes(), digests)

    def _results(self, unit: Unit, rules: Rules | None, digests: dict[str, str] | None) -> Iterator[Named]:
        standard, settings = self.standard, self.settings
        match unit:
            case Files(names):
                for name in names:
                    yield from results_of(Source(name), standard, settings, rules, digests)
            case Lines(name, number, lines):
                yield from ((name, one) for one in check_lines(lines, standard, settings, rules, number))
            case Texts(texts):
                yield from ((name, one) for name, data in texts for one in check(data, standard, settings, rules))
            case Stream(content, begin):
                yield from results_from(content, begin, standard, settings, rules)
            case Told(name, result):
                yield name, result
