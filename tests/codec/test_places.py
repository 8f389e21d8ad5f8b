"""Positions and XPaths, against tables and against an independent computation."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exportreport.codec import faults, json_places, lines, xml_places, xml_text
from exportreport.finding import Finding, Path, Position, Severity, make
from exportreport.standard import Standard
from tests.codec.judging import NS, filing
from tests.corpus.generate import document


def at(*path: str | int, on_name: bool = False) -> Finding:
    return Finding("ER-S-001", Severity.ERROR, "x", path, on_name=on_name)


def place(data: bytes, *found: Finding, **more: Any) -> list[tuple[int, int] | None]:
    placed = json_places.place(data, found, **more)
    return [(f.position.line, f.position.column) if f.position else None for f in placed]


def test_json_values_names_and_ancestors() -> None:
    data = '\ufeff{\r\n\t"é😀": [1, {"x" : "\\"]}"}],\r "b": {"c":null}}\n'.encode()
    assert place(data, at()) == [(1, 1)]
    assert place(data, at("é😀"), at("é😀", on_name=True)) == [(2, 8), (2, 2)]
    assert place(data, at("é😀", 1, "x"), at("é😀", 1)) == [(2, 19), (2, 12)]
    assert place(data, at("b", "c"), at("b", "c", on_name=True)) == [(3, 12), (3, 8)]
    assert place(data, at("b", "none", "deeper"), at("none"), at("é😀", 9)) == [(3, 7), (1, 1), (2, 8)]
    assert place(data, at("b", "none", on_name=True)) == [(3, 7)]


def test_json_escaped_names_prefix_and_first_line() -> None:
    assert place(b'{"\\u0061/~": 5}', at("a/~")) == [(1, 14)]
    assert place(b'[{"a": 1}, {"a": 2}]', at("a"), prefix=(1,)) == [(1, 18)]
    assert place(b'{"a": 1}', at("a"), first_line=7) == [(7, 7)]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[1,", b'{"a"', b'{"a":', b"\xff", b'{"a":1]', b"[}", b'"', b"{]}", b"[,,,]"]
)
def test_json_never_raises(data: bytes) -> None:
    json_places.place(data, [at("a", 0), at(0), at(*(["a"] * 3000)), at("a", on_name=True)])


def test_json_names_that_end_like_the_one_that_is_meant() -> None:
    assert place(b'{"a\\"b/c": 1, "b\\/c": 2}', at("b/c"), at("b/c", on_name=True)) == [(1, 23), (1, 15)]
    assert place(b'{"x": "a\\": 5", "a\\\\": 2}', at("a\\")) == [(1, 24)]


def test_json_repeated_names_count_last() -> None:
    repeated = make(faults.REPEATED, ("a",), on_name=True, offset=10, name="a")
    assert place(b'{"a": [1], "a": [2]}', repeated, at("a", 0)) == [(1, 11), (1, 18)]


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=4)
names = st.text(max_size=3)
values = st.recursive(scalars, lambda v: st.lists(v, max_size=4) | st.dictionaries(names, v, max_size=4))


def written(value: Any, path: Path, out: list[str], found: dict[Path, int]) -> None:
    """Write ``value`` with odd blanks, noting the offset of each value: the other way to the same places."""
    found[path] = sum(map(len, out))
    if isinstance(value, dict):
        out.append("{ ")
        for index, (name, child) in enumerate(value.items()):
            out.append((",\r\n" if index else "") + json.dumps(name, ensure_ascii=len(name) == 1) + "\r:\n")
            written(child, (*path, name), out, found)
        out.append("\t}")
    elif isinstance(value, list):
        out.append("[")
        for index, child in enumerate(value):
            out.append(" ,\n" if index else " ")
            written(child, (*path, index), out, found)
        out.append("\r]")
    else:
        out.append(json.dumps(value, ensure_ascii=False))


def position(text: str, offset: int) -> Position:
    ends = [m.end() for m in re.finditer("\r\n|\r|\n", text) if m.end() <= offset]
    return Position(1 + len(ends), 1 + offset - (ends[-1] if ends else 0))


@settings(deadline=None, max_examples=200)
@given(values, st.randoms())
def test_json_agrees_with_a_writer_that_keeps_count(value: Any, random: Any) -> None:
    out: list[str] = []
    found: dict[Path, int] = {}
    written(value, (), out, found)
    text = "".join(out)
    paths = random.sample(list(found), random.randint(1, len(found)))
    placed = json_places.place(text.encode("utf-8", "surrogatepass"), [at(*path) for path in paths])
    assert [f.position for f in placed] == [position(text, found[path]) for path in paths]
    for path in paths:  # a finding that stands alone is placed in a way of its own
        assert place(text.encode("utf-8", "surrogatepass"), at(*path)) == [position(text, found[path])]


@given(st.text(alphabet="a\r\né😀"), st.data())
def test_lines(text: str, data: st.DataObject) -> None:
    offsets = data.draw(st.lists(st.integers(0, len(text))))
    assert lines.positions(text, offsets) == {offset: position(text, offset) for offset in offsets}
    assert [lines.position(text, offset) for offset in offsets] == [position(text, offset) for offset in offsets]


def test_xml_by_path(the_standard: Standard) -> None:
    inside = (
        "<profiles>a</profiles>\r\n<profiles>é</profiles>\r<parties>\n"
        "<Party><name>x</name></Party><!-- <Party> -->\t"
        "<Party><roles/><name>y</name><zz><q/></zz></Party></parties>"
    )
    data = filing(inside, head='<?xml version="1.0"?>\n')
    expected = {
        (): ((2, 1), ""),
        ("report_type",): ((2, 1), ""),
        ("none", 5): ((2, 1), ""),
        ("profiles",): ((2, 56), "/er:profiles[1]"),
        ("profiles", 1): ((3, 1), "/er:profiles[2]"),
        ("parties",): ((4, 1), "/er:parties"),
        ("parties", 0): ((5, 1), "/er:parties/er:Party[1]"),
        ("parties", 1, "roles", 0): ((5, 54), "/er:parties/er:Party[2]/er:roles"),
        ("parties", 1, "name"): ((5, 62), "/er:parties/er:Party[2]/er:name"),
        ("parties", 1, "zz", "q"): ((5, 80), "/er:parties/er:Party[2]/er:zz/er:q"),
        ("parties", 2, "name"): ((4, 1), "/er:parties"),
    }
    placed = xml_places.place(data, [at(*path) for path in expected], the_standard)
    got = {f.path: ((f.position.line, f.position.column) if f.position else None, f.xpath) for f in placed}
    assert got == {path: (where, "/er:LicenseFiling" + xpath) for path, (where, xpath) in expected.items()}


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_xml_in_other_encodings(encoding: str, the_standard: Standard) -> None:
    name = {"utf-8-sig": "UTF-8"}.get(encoding, encoding.upper())
    head = f'<?xml version="1.0" encoding="{name}"?>'
    text = filing("\n<report_id>é</report_id><as_of>é</as_of>", head=head)
    data = text.decode().encode(encoding)
    assert xml_text.decode(data, the_standard).readable
    (placed,) = xml_places.place(data, [at("as_of")], the_standard)
    assert placed.position == Position(2, 25)


def test_xml_of_a_foreign_and_a_repeated_element(the_standard: Standard) -> None:
    data = filing("<sender xmlns='u'><name>x</name></sender><as_of>1</as_of><as_of>2</as_of>")
    placed = xml_places.place(data, [at("sender", "name"), at("as_of")], the_standard)
    root = "/er:LicenseFiling"
    assert [f.xpath for f in placed] == [
        f"{root}/*[local-name()='sender']/*[local-name()='name']",
        f"{root}/er:as_of[2]",
    ]


@pytest.mark.parametrize(
    "data", [b"", b"<", b"<a>", b"\xff\xfe<", b"<a/><b/>", b"<?xml version='1.1'?>", b"<!DOCTYPE a><a/>"]
)
def test_xml_never_raises(data: bytes, the_standard: Standard) -> None:
    odd = make(faults.STRAY_TEXT, ("a",), element=99, name="x", value="y")
    xml_places.place(data, [at("a", 0), at(0), at(*(["a"] * 3000)), odd], the_standard)


@pytest.mark.parametrize("seed", range(12))
def test_xpaths_find_the_values_of_the_document(seed: int, the_standard: Standard) -> None:
    """Each text of a document is found again by its XPath, with an engine that is not ours."""
    whole = document(the_standard, "LicenseFiling", seed, fullness=0.6)
    data = xml_text.encode(whole, the_standard)
    texts = dict(leaves(whole, ()))
    placed = xml_places.place(data, [at(*path) for path in texts], the_standard)
    tree = etree.fromstring(data)
    for found in placed:
        assert found.path is not None
        assert found.position is not None
        (element,) = tree.xpath(found.xpath, namespaces={"er": NS})
        value = texts[found.path]
        assert element.text == (str(value).lower() if isinstance(value, bool) else str(value))
        line = data.decode().split("\n")[found.position.line - 1]
        assert line[found.position.column - 1 :].startswith(f"<{etree.QName(element).localname}>")


def leaves(value: Any, path: Path) -> Any:
    if isinstance(value, dict):
        for name, child in value.items():
            if name != "report_type":
                yield from leaves(child, (*path, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, (*path, index))
    else:
        yield path, value


def test_ten_thousand_findings_take_linear_time(the_standard: Standard) -> None:
    inside = "<parties>" + "<Party><name>é</name></Party>" * 10_000 + "</parties>"
    found = [at("parties", index, "name") for index in range(10_000)]
    as_json = json.dumps({"parties": [{"name": "é"}] * 10_000}, ensure_ascii=False).encode()
    begin = time.perf_counter()
    assert len({f.position for f in json_places.place(as_json, found)}) == 10_000
    assert len({f.position for f in xml_places.place(filing(inside), found, the_standard)}) == 10_000
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize("name", ["\u1c80", "\U00010400", "x\u203f", "\u00e9"])
def test_xml_names_that_only_one_parser_knows(name: str, the_standard: Standard) -> None:
    """A fault behind such a name has its place, and a name that is none in any edition of XML has its own."""
    (found,) = xml_text.decode(filing(f"<{name}/>\n<a>&</a>"), the_standard).findings
    assert (found.finding_code, found.offset) == ("ER-D-020", filing(f"<{name}/>\n<a>").decode().index("\n") + 4)
    (found,) = xml_text.decode(filing(f"<{name}/>\n<\u2603/>"), the_standard).findings
    (placed,) = xml_places.place(filing(f"<{name}/>\n<\u2603/>"), [found], the_standard)
    assert placed.position == Position(2, 1)
    deep = filing(f"<{name}/>" + "<a>" * 300 + "</a>" * 300)
    (found,) = xml_text.decode(deep, the_standard).findings
    (placed,) = xml_places.place(deep, [found], the_standard)
    assert placed.finding_code == "ER-D-108"
    assert placed.position == Position(1, deep.decode().index("<a>") + 63 * 3 + 1)
