"""A line on standard error that shows how much of the input has been read, for work that takes a while."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, BinaryIO

#: Work of less than this many seconds shows nothing.
PATIENCE = 1.5

#: After how many seconds the line is drawn anew, however little came.
_OFTEN = 0.5

#: How many characters the bar has.
_WIDTH = 16


class Progress:
    """How much of ``total`` bytes has been read: the part, the rate, and the time that is left.

    Nothing is shown unless standard error is a terminal, and where the total is not known (0), as of standard input.
    To be used in a ``with`` statement, which takes the line away at its end.
    """

    def __init__(self, total: int, quiet: bool) -> None:
        self._total = total
        self._wanted = not quiet and total > 0 and sys.stderr is not None and sys.stderr.isatty()
        self._since = self._drawn = time.monotonic()
        self._read = self._told = 0
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.give_way()

    def give_way(self) -> None:
        """Leave the line to what is said next."""
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
            self._shown = False

    def between(self, pieces: Iterable[Sequence[bytes]], terminal: int | None) -> Iterator[Sequence[bytes]]:
        """The ``pieces``, of which the one at ``terminal`` goes to a terminal, too: there the line gives way to it."""
        for some in pieces:
            goes_there = terminal is not None and bool(some[terminal])
            if goes_there:
                self.give_way()
            yield some
            if goes_there:
                sys.stdout.flush()

    def over(self, stream: BinaryIO) -> BinaryIO:
        """``stream``, of which every byte that is read counts."""
        return _Watched(stream, self) if self._wanted else stream  # type: ignore[return-value]

    def add(self, size: int) -> None:
        """Count ``size`` bytes more, and draw the line anew where enough came, or enough time went by."""
        self._read += size
        if not self._wanted:
            return
        now = time.monotonic()
        if now - self._since < PATIENCE:
            return
        if (self._read - self._told) * 200 >= self._total or not self._told or now - self._drawn > _OFTEN:
            self._draw(now)

    def _draw(self, now: float) -> None:
        from shutil import get_terminal_size

        self._shown, self._drawn, self._told = True, now, self._read
        words = line(self._read, self._total, now - self._since)
        sys.stderr.write(f"\r{words[: get_terminal_size().columns - 1]}\033[K")
        sys.stderr.flush()


def line(read: int, total: int, seconds: float) -> str:
    """What is said when ``read`` of ``total`` bytes were read in so many ``seconds``."""
    rate = read / seconds if seconds > 0 else 0.0
    read = min(read, total)
    bar = f"{'#' * (read * _WIDTH // total):-<{_WIDTH}}"
    left = f"  {_time((total - read) / rate)} left" if rate else ""
    return f"reading  [{bar}]  {read * 100 // total:3}%  {_size(read)} of {_size(total)}  {_size(rate)}/s{left}"


def _size(size: float) -> str:
    """``size`` bytes, in the unit in which people read it."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} TB"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Watched:
    """A stream whose bytes are counted as they are read."""

    __slots__ = ("_progress", "_stream")

    def __init__(self, stream: BinaryIO, progress: Progress) -> None:
        self._stream, self._progress = stream, progress

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._progress.add(len(data))
        return data

    def readline(self, size: int = -1) -> bytes:
        data = self._stream.readline(size)
        self._progress.add(len(data))
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def size_of(names: Iterable[str]) -> int:
    """How many bytes the files called ``names`` hold together; 0 where that cannot be told, as of standard input."""
    total = 0
    for name in names:
        try:
            total += os.path.getsize(name) if os.path.isfile(name) else 0  # noqa: PTH113, PTH202
        except OSError:
            return 0
    return total
