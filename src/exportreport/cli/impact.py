"""``exportreport impact``: what another version of the standard does to the documents of a corpus."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exportreport.cli import options

if TYPE_CHECKING:
    from exportreport.compat.effect import Effect, Judged, Sum


@click.command("impact")
@click.option("--old", required=True, metavar="STANDARD", help="The version that documents are judged by now.")
@click.option("--new", required=True, metavar="STANDARD", help="The version that they would be judged by.")
@click.argument("corpus", nargs=-1, required=True, metavar="CORPUS...")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.as_of
@click.option(
    "--releases", default="releases", show_default=True, type=click.Path(path_type=Path),
    help="The folder in which a version number is looked up.",
)  # fmt: skip
def command(corpus: tuple[str, ...], old: str, new: str, form: str, as_of: str | None, releases: Path) -> None:
    """Judge the documents of CORPUS by two versions of the standard.

    CORPUS are files, folders or archives. A STANDARD is a folder or zip of artifacts as `build` writes them, the number
    of a release, last for the newest one, or current. Its rules are compiled anew: name only standards that you trust.

    Exit status: 0 no verdict changes; 1 one does; 2 wrong use; 3 a standard is unreadable.
    """
    from exportreport.compat.effect import Sum

    if "-" in corpus:
        raise click.UsageError("Standard input can be read once only, and each document is read twice; give files.")
    options.existing(corpus)
    total = Sum()
    with ExitStack() as stack:
        folders = [stack.enter_context(_standard(name, releases)) for name in (old, new)]
        sides = [stack.enter_context(_judging(f, n, corpus, as_of)) for f, n in zip(folders, (old, new), strict=True)]
        effects = total.effects(_paired(*sides))
        (_as_json if form == "json" else _as_text)(effects, total)
    sys.exit(1 if total.turned else 0)


def _as_text(effects: Iterable[Effect], total: Sum) -> None:
    from exportreport.compat.effect import line
    from exportreport.finding import visible

    for effect in effects:
        click.echo(visible(line(effect)))
    for text in total.lines():
        click.echo(text)


def _as_json(effects: Iterable[Effect], total: Sum) -> None:
    records = [effect.record() for effect in effects]
    click.echo(json.dumps({**total.record(), "changes": records}, ensure_ascii=False, indent=2))


@contextmanager
def _standard(name: str, releases: Path) -> Iterator[Path]:
    """A folder, for as long as it is needed, with what judging by the standard ``name`` needs."""
    from exportreport.finding import visible

    with tempfile.TemporaryDirectory() as folder:
        try:
            for path, data in _made(name, releases):
                target = Path(folder, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        except ValueError as error:
            raise UnreadableError(visible(str(error))) from error
        except OSError as error:  # a name too long, or of a file and of a folder at once
            raise UnreadableError(visible(f"The standard {name} has files of impossible names.")) from error
        yield Path(folder)


def _made(name: str, releases: Path) -> Iterator[tuple[str, bytes]]:
    """The files by which the standard ``name`` judges; ValueError with a text for people where there are none."""
    from exportreport.build.cel.error import CelError
    from exportreport.cli.editions import files_of
    from exportreport.cli.judges import judging_files
    from exportreport.compat.edition import EditionError, edition

    files = files_of(name, releases)
    try:
        made = [*judging_files(edition(files, name))]
    except EditionError as error:
        raise ValueError(str(error)) from error
    except (CelError, LookupError, TypeError, AttributeError, ValueError) as error:
        what = (
            f"The standard {name} cannot judge: what it holds is not as the build of this program writes it ({error})."
        )
        raise ValueError(what) from error
    made += [(path, data) for path, data in files.items() if path.startswith("crosswalks/")]
    if any(not path.isascii() or ".." in path or "\\" in path for path, _ in made):
        raise ValueError(f"The standard {name} has files of impossible names.")
    yield from made


class UnreadableError(click.ClickException):
    """A standard cannot be read, or cannot judge."""

    exit_code = 3


@contextmanager
def _judging(folder: Path, name: str, corpus: tuple[str, ...], as_of: str | None) -> Iterator[Iterator[Judged]]:
    """What the standard in ``folder`` says of the documents, as another process finds it."""
    command = [sys.executable, "-m", "exportreport.cli.judging_by", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8") as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps({"files": corpus, "as_of": as_of}) + "\n")
        process.stdin.close()
        try:
            yield _read(process.stdout, name)
        finally:
            process.kill()


def _read(lines: Iterable[str], name: str) -> Iterator[Judged]:
    from exportreport.compat.effect import Judged

    for text in lines:
        record: dict[str, Any] = json.loads(text)
        if "error" in record:
            why = "it lacks what judging needs, or was built by another version of this program"
            raise UnreadableError(f"The standard {name} cannot judge: {why} ({record['error']}).")
        yield Judged(**record)


def _paired(old: Iterator[Judged], new: Iterator[Judged]) -> Iterator[tuple[Judged, Judged]]:
    for one, other in zip_longest(old, new):
        if one is None or other is None or (one.name, one.number) != (other.name, other.number):
            raise UnreadableError(
                "The two standards do not give results for the same documents: the files changed meanwhile, or one of "
                "the two processes was ended. Try again."
            )
        yield one, other
