"""``--checkpoint``: what pins a run, in the words of its options, and what may not be asked for with it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exportreport import __version__
from exportreport.cli.options import LIMITS

if TYPE_CHECKING:
    from exportreport.batch.journal import Journal
    from exportreport.cli.outputs import Target
    from exportreport.result.run import Run

#: The options that say what is judged and what is said of it.
_OPTIONS = (
    ("--as-of", "as_of"),
    ("--profile", "profile"),
    ("--min-severity", "min_severity"),
    ("--max-findings", "max_findings"),
    ("--redact", "redact"),
    ("--reported-at", "reported_at"),
    *((name, field) for name, field, _, _ in LIMITS),
)


def journal(files: Sequence[str], targets: Sequence[Target], run: Run, chosen: dict[str, Any]) -> Journal:
    """The journal that was asked for; with exit status 2 where it cannot be used."""
    from exportreport.batch.endings import CheckpointError
    from exportreport.batch.journal import opened

    name = chosen["checkpoint"]
    _refuse(files, targets, name)
    pins = dict(_pins(files, targets, run, chosen))
    try:
        return opened(Path(name), pins, {"reported_at": run.reported_at})
    except CheckpointError as error:
        raise click.UsageError("\n".join(error.args)) from None


def _refuse(files: Sequence[str], targets: Sequence[Target], name: str) -> None:
    if "-" in files:
        raise click.UsageError(
            "Standard input cannot be read again from its beginning, which a run with --checkpoint may have to do; "
            "save it as a file and name that."
        )
    own = [("the checkpoint", name), *(("the output", target.path) for target in targets if target.path)]
    for folder in (Path(os.path.realpath(file)) for file in files):
        for what, path in own:
            place = Path(os.path.realpath(path))
            if folder in place.parents:
                raise click.UsageError(
                    f"{path} would be in {folder}, which is to be read; write {what} somewhere else, or it would be "
                    "read, too."
                )


def _pins(
    files: Sequence[str], targets: Sequence[Target], run: Run, chosen: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """What must be the same when a run is gone on with, by the names that people know it by."""
    from exportreport.batch.unit_pins import state_of

    pins = run.pins()
    yield "exportreport", __version__
    yield "the standard", f"{run.standard.version} {run.standard.digest}"
    yield "the rules", str(pins.rules_digest)
    yield "the code lists", str(pins.codelists_digest)
    yield "--format and --save", ", ".join(sorted(target.form for target in targets))
    for option, field in _OPTIONS:
        yield option, _shown(chosen[field])
    yield "FILE", ", ".join(map(_utf8, files))
    for name in files:
        if os.path.isfile(name):  # noqa: PTH113
            yield f"size and time of {_utf8(name)}", state_of(name)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "not given"
    return "not given" if value is None else str(value)


def _utf8(name: str) -> str:
    """``name`` as a text that can be written."""
    return name.encode(errors="surrogateescape").decode(errors="backslashreplace")
