"""``exportreport formats``: the national formats, and what each of them covers in both directions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from exportreport.conversion import Format
    from exportreport.conversion.coverage import Line

_form = click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Form of the answer.",
)  # fmt: skip

_SHAPES = {"csv": "separated text (CSV)", "json": "JSON"}


@click.group("formats", invoke_without_command=True)
@_form
@click.pass_context
def command(context: click.Context, form: str) -> None:
    """List the national formats, or show what one of them covers.

    Without a command the formats are listed: id, directions, shape, what a record of it becomes, and title.
    """
    if context.invoked_subcommand is not None:
        return
    from exportreport_converters import FORMATS

    found = list(FORMATS.values())
    if form == "json":
        _echo_json([_about(one) for one in found])
        return
    rows = [(one.id, _directions(one), _SHAPES[one.shape], one.report_type, one.title) for one in found]
    for line in _aligned(rows):
        click.echo(line)
    click.echo(f"{len(found)} formats. `exportreport formats show ID` tells where each field goes.")


@command.command("show")
@click.argument("format_id", metavar="ID")
@_form
def show(format_id: str, form: str) -> None:
    """Show what a format covers: its fields, our slots, both directions.

    "there and back" is read into the place and written from it; "there" is read into it only. In a place, * stands for
    the entry that a record gives, + for the entries that one cell gives, - for the next free one.
    """
    from exportreport import standard
    from exportreport.conversion.coverage import lines_of, slots_of, source_of

    one = _named(format_id)
    lines, slots = list(lines_of(one)), slots_of(one, standard.load())
    constants = [(c.pointer, source_of(c), c.outcome.value, c.note) for c in one.constants]
    if form == "json":
        names = ("target", "value", "outcome", "note")
        _echo_json(_about(one) | {
            "fields": [line._asdict() for line in lines],
            "constants": [dict(zip(names, constant, strict=True)) for constant in constants],
            "slots": slots._asdict(),
        })  # fmt: skip
        return
    for text in _words(one, lines):
        click.echo(text)
    click.echo(f"\nWhat no field says ({len(constants)}):")
    for text in _aligned(constants):
        click.echo(f"  {text}")
    click.echo(f"\nSlots of {one.report_type}:")
    for title, known in (("filled", slots.filled), ("set", slots.set_by_mapping), ("unknown to it", slots.unknown)):
        click.echo(f"  {title} ({len(known)}): {', '.join(known) or 'none'}")
    click.echo(
        "\nA text that finds no place is carried in extensions, with what it belongs to, and named in the ledger."
    )


def _words(one: Format, lines: Sequence[Line]) -> Iterator[str]:
    yield f"{one.id}: {one.title}, version {one.version}"
    yield f"{_SHAPES[one.shape]}, {_directions(one)}; a {one.report_type} for each {one.number}"
    fields = list(dict.fromkeys(line.field for line in lines))
    yield f"\nFields ({len(fields)}):"
    rows = [
        (line.field + (" (needed)" if line.required else ""), line.reading, _place(line), _way(line), line.note)
        for line in lines
    ]
    yield from (f"  {text}" for text in _aligned(rows))


def _place(line: Line) -> str:
    return line.target or "nowhere"


def _way(line: Line) -> str:
    if line.target is None:
        return "derived"
    return "there and back" if line.written else "there"


def _named(format_id: str) -> Format:
    """The format; exit status 2 with the near misses where there is none."""
    from exportreport_converters import FORMATS

    wanted = format_id.strip().lower()
    if wanted not in FORMATS:
        from difflib import get_close_matches

        near = get_close_matches(wanted, list(FORMATS), n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(FORMATS)}."
        raise click.UsageError(f"There is no format {format_id}. {hint}")
    found: Format = FORMATS[wanted]
    return found


def _about(one: Format) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "version": one.version, "shape": one.shape, "report_type": one.report_type,
        "read": True, "written": one.writes, "number": one.number,
    }  # fmt: skip


def _directions(one: Format) -> str:
    return "read and written" if one.writes else "read"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines whose columns stand under each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _echo_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
