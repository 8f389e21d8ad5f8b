"""A page for each closed list with its values, and one for the types of single values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exportreport.standard import Class, Enum, Slot, Standard, Type
from website import addresses
from website.knowledge import Knowledge
from website.markdown import code, fenced, page, plain, table
from website.snippets import of_slot

#: Where the overview of the closed lists, and all types, stand.
INDEX = "reference/values/index.md"
TYPES = "reference/types.md"


def pages(known: Knowledge) -> Iterator[tuple[str, str]]:
    """The path and the text of each page."""
    enums = known.standard.enums.values()
    rows = [(addresses.link(one.name, addresses.of_enum(one.name), INDEX), plain(one.description)) for one in enums]
    words = "Closed lists change only with the standard. Lists that others keep are [code lists](../lists/index.md)."
    yield INDEX, page("Closed lists of values", words, table(("list", "what it is"), rows))
    for one in enums:
        yield addresses.of_enum(one.name), _enum(one, known)
    types = [part for kind in known.standard.types.values() for part in _type(kind, known)]
    yield TYPES, page("Types of values", "Each single value has one form, the same in JSON and in XML.", *types)


def example_of(slot: Slot, owner: Class, standard: Standard) -> Any:
    """A value of a slot that holds single values, as JSON has it."""
    if slot.kind == "name":
        return owner.name if not owner.abstract else standard.concrete(owner.name)[0]
    if slot.kind == "enum":
        return next(iter((*slot.examples, *standard.enums[slot.range].codes)))
    kind = standard.types[slot.range]
    return _value(next(iter((*slot.examples, *kind.examples))), kind)


def _value(text: str, kind: Type) -> Any:
    if kind.base == "integer":
        return int(text)
    return text == "true" if kind.base == "boolean" else text


def _enum(one: Enum, known: Knowledge) -> str:
    path = addresses.of_enum(one.name)
    users = list(known.users(one.name))
    places = (addresses.link(f"{o.name}.{s.name}", f"{addresses.of_class(o.name)}#{s.name}", path) for o, s in users)
    parts = [part for value in one.values for part in (
        f"### {code(value.code)} {{ #{addresses.anchor(value.code)} }}",
        f"**{plain(value.title)}.** {plain(value.description)}",
        _example(value.code, users),
    )]  # fmt: skip
    words = f"**{plain(one.title)}.** {plain(one.description)}"
    return page(one.name, words, f"Used in {', '.join(places)}.", "## Values", *parts)


def _example(value: str, users: list[tuple[Class, Slot]]) -> str:
    shown = of_slot(users[0][1], value)
    return f"Example: {code(shown.json)}, in XML {code(shown.xml)}."


def _type(kind: Type, known: Knowledge) -> Iterator[str]:
    yield f"## {kind.name} {{ #{kind.name.lower()} }}"
    yield f"**{plain(kind.title)}.** {plain(kind.description)}"
    bounds = (("characters at most", kind.max_length), ("least", kind.minimum), ("greatest", kind.maximum))
    said = [f"{name}: {value:,}" for name, value in bounds if value is not None]
    yield f"In JSON {'a text' if kind.base == 'text' else f'of the type {kind.base}'}. {'; '.join(said)}".strip()
    if kind.code_list in known.lists:
        name = str(kind.code_list)
        yield f"Its codes are those of the list {addresses.link(name, addresses.of_list(name), TYPES)}."
    if kind.pattern:
        yield fenced("text", "".join(s if s.isprintable() or s == "\n" else f"\\u{{{ord(s):X}}}" for s in kind.pattern))
    yield "Examples: " + ", ".join(map(code, kind.examples)) + "."
