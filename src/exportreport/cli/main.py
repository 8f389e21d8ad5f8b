"""The door: finds the command, imports only what it needs, and turns every ending into an exit status."""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from io import StringIO
from typing import Any

import click

from exportreport import __version__
from exportreport.finding import visible

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

#: After how many new objects garbage is sought, and how many such searches before older ones are looked at. What the
#: program makes holds no circles; Python's own figures (700, 10, 10) cost a long run 5 to 10 % of its time.
_GARBAGE = (20_000, 20, 50)

#: The exit status of a fault of ours.
INTERNAL_ERROR = 70


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

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that went away ends it with the status that shells give that signal."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still buffered has nowhere to go
            sys.exit(141)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="exportreport %(version)s")
def cli() -> None:
    """Reports of export controls: validate them, convert them, identify them."""


def main() -> None:
    """Run the command line and exit with its status; a fault of ours is one line and status 70."""
    gc.set_threshold(*_GARBAGE)
    _open_closed_streams()
    _speak_utf8()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        said = StringIO()
        error.show(said)
        sys.stderr.write("\n".join(map(visible, said.getvalue().split("\n"))))  # it may name a file
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write("exportreport: interrupted; nothing was written to files.\n")
        sys.exit(130)
    except OSError as error:
        where = f"{visible(str(error.filename))}: " if error.filename else ""
        sys.stderr.write(f"exportreport: {where}{error.strerror or error}. Nothing more can be read or written.\n")
        sys.exit(2)
    except Exception as error:
        if "-v" in sys.argv or "--verbose" in sys.argv:
            raise
        name = type(error).__name__
        sys.stderr.write(
            f"exportreport: internal error ({name}). This is our fault, not the file's: please report it. "
            "Run again with -v to see where it happened.\n"
        )
        sys.exit(INTERNAL_ERROR)


def _open_closed_streams() -> None:
    """Nobody reads what is written to a closed stream; the exit status says how it went all the same."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def _speak_utf8() -> None:
    """Make consoles that cannot show a character replace it instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
