"""What a broken message may stand in: alone, among lines of JSON, in a list of messages, in an envelope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from unicodedata import bidirectional, normalize

from exportreport.standard import Standard
from tests.corpus.bases import base
from tests.corpus.layouts import JSON_LAYOUTS, MINIFIED, XML_LAYOUTS, Layout
from tests.corpus.page import Spot
from tests.corpus.source import Expected, List, Member, Mutation, Object, Place, Text
from tests.corpus.writing import Written, json_text, xml_text

#: Said of the text as a whole, so that nothing else is said of it, and of no other message in it either.
ALONE = frozenset({"ER-D-033", "ER-D-034", "ER-D-108", *(f"ER-D-0{number:02}" for number in range(30))})

#: What is said of a file, message by message: code, pointer, line and column.
Said = list[list[tuple[str, str, Spot]]]

#: Texts of many bytes, each with the code of the warning that it deserves.
_REMARKABLE = (
    ("\U0001f6f0\U0001f1f3\U0001f1f1 \u00e9 \u6697\u53f7", None),
    ("e\u0301\U0001f6f0", "ER-D-202"),
    ("\u202e\U0001f6f0\u202c", "ER-D-203"),
)


#: What is said of the outermost element alone, and of the depth under it.
_OF_ROOTS = ("ER-D-033", "ER-D-034", "ER-D-108")

#: The slots of a message that come before its sender.
_FIRST = ("schema_version", "report_id", "reported_at")

#: The characters that turn the direction of reading, by the classes of Unicode and one by one.
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_MARKS = "\u061c\u200e\u200f"


@dataclass(frozen=True, slots=True)
class Judged:
    """A file and what is due to be said of it."""

    data: bytes
    due: Said


#: Sets a mutation in one syntax and frame: the file, and what is due. None where that frame cannot hold it.
Frame = Callable[[Mutation], Judged | None]


def frames(syntax: str, standard: Standard) -> dict[str, Frame]:
    """All that a message in ``syntax`` can stand in, by name: each layout, and what holds several messages."""
    layouts = JSON_LAYOUTS if syntax == "json" else XML_LAYOUTS
    found = {layout.name: _alone(syntax, layout, standard) for layout in layouts}
    found["remarkable"] = _remarkable(syntax, MINIFIED, standard)
    for name in ("minified", "escaped", "cr", "odd"):
        layout = next(layout for layout in layouts if layout.name == name)
        found[f"submission, {name}"] = _in_submission(syntax, layout, standard)
        if syntax == "json":
            found[f"array, {name}"] = _in_array(layout, standard)
    if syntax == "json":
        found["lines"] = _in_lines(standard)
    return found


def _write(syntax: str, root: Object, layout: Layout, standard: Standard) -> Written:
    return json_text(root, layout) if syntax == "json" else xml_text(root, layout, standard)


def _expected(mutation: Mutation, syntax: str) -> Expected:
    expected = mutation.json if syntax == "json" else mutation.xml
    assert expected
    return expected


def _due(expected: Expected, pointer: str, spot: Spot) -> list[tuple[str, str, Spot]]:
    """What was expected, and the warnings about the text that was put there."""
    node = expected.place.node
    text = node.value if isinstance(node, Text) and expected.code not in ALONE else ""
    codes = [expected.code]
    codes += ["ER-D-202"] * (normalize("NFC", text) != text)
    codes += ["ER-D-203"] * any(bidirectional(c) in _TURNING or c in _MARKS for c in text)
    return [(code, pointer, spot) for code in dict.fromkeys(codes)]


def _alone(syntax: str, layout: Layout, standard: Standard) -> Frame:
    def frame(mutation: Mutation) -> Judged:
        text, expected = _write(syntax, mutation.root, layout, standard), _expected(mutation, syntax)
        due = _due(expected, expected.pointer, text.at(expected.place))
        if syntax == "json" and layout.mark and expected.code not in ALONE:
            due.append(("ER-D-201", "", (1, 1)))
        return Judged(text.data, [due])

    return frame


def _remarkable(syntax: str, layout: Layout, standard: Standard) -> Frame:
    """The message with texts of many bytes before the fault, and the warnings that they deserve."""

    def frame(mutation: Mutation) -> Judged | None:
        expected, root = _expected(mutation, syntax), mutation.root
        given = {member.name for member in root.members}
        if root.name not in standard.kinds or "sender" in given or not root.message:
            return None
        names = [Text(text) for text, _ in _REMARKABLE]
        sender = Member("sender", Object("Organization", [Member("name", names[0])]))
        others = [Object("Organization", [Member("name", name)]) for name in names[1:]]
        more = [] if "recipients" in given else [Member("recipients", List(list(others), wrapped=True))]
        at = 1 + max((i for i, m in enumerate(root.members) if m.name in _FIRST), default=-1)
        members = [*root.members[:at], sender, *more, *root.members[at:]]
        own, root.members = root.members, members
        text = _write(syntax, root, layout, standard)
        root.members = own
        due = _due(expected, expected.pointer, text.at(expected.place))
        if more and expected.code not in ALONE:
            due += [
                (code, f"/recipients/{index}/name", text.at(Place(names[index + 1])))
                for index, (_, code) in enumerate(_REMARKABLE[1:])
                if code
            ]
        return Judged(text.data, [due])

    return frame


def _good(standard: Standard) -> Object:
    return base(standard, "DenialNotice", Random(1), ()).root


def _in_submission(syntax: str, layout: Layout, standard: Standard) -> Frame:
    """The message between two good ones in an envelope."""
    good, envelope = _good(standard), base(standard, "Submission", Random(2), ()).root
    reports = next(member for member in envelope.members if member.name == "reports")

    def frame(mutation: Mutation) -> Judged | None:
        expected, root = _expected(mutation, syntax), mutation.root
        if root.name not in standard.concrete("Report") or not root.message or expected.code in _OF_ROOTS:
            return None
        reports.value = List([good, root, good], wrapped=True)
        text = _write(syntax, envelope, layout, standard)
        pointer = "" if expected.code in ALONE else f"/reports/1{expected.pointer}"
        return Judged(text.data, [_due(expected, pointer, text.at(expected.place))])

    return frame


def _in_array(layout: Layout, standard: Standard) -> Frame:
    """The message between two good ones in a list."""
    good = _good(standard)

    def frame(mutation: Mutation) -> Judged | None:
        expected = _expected(mutation, "json")
        if expected.code == "ER-D-108":
            return None
        text = json_text(List([good, mutation.root, good], wrapped=True), layout)
        due = _due(expected, expected.pointer, text.at(expected.place))
        return Judged(text.data, [due] if expected.code in ALONE else [[], due, []])

    return frame


def _in_lines(standard: Standard) -> Frame:
    """The message between two good ones, each on a line, with blank lines and ends of line of both kinds."""
    good = json_text(_good(standard), MINIFIED).data

    def frame(mutation: Mutation) -> Judged:
        expected = _expected(mutation, "json")
        line = replace(MINIFIED, escapes=len(expected.pointer) % 2 == 0)
        text = json_text(mutation.root, line)
        row, column = text.at(expected.place)
        due = _due(expected, expected.pointer, (row + 3, column))
        return Judged(b"\r\n".join((good, b"", b"\n" + text.data, good)) + b"\n", [[], due, []])

    return frame
