"""XML as flat records: paths, attributes, lists, places, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes import xml_reading
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.trees import tree_of
from exportreport.conversion.shapes.xml_reading import read_elements
from exportreport.conversion.shapes.xml_writing import element_of
from exportreport.finding import Finding

LISTS = frozenset({"goods.item[]", "goods.item[].code[]"})
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<all xmlns="urn:x">
 <license id="7"><name>Å &amp; B</name>
  <goods><item><code>a</code><code>b</code><text lang="en">x</text></item><item/></goods>
 </license>
 <license><goods><item><code>c</code></item></goods></license>
</all>
"""


def read(data: str | bytes, size: int = 1_000_000) -> list[list[Record] | Unread | Finding]:
    whole = data.encode() if isinstance(data, str) else data
    return list(read_elements((whole[i : i + size] for i in range(0, len(whole), size)), "license", LISTS))


def flat(records: list[Record] | Unread | Finding) -> list[tuple[str, dict[str, str]]]:
    assert isinstance(records, list)
    return [(record.kind, dict(zip(record.names, record.texts, strict=True))) for record in records]


def codes(data: str | bytes) -> list[str | None]:
    return [
        one.refused.fault.code if isinstance(one, Unread) else one.finding_code if isinstance(one, Finding) else None
        for one in read(data)
    ]


def test_elements_are_named_by_their_paths() -> None:
    first, second = read(FILE)
    assert flat(first) == [
        ("", {"@id": "7", "name": "Å & B"}),
        ("goods.item[]", {"goods.item[].text.@lang": "en", "goods.item[].text.#text": "x"}),
        ("goods.item[].code[]", {"goods.item[].code[]": "a"}),
        ("goods.item[].code[]", {"goods.item[].code[]": "b"}),
        ("goods.item[]", {"goods.item[]": ""}),
    ]
    assert flat(second)[1:] == [("goods.item[]", {}), ("goods.item[].code[]", {"goods.item[].code[]": "c"})]
    assert isinstance(first, list) and isinstance(second, list)
    assert second[0].row == first[-1].row + 1


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
def test_each_text_has_the_place_of_its_element(size: int) -> None:
    first, _ = read(FILE, size)
    assert isinstance(first, list)
    assert first[0].cells["name"][:3] == ("Å & B", 3, 18)
    assert first[2].cells["goods.item[].code[]"][1:3] == (4, 16)
    assert [record.line for record in first] == [3, 4, 4, 4, 4]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("", ["ER-K-001"]),
        ("<all/>", []),
        ("hello", ["ER-K-006"]),
        ("<license><a>1</license>", ["ER-K-006"]),
        ("<license>text</license>", [None]),
        ("<all><license><a/></license><license><b/></all>", [None, "ER-K-006"]),
        ('<!DOCTYPE a [<!ENTITY e "x">]><license><a>&e;</a></license>', ["ER-K-006"]),
        ("<license><a>&e;</a></license>", ["ER-K-006"]),
        ("<a>" * 65 + "<license/>" + "</a>" * 65, ["ER-K-006"]),
        ("<all><license><a>1</a><a>2</a></license><license><a>3</a></license></all>", ["ER-K-110", None]),
        ("<license><a>1</a></license>".encode("utf-16"), [None]),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><license><a>\xe9</a></license>', [None]),
        (b"<license><a>\xe9</a></license>", ["ER-K-006"]),
    ],
)
def test_what_is_bad_is_named_and_what_came_before_is_read(data: str | bytes, found: list[str | None]) -> None:
    assert codes(data) == found


def test_one_record_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reading, "MAX_NODES", 5)
    monkeypatch.setattr(xml_reading, "MAX_TEXT", 50)
    assert codes("<all>" + "<license><a/><b/></license>" * 9 + "</all>") == [None] * 9
    assert codes(f"<license>{''.join(f'<a{n}/>' for n in range(6))}</license>") == ["ER-K-006"]
    assert codes(f"<license><a>{'x' * 60}</a></license>") == ["ER-K-006"]


def test_elements_come_before_the_file_has_ended() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"<all><license><a>1</a></license>"
        raise AssertionError("read too far")

    assert flat(next(read_elements(chunks(), "license", LISTS))) == [("", {"a": "1"})]


def test_records_are_written_as_an_element_and_read_again() -> None:
    records = [
        ("", {"@id": 'a"<&\n', "name": "x\r\n& <y>", "deep.er": " z "}),
        ("goods.item[]", {"goods.item[].text": "t"}),
    ]
    written = element_of("license", tree_of(records))
    assert written.count(b"\n") == 1
    assert flat(read(written)[0]) == records


@pytest.mark.parametrize("tree", [{"a": "\x01"}, {"a": "\ud800"}, {"not a name": "x"}, {"@b": "\x0c"}])
def test_what_xml_cannot_carry_is_not_written(tree: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"cannot carry|no name"):
        element_of("license", tree)
