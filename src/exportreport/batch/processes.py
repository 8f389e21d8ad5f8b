"""A run on several processes: units go out in order, a few at a time, and what becomes of them comes back in order.

What a process answers is JSON (`parcel`): it reads what strangers wrote, so nothing that it says is ever run.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any

from exportreport import standard
from exportreport.batch.endings import FailedProcessError, LostProcessError, StoppedError
from exportreport.batch.judging import Answer, Judge, Task
from exportreport.batch.units import OWN, Stream, Unit

#: How many units a process has: the one that it judges, and those that it finds when that is done.
_AHEAD = 3

#: How many bytes of answers that are not yet wanted are taken from a process.
_HELD = 4_000_000

#: How long an answer is waited for before it is asked whether the run is to stop, in seconds.
_PATIENCE = 0.2

#: The most processes that Windows can wait for at once.
_MOST = 60

#: What the first byte of an answer says: more of this unit follows; it was the last; the process failed.
_MORE, _LAST, _FAILED = b"+", b".", b"!"


@dataclass(slots=True, eq=False)
class _Order:
    """A unit that was given out, and what came back of it until now."""

    unit: Unit
    answers: deque[Answer] = field(default_factory=deque)


@dataclass(slots=True, eq=False)
class _Worker:
    """A process and what it has to do."""

    process: BaseProcess
    inbox: Connection[Unit, Any]
    outbox: Connection[Any, Any]
    orders: deque[_Order] = field(default_factory=deque)

    def give(self, order: _Order) -> None:
        """Give it one unit more."""
        try:
            self.inbox.send(order.unit)
        except OSError as error:
            raise self.lost() from error
        self.orders.append(order)

    def take(self) -> None:
        """Take its next answer."""
        try:
            said = self.outbox.recv_bytes()
        except (EOFError, OSError) as error:
            raise self.lost() from error
        mark, data = said[:1], said[1:]
        if mark == _FAILED:
            raise FailedProcessError(data.decode(errors="replace"))
        order = self.orders[0]
        order.answers.append(Answer(data, mark == _LAST))
        if mark == _LAST:
            self.orders.popleft()

    def is_ahead(self, wanted: _Order, held: int) -> bool:
        """Whether it has told so much that is not wanted yet that it has to wait."""
        return held > _HELD and wanted not in self.orders

    def lost(self) -> LostProcessError:
        """What is to be said when it is gone."""
        self.process.join(1)
        code = self.process.exitcode
        return LostProcessError(f"signal {-code}" if code and code < 0 else f"exit status {code}")


@contextmanager
def workers(task: Task, jobs: int) -> Iterator[list[_Worker]]:
    """``jobs`` processes that judge for ``task``; they end with the context, whatever they are doing."""
    context = get_context("spawn")  # the same on every system, and sound whatever else the program does
    started: list[_Worker] = []
    try:
        with _signals_left_to_us():
            for _ in range(min(jobs, _MOST) if sys.platform == "win32" else jobs):
                theirs, inbox = Pipe(duplex=False)
                outbox, their_outbox = Pipe(duplex=False)
                process = context.Process(target=_work, args=(theirs, their_outbox, task), daemon=True)
                process.start()
                theirs.close()
                their_outbox.close()
                started.append(_Worker(process, inbox, outbox))
        yield started
    finally:
        for worker in started:
            worker.inbox.close()
            worker.process.kill()
        for worker in started:
            worker.process.join()
            worker.outbox.close()


def answers(
    units: Iterable[Unit], judge: Judge, jobs: int, stopped: Callable[[], bool] = lambda: False
) -> Iterator[tuple[Unit, Answer]]:
    """What becomes of ``units``, in their order, judged by ``jobs`` processes.

    Once it is ``stopped`` no more are begun; what is under way is brought to its end.

    What no other process can read is judged here, in its turn, by ``judge``. Raises LostProcessError where a process
    was lost.
    """
    with workers(judge.task, jobs) as staff:
        waiting: deque[_Order] = deque()
        plan = iter(units)
        while True:
            if stopped():
                plan = iter(())
            try:
                _give_out(plan, staff, waiting)
            except StoppedError:
                plan = iter(())
            if not waiting:
                return
            if isinstance(waiting[0].unit, OWN):
                order = waiting.popleft()
                yield from ((order.unit, answer) for answer in judge.answers(order.unit))
            else:
                yield from _of_first(waiting, staff)


def _give_out(plan: Iterator[Unit], staff: list[_Worker], waiting: deque[_Order]) -> None:
    """Give the next units to those who have few; a `Stream` is read before another unit is asked for."""
    while not (waiting and isinstance(waiting[-1].unit, Stream)):
        free = min(staff, key=lambda one: len(one.orders))
        if len(free.orders) >= _AHEAD or len(waiting) > len(staff) * _AHEAD:
            return
        unit = next(plan, None)
        if unit is None:
            return
        order = _Order(unit)
        if not isinstance(unit, OWN):
            free.give(order)
        waiting.append(order)


def _of_first(waiting: deque[_Order], staff: list[_Worker]) -> Iterator[tuple[Unit, Answer]]:
    """What has come back of the first unit that is ``waiting``, after some more was waited for."""
    first = waiting[0]
    held = sum(len(answer.data) for order in waiting for answer in order.answers)
    asked = {worker.outbox: worker for worker in staff if worker.orders and not worker.is_ahead(first, held)}
    for ready in wait(list(asked), 0 if first.answers else _PATIENCE):
        asked[ready].take()  # type: ignore[index]
    while first.answers:
        answer = first.answers.popleft()
        if answer.is_last:
            waiting.popleft()
        yield first.unit, answer


@contextmanager
def _signals_left_to_us() -> Iterator[None]:
    """Let processes that are started here leave it to this one what an interrupt means."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, signal.SIG_IGN) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _work(inbox: Connection[Any, Unit], outbox: Connection[bytes, Any], task: Task) -> None:
    """Judge what comes until nothing more can come. The process that gives the work ends this one, not a signal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    orders: SimpleQueue[Unit] = SimpleQueue()
    threading.Thread(target=_receive, args=(inbox, orders), daemon=True).start()
    try:
        judge = Judge(standard.load(), task)
        while True:
            for answer in judge.answers(orders.get()):
                outbox.send_bytes((_LAST if answer.is_last else _MORE) + answer.data)
    except OSError:
        return  # nobody listens any more
    except Exception:
        outbox.send_bytes(_FAILED + traceback.format_exc().encode(errors="replace"))


def _receive(inbox: Connection[Any, Unit], orders: SimpleQueue[Unit]) -> None:
    """Take in what is to be done as it comes, so that whoever gives it never waits; at the end, end all."""
    try:
        while True:
            orders.put(inbox.recv())
    except (EOFError, OSError):
        os._exit(0)
