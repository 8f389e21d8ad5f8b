"""What is unpacked, as a stream of bytes whose every piece is paid for before the next one is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from exportreport.codec import archive_faults
from exportreport.codec.limits import FREE_EXPANSION, Limits
from exportreport.finding import Fault, Finding, make

#: The largest piece that is unpacked at a time, in bytes.
PIECE = 65_536


class Readable(Protocol):
    """What a reader of documents needs of a stream."""

    def read(self, size: int, /) -> bytes:
        """The next ``size`` bytes, or what is left."""

    def readline(self, size: int, /) -> bytes:
        """The rest of the line with its end, at most ``size`` bytes."""


class UnpackingError(Exception):
    """What is packed cannot be unpacked any further; ``finding`` says why."""

    def __init__(self, fault: Fault, **words: str) -> None:
        super().__init__(fault.code)
        self.finding: Finding = make(fault, None, **words)


def damaged(what: str) -> UnpackingError:
    """The archive is damaged in the way that ``what`` says."""
    return UnpackingError(archive_faults.DAMAGED, what=what)


class Budget:
    """What one archive may still unpack to.

    ``size`` is that of the archive, where it is known: an archive whose files share their bytes has no more than
    those, however often they are read.
    """

    __slots__ = ("_limits", "_packed", "_size", "_unpacked")

    def __init__(self, limits: Limits, size: int | None = None) -> None:
        self._limits, self._size = limits, size
        self._packed = self._unpacked = 0

    @property
    def is_spent(self) -> bool:
        """Whether a limit was passed."""
        return self._fault() is not None

    def spend(self, packed: int, unpacked: int) -> None:
        """Count ``packed`` bytes that became ``unpacked`` ones; UnpackingError beyond a limit."""
        self._packed += packed
        self._unpacked += unpacked
        if passed := self._fault():
            fault, limit = passed
            raise UnpackingError(fault, limit=f"{limit:,}")

    def _fault(self) -> tuple[Fault, int] | None:
        """The limit that was passed, and what says so."""
        if self._unpacked > self._limits.unpacked_bytes:
            return archive_faults.TOO_MUCH_UNPACKED, self._limits.unpacked_bytes
        own = self._packed if self._size is None else min(self._packed, self._size)
        if self._unpacked > max(FREE_EXPANSION, own * self._limits.expansion):
            return archive_faults.EXPANDS, self._limits.expansion
        return None


class Pieces:
    """A stream made of ``pieces`` that come one by one.

    Where the next piece cannot be had, what was read of an unfinished line or block goes with it: nothing that was
    cut is taken for a whole. Nor is there an end then: whoever reads on is told again.
    """

    __slots__ = ("_at", "_buffer", "_failure", "_pieces")

    def __init__(self, pieces: Iterator[bytes], begin: bytes = b"") -> None:
        self._pieces, self._buffer, self._at = pieces, begin, 0
        self._failure: UnpackingError | None = None

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, or what is left."""
        return self._taken(size, None)

    def readline(self, size: int) -> bytes:
        """The rest of the line with its end, at most ``size`` bytes."""
        return self._taken(size, b"\n")

    def _taken(self, size: int, mark: bytes | None) -> bytes:
        parts: list[bytes] = []
        while size > 0 and self._filled():
            end = self._buffer.find(mark, self._at, self._at + size) + 1 if mark else 0
            part = self._buffer[self._at : end or self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
            if end:
                break
        return b"".join(parts)

    def _filled(self) -> bool:
        """Whether there is another byte."""
        while self._at >= len(self._buffer):
            if self._failure:
                raise self._failure
            try:
                piece = next(self._pieces, None)
            except UnpackingError as error:
                self._failure = error
                raise
            if piece is None:
                return False
            self._buffer, self._at = piece, 0
        return True


def pieces_of(stream: Readable) -> Iterator[bytes]:
    """The bytes of ``stream``, some at a time."""
    while piece := stream.read(PIECE):
        yield piece
