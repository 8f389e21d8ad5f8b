"""Whether our validator finds the places of faults in files as submitted: the mutations in all layouts.

`count` judges as many as are wanted: each mutation in two layouts of each syntax that can say it, or in all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from random import Random

from exportreport import pipeline
from exportreport.standard import Standard
from tests.corpus.source import Mutation
from tests.corpus.writing import UnsayableError
from tests.equivalence.frames import Frame, Judged, Said, frames

SYNTAXES = ("json", "xml")

_STRUCTURE = pipeline.Settings(rules=False)
_RULES = pipeline.Settings()


@dataclass(slots=True)
class Places:
    """How many files were judged, by syntax, frame and kind of constraint; and what was said wrongly of which.

    ``fewest`` is in how many frames the mutation was judged that was judged in the fewest.
    """

    judged: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    fewest: int = 1_000

    def line(self) -> str:
        """The figures in one line."""
        ways = len({(syntax, frame) for syntax, frame, _ in self.judged})
        return f"{self.judged.total():,} files in {ways} layouts and frames, {len(self.wrong):,} wrong places"


def count(mutations: Iterable[Mutation], standard: Standard, *, every: bool = False, seed: int = 0) -> Places:
    """What our validator says of ``mutations``: of each in two frames of each syntax, by turns, or in ``every``.

    A kind of constraint with few mutations has each in so many frames that all are used.
    """
    places, grouped, said = Places(), _by_kind(mutations), _Said(standard)
    for syntax in SYNTAXES:
        ways = frames(syntax, standard)
        for kind, group in grouped.items():
            sayable = [mutation for mutation in group if (mutation.json if syntax == "json" else mutation.xml)]
            least = len(ways) if every else max(2, ceil(2 * len(ways) / max(1, len(sayable))))
            turn = Random(f"{seed}/{syntax}/{kind}").randrange(len(ways))
            for index, mutation in enumerate(sayable):
                done = 0
                for name, judged in islice(_framed(mutation, ways, turn + index * least), least):
                    done += 1
                    places.judged[syntax, name, kind] += 1
                    if (got := said.of(judged.data, rules=mutation.rules)) != [sorted(due) for due in judged.due]:
                        which = f"{mutation.constraint}, {mutation.what}, {syntax} {name}"
                        places.wrong.append(f"{which}: {judged.due} {got}")
                places.fewest = min(done, places.fewest)
    return places


def _by_kind(mutations: Iterable[Mutation]) -> dict[str, list[Mutation]]:
    grouped: dict[str, list[Mutation]] = {}
    for mutation in mutations:
        grouped.setdefault(mutation.constraint.partition(" ")[2], []).append(mutation)
    return grouped


def _framed(mutation: Mutation, ways: dict[str, Frame], begin: int) -> Iterator[tuple[str, Judged]]:
    """``mutation`` in the frames that can hold it, from the one that has its turn on."""
    names = list(ways)
    for step in range(len(names)):
        name = names[(begin + step) % len(names)]
        with suppress(UnsayableError):
            if judged := ways[name](mutation):
                yield name, judged


class _Said:
    """What our validator says of files."""

    def __init__(self, standard: Standard) -> None:
        self.standard, self.rules = standard, pipeline.rules_of(standard)

    def of(self, data: bytes, *, rules: bool) -> Said:
        """Code, pointer, line and column of all that is said of each message in ``data``, in order."""
        settings = pipeline.Settings(rules=rules)
        results = pipeline.check(data, self.standard, settings, self.rules if rules else None)
        return [
            sorted((f.finding_code, f.pointer or "", (*(f.position or (0, 0)),)) for f in result.findings)
            for result in results
        ]
