"""The options that several commands share, so that they have one name and one text everywhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

Decorator = Callable[[Any], Any]

output: Decorator = click.option("-o", "--output", metavar="FILE", help="Write here instead of to standard output.")
force: Decorator = click.option("--force", is_flag=True, help="Replace an existing output file.")
quiet: Decorator = click.option("-q", "--quiet", is_flag=True, help="Say nothing beyond the output itself.")
verbose: Decorator = click.option("-v", "--verbose", is_flag=True, help="On an internal error, show where it happened.")
files: Decorator = click.argument("files", nargs=-1, required=True, metavar="FILE...")
max_bytes: Decorator = click.option(
    "--max-bytes",
    type=click.IntRange(1, 2**40),
    default=67_108_864,
    show_default=True,
    help="Largest document, in bytes.",
)
max_delimiters: Decorator = click.option(
    "--max-delimiters",
    type=click.IntRange(1),
    default=1_000_000,
    show_default=True,
    help="Most braces, brackets and commas, or tags and attributes, of a document.",
)
color: Decorator = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Color the text; auto: on a terminal, unless NO_COLOR is set.",
)


def wants_color(choice: str, target: str | None) -> bool:
    """Whether text written to ``target`` is to be colored."""
    if choice != "auto":
        return choice == "always"
    return target is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def existing(names: tuple[str, ...]) -> tuple[str, ...]:
    """``names``, after making sure that each is there; exit status 2 otherwise."""
    for name in names:
        if name != "-" and not os.path.lexists(name):
            raise click.UsageError(f"There is no file or folder {name}.")
    return names
