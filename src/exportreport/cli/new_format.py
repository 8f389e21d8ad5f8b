"""What `formats new` makes and `formats check` says."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

import exportreport
from exportreport import standard
from exportreport.cli.format_cases import REPORTED_AT, check, folders_in, sample_in, write
from exportreport.codec import json_text
from exportreport.conversion import MappingError, Summary, convert
from exportreport.conversion.mapping import load
from exportreport.conversion.model_check import ended
from exportreport.conversion.skeleton import files_of, found_in

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LARGEST_SAMPLE = 10_485_760


def make(format_id: str, sample: Path, kind: str, element: str, folder: Path) -> Iterator[str]:
    """Make the folder of a new format from the file ``sample``; what was made, and what to do next, in lines."""
    if not _ID.fullmatch(format_id):
        raise click.UsageError(f"{format_id} is no id of a format: small letters and digits, joined by underscores.")
    if folder.exists():
        raise click.UsageError(f"{folder} is there already; nothing was written. Choose another folder with -o.")
    data = _read(sample)
    try:
        found = found_in(data, element)
    except ValueError as error:
        raise click.UsageError(f"{sample}: {error}.") from error
    made: list[Path] = []
    for path, text in files_of(format_id, found, kind, data, sample.suffix or ".txt").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)
        made.append(folder / path)
    try:
        made += write(folder)
    except MappingError as error:
        shutil.rmtree(folder)
        raise click.UsageError(f"{sample} cannot be a format as it is: {error}.") from error
    yield from (f"made {path}" for path in made)
    columns = f"{len(found.names)} column{' was' if len(found.names) == 1 else 's were'}"
    yield f"{columns} found, and every cell is carried. Next: say in {folder / 'fields.csv'}"
    yield f"where each column goes, put right what says TODO, and run `exportreport formats check {folder}`."


def _read(sample: Path) -> bytes:
    try:
        if sample.stat().st_size > _LARGEST_SAMPLE:
            raise click.UsageError(f"{sample} is too large for a sample; a few records are enough.")
        return sample.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{sample} cannot be read: {error.strerror or error}.") from error


def checked(folder: Path, *, write: bool) -> Iterator[tuple[bool, str]]:
    """What is to be said of the format in ``folder``, line by line, and whether it is a fault."""
    if write:
        try:
            yield from ((False, f"wrote {path}") for path in _written(folder))
        except MappingError as error:
            yield True, str(error)
            return
    faults = list(check(folder))
    yield from ((True, f"wrong  {fault}") for fault in faults)
    yield from ((False, f"note   {line}") for line in (dict.fromkeys(_ended(folder)) if not faults else ()))
    for layout in folders_in(folder) if not faults else ():
        yield from ((False, f"right  {line}") for line in _about(layout, folder))


def _written(folder: Path) -> Iterator[Path]:
    return write(folder)


def _ended(folder: Path) -> Iterator[str]:
    today, model = datetime.now(UTC).date().isoformat(), standard.load()
    for layout in folders_in(folder):
        yield from (f"{one.place}: {one.wrong}" for one in ended(load(layout, folder), model, today))


def _about(layout: Path, folder: Path) -> Iterator[str]:
    """What the sample of a layout comes to."""
    form, theirs, summary = load(layout, folder), sample_in(layout), Summary()
    assert theirs is not None
    found = summary.watch(convert(form, [theirs.read_bytes()], reported_at=REPORTED_AT))
    lines = b"".join(json_text.line(one.report) for one in found if one.report is not None)
    targets = {target.pointer for field in form.fields for of_part in field.targets.values() for target in of_part}
    yield f"{form.name}: {len(form.fields)} columns, {len(targets)} places, {len(form.constants)} constants"
    yield f"{theirs}: {summary.records} records, {summary.reports} converted; {summary.placed_share:.0%} of the cells "\
        "with text found their field"  # fmt: skip
    results = list(exportreport.validate_all(lines)) if lines else []
    verdicts = Counter(result.verdict.value.replace("_", " ") for result in results)
    codes = Counter(one.finding_code for result in results for one in result.findings if one.severity.value != "info")
    said = ", ".join(f"{number} {verdict}" for verdict, number in verdicts.items()) or "none"
    yield f"reports: {said}" + (
        f" ({', '.join(f'{code}: {number}' for code, number in codes.items())})" if codes else ""
    )
