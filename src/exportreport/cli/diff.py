"""``exportreport diff``: two reports compared by meaning, whatever their syntax and layout."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from exportreport.cli import options

if TYPE_CHECKING:
    from exportreport.codec.limits import Limits
    from exportreport.compat.places import Side
    from exportreport.compat.reports import ReportDifference
    from exportreport.finding import Position
    from exportreport.standard import Standard

    Placed = tuple[ReportDifference, Position | None, Position | None]


@click.command("diff")
@click.argument("a")
@click.argument("b")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.reading_limits
def command(a: str, b: str, form: str, **chosen: Any) -> None:
    """Compare two reports by meaning.

    A and B are each a file with one message in JSON or XML, or - for standard input. The order of members, the
    spelling of equal decimals, the syntax and the order of what is a set do not matter; entries with an identifier are
    matched by it. What differs is named by JSON Pointer, with line and column in both files.

    Exit status: 0 they say the same; 1 they differ; 2 wrong use; 3 one is unreadable, or its structure broken; 4 one is
    beyond a limit of the run.
    """
    from exportreport import standard
    from exportreport.compat.reports import report_differences

    if (a, b) == ("-", "-"):
        raise click.UsageError("Standard input can be read once only.")
    known, limits = standard.load(), options.limits_of(chosen)
    sides = [_side(name, known, limits) for name in options.existing((a, b))]
    found = list(report_differences(sides[0].document, sides[1].document, known))
    placed = list(
        zip(
            found,
            sides[0].positions([one.path_a for one in found], known),
            sides[1].positions([one.path_b for one in found], known),
            strict=True,
        )
    )
    if form == "json":
        click.echo(json.dumps(_record(sides, placed), ensure_ascii=False, indent=2))
    else:
        for line in _text(sides, placed):
            click.echo(line)
    sys.exit(1 if found else 0)


def _side(name: str, known: Standard, limits: Limits) -> Side:
    """The report in the file ``name``; exit status 3 or 4 with its findings where there is none."""
    from exportreport.batch.inputs import Source
    from exportreport.codec.recognize import packing
    from exportreport.compat.places import Side
    from exportreport.finding import Verdict
    from exportreport.pipeline import Settings, check
    from exportreport.result import text

    try:
        with Source(name).open() as stream:
            data = stream.read(limits.document_bytes + 1)
    except OSError as error:
        raise _UnreadableError(f"{name} cannot be opened: {error.strerror or error}.") from error
    if packing(data):
        raise _UnreadableError(f"{name} is packed; unpack it, so that places in it can be named.")
    results = list(islice(check(data, known, Settings(limits=limits, rules=False)), 2))
    if len(results) != 1:
        raise click.UsageError(f"{name} holds {'several messages' if results else 'no message'}; give one with one.")
    result = results[0]
    if not result.accepted or result.document is None:
        for line in text.document(name, result):
            click.echo(line, err=True)
        if result.verdict is Verdict.UNDECIDED:
            raise _UndecidedError(f"{name} cannot be compared: it is beyond a limit of this run.")
        raise _UnreadableError(f"{name} cannot be compared: its structure has to be sound first.")
    is_array = result.syntax == "json" and data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
    return Side(name, result.document, data, str(result.syntax), 1, (0,) if is_array else ())


class _UnreadableError(click.ClickException):
    exit_code = 3


class _UndecidedError(click.ClickException):
    exit_code = 4


def _record(sides: Sequence[Side], placed: Sequence[Placed]) -> dict[str, Any]:
    return {
        "a": sides[0].name,
        "b": sides[1].name,
        "equal": not placed,
        "differences": [_member(one, *positions) for one, *positions in placed],
    }


def _member(one: ReportDifference, in_a: Position | None, in_b: Position | None) -> dict[str, Any]:
    from exportreport.finding import pointer

    made: dict[str, Any] = {"kind": one.kind, "pointer": one.pointer}
    for side, path, position, value, other in (
        ("a", one.path_a, in_a, one.a, "only_b"),
        ("b", one.path_b, in_b, one.b, "only_a"),
    ):
        place = {"line": position.line, "column": position.column} if position else {}
        made[side] = {"pointer": pointer(path), **place} | ({"value": value} if one.kind != other else {})
    return made


def _text(sides: Sequence[Side], placed: Sequence[Placed]) -> Iterator[str]:
    from exportreport.finding import visible

    names = [visible(side.name) for side in sides]
    if not placed:
        yield f"{names[0]} and {names[1]} say the same."
        return
    for one, in_a, in_b in placed:
        yield visible(one.pointer) or "/"
        if one.kind != "only_b":
            yield f"  {_place(names[0], in_a)}: {_value(one.a)}"
        else:
            yield f"  {_place(names[0], in_a)}: not there"
        if one.kind != "only_a":
            yield f"  {_place(names[1], in_b)}: {_value(one.b)}"
        else:
            yield f"  {_place(names[1], in_b)}: not there"
    yield f"{len(placed)} difference{'' if len(placed) == 1 else 's'}."


def _place(name: str, position: Position | None) -> str:
    return f"{name}:{position.line}:{position.column}" if position else name


#: How much of a value is shown.
_WIDTH = 200


def _value(value: Any) -> str:
    from exportreport.finding import visible

    text = json.dumps(value, ensure_ascii=False)
    return visible(text if len(text) <= _WIDTH else text[:_WIDTH] + " ...")
