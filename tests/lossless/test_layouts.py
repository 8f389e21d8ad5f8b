"""However a message is laid out, and in whatever encoding, it is the same message with the same digest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import exportreport
from exportreport import standard
from exportreport.standard import Standard
from tests.lossless import foreign_xml, judges, layouts, values
from tests.lossless.each_slot import each_slot, smallest
from tests.lossless.sources import examples
from tests.lossless.strategies import messages
from tests.lossless.trips import read

STANDARD = standard.load()

Document = dict[str, Any]

each_xml = pytest.mark.parametrize("layout", foreign_xml.LAYOUTS)
each_json = pytest.mark.parametrize("layout", layouts.LAYOUTS)


def as_xml(document: Document, layout: str) -> bytes:
    tree = foreign_xml.tree(document, STANDARD)
    return foreign_xml.written(tree, STANDARD, foreign_xml.LAYOUTS[layout])


def as_json(document: Document, layout: str) -> bytes:
    return layouts.LAYOUTS[layout](document).encode()


def is_the_same(data: bytes, document: Document) -> bool:
    """Whether the product reads ``document`` in ``data``, types and all."""
    found = read(data, STANDARD)
    same = values.of_document(found) == values.of_document(document)
    return same and exportreport.digest(found) == judges.digest(document)


@pytest.fixture(scope="module")
def some(the_standard: Standard) -> list[Document]:
    """The examples, and of the messages around each slot every fifteenth."""
    return [*examples(), *list(each_slot(the_standard))[::15]]


@each_xml
def test_every_layout_of_xml_is_the_same_message(layout: str, some: list[Document]) -> None:
    for document in some:
        data = as_xml(document, layout)
        assert is_the_same(data, document)
        assert values.of_xml(data, STANDARD) == values.of_document(document)
        assert judges.accepts_xml(data)


@each_json
def test_every_layout_of_json_is_the_same_message(layout: str, some: list[Document]) -> None:
    for document in some:
        data = as_json(document, layout)
        assert is_the_same(data, document)
        assert values.of_json(data) == values.of_document(document)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages(STANDARD))
def test_messages_by_chance_are_the_same_in_every_layout(document: Document) -> None:
    for layout in foreign_xml.LAYOUTS:
        assert is_the_same(as_xml(document, layout), document), layout
    for layout in layouts.LAYOUTS:
        assert is_the_same(as_json(document, layout), document), layout


def test_layouts_are_different_bytes(the_standard: Standard) -> None:
    document = smallest(the_standard, "DenialNotice") | {"additional_information": "a/\u00e9\n<\"'>&\U0001f6f0"}
    written = [as_xml(document, layout) for layout in foreign_xml.LAYOUTS]
    written += [as_json(document, layout) for layout in layouts.LAYOUTS]
    assert len({*written}) == len(foreign_xml.LAYOUTS) + len(layouts.LAYOUTS)
