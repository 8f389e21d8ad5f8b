"""A run on several processes: units go out in order, a few of them at a time, and their parcels come back in it."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context

from exportreport import standard
from exportreport.batch import parcel
from exportreport.batch.judging import Judge
from exportreport.batch.parcel import Parcel
from exportreport.batch.units import Stream, Told, Unit
from exportreport.pipeline import Settings

#: How many units are under way for each process: one being judged, and those that wait for it.
_AHEAD = 3

#: What a process of a pool judges with, and whether its results hold documents; it knows them from `_begin`.
_judge: tuple[Judge, bool] | None = None


class LostProcessError(Exception):
    """A process ended before its work did: it was killed, or there was no memory left for it."""


def parcels(units: Iterable[Unit], judge: Judge, jobs: int, *, documents: bool) -> Iterator[Parcel]:
    """The parcels of ``units``, in their order, judged by ``jobs`` processes.

    Only with ``documents`` do their results hold them whole. Raises LostProcessError where a process was lost.
    """
    context = get_context("spawn")  # the same on every system, and sound whatever else the program does
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(judge.settings, documents))
    under_way: deque[Future[bytes] | Parcel] = deque()
    try:
        for unit in units:
            here = isinstance(unit, Stream | Told)
            under_way.append(judge.parcel(unit) if here else pool.submit(_work, unit))
            while len(under_way) > jobs * _AHEAD:
                yield _taken(under_way.popleft())
        while under_way:
            yield _taken(under_way.popleft())
    except BrokenProcessPool as error:
        raise LostProcessError from error
    finally:
        _end(pool)


def _taken(one: Future[bytes] | Parcel) -> Parcel:
    return one if isinstance(one, Parcel) else parcel.decoded(one.result())


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes of ``pool``, whatever they are doing."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in active_children():
        process.terminate()
        process.join()


def _begin(settings: Settings, documents: bool) -> None:
    """Make this process ready; an interrupt is for the one that gives it work."""
    global _judge  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _judge = Judge(standard.load(), settings), documents


def _work(unit: Unit) -> bytes:
    assert _judge is not None
    judge, documents = _judge
    return parcel.encoded(judge.parcel(unit), documents=documents)
