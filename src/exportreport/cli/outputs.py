"""What a command writes: to standard output, or to a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click


def write(pieces: Iterable[bytes], target: str | None, *, force: bool) -> None:
    """Write ``pieces`` to the file ``target``, or to standard output when there is none."""
    with opened(target, force=force) as file:
        for piece in pieces:
            file.write(piece)


@contextmanager
def opened(target: str | None, *, force: bool) -> Iterator[BinaryIO]:
    """A file to write to: standard output, or one that takes the name ``target`` when all went well.

    An existing file is replaced only with ``force``; otherwise the command ends with exit status 2 before any work.
    """
    if target is None or target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    _refuse_existing(path, force=force)
    handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        _give_usual_mode(Path(partial))
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def _refuse_existing(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise click.UsageError(f"{path} is a folder; name a file.")
    if path.exists() and not force:
        raise click.UsageError(f"{path} exists; add --force to replace it.")
    if not path.parent.is_dir():
        raise click.UsageError(f"The folder {path.parent} does not exist; make it first.")


def _give_usual_mode(path: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
