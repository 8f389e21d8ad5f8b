"""Conversion to a national format: the file, the ledger of what it holds and lacks, the reports that were refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import PurePath
from typing import Any, BinaryIO

import click

from exportreport import standard
from exportreport.cli import outputs
from exportreport.cli.convert_standard import accepted, settings_of
from exportreport.cli.national import layouts
from exportreport.cli.progress import Progress, size_of
from exportreport.codec import json_text
from exportreport.conversion import Outcome, Writer, Writing, entry_json, refusal_json
from exportreport.conversion.shapes.registry import SHAPES
from exportreport.conversion.shapes.xlsx_writing import MissingExtraError
from exportreport.finding import visible
from exportreport.result.record import EXIT_STATUS, Tally
from exportreport.standard import Document

_EXAMPLES = 5


class _Count:
    """What a run of writings comes to: reports, values by what became of them, the first that were lost."""

    def __init__(self) -> None:
        self.written, self.refused = 0, 0
        self.values: Counter[Outcome] = Counter()
        self.lost: dict[str, str] = {}
        self.reasons: list[tuple[str, str, str]] = []

    def add(self, writing: Writing) -> None:
        """Count one report."""
        if writing.refused is not None:
            self.refused += 1
            if len(self.reasons) < _EXAMPLES:
                name = str(writing.report["report_id"])
                self.reasons.append((writing.refused.fault.code, name, writing.refused.message))
        else:
            self.written += 1
        for entry in writing.ledger:
            self.values[entry.outcome] += 1
            if entry.outcome is Outcome.LOST and len(self.lost) < _EXAMPLES:
                self.lost.setdefault(str(entry.target), entry.note)

    def lines(self) -> Iterator[str]:
        """The run in words, line by line."""
        all_of_them = self.written + self.refused
        reports = f"{all_of_them:,} report{'' if all_of_them == 1 else 's'}"
        yield f"{reports}: {self.written:,} written, {self.refused:,} refused."
        counts = ", ".join(f"{self.values[outcome]:,} {outcome}" for outcome in Outcome if self.values[outcome])
        if counts:
            yield f"Values and cells: {counts}."
        yield from (f"{code} {visible(name)}: {visible(message)}" for code, name, message in self.reasons)
        if (unsaid := self.refused - len(self.reasons)) > 0:
            yield f"    … and {unsaid:,} more that are refused; --refused FILE names them all."
        yield from (f"    {visible(target)}: {visible(note)}" for target, note in self.lost.items())
        if (more := self.values[Outcome.LOST] - len(self.lost)) > 0 and self.lost:
            yield f"    … and {more:,} more that are lost; --ledger FILE names them all."


def convert(file: str, source: str, target: str, chosen: dict[str, Any]) -> int:
    """Write the reports of ``file`` in the format ``target``; the exit status."""
    tally, count, writer = Tally(), _Count(), _writer(target, chosen["output"])
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(size_of((file,)), chosen["quiet"]))
        judged = accepted(file, source, standard.load(), settings_of(chosen), tally, progress)
        documents = (document for document, _ in judged)
        beside = {
            name: stack.enter_context(outputs.opened(chosen[name], force=chosen["force"])) if chosen[name] else None
            for name in ("ledger", "refused")
        }
        records = _records(writer, documents, beside, count)
        first = next(records, None)
        if first is not None or count.written:  # a file without records would look like success
            outputs.write(_whole(writer, first or b"", records), chosen["output"], force=chosen["force"])
    if not chosen["quiet"]:
        for line in count.lines():
            click.echo(line, err=True)
    status = EXIT_STATUS[tally.verdict]
    lost = chosen["fail_on_loss"] and count.values[Outcome.LOST]
    return status or (1 if count.refused or lost else 0)


def _writer(target: str, output: str | None) -> Writer:
    """What writes the format, in the shape that the name of the ``output`` ends in, where the format has it."""
    forms = layouts(target)
    suffix = PurePath(output or "").suffix.lower()
    shapes = dict.fromkeys(shape for form in forms for shape in (form.shape, *form.also))
    try:
        return Writer(forms, next((shape for shape in shapes if suffix in SHAPES[shape].suffixes), None))
    except MissingExtraError as error:
        raise click.UsageError(str(error)) from error


def _whole(writer: Writer, first: bytes, records: Iterator[bytes]) -> Iterator[bytes]:
    """The file: its beginning, which is known once its ``first`` record is, its records, and its end."""
    yield writer.head()
    yield first
    yield from records
    yield writer.tail()


def _reports(document: Document) -> list[Document]:
    """The reports of an envelope, or the one report."""
    reports = document.get("reports")
    return [report for report in reports if isinstance(report, dict)] if isinstance(reports, list) else [document]


def _records(
    writer: Writer, documents: Iterator[Document], beside: dict[str, BinaryIO | None], count: _Count
) -> Iterator[bytes]:
    """The records of the reports, while ledger and refusals are written to the files beside them."""
    ledger, refused = beside["ledger"], beside["refused"]
    for document in documents:
        whole = document["report_type"] == "Submission"
        said = writer.envelope(document) if whole else ()
        if ledger is not None:
            name = str(document["report_id"])
            ledger.writelines(json_text.line(entry_json(entry, name)) for entry in said)
        for writing in writer.write(_reports(document)):
            count.add(writing)
            if ledger is not None:
                ledger.writelines(json_text.line(line) for line in writing.lines)
            if refused is not None and writing.refused is not None:
                refused.write(json_text.line(refusal_json(writing.refused)))
            if writing.data:
                yield writing.data
