"""``exportreport digest``: the identity of a report, the same from JSON and from XML."""

from __future__ import annotations

import sys
from typing import Any

import click

from exportreport.cli import options


@click.command("digest")
@options.files
@options.reading_limits
def command(files: tuple[str, ...], **chosen: Any) -> None:
    """Print the digest that identifies each report.

    It is the SHA-256 of the report's canonical JSON (RFC 8785).
    The digest is the same for JSON and XML, and for any order of members and layout. A document that breaks the
    standard has none: it is named on standard error.

    Exit status: 0 all have a digest; 1 one is rejected; 2 wrong use; 3 one is unreadable; 4 not decidable.
    """
    from exportreport import standard
    from exportreport.batch.inputs import sources
    from exportreport.batch.reading import results_of
    from exportreport.codec.json_text import digest
    from exportreport.finding import visible
    from exportreport.pipeline import Settings
    from exportreport.result import text
    from exportreport.result.record import EXIT_STATUS, Tally

    tally, known = Tally(), standard.load()
    # What the rules say of a report changes nothing here.
    settings = Settings(limits=options.limits_of(chosen), rules=False)
    for source in sources(options.existing(files)):
        for name, result in results_of(source, known, settings):
            tally.add(result)
            if result.accepted and result.document is not None:
                click.echo(f"{digest(result.document)}  {visible(name)}  {result.report_id}")
            else:
                for line in text.document(name, result):
                    click.echo(line, err=True)
    sys.exit(EXIT_STATUS[tally.verdict])
