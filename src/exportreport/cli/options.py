"""The options that several commands share, so that they have one name and one text everywhere."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from exportreport.pattern import pattern

if TYPE_CHECKING:
    from exportreport.cli.outputs import Target
    from exportreport.codec.limits import Limits
    from exportreport.result.run import Look

Decorator = Callable[[Any], Any]

#: The forms of a result. `exportreport.result.forms.FORMS` has the same; a test compares them.
FORMS = ("text", "json", "sarif", "junit", "html", "csv", "github", "acknowledgement-json", "acknowledgement-xml")

_DATE = pattern(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def _refuse(words: str) -> click.BadParameter:
    return click.BadParameter(words)


def _day(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """The day that ``value`` names; "today" is that of UTC."""
    if value is None or value == "today":
        return value and now()[:10]
    if not _DATE.fullmatch(value) or not _is_real(value):
        raise _refuse(f"“{value}” is not a day; write it as 2026-11-30, or write today.")
    return value


def _moment(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """The moment that ``value`` names, in the standard's form."""
    if value is None:
        return None
    day, _, time = value.partition("T")
    if not (_DATE.fullmatch(day) and _is_real(day) and re.fullmatch(r"([01][0-9]|2[0-3])(:[0-5][0-9]){2}Z", time)):
        raise _refuse(f"“{value}” is not a moment in UTC; write it as 2026-11-30T09:00:00Z.")
    return value


def _is_real(day: str) -> bool:
    from datetime import datetime

    try:
        datetime.strptime(day, "%Y-%m-%d")
    except ValueError:
        return False
    return True


