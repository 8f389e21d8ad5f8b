"""A run over any number of inputs by units: on one process or on several, with the same results in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from exportreport.batch import parcel, processes
from exportreport.batch.inputs import Source
from exportreport.batch.judging import Answer, Judge, Named, Task
from exportreport.batch.units import Files, Unit, units
from exportreport.rules.outcomes import Outcomes
from exportreport.standard import Standard


@dataclass(slots=True)
class Course:
    """How a run goes: what the rules came to and the digests of the inputs, filled while its results are given.

    ``stopped`` says whether it is to end early. ``done`` is told how many bytes others have read.
    """

    outcomes: Outcomes = field(default_factory=Outcomes)
    digests: dict[str, str] = field(default_factory=dict)
    stopped: Callable[[], bool] = lambda: False
    done: Callable[[int], object] = lambda size: None


def results(sources: Iterable[Source], standard: Standard, task: Task, course: Course, jobs: int) -> Iterator[Named]:
    """The results of the documents of ``sources``, each with the name of its file: the same for any number of ``jobs``.

    What becomes known of the whole run is put into ``course`` before the results of its part are given.
    """
    plan = units(sources, task.settings.limits, course.digests if task.received else None)
    for unit, answer in _answers(plan, Judge(standard, task), course, jobs):
        found = parcel.decoded(answer.data)
        course.outcomes.merge(found.outcomes)
        course.digests.update(found.digests)
        yield from found.results
        if answer.is_last and isinstance(unit, Files):
            course.done(unit.size)


def _answers(plan: Iterable[Unit], judge: Judge, course: Course, jobs: int) -> Iterator[tuple[Unit, Answer]]:
    if jobs == 1:
        return ((unit, answer) for unit in plan for answer in judge.answers(unit))
    return processes.answers(plan, judge, jobs, course.stopped)
