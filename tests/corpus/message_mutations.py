"""Mutations of what makes a message: its kind, and how deep it may be."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.case import JSON, XML, Case, Maker
from tests.corpus.source import Expected, Member, Mutation, Object, Place, Text, Token

KIND_MISSING, KIND_UNKNOWN, KIND_ELEMENT = "ER-D-031", "ER-D-032", "ER-D-107"
NO_NAMESPACE, OTHER_NAMESPACE = "ER-D-033", "ER-D-034"
REPEATED, TOO_DEEP = "ER-D-101", "ER-D-108"
POINTER = "/report_type"


def required(case: Case) -> Iterator[Mutation]:
    """No kind: in XML it cannot be left out, since it is the name of the element."""
    base = case.alone()
    base.root.message = False
    yield case.said("removed", base.root, Expected(KIND_MISSING, "", Place(base.root)), None, (XML,))


def _instead(case: Case, what: str, value: Text | Token) -> Mutation:
    """Another kind as a member: in XML an element that must not be there."""
    base = case.alone()
    base.root.message = False
    kind = Member("report_type", value)
    base.root.members.insert(0, kind)
    element = Expected(KIND_ELEMENT, POINTER, Place(kind))
    return case.said(what, base.root, Expected(KIND_UNKNOWN, POINTER, Place(value)), element)


def null(case: Case) -> Iterator[Mutation]:
    """Null for the kind."""
    yield _instead(case, "null", Token("null", ""))


def wrong_type(case: Case) -> Iterator[Mutation]:
    """A number and a truth value for the kind."""
    yield _instead(case, "a number", Token("5", "5"))
    yield _instead(case, "true", Token("true", "true"))


def empty(case: Case) -> Iterator[Mutation]:
    """An empty kind."""
    yield _instead(case, "empty", Text(""))


def closed(case: Case) -> Iterator[Mutation]:
    """Kinds that there are not."""
    name = case.body.name
    for what, kind in {
        "unknown": "Nonsense",
        "in lower case": name.lower(),
        "an abstract class": "Report",
        "a class that is no message": "Party",
        "cut": name[:-1],
    }.items():
        base = case.alone()
        base.root.name = kind
        yield case.alike(what, base.root, Expected(KIND_UNKNOWN, POINTER, Place(base.root, "kind")))
    yield _instead(case, "padded", Text(f" {name}"))
    yield _instead(case, "a line feed at the end", Text(f"{name}\n"))


def no_element(case: Case) -> Iterator[Mutation]:
    """The kind once more, as a member: said twice in JSON, an element in XML."""
    base = case.alone()
    again = Member("report_type", Text(base.root.name))
    base.root.members.append(again)
    json = Expected(REPEATED, POINTER, Place(again, "name"))
    yield case.said("as an element", base.root, json, Expected(KIND_ELEMENT, POINTER, Place(again)))


def namespace(case: Case) -> Iterator[Mutation]:
    """The message of no namespace, and of another."""
    for foreign, code in (("", NO_NAMESPACE), ("urn:other", OTHER_NAMESPACE)):
        base = case.alone()
        base.root.namespace = foreign
        expected = Expected(code, "", Place(base.root))
        yield case.said(f"a message of namespace {foreign!r}", base.root, None, expected, (JSON,))


def nesting(case: Case) -> Iterator[Mutation]:
    """Objects in each other, one more than there may be, and many more."""
    for depth in (65, 100):
        base = case.base_of("Acknowledgement")
        chain = [base.root]
        for _ in range(depth - 1):
            inner = Object("Group", [])
            chain[-1].members.append(Member("group", inner))
            chain.append(inner)
        chain[-1].members.append(Member("part", Text("x")))
        yield case.alike(f"{depth} deep", base.root, Expected(TOO_DEEP, "", Place(chain[64])))


MAKERS: dict[str, Maker] = {
    "required": required,
    "null": null,
    "type": wrong_type,
    "not empty": empty,
    "closed": closed,
    "no element": no_element,
    "namespace": namespace,
}
