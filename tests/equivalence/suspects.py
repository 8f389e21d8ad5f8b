"""Messages whose faults are hard to place: parsers differ, names repeat, text is hidden or far away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from exportreport.standard import Standard
from tests.corpus.bases import base
from tests.corpus.source import Expected, List, Member, Node, Object, Place, Text, Token

MISSING, UNKNOWN, EMPTY_LIST, NOT_TEXT, NOT_INTEGER, RANGE = (
    "ER-S-001",
    "ER-S-002",
    "ER-S-005",
    "ER-S-009",
    "ER-S-010",
    "ER-S-011",
)
REPEATED, APART, FOREIGN, STRAY, ENTRY, DATE, COUNTRY = (
    "ER-D-101",
    "ER-D-102",
    "ER-D-104",
    "ER-D-105",
    "ER-D-106",
    "ER-S-020",
    "ER-S-024",
)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A message and all that is due to be said of it, in JSON and in XML; None where a syntax cannot say it."""

    name: str
    root: Object
    json: list[Expected] | None
    xml: list[Expected] | None


def suspects(standard: Standard) -> Iterator[Suspect]:
    """All of them."""
    for name, make in _MAKERS.items():
        root = base(standard, "LicenseFiling", Random(name), ()).root
        yield from (Suspect(f"{name} {what}".strip(), root_, *said) for what, root_, *said in make(standard, root))


_Made = Iterator[tuple[str, Object, list[Expected] | None, list[Expected] | None]]


def _organization(name: str = "x") -> Object:
    return Object("Organization", [Member("name", Text(name))])


def _put(root: Object, before: str, *members: Member) -> None:
    at = next(i for i, member in enumerate(root.members) if member.name == before)
    root.members[at:at] = members


def _party(name: str) -> Object:
    roles = List([Text("end_user")], wrapped=False)
    return Object("Party", [Member("key", Text(name)), Member("roles", roles), Member("name", Text("x"))])


def names(standard: Standard, root: Object) -> _Made:
    """Names of elements that one of the parsers of XML does not know: as faults, and before and after others."""
    for name in (
        "\u1c80x",
        "x\ua7ff",
        "\U00010400\U0001f6f0",
        "\u00e9l\u00e9ment",
        "\u4e00\u30fc",
        "x\u0300\u203f",
        "x\u00b7",
    ):
        for first in (True, False):
            tree = base(standard, "LicenseFiling", Random(1), ()).root
            odd = Member(name, Object("Any", [Member("inner", Text("x"))]))
            day = Member("as_of", Text("2026-02-30"))
            _put(tree, "revision", day)
            tree.members.insert(0 if first else len(tree.members), odd)
            said = [Expected(UNKNOWN, f"/{name}", Place(odd, "name")), Expected(DATE, "/as_of", Place(day))]
            yield f"{name!a} {'first' if first else 'last'}", tree, said, said


def deep(standard: Standard, root: Object) -> _Made:
    """A warning about a text in 60 objects that nobody knows."""
    text = Text("e\u0301")
    chain: Node = text
    for _ in range(60):
        chain = Object("Any", [Member("a", Text("x")), Member("inner", chain)])
    odd = Member("zz", chain)
    root.members.append(odd)
    said = [
        Expected(UNKNOWN, "/zz", Place(odd, "name")),
        Expected("ER-D-202", "/zz" + "/inner" * 60, Place(text)),
    ]
    yield "", root, said, said


def nested(standard: Standard, root: Object) -> _Made:
    """Slots that objects in lists in objects lack, one in each of two."""
    empty = [Object("Organization", [Member("country", Text("NL"))]) for _ in range(2)]
    party = Object("Party", [Member("key", Text("k")), Member("name", Text("x"))])
    _put(root, "revision", Member("recipients", List([_organization(), *empty], wrapped=True)))
    at = next(i for i, member in enumerate(root.members) if member.name == "handling")
    root.members.insert(at + 1, Member("parties", List([party], wrapped=True)))
    said = [Expected(MISSING, f"/recipients/{i + 1}", Place(one)) for i, one in enumerate(empty)]
    said.append(Expected(MISSING, "/parties/0", Place(party)))
    yield "", root, said, said


def integers(standard: Standard, root: Object) -> _Made:
    """Integers beyond what programs hold."""
    for text, code in (
        ("1000000000000000", RANGE),
        ("18446744073709551615", RANGE),
        ("18446744073709551616", NOT_INTEGER),
        ("1" + "0" * 300, NOT_INTEGER),
        ("-1", RANGE),
        ("1.0", NOT_INTEGER),
    ):
        tree = base(standard, "LicenseFiling", Random(1), ()).root
        revision = next(member for member in tree.members if member.name == "revision")
        revision.value = Token(text, text)
        said = [Expected(code, "/revision", Place(revision.value))]
        yield text[:30], tree, said, said


def spelled(standard: Standard, root: Object) -> _Made:
    """Names that look like other parts of a text, or must be escaped: JSON alone can write them."""
    for name in ('x"reporting_state', "a\\", "a/b", 'report_id": "x', "~/", "", "\n", "0", "a.b c", "\U0001f6f0"):
        tree = base(standard, "LicenseFiling", Random(1), ()).root
        traps = [Member('y"a/b', Text('a": 0')), Member("z", Text('"a\\": 0'))]
        odd = Member(name, Text("x"))
        tree.members[1:1] = traps
        tree.members.append(odd)
        yield (
            ascii(name),
            tree,
            [Expected(UNKNOWN, _pointer(one.name), Place(one, "name")) for one in (*traps, odd)],
            None,
        )


