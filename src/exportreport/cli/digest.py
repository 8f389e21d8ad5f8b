"""``exportreport digest``: the identity of a report, the same from JSON and from XML."""

from __future__ import annotations

import sys
from typing import Any

import click

from exportreport.cli import options


@click.command("digest")
@options.files
@options.max_bytes
@options.max_delimiters
def command(files: tuple[str, ...], **chosen: Any) -> None:
    """Print the digest that identifies each report.

    It is the SHA-256 of the report's canonical JSON (RFC 8785).
    The digest is the same for JSON and XML, and for any order of members and layout. A document that breaks the
    standard has none: it is named on standard error.

    Exit status: 0 all have a digest; 1 one is rejected; 2 wrong use; 3 one is unreadable; 4 not decidable.
    """
    from exportreport import standard
    from exportreport.cli.inputs import sources
    from exportreport.cli.reading import results_of
    from exportreport.codec.json_text import digest
    from exportreport.codec.limits import Limits
    from exportreport.finding import visible
    from exportreport.pipeline import Settings
    from exportreport.result import text
    from exportreport.result.record import EXIT_STATUS, Tally

    tally, known = Tally(), standard.load()
    limits = Limits(document_bytes=chosen["max_bytes"], delimiters=chosen["max_delimiters"])
    settings = Settings(limits=limits, rules=False)  # a report keeps its identity, whatever the rules say of it
    for source in sources(options.existing(files)):
        for result in results_of(source, known, settings):
            tally.add(result)
            if result.accepted and result.document is not None:
                click.echo(f"{digest(result.document)}  {visible(source.name)}  {result.report_id}")
            else:
                for line in text.document(source.name, result):
                    click.echo(line, err=True)
    sys.exit(EXIT_STATUS[tally.verdict])
