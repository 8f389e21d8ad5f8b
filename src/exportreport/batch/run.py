"""A run over any number of inputs by units: on one process or on several, with the same results in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from exportreport.batch import parcel, processes
from exportreport.batch.endings import CheckpointError
from exportreport.batch.inputs import Source
from exportreport.batch.journal import Journal
from exportreport.batch.judging import Answer, Judge, Named, Task
from exportreport.batch.unit_pins import names_of, pin_of
from exportreport.batch.units import Files, Stream, Unit, units
from exportreport.codec.unpacking import UnpackingError, pieces_of
from exportreport.rules.outcomes import Outcomes
from exportreport.standard import Standard


@dataclass(slots=True)
class Course:
    """How a run goes: what the rules came to and the digests of the inputs, filled while its results are given.

    Once ``stopped`` says so nothing more is begun. ``done`` is told how many bytes others have read. What becomes of
    each unit is put into the ``journal``, where there is one, and what is in it already is not judged again.
    """

    outcomes: Outcomes = field(default_factory=Outcomes)
    digests: dict[str, str] = field(default_factory=dict)
    stopped: Callable[[], bool] = lambda: False
    done: Callable[[int], object] = lambda size: None
    journal: Journal | None = None


def results(sources: Iterable[Source], standard: Standard, task: Task, course: Course, jobs: int) -> Iterator[Named]:
    """The results of the documents of ``sources``, each with the name of its file: the same for any number of ``jobs``.

    What becomes known of the whole run is put into ``course`` before the results of its part are given. Raises
    CheckpointError where the inputs are not those that the journal knows.
    """
    plan = units(sources, task.settings.limits, course.digests if task.received else None)
    judge = Judge(standard, task)
    said = _recorded(plan, judge, course, jobs) if course.journal else _answers(plan, judge, course, jobs)
    for unit, answer in said:
        found = parcel.decoded(answer.data)
        course.outcomes.merge(found.outcomes)
        course.digests.update(found.digests)
        yield from found.results
        if answer.is_last and isinstance(unit, Files):
            course.done(unit.size)


def _answers(plan: Iterable[Unit], judge: Judge, course: Course, jobs: int) -> Iterator[tuple[Unit, Answer]]:
    if jobs == 1:
        own = takewhile(lambda _: not course.stopped(), plan)
        return ((unit, answer) for unit in own for answer in judge.answers(unit))
    return processes.answers(plan, judge, jobs, course.stopped)


def _recorded(plan: Iterator[Unit], judge: Judge, course: Course, jobs: int) -> Iterator[tuple[Unit, Answer]]:
    """What became of the units that the journal knows, and what becomes of the others, which it is told."""
    assert course.journal is not None
    yield from _known(plan, course.journal, course.stopped)
    pins = deque[bytes]()

    def pinned() -> Iterator[Unit]:
        for unit in plan:
            pins.append(pin_of(unit))
            yield unit

    for unit, answer in _answers(pinned(), judge, course, jobs):
        course.journal.add(pins[0], answer)
        if answer.is_last:
            pins.popleft()
        yield unit, answer


def _known(plan: Iterator[Unit], journal: Journal, stopped: Callable[[], bool]) -> Iterator[tuple[Unit, Answer]]:
    unit: Unit | None = None
    for pin, answer in journal.records():
        unit = unit or next(plan, None)
        if unit is None or pin_of(unit) != pin:
            raise CheckpointError(*_changed(journal, unit))
        yield unit, answer
        if answer.is_last:
            if isinstance(unit, Stream):
                _pass_over(unit)
            unit = None
            if stopped():
                return


def _pass_over(unit: Stream) -> None:
    """Read what is not judged again: the next unit can only be had after it."""
    try:
        for _ in pieces_of(unit.content.stream):
            pass
    except UnpackingError:
        pass  # that is known already


def _changed(journal: Journal, unit: Unit | None) -> Iterator[str]:
    yield f"{journal.path} is the checkpoint of a run over other files:"
    if unit is None:
        yield "  there are fewer now than were judged then"
    else:
        first, last = names_of(unit)[0], names_of(unit)[-1]
        where = f"among the files from {first} to {last}" if first != last else f"at the file {first}"
        yield f"  {where} one was added, removed or changed since"
    yield "Bring them back as they were to go on with it, or remove the checkpoint to begin anew."
