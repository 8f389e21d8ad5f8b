"""The door: begins with as little as can be, and turns every ending into an exit status."""

from __future__ import annotations

import os
import sys
from typing import Any

from exportreport import __version__

#: After how many new objects garbage is sought, and how many such searches before older ones are looked at. What the
#: program makes holds no circles; Python's own figures (700, 10, 10) cost a long run 5 to 10 % of its time.
_GARBAGE = (20_000, 20, 50)

#: The exit status of a fault of ours.
INTERNAL_ERROR = 70


def main() -> None:
    """Run the command line and exit with its status; a fault of ours is one line and status 70."""
    _open_closed_streams()
    if sys.argv[1:] == ["--version"] and _says_version():
        sys.exit(0)
    _run()


def _says_version() -> bool:
    """Say the version, with nothing loaded; False where that cannot be written, which the command then explains."""
    try:
        sys.stdout.write(f"exportreport {__version__}\n")
        sys.stdout.flush()
    except OSError:
        return False
    return True


def __getattr__(name: str) -> Any:
    """`cli`, the commands, which are loaded when they are asked for."""
    if name == "cli":
        from exportreport.cli.commands import cli

        return cli
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _run() -> None:
    """Run the command that is asked for."""
    import gc
    import signal

    import click

    from exportreport.cli import commands

    gc.set_threshold(*_GARBAGE)
    _speak_utf8()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        commands.cli(standalone_mode=False)
    except click.ClickException as error:
        sys.stderr.write(_said(error))
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write("exportreport: interrupted; nothing was written to files.\n")
        sys.exit(130)
    except OSError as error:
        where = f"{_visible(str(error.filename))}: " if error.filename else ""
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


def _said(error: Any) -> str:
    """What ``error`` says to the user; it may name a file."""
    from io import StringIO

    said = StringIO()
    error.show(said)
    return "\n".join(map(_visible, said.getvalue().split("\n")))


def _visible(text: str) -> str:
    from exportreport.finding import visible

    return visible(text)


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
