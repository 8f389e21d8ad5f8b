"""``exportreport build``: from the LinkML model to the artifacts, for editors of the standard."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("build")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when an artifact is not current.")
@click.option(
    "--schema", default="schema", show_default=True, type=click.Path(path_type=Path), help="The model's folder."
)
@click.option(
    "--artifacts",
    default="src/exportreport/artifacts",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder of what is made from it.",
)
@click.option(
    "--freeze", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Also keep what comparing and judging need of the artifacts, as a release in this folder.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="With --freeze, replace a release of the same version.")
def command(check: bool, schema: Path, artifacts: Path, freeze: Path | None, force: bool) -> None:
    """Make JSON Schema, XSD and code lists from the model.

    Exit status: 0 done or current; 1 the model is not sound, or with --check an artifact is stale; 2 wrong use.
    """
    if not (schema / "exportreport.yaml").is_file():
        raise click.UsageError(f"There is no model in the folder {schema}; run this in the checkout, or use --schema.")
    try:
        from exportreport.build import codelists, compile
    except ImportError as error:
        raise click.UsageError("This command needs the extra: pip install 'exportreport[build]'.") from error
    try:
        files = compile.artifacts(schema)
    except (compile.ModelError, codelists.CodeListError) as error:
        for fault in error.args:
            click.echo(fault, err=True)
        click.echo("The model is not sound; nothing was written.", err=True)
        sys.exit(1)
    changed = compile.stale(files, artifacts) if check else compile.write(files, artifacts)
    for name in changed:
        click.echo(f"{'stale' if check else 'written'}: {name}")
    click.echo(f"{len(files)} artifacts, {len(changed)} {'stale' if check else 'written'}.")
    if freeze is not None and not (check and changed):
        from exportreport.cli import editions

        click.echo(f"kept: {editions.freeze(artifacts, freeze, force=force)}")
    sys.exit(1 if check and changed else 0)
