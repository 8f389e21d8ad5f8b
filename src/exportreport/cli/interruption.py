"""Ctrl-C, and the wish of a system that a run ends: heard between documents, so that what was done can be written."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any, BinaryIO, TypeVar

from exportreport.batch.endings import StoppedError

Item = TypeVar("Item")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Whether the run is to end, and whether it was ``cut``: ended before all was done.

    To be used in a ``with`` statement, outside of which signals mean what they meant.

    The first signal is remembered; where standard input is waited for it ends the waiting. The second ends the run as
    it stands.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self.cut = False
        self._waits = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Interruption:
        if threading.current_thread() is threading.main_thread():
            self._before = {one: signal.signal(one, self._hear) for one in _SIGNALS}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for one, handler in self._before.items():
            signal.signal(one, handler)

    def is_asked(self) -> bool:
        """Whether the run is to end."""
        return self.signal is not None

    @property
    def status(self) -> int:
        """The exit status that shells know for it."""
        return 128 + (self.signal or signal.SIGINT)

    def over(self, stream: BinaryIO) -> BinaryIO:
        """``stream``, whose reading can be interrupted where it may take for ever: standard input."""
        is_standard = stream is getattr(sys.stdin, "buffer", None)
        return _Heard(stream, self) if is_standard else stream  # type: ignore[return-value]

    def until(self, items: Iterator[Item], *, anywhere: bool) -> Iterator[Item]:
        """The ``items`` that come before the run is to end; unless it may end ``anywhere``, they end by themselves."""
        try:
            for item in items:
                yield item
                if anywhere and self.is_asked():
                    break
        except StoppedError:
            pass
        self.cut = self.is_asked()

    def read(self, act: Any, size: int) -> bytes:
        """What ``act``, which may wait for ever, gives for ``size``."""
        self._waits = True
        try:
            if self.is_asked():
                raise StoppedError
            data: bytes = act(size)
            return data
        finally:
            self._waits = False

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if self.signal is not None:
            raise KeyboardInterrupt
        self.signal = number
        if self._waits:
            raise StoppedError


class _Heard:
    """A stream whose reading a signal ends."""

    __slots__ = ("_interruption", "_stream")

    def __init__(self, stream: BinaryIO, interruption: Interruption) -> None:
        self._stream, self._interruption = stream, interruption

    def read(self, size: int = -1) -> bytes:
        return self._interruption.read(self._stream.read, size)

    def readline(self, size: int = -1) -> bytes:
        return self._interruption.read(self._stream.readline, size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