def _pointer(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")


def stray(standard: Standard, root: Object) -> _Made:
    """Text between elements of all kinds of elements, behind references and blanks, some with many bytes."""
    for text in ("x", " \t\n x", "\u00a0", "\n\n\U0001f6f0 x", "&", "<\n", "e\u0301", "x" * 3000, "\n" * 3000 + "x"):
        for where in ("root", "object", "wrapper", "entry"):
            tree = base(standard, "LicenseFiling", Random(1), ()).root
            entry = _organization()
            wrapper = List([_organization(), entry, _organization()], wrapped=True)
            _put(tree, "revision", Member("recipients", wrapper))
            authority = next(m for m in tree.members if m.name == "reporting_authority").value
            assert isinstance(authority, Object)
            parts: dict[str, tuple[Object | List, str]] = {
                "root": (tree, ""),
                "object": (authority, "/reporting_authority"),
                "wrapper": (wrapper, "/recipients"),
                "entry": (entry, "/recipients/1"),
            }
            part, pointer = parts[where]
            part.stray = text
            yield f"{text[:8]!r} {where}", tree, None, [Expected(STRAY, pointer, Place(part, "stray"))]


def repeated(standard: Standard, root: Object) -> _Made:
    """Single slots given twice and three times: the second counts. What is wrong in the last is found there."""
    for value in (Text("2026-01-01"), Text("2026-02-30")):
        tree = base(standard, "LicenseFiling", Random(1), ()).root
        days = [Member("as_of", Text("2026-02-31")), Member("as_of", Text("2026-02-29")), Member("as_of", value)]
        _put(tree, "revision", *days)
        said = [Expected(REPEATED, "/as_of", Place(days[1], "name"))]
        said += [Expected(DATE, "/as_of", Place(value))] if value.value.endswith("30") else []
        yield value.value, tree, said, said
    tree = base(standard, "LicenseFiling", Random(1), ()).root
    senders = [
        Member("sender", Object("Organization", [Member("country", Text("NL"))])),
        Member("sender", _organization()),
    ]
    inner = Object("Organization", [Member("name", Text("x")), Member("country", Text("nl"))])
    senders.append(Member("sender", inner))
    _put(tree, "revision", *senders)
    said = [
        Expected(REPEATED, "/sender", Place(senders[1], "name")),
        Expected(COUNTRY, "/sender/country", Place(inner.members[1])),
    ]
    yield "objects", tree, said, said
    tree = base(standard, "LicenseFiling", Random(1), ()).root
    odd = Member("zz", Text("x"))
    lists = [
        Member("recipients", List([Object("Organization", [Member("country", Text("nl"))])], wrapped=True)),
        Member("recipients", Object("Any", [odd])),
    ]
    _put(tree, "revision", *lists)
    said = [Expected(REPEATED, "/recipients", Place(lists[1])), Expected(ENTRY, "/recipients/0", Place(odd))]
    yield "lists, the second without entries", tree, None, said


def in_values(standard: Standard, root: Object) -> _Made:
    """Objects among the values of a list, and values of a list apart from each other."""
    entries: list[Node] = [
        Text("eu"),
        Object("Any", [Member("x", Text("y"))]),
        Text("us"),
        Object("Any", [Member("x", Text("y"))]),
    ]
    _put(root, "handling", Member("profiles", List(entries, wrapped=False)))
    said = [Expected(NOT_TEXT, f"/profiles/{i}", Place(entries[i])) for i in (1, 3)]
    yield "", root, said, said
    tree = base(standard, "LicenseFiling", Random(1), ()).root
    first, second = (Member("profiles", List([Text("eu"), Text(text)], wrapped=False)) for text in ("uk", "a b"))
    assert isinstance(second.value, List)
    _put(tree, "handling", first, Member("language", Text("de")), second)
    yield (
        "apart",
        tree,
        None,
        [
            Expected(APART, "/profiles", Place(second)),
            Expected("ER-S-023", "/profiles/3", Place(second.value.entries[1])),
        ],
    )


def foreign(standard: Standard, root: Object) -> _Made:
    """Elements of another standard and of none, known and unknown, before ones of the same name that are ours."""
    for namespace in ("urn:x", ""):
        tree = base(standard, "LicenseFiling", Random(1), ()).root
        theirs = Member("zz", Text("x"), namespace=namespace)
        ours, day = Member("zz", Text("y")), Member("as_of", Text("2026-02-30"), namespace=namespace)
        _put(tree, "revision", theirs, day, ours)
        yield (
            repr(namespace),
            tree,
            None,
            [
                Expected(FOREIGN, "/zz", Place(theirs)),
                Expected(FOREIGN, "/as_of", Place(day)),
                Expected(UNKNOWN, "/zz", Place(ours)),
                Expected(DATE, "/as_of", Place(day)),
            ],
        )


def far(standard: Standard, root: Object) -> _Made:
    """Faults behind a very long text and behind very many lines."""
    long_text, lines = Text("\u00e9" * 3999 + "x"), Text("x" + "\n" * 3998 + "x")
    many = [Object("Organization", [Member("name", lines)]) for _ in range(20)]
    day = Member("as_of", Text("2026-02-30"))
    members = [
        Member("sender", Object("Organization", [Member("name", long_text)])),
        Member("recipients", List(list(many), wrapped=True)),
        day,
    ]
    _put(root, "revision", *members)
    said = [Expected(DATE, "/as_of", Place(day))]
    yield "", root, said, said


_MAKERS: dict[str, Callable[[Standard, Object], _Made]] = {
    make.__name__: make for make in (names, deep, nested, integers, spelled, stray, repeated, in_values, foreign, far)
}
