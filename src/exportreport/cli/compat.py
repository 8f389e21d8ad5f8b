"""``exportreport compat``: what changed between two versions of the standard, and the version that it asks for."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command("compat")
@click.argument("old")
@click.argument("new")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--releases", default="releases", show_default=True, type=click.Path(path_type=Path),
    help="The folder in which a version number is looked up.",
)  # fmt: skip
def command(old: str, new: str, form: str, releases: Path) -> None:
    """Compare two versions of the standard.

    OLD and NEW are each a folder or zip of artifacts as `build` writes them, the number of a release, last for the
    newest release, or current. Each change is breaking, behavioral or safe in JSON, XML, rules and code lists, and asks
    for a bump of the version.

    Exit status: 0 the declared version of NEW is large enough; 1 it is too small; 2 wrong use; 3 unreadable.
    """
    from exportreport.cli.editions import files_of
    from exportreport.compat.comparison import compare, text
    from exportreport.compat.edition import EditionError, edition
    from exportreport.finding import visible

    try:
        before, after = (edition(files_of(name, releases), name) for name in (old, new))
        found = compare(before, after)
    except EditionError as error:
        click.echo(f"Error: {visible(str(error))}", err=True)
        sys.exit(3)
    if form == "json":
        click.echo(json.dumps(found.record(), ensure_ascii=False, indent=2))
    else:
        for line in text(found):
            click.echo(visible(line))
    sys.exit(0 if found.suffices else 1)
