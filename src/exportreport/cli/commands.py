"""The commands there are: each is imported when it is called, or when its help is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from exportreport import __version__

#: Where each command lives. A command's module is imported when the command is called or its help asked for.
COMMANDS = {
    "validate": "exportreport.cli.validate",
    "convert": "exportreport.cli.convert",
    "formats": "exportreport.cli.formats",
    "digest": "exportreport.cli.digest",
    "rules": "exportreport.cli.rules",
    "codelists": "exportreport.cli.codelists",
    "explain": "exportreport.cli.explain",
    "diff": "exportreport.cli.diff",
    "compat": "exportreport.cli.compat",
    "impact": "exportreport.cli.impact",
    "build": "exportreport.cli.build",
}


class _Lazy(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called ``cmd_name``, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

    def make_context(self, *args: Any, **further: Any) -> click.Context:
        """Read the command line, which may print help; a reader that went away ends it as it ends a command."""
        with _until_nobody_reads():
            return super().make_context(*args, **further)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that went away ends it with the status that shells give that signal."""
        with _until_nobody_reads():
            return super().invoke(ctx)


@contextmanager
def _until_nobody_reads() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still buffered has nowhere to go
        sys.exit(141)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="exportreport %(version)s")
def cli() -> None:
    """Reports of export controls: validate them, convert them, identify them."""
