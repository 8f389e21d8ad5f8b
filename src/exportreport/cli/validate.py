"""``exportreport validate``: the verdict on each document of the inputs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from exportreport.cli import options

if TYPE_CHECKING:
    from exportreport.result.record import Result, Tally
    from exportreport.standard import Standard

Results = Iterator[tuple[str, "Result"]]


@click.command("validate")
@options.files
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the result.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="What makes the exit status 1. Changes the exit status only, never the verdict.",
)
@click.option(
    "--max-findings",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="Most findings shown for a document; 0: all. Totals are exact in any case.",
)
@options.output
@options.force
@options.max_bytes
@options.max_delimiters
@options.color
@options.quiet
@options.verbose
def command(files: tuple[str, ...], form: str, output: str | None, **chosen: Any) -> None:
    """Check reports against the standard.

    FILE is a file, a folder (hidden files and links in it are left out), or - for standard input. Whether it is JSON
    (one message, an array, or lines of JSON) or XML, and what kind of report it holds, is told by its content.

    Exit status: 0 accepted, 1 rejected, 2 wrong use, 3 unreadable, 4 not decidable, 70 internal error.
    """
    from exportreport import standard
    from exportreport.cli import outputs
    from exportreport.result.record import Tally

    if files.count("-") > 1:
        raise click.UsageError("Standard input can be read once only.")
    for name in files:
        outputs.refuse_collisions(name, output)
    tally = Tally()
    known = standard.load()
    results = _results(files, known, tally, chosen, digests=form == "json")
    write = _json if form == "json" else _text
    outputs.write(write(results, known, tally, output, chosen), output, force=chosen["force"])
    if not tally.documents:
        raise click.UsageError("There was no file to check: the folder is empty.")
    sys.exit(_exit_status(tally, chosen["fail_on"]))


def _results(names: tuple[str, ...], known: Standard, tally: Tally, chosen: Any, *, digests: bool) -> Results:
    from exportreport.cli.inputs import sources
    from exportreport.cli.reading import results_of
    from exportreport.codec.limits import Limits
    from exportreport.pipeline import Settings

    limits = Limits(document_bytes=chosen["max_bytes"], delimiters=chosen["max_delimiters"])
    settings = Settings(limits=limits, max_findings=chosen["max_findings"], digests=digests)
    for source in sources(names):
        for result in results_of(source, known, settings):
            tally.add(result)
            yield source.name, result


def _text(results: Results, known: Standard, tally: Tally, target: str | None, chosen: Any) -> Iterator[bytes]:
    """A line for each input of one document, accepted or not; of several documents only those not accepted."""
    from exportreport.result import text

    color = options.wants_color(chosen["color"], target)
    inputs, held = set(), b""
    for name, result in results:
        said = "".join(line + "\n" for line in text.document(name, result, color=color)).encode()
        if name not in inputs:
            yield held
        held = b""
        if not result.accepted or (result.findings and not chosen["quiet"]):
            yield said
        elif name not in inputs and not chosen["quiet"]:
            held = said
        inputs.add(name)
    yield held
    if not chosen["quiet"] and tally.codes:
        from exportreport.cli.explaining import faults_of

        wanted = {code: fault.resolution for code, fault in faults_of(tally.codes).items()}
        yield "".join(line + "\n" for line in text.advice(wanted)).encode()
    if not chosen["quiet"] and (tally.documents > 1 or len(inputs) != 1):
        yield "".join(line + "\n" for line in text.summary(tally, len(inputs))).encode()


def _json(results: Results, known: Standard, tally: Tally, target: str | None, chosen: Any) -> Iterator[bytes]:
    from exportreport.cli.explaining import faults_of
    from exportreport.result import json

    return json.write(results, known, tally, faults_of)


def _exit_status(tally: Tally, fail_on: str) -> int:
    from exportreport.finding import Verdict
    from exportreport.result.record import EXIT_STATUS

    verdict = tally.verdict
    if verdict is Verdict.REJECTED and fail_on == "never":
        return 0
    if verdict is Verdict.ACCEPTED_WITH_WARNINGS and fail_on == "warning":
        return 1
    return EXIT_STATUS[verdict]


__all__ = ["command"]
