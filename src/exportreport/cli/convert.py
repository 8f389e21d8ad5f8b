"""``exportreport convert``: between the syntaxes of the standard, and from national formats."""

from __future__ import annotations

import sys
from typing import Any

import click

from exportreport.cli import options, outputs

#: National formats that can be read. `exportreport_converters.FORMATS` holds the same; a test compares them, so that
#: help and errors do not have to load every converter.
NATIONAL = ("nl_cdiu",)
SYNTAXES = ("json", "ndjson", "xml")


@click.command("convert")
@click.argument("file", metavar="FILE")
@click.option(
    "--from", "source", type=click.Choice(["auto", *SYNTAXES, *NATIONAL]), default="auto", show_default=True,
    help="What FILE is in; auto tells JSON, lines of JSON and XML apart by the content.",
)  # fmt: skip
@click.option("--to", "target", type=click.Choice(SYNTAXES), required=True, help="What to write.")
@click.option("--ledger", metavar="FILE", help="Write what became of every source cell here, as lines of JSON.")
@click.option("--refused", metavar="FILE", help="Write the records that were refused here, as lines of JSON.")
@click.option("--fail-on-loss", is_flag=True, help="Exit with 1 also when a cell could only be carried along as text.")
@click.option("--reported-at", metavar="DATETIME", help="When the reports are made, in UTC; default: now.")
@click.option("--reporting-state", metavar="CODE", help="The reporting state, where the format does not tell.")
@click.option(
    "--handling", type=click.Choice(["public", "limited", "restricted", "controlled"]),
    help="Who may see the reports of a national list; default: public.",
)  # fmt: skip
@options.output
@options.force
@options.reading_limits
@options.quiet
@options.verbose
def command(file: str, source: str, target: str, **chosen: Any) -> None:
    """Write the reports of FILE in another form.

    Between JSON, lines of JSON and XML nothing is lost: the digest of each report stays the same. Only what the
    standard accepts is converted; the rest is named on standard error. From a national format every source cell is
    accounted for in the ledger, and a record that cannot become a report is refused with its place and the reason.

    Several reports become an array in JSON, and one Submission in XML.

    Exit status: 0 all converted; 1 a document or record was refused; 2 wrong use; 3 unreadable; 4 not decidable.
    """
    options.existing((file,))
    outputs.refuse_collisions(file, chosen["output"], chosen["ledger"], chosen["refused"])
    if source in NATIONAL:
        from exportreport.cli.convert_national import convert

        sys.exit(convert(file, source, target, chosen))
    for option in ("ledger", "refused", "fail_on_loss", "reporting_state", "reported_at", "handling"):
        if chosen[option]:
            raise click.UsageError(f"--{option.replace('_', '-')} is for national formats: name one with --from.")
    from exportreport.cli.convert_standard import convert

    sys.exit(convert(file, source, target, chosen))
