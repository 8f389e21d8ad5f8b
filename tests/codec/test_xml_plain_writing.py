"""The quick writer of XML: it declines, or writes what the careful one writes; and the order it relies on."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport import standard
from exportreport.codec import json_text, xml_plain_writing, xml_text, xml_writing
from exportreport.codec.member_order import in_order
from exportreport.standard import Document
from tests.codec.test_json_cases import EXAMPLES

KNOWN = standard.load()
SOUND = [orjson.loads(path.read_bytes()) for path in sorted(EXAMPLES.rglob("*.json"))]
DOCUMENTS = [one for one in SOUND if isinstance(one, dict) and one.get("report_type") in KNOWN.kinds]

#: What may take the place of any value: signs of mark-up, what XML has not, values of other types, empty ones.
VALUES: tuple[Any, ...] = (
    "",
    " x ",
    "a\nb\tc",
    "a\rb",
    "<",
    ">",
    "a & b",
    'say "x"',
    "back\\slash",
    "back\\u0001slash",
    "\\r",
    "\x7f\x85\u2028",
    "\0",
    "\x1f",
    "\ufffe",
    "\uffff",
    "\ud800",
    "é😀ก",
    "true",
    0,
    -7,
    10**30,
    1.5,
    True,
    None,
    [],
    ["x", "y"],
    ["x", 1],
    [1, 2],
    [True, False],
    [[]],
    {},
    [{}],
    {"report_type": "Submission"},
    [{"report_type": "LicenseFiling"}],
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """The containers of ``value`` with the names or indexes of what they hold."""
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(child, dict | list):
            yield from places(child)


def careful(document: Document) -> str | type[ValueError]:
    try:
        return xml_writing._with_care(document, str(document["report_type"]), KNOWN)
    except ValueError:
        return ValueError


def quick(document: Document) -> str | None:
    return xml_plain_writing.plain_text(document, str(document["report_type"]), KNOWN)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.get("report_id"))[:40])
def test_examples_are_written_alike_in_whatever_order_their_members_are(document: Document) -> None:
    assert quick(document) in (None, careful(document))
    assert careful(turned(document)) == careful(document)
    assert quick(turned(document)) == quick(document)


def test_most_examples_are_written_quickly() -> None:
    assert sum(quick(one) is not None for one in DOCUMENTS) > len(DOCUMENTS) * 0.8


def turned(value: Any) -> Any:
    """``value`` with the members of every object in the opposite order."""
    if isinstance(value, dict):
        return {name: turned(value[name]) for name in reversed(value)}
    return [turned(one) for one in value] if isinstance(value, list) else value


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_a_changed_example_is_declined_or_written_as_with_care(data: st.DataObject) -> None:
    document = copy.deepcopy(data.draw(st.sampled_from(DOCUMENTS)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = [place for place in places(document) if place[1] != "report_type" or place[0] is not document]
        container, key = data.draw(st.sampled_from(at))
        if data.draw(st.integers(0, 3)) or not isinstance(container, dict):
            container[key] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
        else:
            names = ["unknown", "key", "items", *(() if container is document else ("report_type",))]
            container[data.draw(st.sampled_from(names))] = container.pop(key)
    assert quick(document) in (None, careful(document))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.get("report_id"))[:40])
def test_what_is_read_from_xml_has_its_members_in_the_order_of_the_model(document: Document) -> None:
    read = xml_text.decode(xml_text.encode(turned(document), KNOWN), KNOWN).value
    assert isinstance(read, dict)
    assert json_text.encode(read, KNOWN, ordered=True) == json_text.encode(turned(document), KNOWN)
    assert [*places(read)] == [*places(in_order(document, KNOWN))]
