"""Conversion between the syntaxes of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import click

from exportreport import standard
from exportreport.batch.inputs import Source
from exportreport.batch.reading import results_of
from exportreport.cli import options, outputs, writing
from exportreport.cli.progress import Progress, size_of
from exportreport.codec.member_order import in_order
from exportreport.pipeline import Settings
from exportreport.result import text
from exportreport.result.record import EXIT_STATUS, Tally
from exportreport.standard import Document, Standard


def convert(file: str, source: str, target: str, chosen: dict[str, Any]) -> int:
    """Write the accepted documents of ``file`` in the syntax ``target``; the exit status."""
    tally, known = Tally(), standard.load()
    with Progress(size_of((file,)), chosen["quiet"]) as progress:
        judged = accepted(file, source, known, settings_of(chosen), tally, progress)
        documents = (one if syntax == "xml" else in_order(one, known) for one, syntax in judged)
        first = next(documents, None)
        if first is not None:
            whole = chain((first,), documents)
            outputs.write(writing.pieces(whole, target, known), chosen["output"], force=chosen["force"])
    if not chosen["quiet"] and tally.documents > 1:
        for line in text.summary(tally, 1):
            click.echo(line, err=True)
    return EXIT_STATUS[tally.verdict]


def settings_of(chosen: dict[str, Any]) -> Settings:
    """How documents are judged before they are converted: what the rules say of a report changes nothing here."""
    return Settings(limits=options.limits_of(chosen), rules=False)


def accepted(
    file: str, source: str, known: Standard, settings: Settings, tally: Tally,
    progress: Progress | None = None,
) -> Iterator[tuple[Document, str | None]]:  # fmt: skip
    """The documents of ``file`` that the standard accepts, with their syntax; the others are named on standard error.

    Those in XML have their members in the model's order.
    """
    for name, result in results_of(Source(file, progress.over if progress else None), known, settings):
        tally.add(result)
        if result.syntax and source not in ("auto", result.syntax) and (source, result.syntax) != ("ndjson", "json"):
            raise click.UsageError(f"{name} is {result.syntax.upper()}, not {source.upper()}; leave --from away.")
        if result.accepted and result.document is not None:
            yield result.document, result.syntax
        else:
            for line in text.document(name, result):
                click.echo(line, err=True)
