"""``exportreport convert``: between the syntaxes of the standard, and from and to national formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from exportreport.cli import options, outputs

#: National formats that can be read, and those of them that can be written. `exportreport_converters.FORMATS` says the
#: same; a test compares them, so that help and errors do not have to load every converter.
NATIONAL = (
    "ch_seco", "eu_annex3", "nl_cdiu", "template", "uk_chief", "uk_denials", "uk_lite", "us_bis748p",
    "us_ddtc_reexport",
)  # fmt: skip
WRITTEN = ("eu_annex3", "template", "uk_chief", "uk_denials", "uk_lite", "us_bis748p", "us_ddtc_reexport")
SYNTAXES = ("json", "ndjson", "xml")


class _Form(click.Choice[str]):
    """One of the names, a layout of one of the ``formats`` (its id, a slash, and the layout), or the folder of a format
    that lies elsewhere."""

    def __init__(self, names: Sequence[str], formats: Sequence[str]) -> None:
        super().__init__(names)
        self._formats = formats

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it is known; a usage error for one that is not."""
        if _is_folder(str(value)):
            return str(value)
        name, _, layout = str(value).partition("/")
        if layout and name in self._formats:
            from exportreport_converters import FORMATS

            known = [one for one in FORMATS if one.startswith(f"{name}/")]
            if value not in known:
                self.fail(f"{value} is no layout of {name}; it has {', '.join(known) or 'only one'}.", param, ctx)
            return str(value)
        return super().convert(value, param, ctx)


def _is_folder(name: str) -> bool:
    """Whether ``name`` is a path to a folder; a plain word never is, so that a folder cannot stand in for a format."""
    return (os.sep in name or "/" in name or name.startswith(".")) and os.path.isdir(name)  # noqa: PTH112


@click.command("convert")
@click.argument("file", metavar="FILE")
@click.option(
    "--from", "source", type=_Form(["auto", *SYNTAXES, *NATIONAL], NATIONAL), default="auto", show_default=True,
    help="What FILE is in; auto tells JSON, lines of JSON and XML apart by the content. Of a format with several "
    "layouts the layout is found; ID/LAYOUT names one. ./FOLDER is a format of your own.",
)  # fmt: skip
@click.option(
    "--to", "target", type=_Form([*SYNTAXES, *WRITTEN], WRITTEN), required=True,
    help="What to write; a format, or ID/LAYOUT.",
)  # fmt: skip
@click.option("--ledger", metavar="FILE", help="Write what became of every cell and value here, as lines of JSON.")
@click.option("--refused", metavar="FILE", help="Write what was refused here, as lines of JSON.")
@click.option(
    "--fail-on-loss",
    is_flag=True,
    help="Exit with 1 also when a cell could only be carried along, or a value has no place.",
)
@click.option("--reported-at", metavar="DATETIME", help="When the reports are made, in UTC; default: now.")
@click.option("--reporting-state", metavar="CODE", help="The reporting state, where the format does not tell.")
@click.option(
    "--handling", type=click.Choice(["public", "limited", "restricted", "controlled"]),
    help="Who may see the reports; default: what is usual for the format.",
)  # fmt: skip
@options.output
@options.force
@options.reading_limits
@options.quiet
@options.verbose
def command(file: str, source: str, target: str, **chosen: Any) -> None:
    """Write the reports of FILE in another form.

    Between JSON, lines of JSON and XML nothing is lost: the digest of each report stays the same. Only what is
    sound in structure is converted; the rest is named on standard error. Rules and code lists are not asked: that is
    for `validate`. From a national format every source cell is accounted for in the ledger, and a record that cannot
    become a report is refused with its place and the reason.

    To a national format, what is written is read again at once: the ledger says which cell gives back which value, and
    which values are lost because the format has no place for them.

    Several reports become an array in JSON, and one Submission in XML.

    Exit status: 0 all converted; 1 a document or record was refused; 2 wrong use; 3 unreadable; 4 not decidable.
    """
    options.existing((file,))
    outputs.refuse_collisions(file, chosen["output"], chosen["ledger"], chosen["refused"])
    read, written = _is_folder(source), _is_folder(target)
    read, written = read or source.partition("/")[0] in NATIONAL, written or target.partition("/")[0] in WRITTEN
    if read and written:
        raise click.UsageError("Convert to ndjson first, look at the ledger, and then to the other national format.")
    if read:
        from exportreport.cli.convert_national import convert

        sys.exit(convert(file, source, target, chosen))
    own = ("reporting_state", "reported_at", "handling")
    for option in own if written else ("ledger", "refused", "fail_on_loss", *own):
        if chosen[option]:
            raise click.UsageError(f"--{option.replace('_', '-')} is for national formats: name one with --from.")
    if written:
        from exportreport.cli.convert_to_national import convert

        sys.exit(convert(file, source, target, chosen))
    from exportreport.cli.convert_standard import convert

    sys.exit(convert(file, source, target, chosen))
