"""``exportreport formats``: the national formats, and what each of them covers in both directions."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exportreport.cli import options, outputs
from exportreport.cli.national import layouts

if TYPE_CHECKING:
    from exportreport.conversion import Format
    from exportreport.conversion.coverage import Line

_form = click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Form of the answer.",
)  # fmt: skip


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
    for line in _listed(found):
        click.echo(line)
    click.echo(f"{len({one.id for one in found})} formats. `exportreport formats show ID` tells where each field goes.")


def _listed(found: Sequence[Format]) -> Iterator[str]:
    """The formats as lines of at most 80 columns: each layout with what it becomes, its directions and shapes."""
    widths = max(len(one.name) for one in found), max(len(one.report_type) for one in found)
    for one in found:
        ways = f"{_directions(one)}; {_shapes(one)}"
        yield f"{one.name:<{widths[0]}}  {one.report_type:<{widths[1]}}  {ways}"
        yield f"{'':<{widths[0]}}  {one.title}"


@command.command("show")
@click.argument("format_id", metavar="ID")
@_form
def show(format_id: str, form: str) -> None:
    """Show what a format covers: its fields, our slots, both directions.

    "there and back" is read into the place and written from it; "there" is read into it only. In a place, * stands for
    the entry that a record gives, a name in braces for an entry that is known by what it holds, + for the entries that
    one cell gives, - for the next free one.
    """
    ones = layouts(format_id if os.path.isdir(format_id) else format_id.strip().lower())  # noqa: PTH112
    if form == "json":
        told = [_whole(one) for one in ones]
        _echo_json(told[0] if len(told) == 1 else told)
        return
    for number, one in enumerate(ones):
        for text in _page(one):
            click.echo(("\n" if number and text.startswith(f"{one.name}: ") else "") + text)
    click.echo(
        "\nA text that finds no place is carried in extensions, with what it belongs to, and named in the ledger."
    )


@command.command("new")
@click.argument("format_id", metavar="ID")
@click.option("--from", "sample", metavar="SAMPLE", required=True, help="A file in the format: CSV, JSON or XML.")
@click.option(
    "--kind", type=click.Choice(["LicenseFiling", "DenialNotice", "ReexportNotice"]), default="LicenseFiling",
    show_default=True, help="What a record becomes.",
)  # fmt: skip
@click.option("--element", default="", help='In XML, the element of one record: "licences/licence".')
@click.option("-o", "--output", metavar="FOLDER", help="The folder to make; default: ./ID.")
def new(format_id: str, sample: str, kind: str, element: str, output: str | None) -> None:
    """Make the beginning of a format from a sample file.

    The folder can be used at once: `convert --from ./ID` carries every cell of the sample. Where each column goes is
    then said in its fields.csv, and `formats check ./ID` tells what is wrong.
    """
    from exportreport.cli.new_format import make

    for line in make(format_id, Path(sample), kind, element, Path(output or format_id)):
        click.echo(line)


@command.command("check")
@click.argument("folder", metavar="FOLDER")
@click.option("--write", is_flag=True, help="Write what the samples give beside them, instead of comparing.")
def check(folder: str, write: bool) -> None:
    """Check a format in a folder: its mapping, its targets, its cases and the way back.

    What the reports of its sample are judged to be is said, too. Exit status: 0 in order; 1 something is wrong.
    """
    from exportreport.cli.new_format import checked

    faults = 0
    for is_fault, line in checked(Path(folder), write=write):
        faults += is_fault
        click.echo(line, err=is_fault)
    sys.exit(1 if faults else 0)


@command.command("template")
@click.argument("layout", metavar="LAYOUT")
@click.option("--example", is_flag=True, help="Write the rows of the example, too.")
@options.output
@options.force
def template(layout: str, example: bool, output: str | None, force: bool) -> None:
    """Write our own template, to be filled in: a workbook where the output's name ends in .xlsx, else a CSV file.

    LAYOUT is license_filing, denial_notice or reexport_notice. The workbook has help at each heading, lists of values
    to choose from, a guide and an example. What was filled in is read with: convert --from template.
    """
    from importlib.resources import files

    from exportreport import standard
    from exportreport.conversion import MappingError, template_files
    from exportreport.conversion.shapes.xlsx_writing import MissingExtraError
    from exportreport.conversion.template_mapping import read_layout
    from exportreport_converters import layouts_of

    known = [str(one.layout) for one in layouts_of("template")]
    if layout not in known:
        raise click.UsageError(f"The template has no layout {layout}. There are {', '.join(known)}.")
    folder = files("exportreport_converters") / "template" / layout
    model = standard.load()
    try:
        read, rows = read_layout(folder, model), template_files.example_in(folder)
    except MappingError as error:
        raise click.UsageError(f"{error}.") from error
    own = rows if example else ()
    try:
        is_workbook = (output or "").lower().endswith(".xlsx")
        data = template_files.workbook(read, model, rows, own) if is_workbook else template_files.separated(read, own)
    except MissingExtraError as error:
        raise click.UsageError(str(error)) from error
    outputs.write((data,), output, force=force)


def _whole(one: Format) -> dict[str, Any]:
    """What a layout covers, as JSON says it."""
    from exportreport import standard
    from exportreport.conversion.coverage import lines_of, slots_of

    names = ("target", "value", "outcome", "note")
    return _about(one) | {
        "fields": [line._asdict() for line in lines_of(one)],
        "constants": [dict(zip(names, constant, strict=True)) for constant in _constants(one)],
        "slots": slots_of(one, standard.load())._asdict(),
    }


def _constants(one: Format) -> Sequence[tuple[str, str, str, str]]:
    from exportreport.conversion.coverage import source_of

    return [(c.pointer, source_of(c), c.outcome.value, c.note) for c in one.constants]


def _page(one: Format) -> Iterator[str]:
    """What a layout covers, in lines of text."""
    from exportreport import standard
    from exportreport.conversion.coverage import lines_of, slots_of

    yield from _words(one, list(lines_of(one)))
    yield f"\nWhat no field says ({len(one.constants)}):"
    yield from (f"  {text}" for text in _aligned(_constants(one)))
    yield f"\nSlots of {one.report_type}:"
    slots = slots_of(one, standard.load())
    for title, known in (("filled", slots.filled), ("set", slots.set_by_mapping), ("unknown to it", slots.unknown)):
        yield f"  {title} ({len(known)}): {', '.join(known) or 'none'}"


def _words(one: Format, lines: Sequence[Line]) -> Iterator[str]:
    yield f"{one.name}: {one.title}, version {one.version}"
    yield f"{_shapes(one)}, {_directions(one)}; a {one.report_type} for each {one.number}"
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


def _about(one: Format) -> dict[str, Any]:
    return {
        "id": one.id, "layout": one.layout or None, "title": one.title, "version": one.version,
        "shape": one.shape, "also": list(one.also), "report_type": one.report_type,
        "read": True, "written": one.writes, "number": one.number,
    }  # fmt: skip


def _shapes(one: Format) -> str:
    from exportreport.conversion.shapes.registry import SHAPES

    return ", ".join(SHAPES[name].title for name in (one.shape, *one.also))


def _directions(one: Format) -> str:
    return "read and written" if one.writes else "read"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines whose columns stand under each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _echo_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