def _profiles(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The profiles asked for, each once; all of them exist."""
    if values:
        from exportreport.explaining import profile_ids

        known = profile_ids()
        for value in values:
            if value not in known:
                raise _refuse(f"There is no profile “{value}”{_near(value, known)} There are: {', '.join(known)}.")
    return tuple(dict.fromkeys(values))


def _saves(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The forms and paths of ``FORMAT=PATH``."""
    pairs = []
    for value in values:
        name, equals, path = value.partition("=")
        if not equals or not path:
            raise _refuse(f"“{value}” is not of the form FORMAT=PATH, such as html=result.html.")
        if name not in FORMS:
            raise _refuse(f"There is no format “{name}”{_near(name, FORMS)} There are: {', '.join(FORMS)}.")
        pairs.append((name, path))
    return tuple(pairs)


def _near(value: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(value.lower(), known, n=1)
    return f"; did you mean {near[0]}?" if near else "."


def _jobs(context: click.Context, option: click.Parameter, value: str) -> int:
    """How many processes are asked for; as many as this program may use, where that is left to it."""
    if value in ("auto", "0"):
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not (value.isascii() and value.isdigit() and len(value) < 4):
        raise _refuse(f"“{value}” is not a number of processes; write a number up to 999, or auto.")
    return int(value)


def _show_limits(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        from exportreport.cli.limits import lines

        for line in lines():
            click.echo(line)
        context.exit()


output: Decorator = click.option("-o", "--output", metavar="FILE", help="Write here instead of to standard output.")
force: Decorator = click.option("--force", is_flag=True, help="Replace an existing output file.")
quiet: Decorator = click.option("-q", "--quiet", is_flag=True, help="Say nothing beyond the output itself.")
verbose: Decorator = click.option(
    "-v", "--verbose", is_flag=True,
    help="On standard error, also say how each rule ended, and on an internal error where it happened.",
)  # fmt: skip
files: Decorator = click.argument("files", nargs=-1, required=True, metavar="FILE...")
form: Decorator = click.option(
    "-f", "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the result."
)
save: Decorator = click.option(
    "--save", metavar="FORMAT=PATH", multiple=True, callback=_saves,
    help="Write the result in this form, too; may be repeated: --save html=result.html --save json=result.json.",
)  # fmt: skip
profile: Decorator = click.option(
    "-p", "--profile", metavar="ID", multiple=True, callback=_profiles,
    help="Check against this profile, besides those that a report names; may be repeated.",
)  # fmt: skip
as_of: Decorator = click.option(
    "--as-of", metavar="DATE|today", callback=_day,
    help="The day whose law and code lists count; beats the day that a report names.",
)  # fmt: skip
min_severity: Decorator = click.option(
    "--min-severity", type=click.Choice(["fatal", "error", "warning", "info"]), default="info", show_default=True,
    help="Hide milder findings. Changes neither verdict, totals nor exit status.",
)  # fmt: skip
fail_on: Decorator = click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="error", show_default=True,
    help="What makes the exit status 1. Changes the exit status only, never the verdict.",
)  # fmt: skip
max_findings: Decorator = click.option(
    "--max-findings", type=click.IntRange(0), default=100, show_default=True,
    help="Most findings shown for a document; 0: all. Totals are exact in any case.",
)  # fmt: skip
redact: Decorator = click.option(
    "--redact", is_flag=True,
    help="Show places and codes only: no values, no lines of the files, no suggestions. Names of files stay, and the "
    "day judged by.",
)  # fmt: skip
reported_at: Decorator = click.option(
    "--reported-at", metavar="DATETIME", callback=_moment,
    help="The moment that an acknowledgement states, in UTC; default: now.",
)  # fmt: skip
limits: Decorator = click.option(
    "--limits", is_flag=True, is_eager=True, expose_value=False, callback=_show_limits,
    help="Show the limits of a run and end.",
)  # fmt: skip

#: The limits of what is read: the option, its field of `exportreport.codec.limits.Limits`, its default and its words.
#: The defaults are those of `Limits`; a test compares them, so that help does not have to load it.
LIMITS = (
    ("--max-bytes", "document_bytes", 67_108_864, "Largest document, in bytes."),
    (
        "--max-delimiters", "delimiters", 1_000_000,
        "Most braces, brackets and commas, or tags and attributes, of a document.",
    ),
    ("--max-members", "members", 100_000, "Most files in an archive."),
    ("--max-unpacked", "unpacked_bytes", 17_179_869_184, "Most bytes that an archive may unpack to."),
    ("--max-expansion", "expansion", 200, "How many times its own size an archive may unpack to."),
)  # fmt: skip


#: Beyond this no limit means anything, and no stream takes it.
_LARGEST = 2**62


def reading_limits(command: Any) -> Any:
    """Give ``command`` the options for the limits of what it reads; `limits_of` gives what was chosen."""
    for name, field, default, words in reversed(LIMITS):
        kind = click.IntRange(1)
        command = click.option(name, field, type=kind, default=default, show_default=True, help=words)(command)
    return command


def limits_of(chosen: dict[str, Any]) -> Limits:
    """The limits that the options in ``chosen`` ask for."""
    from exportreport.codec.limits import Limits

    return Limits(**{field: min(chosen[field], _LARGEST) for _, field, _, _ in LIMITS})


jobs: Decorator = click.option(
    "-j", "--jobs", default="1", show_default=True, metavar="N", callback=_jobs,
    help="Judge on N processes; auto, or 0: on as many as there are processors. The output is the same, byte for byte.",
)  # fmt: skip
checkpoint: Decorator = click.option(
    "--checkpoint", metavar="FILE",
    help="Note in FILE what is done, so that the same command goes on where it was cut off: by a crash, a loss of "
    "power, or Ctrl-C. Nothing is lost or said twice. FILE is removed at the end.",
)  # fmt: skip
color: Decorator = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Color the text; auto: on a terminal, unless NO_COLOR is set.",
)


def now() -> str:
    """The moment, read from the clock, in the standard's form."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def look(target: Target, chosen: dict[str, Any]) -> Look:
    """How text written to ``target`` is to look."""
    from exportreport.result.run import Look

    width = None
    if target.path is None and sys.stdout.isatty():
        from shutil import get_terminal_size

        width = get_terminal_size().columns
    return Look(wants_color(chosen["color"], target.path), width, chosen["quiet"])


def wants_color(choice: str, target: str | None) -> bool:
    """Whether text written to ``target`` is to be colored."""
    if choice != "auto":
        return choice == "always"
    return target is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


class _AbsentError(click.ClickException):
    """An input is not there."""

    exit_code = 3


def existing(names: tuple[str, ...]) -> tuple[str, ...]:
    """``names``, after making sure that each is there; exit status 3 otherwise, as of every input that is not read."""
    for name in names:
        if name != "-" and not os.path.lexists(name):
            raise _AbsentError(f"There is no file or folder {name}.")
    return names
