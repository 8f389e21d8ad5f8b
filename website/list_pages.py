"""A page for each code list: where it comes from, how much of it is here, its codes, and when they are valid."""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.codelists import CodeList, Entry
from website import addresses
from website.knowledge import Knowledge
from website.markdown import code, fenced, html, page, plain, table

#: Where the overview of the lists stands.
INDEX = "reference/lists/index.md"

_HEADS = ("code", "title", "valid from", "valid to", "replaced by", "note")


def pages(known: Knowledge) -> Iterator[tuple[str, str]]:
    """The path and the text of each page, the overview first."""
    rows = [
        (addresses.link(name, addresses.of_list(name), INDEX), plain(one.title), plain(one.agency), one.edition)
        for name, one in known.lists.items()
    ]
    words = "Codes that others keep, or that grow faster than the standard. Each code is judged on a day."
    yield INDEX, page("Code lists", words, table(("list", "title", "kept by", "edition"), rows))
    for name, one in known.lists.items():
        yield addresses.of_list(name), _page(one, known)


def _page(one: CodeList, known: Knowledge) -> str:
    facts = [("kept by", plain(one.agency)), ("edition", plain(one.edition)), ("source", plain(one.source))]
    facts += [("license", plain(one.license)), ("codes", f"{len(one.entries):,}")]
    facts += [
        (name, day) for name, day in (("complete from", one.complete_from), ("complete to", one.complete_to)) if day
    ]
    return page(
        one.id,
        f"**{plain(one.title)}.** {plain(one.note)}".strip(),
        table(("about", "the list"), facts),
        _open(one),
        "## Where it is used",
        _used(one.id, known) or "No slot names this list for itself; a slot beside the code names it.",
        "## Example",
        _example(one),
        "## Codes { data-search-exclude }",
        _codes(one),
    )


def _open(one: CodeList) -> str:
    if one.open:
        return "The list is open: a code that is not on it is a warning."
    part = " Only a part of it is here, so that a code that is missing is not judged." if one.partial else ""
    return f"The list is closed: a code that is not on it is an error.{part}"


def _used(name: str, known: Knowledge) -> str:
    path = addresses.of_list(name)
    found = []
    for owner in known.standard.classes.values():
        for slot in owner.slots:
            kind = known.standard.types.get(slot.range) if slot.kind == "type" else None
            if name in (slot.code_list, kind.code_list if kind else None):
                target = f"{addresses.of_class(owner.name)}#{slot.name}"
                found.append(addresses.link(f"{owner.name}.{slot.name}", target, path))
    return ", ".join(found)


def _example(one: CodeList) -> str:
    entry = next((entry for entry in one.entries if not entry.valid_to), one.entries[0])
    meaning = f"{code(entry.code)} means “{plain(one.title_of(entry))}”. Asked on the command line:"
    return f"{meaning}\n\n{fenced('sh', f'exportreport codelists show {one.id}')}"


def _codes(one: CodeList) -> str:
    """The table as HTML, which is made faster than Markdown; a script adds a field that filters its rows."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    rows = "\n".join(_row(entry, one) for entry in one.entries)
    return f'<div class="codes"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>'


def _row(entry: Entry, one: CodeList) -> str:
    same = one.by_code[entry.code]
    place = f' id="code-{addresses.anchor(entry.code)}"' if same[0] is entry else ""
    cells = (one.title_of(entry), entry.valid_from, entry.valid_to, " ".join(entry.replaced_by), entry.note)
    return (
        f"<tr{place}><td><code>{html(entry.code)}</code></td>{''.join(f'<td>{html(cell)}</td>' for cell in cells)}</tr>"
    )
