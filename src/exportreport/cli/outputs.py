"""What a command writes: to standard output, or to a file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import click

if TYPE_CHECKING:
    from pathlib import Path


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


class Manner(NamedTuple):
    """How files are written: ``force`` replaces existing ones.

    Where the run is ``stopped`` when all is written that there is, a file does not take its name, but stays beside it
    as `partial`. A run that is ``kept``, to be gone on with, writes there from the beginning.
    """

    force: bool = False
    stopped: Callable[[], bool] = lambda: False
    kept: bool = False


def write_all(pieces: Iterable[Sequence[bytes]], targets: Sequence[Target], manner: Manner) -> None:
    """Write the ``pieces`` of several files, side by side, to their ``targets``: all of them whole, or none.

    None of them is begun before it is sure that none would replace a file against the user's will.
    """
    with ExitStack() as stack:
        files = [stack.enter_context(_opened(target.path, manner)) for target in targets]
        for some in pieces:
            for file, piece in zip(files, some, strict=True):
                if piece:
                    file.write(piece)


def write(pieces: Iterable[bytes], target: str | None, *, force: bool) -> None:
    """Write ``pieces`` to the file ``target``, or to standard output when there is none."""
    with opened(target, force=force) as file:
        for piece in pieces:
            file.write(piece)


def opened(target: str | None, *, force: bool) -> AbstractContextManager[BinaryIO]:
    """A file to write to: standard output, or one that takes the name ``target`` when all went well.

    An existing file is replaced only with ``force``, and keeps its mode; a link stays a link. Devices and pipes are
    written to as they are. Otherwise the command ends with exit status 2 before any work.
    """
    return _opened(target, Manner(force))


def partial(target: str) -> Path:
    """Where the file ``target`` is as long as it is not complete."""
    path = _real(target)
    return path.with_name(f"{path.name}.partial")


@contextmanager
def _opened(target: str | None, manner: Manner) -> Iterator[BinaryIO]:
    if target is None or target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from pathlib import Path

    path = _real(target)
    if _is_device(path):
        with path.open("wb") as device:
            yield device
        return
    _refuse_existing(path, Path(target), force=manner.force)
    file, place = _kept(target) if manner.kept else _hidden(path)
    try:
        with file:
            yield file
        place.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_mask())
        place.replace(partial(target) if manner.stopped() else path)
    except BaseException:
        if not manner.kept:
            place.unlink(missing_ok=True)
        raise


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


def _hidden(path: Path) -> tuple[BinaryIO, Path]:
    import tempfile
    from pathlib import Path

    handle, name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=path.parent)
    return os.fdopen(handle, "wb"), Path(name)


def _kept(target: str) -> tuple[BinaryIO, Path]:
    place = partial(target)
    place.unlink(missing_ok=True)
    return place.open("xb"), place


def refuse_collisions(source: str, *targets: str | None) -> None:
    """Stop with exit status 2 when two of the files are one: something would be lost."""
    named = [name for name in (source, *targets) if name not in (None, "-")]
    if len(named) < 2:
        return
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
    from pathlib import Path

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
