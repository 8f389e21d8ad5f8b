"""``exportreport codelists``: the code lists, listed, shown as of a day, and exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from exportreport.cli import options

if TYPE_CHECKING:
    from exportreport.codelists import CodeList, Entry

_form = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the answer.",
)

#: The columns of the CSV form that every list has.
_COLUMNS = ("code", "title", "valid_from", "valid_to", "replaced_by", "parent", "note")

#: Up to how many entries are shown with their counterparts on other control lists.
_FEW = 40


@click.group("codelists")
def command() -> None:
    """List, show and export the code lists.

    A code list says which codes a field may have, what they mean, and from when to when they are valid.
    """


@command.command("list")
@_form
def list_lists(form: str) -> None:
    """List the code lists: id, number of codes, how much the list claims to hold, and title."""
    from exportreport import codelists

    found = [one for name in codelists.known() if (one := codelists.load(name))]
    if form == "json":
        click.echo(json.dumps([_about(one) for one in found], ensure_ascii=False, indent=2))
        return
    widest = max(len(one.id) for one in found)
    for one in found:
        click.echo(f"{one.id:<{widest}}  {len(one.entries):>5}  {_claim(one):<7}  {one.title}")
    click.echo(
        f"{len(found)} lists. closed: a code that is not on it is an error; open: a warning; partial: not judged."
    )


@command.command("show")
@click.argument("list_id", metavar="ID")
@options.as_of
@click.option("--search", metavar="TEXT", help="Only entries whose code, title or other name contains this.")
@_form
def show_list(list_id: str, as_of: str | None, search: str | None, form: str) -> None:
    """Show a code list: where it comes from, how far it goes, and its codes.

    With --as-of only the codes that are valid on that day. A control code may be searched for in any spelling.
    """
    one = _named(list_id)
    entries = [entry for entry in _searched(one, search) if as_of is None or entry.on(as_of)]
    if form == "json":
        shown = _about(one) | ({"as_of": as_of} if as_of else {}) | {"codes": [_row(entry) for entry in entries]}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for line in (*_head(one, as_of), "", *_lines(one, entries)):
        click.echo(line)
    click.echo(f"{len(entries)} of {len(one.entries)} entries." if search or as_of else f"{len(entries)} entries.")


@command.command("export")
@click.argument("list_id", metavar="ID")
@click.option(
    "--to",
    "form",
    type=click.Choice(["csv", "json", "genericode"]),
    default="json",
    show_default=True,
    help="A table, the published JSON, or OASIS Genericode 1.0.",
)
@options.output
@options.force
def export_list(list_id: str, form: str, output: str | None, force: bool) -> None:
    """Write a code list, for programs other than this one."""
    from exportreport.cli import outputs, published

    one = _named(list_id)
    if form == "csv":
        data = _csv(one)
    else:
        data = published.artifact(f"genericode/{one.id}.xml" if form == "genericode" else f"codelists/{one.id}.json")
    outputs.write([data], output, force=force)


def _named(list_id: str) -> CodeList:
    """The list; exit status 2 with the near misses where there is none."""
    from exportreport import codelists

    one = codelists.load(list_id.strip().lower())
    if one is None:
        from difflib import get_close_matches

        wanted = list_id.strip().lower()
        near = get_close_matches(wanted, codelists.known(), n=3, cutoff=0.6)
        near = near or [name for name in codelists.known() if wanted and wanted in name]
        hint = f" Did you mean {' or '.join(near[:3])}?" if near else " `exportreport codelists list` names them."
        raise click.UsageError(f"There is no code list {list_id}.{hint}")
    return one


def _searched(one: CodeList, text: str | None) -> list[Entry]:
    from exportreport.controlcodes import parse

    if text is None:
        return list(one.entries)
    parsed = parse(text)
    return list(one.search(text)) or (list(one.search(parsed.normal)) if parsed else [])


def _claim(one: CodeList) -> str:
    return "partial" if one.partial else "open" if one.open else "closed"


def _about(one: CodeList) -> dict[str, Any]:
    terms = ("id", "title", "agency", "edition", "source", "license", "open", "partial", "complete_from", "complete_to")
    about = {name: getattr(one, name) for name in (*terms, "depth", "note")}
    kept = {name: value for name, value in about.items() if name == "open" or value not in ("", None, False)}
    return kept | {"entries": len(one.entries)}


def _row(entry: Entry) -> dict[str, Any]:
    row = {name: getattr(entry, name) for name in _COLUMNS} | dict(entry.more)
    row["replaced_by"] = " ".join(entry.replaced_by)
    return {name: value for name, value in row.items() if value}


def _head(one: CodeList, as_of: str | None) -> Iterator[str]:
    from exportreport.cli.rule_words import labeled

    yield f"{one.id}  {one.title}" + (f", on {as_of}" if as_of else "")
    yield f"{one.agency}, {one.edition}; {_claim(one)}{_reach(one)}"
    yield from labeled("Source", f"{one.source} ({one.license})")
    if one.note:
        yield from labeled("Note", one.note)


def _reach(one: CodeList) -> str:
    """How far the list is complete, in words."""
    words = [f", complete from {one.complete_from}" if one.complete_from else ""]
    words.append(f" until {one.complete_to}" if one.complete_to else "")
    if one.depth == "entries":
        words.append(", for codes without a dot")
    elif one.depth is not None:
        words.append(f", for codes of up to {one.depth} characters")
    return "".join(words)


def _lines(one: CodeList, entries: list[Entry]) -> Iterator[str]:
    widest = max((len(entry.code) for entry in entries), default=0)
    for entry in entries:
        days = " ".join(filter(None, (_days(entry), _later(entry))))
        told = "; ".join(filter(None, (days, entry.note)))
        title = one.title_of(entry)
        yield f"{entry.code:<{widest}}  {title}" + (f"  [{told}]" if told else "")
        if len(entries) <= _FEW:
            yield from (f"{'':<{widest}}    = {words}" for words in _counterparts(one, entry))


def _days(entry: Entry) -> str:
    first, last = entry.valid_from, entry.valid_to
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def _later(entry: Entry) -> str:
    return f"then {', '.join(entry.replaced_by)}" if entry.replaced_by else ""


def _counterparts(one: CodeList, entry: Entry) -> Iterator[str]:
    from exportreport.controlcodes import counterparts

    for other in counterparts(one.id, entry.code):
        yield f"{other.code} of {other.control_list} ({other.evidence})"


def _csv(one: CodeList) -> bytes:
    import csv
    import io

    columns = (*_COLUMNS, *one.columns)
    text = io.StringIO()
    rows = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    rows.writeheader()
    rows.writerows(_row(entry) for entry in one.entries)
    return text.getvalue().encode()


__all__ = ["command"]
