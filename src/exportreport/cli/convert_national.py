"""Conversion from a national format: reports, the ledger, and the records that were refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import chain
from typing import Any, BinaryIO

import click

from exportreport import standard
from exportreport.batch.archives import only_file
from exportreport.batch.inputs import Source
from exportreport.cli import options, outputs, writing
from exportreport.cli.national import layouts
from exportreport.cli.progress import Progress, size_of
from exportreport.codec import json_text
from exportreport.codec.faults import FAULTS
from exportreport.codec.limits import Limits
from exportreport.codec.member_order import in_order
from exportreport.codec.unpacking import Readable, UnpackingError
from exportreport.conversion import ENVELOPE, Conversion, Format, Outcome, Summary, ledger_json, refusal_json
from exportreport.conversion import convert as conversions_of
from exportreport.result.record import EXIT_STATUS
from exportreport.standard import Document

#: So much of a file is looked at to tell what it is in.
_BEGINNING = 65_536


def convert(file: str, source: str, target: str, chosen: dict[str, Any]) -> int:
    """Write the reports of ``file``, which is in the format ``source``, in the syntax ``target``; the exit status."""
    try:
        return _converted(file, source, target, chosen)
    except UnpackingError as error:
        fault = FAULTS[error.finding.finding_code]
        click.echo(f"{file}: {fault.code} {error.finding.message} {fault.resolution}", err=True)
        return EXIT_STATUS[fault.verdict]


def _converted(file: str, source: str, target: str, chosen: dict[str, Any]) -> int:
    forms = layouts(source)
    known, summary = standard.load(), Summary()
    if chosen["reporting_state"] and any(map(_tells_state, forms)):
        raise click.UsageError(f"{source} tells the reporting state itself; leave --reporting-state away.")
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(size_of((file,)), chosen["quiet"]))
        stream = _open(stack, Source(file, progress.over), options.limits_of(chosen))
        try:
            conversions = conversions_of(
                forms, stream, reported_at=chosen["reported_at"] or _now(),
                handling=chosen["handling"], reporting_state=chosen["reporting_state"],
            )  # fmt: skip
        except ValueError as error:
            raise click.UsageError(f"{error}.") from error
        beside = {name: _beside(stack, chosen, name) for name in ("ledger", "refused")}
        reports = _reports(summary.watch(conversions), beside)
        if any(form.report_type == ENVELOPE for form in forms):
            reports = _in_envelope(reports)
        first = next(reports, None)
        if first is not None or not (summary.unreadable or summary.refused):  # else nothing would look like success
            whole = chain(() if first is None else (first,), reports)
            pieces = writing.pieces((in_order(report, known) for report in whole), target, known)
            outputs.write(pieces, chosen["output"], force=chosen["force"])
    if not chosen["quiet"]:
        for line in summary.lines():
            click.echo(line, err=True)
        if summary.unreadable and (likeness := _likeness(file, source)):
            click.echo(likeness, err=True)
    return _exit_status(summary, fail_on_loss=chosen["fail_on_loss"])


def _likeness(file: str, source: str) -> str | None:
    """What a ``file`` that is not in the format ``source`` is in, and what to do; None where nothing is known of it."""
    from exportreport_converters import FORMATS, looks_like

    if file == "-":
        return None
    with ExitStack() as stack:
        found = looks_like(_open(stack, Source(file), Limits()).read(_BEGINNING))
    if found is None or source in (found, found.partition("/")[0]):
        return None
    if found in FORMATS:
        return f"It looks like {found} ({FORMATS[found].title}): convert it with --from {FORMATS[found].id}."
    return f"It looks like the {found}, which no format reads."


def _tells_state(form: Format) -> bool:
    """Whether the mapping says who reports, or a field does."""
    told = (target.pointer for field in form.fields for targets in field.targets.values() for target in targets)
    return "/reporting_state" in told or any(one.pointer == "/reporting_state" and one.value for one in form.constants)


def _open(stack: ExitStack, source: Source, limits: Limits) -> Readable:
    """The bytes of the input, unpacked where it is packed. A workbook, which is packed too, is left as it is."""
    try:
        stream = stack.enter_context(source.open())
    except OSError as error:
        raise click.UsageError(f"{source.name} cannot be opened: {error.strerror or error}.") from error
    return stack.enter_context(only_file(source.name, stream, limits))


def _beside(stack: ExitStack, chosen: dict[str, Any], name: str) -> BinaryIO | None:
    return stack.enter_context(outputs.opened(chosen[name], force=chosen["force"])) if chosen[name] else None


def _reports(conversions: Iterator[Conversion], beside: dict[str, BinaryIO | None]) -> Iterator[Document]:
    """The reports, while ledger and refusals are written to the files beside them."""
    ledger, refused = beside["ledger"], beside["refused"]
    for conversion in conversions:
        if ledger is not None:
            ledger.writelines(json_text.line(entry) for entry in ledger_json(conversion))
        if conversion.refused is not None and refused is not None:
            refused.write(json_text.line(refusal_json(conversion.refused)))
        if conversion.report is not None:
            yield conversion.report


def _in_envelope(reports: Iterator[Document]) -> Iterator[Document]:
    """The reports as one Submission, where the file says what one is; else one by one."""
    found = list(reports)
    envelope = next((one for one in found if one["report_type"] == ENVELOPE), None)
    own: list[Any] = [one for one in found if one is not envelope]
    if envelope is None or not own:
        yield from own
    else:
        yield envelope | {"reports": own}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _exit_status(summary: Summary, *, fail_on_loss: bool) -> int:
    if summary.unreadable:
        return 3
    lost = summary.cells[Outcome.CARRIED] + summary.cells[Outcome.AMBIGUOUS]
    return 1 if summary.refused or (fail_on_loss and lost) else 0
