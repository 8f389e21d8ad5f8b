"""What a command reads: files, the files of folders, and standard input, as streams of bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from exportreport.pattern import pattern

STDIN = "-"

#: How many names of a folder are sorted at a time.
_PIECE = 20_000

_FILE, _FOLDER = b"\0f", b"\0d"
_NAME = pattern(rb"[^/]+")

#: Gives a stream that somebody watches for the one that is read.
Watch = Callable[[BinaryIO], BinaryIO]


class Source(NamedTuple):
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
        if not stat.S_ISREG(os.stat(self.name).st_mode):  # noqa: PTH116
            raise OSError("it is not a regular file")
        with open(self.name, "rb") as file:  # noqa: PTH123
            yield self._watched(file)

    def _watched(self, stream: BinaryIO) -> BinaryIO:
        return self.watch(stream) if self.watch is not None else stream


def sources(names: Iterable[str], watch: Watch | None = None) -> Iterator[Source]:
    """The inputs that ``names`` name: a folder stands for the files in it, by name; hidden ones and links left out."""
    for name in names:
        if name != STDIN and os.path.isdir(name):  # never raises, unlike that of a Path  # noqa: PTH112
            from pathlib import Path

            yield from (Source(path, watch) for path in _files(str(Path(name))))
        else:
            yield Source(name, watch)


def _files(folder: str) -> Iterator[str]:
    """The files in ``folder`` and in those below it, however deep; a folder itself where it cannot be read."""
    open_folders = [_read(folder)]
    while open_folders:
        path, is_folder = next(open_folders[-1], ("", False))
        if is_folder:
            open_folders.append(_read(path))
        elif path:
            yield path
        else:
            open_folders.pop()


def _read(folder: str) -> Iterator[tuple[str, bool]]:
    """The path of what of ``folder`` is read, and whether it is a folder; itself as a file where it cannot be read."""
    try:
        entries = _entries(folder)
    except OSError:
        return iter([(folder, False)])  # opening it will say why it cannot be read
    begin = "" if folder == os.curdir else os.path.join(folder, "")  # noqa: PTH118
    return ((begin + name, is_folder) for name, is_folder in entries)


def _entries(folder: str) -> Iterator[tuple[str, bool]]:
    """What of ``folder`` is read, by name, and whether it is a folder; a link could lead out of it.

    There may be a million names, which as texts of their own would take more memory than all the rest: they are kept
    in sorted pieces, each one text, which are merged as they are read.
    """
    from heapq import merge

    pieces: list[bytes] = []
    piece: list[bytes] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            kind = _kind(entry)
            if kind is not None:
                piece.append(entry.name.encode(errors="surrogatepass") + kind)
            if len(piece) >= _PIECE:
                pieces.append(b"/".join(sorted(piece)))
                piece = []
    pieces.append(b"/".join(sorted(piece)))
    return map(_entry, merge(*map(_names, pieces)))


def _kind(entry: os.DirEntry[str]) -> bytes | None:
    """What stands after the name of what is read; it sorts before everything that a longer name could have there."""
    if entry.name.startswith("."):
        return None
    if entry.is_dir(follow_symlinks=False):
        return _FOLDER
    return _FILE if entry.is_file(follow_symlinks=False) else None


def _names(piece: bytes) -> Iterator[bytes]:
    return (found[0] for found in _NAME.finditer(piece))


def _entry(name: bytes) -> tuple[str, bool]:
    return name[: -len(_FILE)].decode(errors="surrogatepass"), name.endswith(_FOLDER)
