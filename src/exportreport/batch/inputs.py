"""What a command reads: files, the files of folders, and standard input, as streams of bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

STDIN = "-"

#: Gives a stream that somebody watches for the one that is read.
Watch = Callable[[BinaryIO], BinaryIO]


@dataclass(frozen=True, slots=True)
class Source:
    """One input and the name it goes by; where somebody is to ``watch``, what is read of it is seen."""

    name: str
    watch: Watch | None = None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes of the input; OSError where they cannot be had."""
        if self.name == STDIN:
            if sys.stdin is None:
                raise OSError("standard input is closed")
            yield self._watched(sys.stdin.buffer)
            return
        path = Path(self.name)
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError("it is not a regular file")
        with path.open("rb") as file:
            yield self._watched(file)

    def _watched(self, stream: BinaryIO) -> BinaryIO:
        return self.watch(stream) if self.watch is not None else stream


def sources(names: Iterable[str], watch: Watch | None = None) -> Iterator[Source]:
    """The inputs that ``names`` name: a folder stands for the files in it, by name; hidden ones and links left out."""
    for name in names:
        if name != STDIN and os.path.isdir(name):  # never raises, unlike that of a Path  # noqa: PTH112
            yield from (Source(str(path), watch) for path in _files(Path(name)))
        else:
            yield Source(name, watch)


def _files(folder: Path) -> Iterator[Path]:
    """The files in ``folder`` and in those below it, however deep; a folder itself where it cannot be read."""
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if is_folder:
            try:
                waiting.extend(reversed(_entries(path)))
                continue
            except OSError:
                pass  # opening it will say why it cannot be read
        yield path


def _entries(folder: Path) -> list[tuple[Path, bool]]:
    """What of ``folder`` is read, by name, and whether it is a folder; a link could lead out of it."""
    with os.scandir(folder) as entries:
        shown = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    return [
        (folder / entry.name, is_folder)
        for entry in shown
        if (is_folder := entry.is_dir(follow_symlinks=False)) or entry.is_file(follow_symlinks=False)
    ]
