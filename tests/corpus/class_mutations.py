"""Mutations of an object of a class: what it must not have, in JSON, in XML or in both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from tests.corpus.bases import Base
from tests.corpus.case import EMPTY_OBJECT, JSON, REPEATED, XML, Case, Maker, group
from tests.corpus.source import Expected, List, Member, Mutation, Node, Place, Text

UNKNOWN, APART, ORDER, FOREIGN, STRAY = "ER-S-002", "ER-D-102", "ER-D-103", "ER-D-104", "ER-D-105"
KIND_MISSING = "ER-D-031"

_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '

#: Attributes that no element may have, and the code for each.
_ATTRIBUTES = {
    'xml:lang="en"': "ER-D-121",
    _XSI + 'xsi:type="Party.list"': "ER-D-122",
    _XSI + 'xsi:nil="false"': "ER-D-123",
    'xml:space="preserve"': "ER-D-124",
    'xml:base="urn:x"': "ER-D-124",
    'xml:id="a"': "ER-D-124",
    'note="x"': "ER-D-125",
    'xmlns:o="urn:other" o:note="x"': "ER-D-125",
}


def unknown(case: Case) -> Iterator[Mutation]:
    """Members that the class does not know: a text, a group, first and last, and one that is nearly right."""
    slot = case.random.choice([slot for slot in case.body.slots if slot.kind != "name"])
    for what, name, value, at in (
        ("an unknown text at the end", "no_such_member", Text("x"), 1000),
        ("an unknown group at the start", "no_such_group", group(), 0),
        ("a slot in capitals", slot.name.upper(), Text("x"), 1000),
        ("a slot of another class", case.random.choice(_others(case)), Text("x"), 1),
    ):
        base = case.base()
        added = Member(name, value)
        base.target.members.insert(at, added)
        yield case.alike(what, base.root, Expected(UNKNOWN, f"{base.pointer}/{name}", Place(added, "name")))


def _others(case: Case) -> list[str]:
    """The slots of other classes that the class does not have."""
    names = {slot.name for body in case.standard.classes.values() for slot in body.slots if slot.kind != "name"}
    return sorted(names - case.body.by_name.keys())


def not_empty(case: Case) -> Iterator[Mutation]:
    """An object without members; a message so has no kind in JSON."""
    base = case.alone()
    base.target.members.clear()
    if base.target.message:
        base.target.message = False
        yield case.said("no members", base.root, Expected(KIND_MISSING, "", Place(base.root)), None)
    else:
        yield case.alike("no members", base.root, Expected(EMPTY_OBJECT, base.pointer, Place(base.target)))


def no_name_twice(case: Case) -> Iterator[Mutation]:
    """A member twice: in XML it is a right list where the slot is one of values and the two follow each other."""
    slots = [slot for slot in case.body.slots if slot.kind != "name"]
    lists = [slot for slot in slots if slot.many and slot.kind != "class"]
    groups = [slot for slot in slots if slot.many and slot.kind == "class"]
    one = case.random.choice([slot for slot in slots if slot not in lists])
    for slot in dict.fromkeys((one, *groups, *lists[:1])):
        base, again = _twice(case, slot.name)
        json = Expected(REPEATED, f"{base.pointer}/{slot.name}", Place(again, "name"))
        if slot in lists:
            yield case.said(f"{slot.name} twice", base.root, json, None, (XML,))
        else:
            yield case.alike(f"{slot.name} twice", base.root, json)
    for first, second in pairwise(slots):
        if first in lists and second not in lists:
            yield from _apart(case, first.name, second.name)


def _twice(case: Case, name: str) -> tuple[Base, Member]:
    base, other = case.base(name), case.base(name)
    at = base.target.members.index(base.member(name))
    again = other.member(name)
    base.target.members.insert(at + 1, again)
    return base, again


def _apart(case: Case, name: str, between: str) -> Iterator[Mutation]:
    base, again = case.base(name, between), case.base(name).member(name)
    base.target.members.insert(base.target.members.index(base.member(between)) + 1, again)
    pointer = f"{base.pointer}/{name}"
    json = Expected(REPEATED, pointer, Place(again, "name"))
    yield case.said(f"{name} in two places", base.root, json, Expected(APART, pointer, Place(again)))


def order(case: Case) -> Iterator[Mutation]:
    """Two members in the wrong order, which JSON does not mind."""
    names = [slot.name for slot in case.body.slots if slot.kind != "name"]
    pairs = list(combinations(names, 2))
    for first, second in case.random.sample(pairs, min(3, len(pairs))):
        base = case.base(first, second)
        moved = base.member(first)
        base.target.members.remove(moved)
        base.target.members.insert(base.target.members.index(base.member(second)) + 1, moved)
        late = Expected(ORDER, f"{base.pointer}/{first}", Place(moved))
        yield case.said(f"{first} behind {second}", base.root, None, late, (JSON,))


def stray_text(case: Case) -> Iterator[Mutation]:
    """Text behind the elements: letters, and white space that XML does not take for such."""
    for what, text in (("a word", "and"), ("a no-break space", "\u00a0"), ("a zero-width space", "\u200b")):
        base = case.base()
        base.target.stray = text
        expected = Expected(STRAY, base.pointer, Place(base.target, "stray"))
        yield case.said(f"{what} between elements", base.root, None, expected, (JSON,))


def attributes(case: Case) -> Iterator[Mutation]:
    """An attribute of the element of the object, and of one in it."""
    declared = (f'{_XSI}xsi:type="{case.body.name}"', "ER-D-122")
    for attribute, code in (*case.random.sample(sorted(_ATTRIBUTES.items()), 2), declared):
        base = case.base()
        is_value = base.holder is not None and base.holder.value is base.target
        owner = base.holder if is_value and base.holder else base.target
        owner.attributes = attribute
        expected = Expected(code, base.pointer, Place(base.target))
        yield case.said(f"attribute {attribute}", base.root, None, expected, (JSON,))
    attribute, code = case.random.choice(sorted(_ATTRIBUTES.items()))
    base = case.base()
    inner = case.random.choice([member for member in base.target.members if not _is_values(member.value)])
    inner.attributes = attribute
    expected = Expected(code, f"{base.pointer}/{inner.name}", Place(inner))
    yield case.said(f"attribute {attribute} of {inner.name}", base.root, None, expected, (JSON,))


def _is_values(node: Node) -> bool:
    return isinstance(node, List) and not node.wrapped


def namespace(case: Case) -> Iterator[Mutation]:
    """A known element of another namespace or of none, and an unknown one of another."""
    for foreign in ("urn:other", "https://w3id.org/exportreport/2", ""):
        base = case.base()
        moved = case.random.choice([member for member in base.target.members if not _is_values(member.value)])
        moved.namespace = foreign
        expected = Expected(FOREIGN, f"{base.pointer}/{moved.name}", Place(moved))
        yield case.said(f"{moved.name} of namespace {foreign!r}", base.root, None, expected, (JSON,))
    base = case.base()
    added = Member("no_such_member", Text("x"), namespace="urn:other")
    base.target.members.append(added)
    pointer = f"{base.pointer}/no_such_member"
    json = Expected(UNKNOWN, pointer, Place(added, "name"))
    yield case.said(
        "an unknown element of another namespace", base.root, json, Expected(FOREIGN, pointer, Place(added))
    )


MAKERS: dict[str, Maker] = {
    "known members": unknown,
    "not empty": not_empty,
    "no name twice": no_name_twice,
    "order": order,
    "no text between": stray_text,
    "no attributes": attributes,
    "own namespace": namespace,
}
