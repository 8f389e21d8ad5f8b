"""A page for each national format: where each of its fields goes and comes from, for each of its layouts."""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.conversion import Format
from exportreport.conversion.coverage import Line, lines_of, slots_of, source_of
from exportreport.standard import Standard
from exportreport_converters import FORMATS
from website import addresses
from website.knowledge import Knowledge
from website.markdown import code, fenced, page, plain, table

#: Where the overview of the formats stands.
INDEX = "reference/formats/index.md"


def pages(known: Knowledge) -> Iterator[tuple[str, str]]:
    """The path and the text of each page, the overview first."""
    by_id: dict[str, list[Format]] = {}
    for one in FORMATS.values():
        by_id.setdefault(one.id, []).append(one)
    rows = [
        (addresses.link(one.id, addresses.of_format(one.id), INDEX), plain(one.layout), plain(one.title),
         _directions(one), addresses.link(one.report_type, addresses.of_class(one.report_type), INDEX))
        for ones in by_id.values() for one in ones
    ]  # fmt: skip
    own = addresses.titled("A format of your own", "tutorial-new-format.md", INDEX)
    words = f"What authorities write today, and how it is read and written. {own} takes an hour."
    yield (
        INDEX,
        page("National formats", words, table(("format", "layout", "title", "directions", "a record is"), rows)),
    )
    for name, ones in by_id.items():
        yield addresses.of_format(name), _page(name, ones, known)


def _directions(one: Format) -> str:
    return "read and written" if one.writes else "read"


def _page(name: str, ones: list[Format], known: Knowledge) -> str:
    words = addresses.titled("What is carried and why, in words", f"converters/{name}.md", addresses.of_format(name))
    use = [f"exportreport convert --from {name} --to json INPUT"] + [
        f"exportreport convert --to {name} filing.json"
    ] * any(one.writes for one in ones)
    parts = [part for one in ones for part in _layout(one, known.standard)]
    return page(name, f"{words}.", fenced("sh", "\n".join(use)), *parts)


def _layout(one: Format, standard: Standard) -> Iterator[str]:
    path = addresses.of_format(one.id)
    kind = addresses.link(one.report_type, addresses.of_class(one.report_type), path)
    yield f"## {plain(one.name)}"
    about = f"version {plain(one.version)}: {_directions(one)}; a {kind} for each {code(one.number)}"
    yield f"**{plain(one.title)}**, {about}."
    heads = ("field", "read as", "part", "place in the report", "way", "note")
    yield "### Fields { #" + addresses.anchor(f"{one.layout}-fields") + " }"
    yield table(heads, [_line(line) for line in lines_of(one)])
    yield "### What no field says { #" + addresses.anchor(f"{one.layout}-constants") + " }"
    constants = [(code(c.pointer), plain(source_of(c)), plain(c.note)) for c in one.constants]
    yield table(("place", "value", "note"), constants) if constants else "Nothing."
    yield f"### Slots of {one.report_type} {{ #{addresses.anchor(f'{one.layout}-slots')} }}"
    slots = slots_of(one, standard)._asdict().items()
    yield table(
        ("how", "slots"),
        [
            (
                how.replace("_", " "),
                ", ".join(addresses.link(n, f"{addresses.of_class(one.report_type)}#{n}", path) for n in names)
                or "none",
            )
            for how, names in slots
        ],
    )


def _line(line: Line) -> tuple[str, ...]:
    needed = " (needed)" if line.required else ""
    way = "derived" if line.target is None else "there and back" if line.written else "there"
    place = code(line.target) if line.target else "nowhere"
    return code(line.field) + needed, plain(line.reading), plain(line.part), place, way, plain(line.note)
