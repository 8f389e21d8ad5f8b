"""A run over any number of inputs on several processes: the same results as on one, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportreport.batch import processes
from exportreport.batch.inputs import Source
from exportreport.batch.judging import Judge, Named
from exportreport.batch.units import units
from exportreport.rules.outcomes import Outcomes


def results(
    sources: Iterable[Source], judge: Judge, outcomes: Outcomes, digests: dict[str, str], *, jobs: int, documents: bool
) -> Iterator[Named]:
    """The results of the documents of ``sources``, each with the name of its file.

    What the rules came to is added to ``outcomes``, and the digests of the inputs are put into ``digests``, where the
    settings ask for them, before the results of a unit are given. Without ``documents`` a result knows of its document
    only the identifier.
    """
    limits, wanted = judge.settings.limits, digests if judge.settings.digests else None
    for parcel in processes.parcels(units(sources, limits, wanted), judge, jobs, documents=documents):
        outcomes.merge(parcel.outcomes)
        digests.update(parcel.digests)
        yield from parcel.results
