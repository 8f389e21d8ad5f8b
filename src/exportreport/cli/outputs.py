"""What a command writes: to standard output, or to a file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

import click


class Target(NamedTuple):
    """A form of the result and the file it is written to; None is standard output."""

    form: str
    path: str | None


def targets(form: str, output: str | None, saves: Iterable[tuple[str, str]]) -> list[Target]:
    """What a run writes: the result in ``form``, and those that are saved besides."""
    path = None if output == "-" else output
    if any(place == "-" for _, place in saves):
        raise click.UsageError("--save writes to files; what standard output gets is chosen with --format.")
    return [Target(form, path), *(Target(*pair) for pair in saves)]


def write_all(pieces: Iterable[Sequence[bytes]], targets: Sequence[Target], *, force: bool) -> None:
    """Write the ``pieces`` of several files, side by side, to their ``targets``: all of them whole, or none.

    None of them is begun before it is sure that none would replace a file against the user's will.
    """
    with ExitStack() as stack:
        files = [stack.enter_context(opened(target.path, force=force)) for target in targets]
        for some in pieces:
            for file, piece in zip(files, some, strict=True):
                if piece:
                    file.write(piece)


def write(pieces: Iterable[bytes], target: str | None, *, force: bool) -> None:
    """Write ``pieces`` to the file ``target``, or to standard output when there is none."""
    with opened(target, force=force) as file:
        for piece in pieces:
            file.write(piece)


@contextmanager
def opened(target: str | None, *, force: bool) -> Iterator[BinaryIO]:
    """A file to write to: standard output, or one that takes the name ``target`` when all went well.

    An existing file is replaced only with ``force``, and keeps its mode; a link stays a link. Devices and pipes are
    written to as they are. Otherwise the command ends with exit status 2 before any work.
    """
    if target is None or target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = _real(target)
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as device:
            yield device
        return
    _refuse_existing(path, Path(target), force=force)
    handle, partial = tempfile.mkstemp(prefix=".", suffix=".partial", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(partial).chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_mask())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def refuse_collisions(source: str, *targets: str | None) -> None:
    """Stop with exit status 2 when two of the files are one: something would be lost."""
    named = [name for name in (source, *targets) if name not in (None, "-")]
    places = [_real(str(name)) for name in named]
    for number, place in enumerate(places):
        if place in places[:number]:
            raise click.UsageError(f"{named[number]} is named twice; reading and writing need files of their own.")
        if number and _is_among(place, places[0]):
            raise click.UsageError(
                f"{named[number]} is one of the files to read in {named[0]}; write to a file outside that folder."
            )


def _real(name: str) -> Path:
    """Where ``name`` leads; a link that leads to itself leads nowhere else."""
    return Path(os.path.realpath(name))


def _is_among(target: Path, folder: Path) -> bool:
    """Whether ``target`` is a file that a command reads when it is given ``folder``; hidden files are left out."""
    if not target.is_file() or folder not in target.parents:
        return False
    return not any(part.startswith(".") for part in target.relative_to(folder).parts)


def _refuse_existing(path: Path, named: Path, *, force: bool) -> None:
    if path.is_dir():
        raise click.UsageError(f"{named} is a folder; name a file.")
    if (path.exists() or named.is_symlink()) and not force:
        raise click.UsageError(f"{named} exists; add --force to replace it.")
    if not path.parent.is_dir():
        raise click.UsageError(f"The folder {path.parent} does not exist; make it first.")


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
