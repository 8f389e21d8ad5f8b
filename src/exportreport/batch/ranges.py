"""A large file of lines of JSON as ranges of bytes: cut at line feeds, the numbers of each first line known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import SEEK_SET
from pathlib import Path
from typing import BinaryIO

from exportreport.batch.reading import counted_lines, numbered_lines

#: About how many bytes a unit holds: some dozens of milliseconds of work, and little to keep under way.
SIZE = 1_000_000

#: The most lines of a unit, so that what becomes of very short ones stays little, too.
LINES = 5_000

#: How much is read at a time of a line that is longer than a unit.
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Range:
    """The bytes from ``begin`` to ``end`` of the file ``name``, which are lines of JSON.

    Its first document is number ``number`` of the file, and its first line is line ``line``.
    """

    name: str
    begin: int
    end: int
    number: int = 1
    line: int = 1

    def lines(self, limit: int) -> Iterator[tuple[int, bytes]]:
        """The lines that are not blank, with their numbers; of a line hardly more than ``limit`` bytes are read."""
        with Path(self.name).open("rb") as file:
            yield from numbered_lines(b"", _Part(file, self.begin, self.end), limit, self.line)


def ranges(name: str, file: BinaryIO, limit: int, seen: Callable[[bytes], object] | None = None) -> Iterator[Range]:
    """The ranges of the ``file`` called ``name``. All its bytes go by ``seen``, where somebody wants them.

    The bytes are read only to be counted: it costs about a hundredth of what judging them does.
    """
    begin, number, line = 0, 1, 1
    while data := file.read(SIZE):
        end = begin + len(data)
        if (cut := _cut(data)) < len(data):
            data, end = data[:cut], begin + cut
            file.seek(end, SEEK_SET)
        if seen:
            seen(data)
        if not data.endswith(b"\n"):
            end += _rest_of_line(file, seen)
        documents, lines = _counted(data) or counted_lines(_Part(file, begin, end), limit)
        yield Range(name, begin, end, number, line)
        begin, number, line = end, number + documents, line + lines
        file.seek(end, SEEK_SET)


def _cut(data: bytes) -> int:
    """How many of the bytes of ``data`` are whole lines, and not too many; all where no line ends."""
    if data.count(b"\n") <= LINES:
        return data.rfind(b"\n") + 1 or len(data)
    end = 0
    for _ in range(LINES):
        end = data.index(b"\n", end) + 1
    return end


def _rest_of_line(file: BinaryIO, seen: Callable[[bytes], object] | None) -> int:
    """How many bytes there are up to the next line feed or the end of ``file``."""
    size = 0
    while piece := file.readline(_PIECE):
        size += len(piece)
        if seen:
            seen(piece)
        if piece.endswith(b"\n"):
            break
    return size


def _counted(data: bytes) -> tuple[int, int] | None:
    """How many documents and lines ``data`` holds; None where that is not quickly told."""
    if b"\r" in data or not data.endswith(b"\n"):
        return None
    every = data.split(b"\n")
    if any(line[:1] != b"{" for line in every[:-1]):
        return None  # the line may be blank
    return len(every) - 1, len(every) - 1


class _Part:
    """The bytes of a file from ``begin`` to ``end``, as a stream."""

    __slots__ = ("_file", "_left")

    def __init__(self, file: BinaryIO, begin: int, end: int) -> None:
        file.seek(begin, SEEK_SET)
        self._file, self._left = file, end - begin

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, or what is left."""
        return self._taken(self._file.read(min(size, self._left)))

    def readline(self, size: int) -> bytes:
        """The rest of the line with its end, at most ``size`` bytes."""
        return self._taken(self._file.readline(min(size, self._left)))

    def _taken(self, data: bytes) -> bytes:
        self._left -= len(data)
        return data
