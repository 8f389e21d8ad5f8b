"""A page for each class: its slots, an example in both syntaxes, the rules that touch it, and national boxes."""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.standard import Class, Slot
from website import addresses
from website.knowledge import Knowledge
from website.markdown import both, code, page, plain, table
from website.snippets import of_slot
from website.value_pages import example_of

#: Where the overview of the classes stands.
INDEX = "reference/classes/index.md"


def pages(known: Knowledge) -> Iterator[tuple[str, str]]:
    """The path and the text of each page, the overview first."""
    classes = known.standard.classes.values()
    rows = [(addresses.link(one.name, addresses.of_class(one.name), INDEX), plain(one.description)) for one in classes]
    yield (
        INDEX,
        page(
            "Classes",
            f"The {len(rows)} kinds of objects that messages are made of.",
            table(("class", "what it is"), rows),
        ),
    )
    for one in classes:
        yield addresses.of_class(one.name), _page(one, known)


def cardinality(slot: Slot) -> str:
    """How often a slot stands in its object."""
    return f"{int(slot.required)}..{'*' if slot.many else '1'}"


def _page(one: Class, known: Knowledge) -> str:
    path = addresses.of_class(one.name)
    sample = known.samples[one.name]
    return page(
        one.name,
        f"**{plain(one.title)}.** {plain(one.description)}",
        "\n\n".join(_family(one, known, path)),
        "## Slots",
        table(("slot", "times", "type", "what it is"), [_row(slot, path) for slot in one.slots]),
        "## Example",
        both(sample.json, sample.xml),
        "## Each slot",
        *(part for slot in one.slots for part in _slot(slot, one, known, path)),
        "## Rules",
        _rules(known.rules_of_class(one), known, path) or "No rule is about objects of this class.",
    )


def _family(one: Class, known: Knowledge, path: str) -> Iterator[str]:
    if one.abstract:
        kinds = (addresses.link(name, addresses.of_class(name), path) for name in known.standard.concrete(one.name))
        yield f"Abstract: an object of it is one of {', '.join(kinds)}."
    if one.parent:
        yield f"It has all slots of {addresses.link(one.parent, addresses.of_class(one.parent), path)}."
    held = [
        addresses.link(f"{owner.name}.{slot.name}", f"{addresses.of_class(owner.name)}#{slot.name}", path)
        for owner, slot in known.users(one.name)
    ]
    if held:
        yield f"It stands in {', '.join(held)}."


def _row(slot: Slot, path: str) -> tuple[str, str, str, str]:
    first, *more = slot.description.split(". ")
    words = f"{first}." if more else first
    return (
        f"[{code(slot.name)}](#{slot.name})",
        cardinality(slot).replace("*", "&#42;"),
        _range(slot, path),
        plain(words),
    )


def _range(slot: Slot, path: str) -> str:
    if slot.kind == "name":
        return "the name of the class"
    places = {"class": addresses.of_class, "enum": addresses.of_enum, "type": addresses.of_type}
    return addresses.link(slot.range, places[slot.kind](slot.range), path)


def _slot(slot: Slot, owner: Class, known: Knowledge, path: str) -> Iterator[str]:
    yield f"### {code(slot.name)} {{ #{slot.name} }}"
    yield f"**{plain(slot.title)}.** {plain(slot.description)}"
    yield f"{cardinality(slot)} of {_range(slot, path)}.".replace("*", "&#42;", 1)
    yield " ".join(_codes(slot, known, path))
    yield "\n\n".join(_example(slot, owner, known, path))
    boxes = [(code(box), "the same") for box in slot.exact_mappings] + [
        (code(box), "close") for box in slot.close_mappings
    ]
    if boxes:
        yield "National boxes that it corresponds to:"
        yield table(("format and field", "how near"), boxes)
    rules = known.rules_of_slot(owner, slot)
    if rules:
        yield "Rules: " + ", ".join(addresses.link(rule, addresses.of_rule(rule), path) for rule in rules) + "."


def _codes(slot: Slot, known: Knowledge, path: str) -> Iterator[str]:
    """Which code list judges the value."""
    kind = known.standard.types.get(slot.range) if slot.kind == "type" else None
    name = slot.code_list or (kind.code_list if kind else None)
    if name and name in known.lists:
        yield f"Its codes are those of the list {addresses.link(name, addresses.of_list(name), path)}."
    if slot.code_list_by:
        yield f"Its list is named by [{code(slot.code_list_by)}](#{slot.code_list_by})."


def _example(slot: Slot, owner: Class, known: Knowledge, path: str) -> Iterator[str]:
    if slot.kind == "class":
        target = f"{addresses.of_class(slot.range)}#example"
        yield f"Example: {addresses.titled(f'an object of {slot.range}', target, path)}."
    else:
        shown = of_slot(slot, example_of(slot, owner, known.standard))
        if slot.kind == "name":
            yield f"Example: {code(shown.json)}; in XML it is the name of the element, {code(f'<{owner.name}>')}."
        else:
            yield f"Example: {code(shown.json)}, in XML {code(shown.xml)}."


def _rules(codes: list[str], known: Knowledge, path: str) -> str:
    rows = [
        (
            addresses.link(name, addresses.of_rule(name), path),
            plain(known.rules[name]["title"]),
            addresses.link(known.rules[name]["each"], addresses.of_class(known.rules[name]["each"]), path),
            known.rules[name]["severity"],
        )
        for name in codes
    ]
    return table(("rule", "what it demands", "of each", "severity"), rows) if rows else ""
