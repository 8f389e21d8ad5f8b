"""The writer of the corpus says the same in all its layouts, and what it says of places is so."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from exportreport.standard import Standard
from tests.corpus.generate import document
from tests.corpus.layouts import JSON_LAYOUTS, MINIFIED, PRETTY, XML_LAYOUTS, Layout
from tests.corpus.source import List, Member, Node, Object, Place, Text, Token, nodes, written
from tests.corpus.writing import UnsayableError, Written, json_text, xml_text


def rows(text: str) -> list[str]:
    return re.split("\r\n|\r|\n", text)


def read(made: Written, layout: Layout) -> str:
    text = made.data.removeprefix(layout.mark)
    marks = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
    return text.decode(marks.get(layout.mark, layout.encoding))


@pytest.mark.parametrize("layout", JSON_LAYOUTS, ids=lambda layout: layout.name)
def test_json_says_the_same_and_knows_where(layout: Layout, the_standard: Standard) -> None:
    whole = document(the_standard, "LicenseFiling", 4, fullness=0.5)
    root = written(the_standard, whole)
    made = json_text(root, layout)
    text = read(made, layout)
    assert json.loads(text) == whole
    decoder = json.JSONDecoder()
    for node in nodes(root):
        line, column = made.at(Place(node))
        rest = "\n".join(rows(text)[line - 1 :])[column - 1 :]
        value = decoder.raw_decode(rest)[0]
        assert value == node.value if isinstance(node, Text) else json.dumps(value)[0] in "{[0123456789tf"
        if isinstance(node, Object):
            for member in node.members:
                line, column = made.at(Place(member, "name"))
                assert decoder.raw_decode(rows(text)[line - 1][column - 1 :])[0] == member.name
                assert made.at(Place(member)) == made.at(Place(member.value))


@pytest.mark.parametrize("layout", XML_LAYOUTS, ids=lambda layout: layout.name)
def test_xml_says_the_same_and_knows_where(layout: Layout, the_standard: Standard) -> None:
    root = written(the_standard, document(the_standard, "LicenseFiling", 4, fullness=0.5))
    made = xml_text(root, layout, the_standard)
    text = read(made, layout)
    assert canonical(text) == canonical(read(xml_text(root, MINIFIED, the_standard), MINIFIED))
    prefix = layout.prefix + ":" * bool(layout.prefix)
    for node in nodes(root):
        for member in node.members if isinstance(node, Object) else ():
            line, column = made.at(Place(member))
            assert re.match(f"<{prefix}{member.name}(?![a-z_])", rows(text)[line - 1][column - 1 :])
            assert made.at(Place(member.value)) == made.at(Place(member, "name")) == (line, column)
        if isinstance(node, List) and node.wrapped:
            for entry in node.entries:
                assert isinstance(entry, Object)
                line, column = made.at(Place(entry))
                assert re.match(f"<{prefix}{entry.name}(?![A-Za-z])", rows(text)[line - 1][column - 1 :])


def canonical(text: str) -> str:
    """Canonical XML of ``text``, without comments and processing instructions, and with line feeds."""
    plain = re.sub(r"<!--.*?-->|<\?.*?\?>", "", text)
    return ElementTree.canonicalize(plain, strip_text=True, rewrite_prefixes=True)


def test_what_is_wrong_is_written_as_it_stands(the_standard: Standard) -> None:
    twice = [Member("as_of", Token("1.0", " 1")), Member("as_of", Text("\ud83d\ude00<\n"))]
    other = Member("sender", Object("Party", [Member("name", Text("x"))]), 'xml:lang="en"', "")
    root = Object("LicenseFiling", [*twice, other], message=True, stray="\n &stray")
    assert json_text(root, MINIFIED).data == (
        b'{"report_type":"LicenseFiling","as_of":1.0,"as_of":"\\ud83d\\uDE00<\\n","sender":{"name":"x"}}'
    )
    twice[1].value = Text("\U0001f600<\n")
    made = xml_text(root, MINIFIED, the_standard)
    assert made.data.decode() == (
        '<LicenseFiling xmlns="https://w3id.org/exportreport/1"><as_of> 1</as_of><as_of>\U0001f600&lt;\n</as_of>'
        '<sender xml:lang="en" xmlns=""><name xmlns="https://w3id.org/exportreport/1">x</name></sender>'
        "\n &amp;stray</LicenseFiling>"
    )
    assert made.at(Place(root, "stray")) == (3, 2)
    assert made.at(Place(twice[1])) == (1, 73)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("no name", Text("x")),
        ("as_of", Text("a\0")),
        ("as_of", Text("\ud800")),
        ("parties", List([Text("x")], wrapped=True)),
        ("profiles", List([List([], wrapped=False)], wrapped=False)),
    ],
)
def test_what_xml_cannot_say(name: str, value: Node, the_standard: Standard) -> None:
    with pytest.raises(UnsayableError):
        xml_text(Object("LicenseFiling", [Member(name, value)], message=True), PRETTY, the_standard)
