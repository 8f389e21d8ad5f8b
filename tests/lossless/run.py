"""All round trips in one go, for ``make equivalence`` and for the tests: `run` gives the table's counts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from exportreport import standard
from tests.lossless.sources import all_of_them
from tests.lossless.strategies import around, ways
from tests.lossless.tally import Tally
from tests.lossless.trips import Product, product

#: How many messages around each class are made by chance.
BY_CHANCE = 10


def from_sources(trial: Product, tally: Tally, data: Path | None) -> list[str]:
    """Send the documents of all sources on both round trips; what that changed, with the document's number."""
    return [
        f"{source}, document {number}: {what}"
        for source, documents in all_of_them(trial.standard, data).items()
        for number, document in enumerate(documents, start=1)
        for what in tally.changed(source, document, trial)
    ]


def by_chance(trial: Product, tally: Tally, name: str, examples: int = BY_CHANCE) -> Callable[[], None]:
    """A test that sends messages around the class ``name`` on both round trips; it fails with the smallest changed."""

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(around(trial.standard, name))
    def nothing_is_changed(document: dict[str, Any]) -> None:
        assert tally.changed("made by hypothesis", document, trial) == []

    return nothing_is_changed


def run(data: Path | None, tally: Tally | None = None) -> Tally:
    """The counts of all round trips, by sources and by chance; nothing is raised where a value was changed."""
    tally = Tally() if tally is None else tally
    trial = product(standard.load())
    from_sources(trial, tally, data)
    for name in ways(trial.standard):
        try:
            by_chance(trial, tally, name)()
        except AssertionError as changed:
            print(changed, file=sys.stderr)
    return tally


if __name__ == "__main__":
    folder = os.environ.get("EXPORTREPORT_DATA")
    done = run(Path(folder) if folder else None)
    print("\n".join(done.lines()))
    sys.exit(1 if done.changes else 0)
