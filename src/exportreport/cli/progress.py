"""A bar on standard error that shows how much of the input has been read, for work that takes a while."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

#: Work of less than this many seconds shows nothing.
PATIENCE = 1.5


class Progress:
    """How much of ``total`` bytes has been read. Nothing is shown unless standard error is a terminal.

    To be used in a ``with`` statement, which takes the bar away at its end.
    """

    def __init__(self, total: int, quiet: bool) -> None:
        self._total = total
        self._wanted = not quiet and total > 0 and sys.stderr is not None and sys.stderr.isatty()
        self._since, self._read, self._told = time.monotonic(), 0, 0
        self._bar: ProgressBar[Any] | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.file.write("\r\033[K")  # the line is left to what is said next
            self._bar.file.flush()

    def over(self, stream: BinaryIO) -> BinaryIO:
        """``stream``, of which every byte that is read counts."""
        return _Watched(stream, self) if self._wanted else stream  # type: ignore[return-value]

    def add(self, size: int) -> None:
        """Count ``size`` bytes more, and draw the bar anew where enough time went by."""
        self._read += size
        if self._bar is None and time.monotonic() - self._since < PATIENCE:
            return
        if self._bar is None:
            self._bar = _bar(self._total)
        step = min(self._read, self._total) - self._told
        if step * 200 >= self._total:
            self._bar.update(step)
            self._told += step


def _bar(total: int) -> ProgressBar[Any]:
    import click

    bar: ProgressBar[Any] = click.progressbar(length=total, label="reading", file=sys.stderr, show_pos=False)
    bar.render_progress()
    return bar


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
