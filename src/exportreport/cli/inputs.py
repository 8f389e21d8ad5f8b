"""What a command reads: files, the files of folders, and standard input, as streams of bytes."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One input and the name it goes by."""

    name: str

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes of the input; OSError where they cannot be had."""
        if self.name == STDIN:
            if sys.stdin is None:
                raise OSError("standard input is closed")
            yield sys.stdin.buffer
            return
        path = Path(self.name)
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError("it is not a regular file")
        with path.open("rb") as file:
            yield file


def sources(names: Iterable[str]) -> Iterator[Source]:
    """The inputs that ``names`` name: a folder stands for the files in it, by name; hidden ones and links left out."""
    for name in names:
        if name != STDIN and Path(name).is_dir():
            yield from (Source(str(path)) for path in _files(Path(name)))
        else:
            yield Source(name)


def _files(folder: Path) -> Iterator[Path]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        yield folder  # opening it will say why it cannot be read
        return
    for path in paths:
        if path.name.startswith(".") or path.is_symlink():
            continue  # a link could lead out of the folder
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path
