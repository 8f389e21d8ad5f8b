"""Mutations of one slot: missing, null, empty, of the wrong type, one for many and many for one."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.case import (
    EMPTY_LIST,
    EMPTY_OBJECT,
    EMPTY_TEXT,
    JSON,
    NOT_LIST,
    REPEATED,
    XML,
    Case,
    Maker,
    Spot,
    empty_element,
    entry,
    group,
    not_of,
    single,
    token,
)
from tests.corpus.source import Expected, List, Mutation, Node, Object, Place, Text, Token
from tests.corpus.wrong_forms import in_xml

MISSING, UNKNOWN, NULL, NOT_ON_LIST, WRONG_KIND = "ER-S-001", "ER-S-002", "ER-S-003", "ER-S-017", "ER-S-019"
FOREIGN, STRAY, WRONG_ENTRY = "ER-D-104", "ER-D-105", "ER-D-106"


def required(case: Case) -> Iterator[Mutation]:
    """The slot is not there, or there by another spelling, which says enough."""
    base = case.base(case.slot.name)
    base.target.members.remove(base.member(case.slot.name))
    yield case.alike("removed", base.root, Expected(MISSING, base.pointer, Place(base.target)))
    base = case.base(case.slot.name)
    renamed = base.member(case.slot.name)
    renamed.name = "".join(word.capitalize() for word in renamed.name.split("_"))
    unknown = Expected(UNKNOWN, f"{base.pointer}/{renamed.name}", Place(renamed, "name"))
    yield case.alike(f"written {renamed.name}", base.root, unknown)


def null_list(case: Case) -> Iterator[Mutation]:
    """Null for a list: in XML an empty wrapper, or one empty element."""
    spot, null = single(case), Token("null", "")
    spot.put(null)
    if case.slot.kind == "class":
        xml = spot.expected(EMPTY_LIST, null)
    else:
        xml = Expected(empty_element(case), f"{spot.pointer}/0", Place(null))
    yield case.said("null", spot.root, spot.expected(NULL, null), xml)


def no_list(case: Case) -> Iterator[Mutation]:
    """One entry, or something else, where a list is expected; in XML a value that is not repeated is a list of one."""
    spot, node = single(case), case.value()
    spot.put(node)
    json = spot.expected(NOT_LIST, node)
    if not isinstance(node, Object):
        yield case.said("one entry, in no list", spot.root, json, None, (XML,))
        return
    first = Expected(WRONG_ENTRY, f"{spot.pointer}/0", Place(node.members[0]))
    yield case.said("one entry, in no list", spot.root, json, None if case.carries else first)
    for what, other in (("a text for a list", Text("x")), ("a number for a list", token("5"))):
        spot = single(case)
        spot.put(other)
        yield case.alike(what, spot.root, spot.expected(NOT_LIST, other))


def empty_list(case: Case) -> Iterator[Mutation]:
    """A list without entries; in XML a list of values that is not there."""
    base, wrapped = case.base(case.slot.name), case.slot.kind == "class"
    nothing = List([], wrapped)
    base.member(case.slot.name).value = nothing
    json = Expected(EMPTY_LIST, f"{base.pointer}/{case.slot.name}", Place(nothing))
    if wrapped:
        yield case.alike("no entries", base.root, json)
    elif case.slot.required:
        missing = Expected(MISSING, base.pointer, Place(base.target))
        yield case.said("no entries", base.root, json, missing)
    else:
        yield case.said("no entries", base.root, json, None, (XML,))


def single_only(case: Case) -> Iterator[Mutation]:
    """A list where one value is expected: in XML the element more than once."""
    code = not_of(case, text=False)
    spot, two = single(case), List([case.value(), case.value()], wrapped=False)
    spot.put(two)
    again = Expected(REPEATED, spot.pointer, Place(two.entries[1]))
    yield case.said("two values", spot.root, spot.expected(code, two), again)
    spot, one = single(case), List([case.value()], wrapped=False)
    spot.put(one)
    yield case.said("a list of one value", spot.root, spot.expected(code, one), None, (XML,))
    spot, none = single(case), List([], wrapped=False)
    spot.put(none)
    if not case.slot.required:
        yield case.said("a list of nothing", spot.root, spot.expected(code, none), None, (XML,))


def null(case: Case, spot: Spot) -> Iterator[Mutation]:
    """Null: in XML an empty element."""
    node = Token("null", "")
    spot.put(node)
    xml = None if case.carries else spot.expected(empty_element(case), node)
    yield case.said("null", spot.root, spot.expected(NULL, node), xml)


def empty(case: Case, spot: Spot) -> Iterator[Mutation]:
    """An empty text or object."""
    code = EMPTY_OBJECT if case.slot.kind == "class" else not_of(case, text=True) or EMPTY_TEXT
    node = Object(case.slot.range, []) if case.slot.kind == "class" else Text("")
    spot.put(node)
    json = spot.expected(code, node)
    yield case.said("empty", spot.root, json, None if case.carries else json)


def null_value(case: Case) -> Iterator[Mutation]:
    """Null for a single value."""
    yield from null(case, single(case))


def null_entry(case: Case) -> Iterator[Mutation]:
    """Null for an entry."""
    yield from null(case, entry(case))


def empty_value(case: Case) -> Iterator[Mutation]:
    """An empty text or object for a single value."""
    yield from empty(case, single(case))


def empty_entry(case: Case) -> Iterator[Mutation]:
    """An empty text or object for an entry."""
    yield from empty(case, entry(case))


def wrong_type(case: Case) -> Iterator[Mutation]:
    """Values of all other types."""
    make = entry if case.constraint.kind.startswith("entry") else single
    for what, node in _others(case):
        spot = make(case)
        spot.put(node)
        text = isinstance(node, Text)
        json = spot.expected(not_of(case, text=text), node)
        xml, right = _in_xml(case, spot, node)
        yield case.said(what, spot.root, json, xml, right)


def _others(case: Case) -> Iterator[tuple[str, Node]]:
    kind = case.slot.kind
    text = kind == "enum" or (kind == "type" and case.standard.types[case.slot.range].base == "text")
    if kind != "class":
        yield "a group of fields", group()
    if text:
        yield "a number", token("12")
        yield "true", token("true")
    if kind == "class":
        yield "a text", Text("x")
        yield "a number", token("5")
        yield "false", token("false")
    elif not text:
        yield "a text", Text("yes")
        yield "a text of a right value", Text("true" if case.slot.range == "Boolean" else "12")
        yield "a value of another type", token("1" if case.slot.range == "Boolean" else "true")


def _in_xml(case: Case, spot: Spot, node: Node) -> tuple[Expected | None, tuple[str, ...]]:
    """What is said in XML, where all is text but what has elements in it."""
    code = not_of(case, text=False)
    if case.carries:
        return None, ()
    if case.slot.kind == "class" or isinstance(node, Object):
        return spot.expected(code, node), ()
    text = node.value if isinstance(node, Text) else node.xml if isinstance(node, Token) else ""
    if case.slot.kind == "enum":
        return spot.expected(NOT_ON_LIST, node), ()
    verdict = in_xml(case.slot.range, text)
    return (None, (XML,)) if verdict is None else (spot.expected(verdict, node), ())


def _first_entry(case: Case) -> tuple[Object, List, Object, str]:
    """A message, its list in the slot, the first entry of it, and the pointer to that."""
    base = case.base(case.slot.name)
    entries = base.member(case.slot.name).value
    assert isinstance(entries, List)
    first = entries.entries[0]
    assert isinstance(first, Object)
    return base.root, entries, first, f"{base.pointer}/{case.slot.name}/0"


def entry_name(case: Case) -> Iterator[Mutation]:
    """An entry of another name than its class: in JSON entries have no names."""
    for name in ("Entry", case.slot.range.lower(), case.slot.name):
        root, _, first, pointer = _first_entry(case)
        first.name = name
        if first.message:
            kind = Expected(WRONG_KIND, f"{pointer}/report_type", Place(first, "kind"))
            yield case.alike(f"a message of the kind {name}", root, kind)
        else:
            yield case.said(f"the name {name}", root, None, Expected(WRONG_ENTRY, pointer, Place(first)), (JSON,))
    if case.carries:
        for kind_name in ("Acknowledgement", "Submission"):
            root, _, first, pointer = _first_entry(case)
            first.name = kind_name
            kind = Expected(WRONG_KIND, f"{pointer}/report_type", Place(first, "kind"))
            yield case.alike(f"a message of the kind {kind_name}", root, kind)
    else:
        root, _, first, pointer = _first_entry(case)
        first.name, first.members = "Entry", []
        json = Expected(EMPTY_OBJECT, pointer, Place(first))
        yield case.said("another name and no members", root, json, Expected(WRONG_ENTRY, pointer, Place(first)))


def entry_namespace(case: Case) -> Iterator[Mutation]:
    """An entry of another namespace, or of none."""
    for foreign in ("urn:other", ""):
        root, _, first, pointer = _first_entry(case)
        first.namespace = foreign
        expected = Expected(FOREIGN, pointer, Place(first))
        yield case.said(f"an entry of namespace {foreign!r}", root, None, expected, (JSON,))


def stray_text(case: Case) -> Iterator[Mutation]:
    """Text behind the entries."""
    root, entries, _, pointer = _first_entry(case)
    entries.stray = "and"
    expected = Expected(STRAY, pointer.removesuffix("/0"), Place(entries, "stray"))
    yield case.said("a word between entries", root, None, expected, (JSON,))


MAKERS: dict[str, Maker] = {
    "required": required,
    "list null": null_list,
    "list": no_list,
    "list not empty": empty_list,
    "single": single_only,
    "null": null_value,
    "type": wrong_type,
    "not empty": empty_value,
    "entry null": null_entry,
    "entry type": wrong_type,
    "entry not empty": empty_entry,
    "entry name": entry_name,
    "entry namespace": entry_namespace,
    "no text between": stray_text,
}
