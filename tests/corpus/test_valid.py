"""The valid messages use the whole model, and are right in both syntaxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from exportreport import pipeline, standard
from exportreport.standard import Class, Slot
from tests.corpus.layouts import MINIFIED
from tests.corpus.source import written
from tests.corpus.valid import Document, valid
from tests.corpus.writing import json_text, xml_text

STANDARD = standard.load()
STRUCTURE = pipeline.Settings(rules=False)

#: The fewest and the most characters of a type's texts, as the standard's section on values has it.
LENGTHS = {
    "Text": (1, 4000),
    "LongText": (1, 65536),
    "Reference": (1, 256),
    "Token": (1, 128),
    "Key": (1, 64),
    "Decimal": (1, 26),
    "Date": (10, 10),
    "DateTime": (20, 20),
    "Digest": (71, 71),
    "CountryCode": (2, 2),
    "CurrencyCode": (3, 3),
    "UnitCode": (2, 3),
    "CommodityDigits": (2, 10),
    "ControlCode": (1, 93),
    "LanguageTag": (2, 30),
    "VersionText": (1, 64),
    "CasNumber": (7, 12),
    "ListedCode": (1, 64),
    "ProfileId": (1, 64),
    "SchemaVersion": (3, 3),
}


@cache
def documents() -> tuple[Document, ...]:
    return tuple(valid(STANDARD, 0))


def objects(value: Document, body: Class) -> Iterator[tuple[Class, Document]]:
    """All objects in a message, each with its class."""
    yield body, value
    for name, child in value.items():
        slot = body.by_name[name]
        for inner in child if slot.many else [child]:
            if slot.kind == "class":
                yield from objects(inner, STANDARD.classes[inner.get("report_type", slot.range)])


@cache
def used() -> dict[tuple[str, str], list[Any]]:
    """The values that each slot of each class has in all messages, None where it is not there."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for document in documents():
        for body, value in objects(document, STANDARD.classes[document["report_type"]]):
            for slot in body.slots:
                found[body.name, slot.name].append(value.get(slot.name))
    return found


def slots() -> Iterator[tuple[Slot, list[Any]]]:
    """Each slot of each class that is not abstract, with its single values."""
    for body in STANDARD.classes.values():
        for slot in () if body.abstract else body.slots:
            given = [value for value in used()[body.name, slot.name] if value is not None]
            yield slot, [one for value in given for one in value] if slot.many else given


def test_every_slot_of_every_class_is_there_and_every_optional_one_also_absent() -> None:
    for body in STANDARD.classes.values():
        for slot in () if body.abstract else body.slots:
            values = used()[body.name, slot.name]
            assert any(value is not None for value in values), (body.name, slot.name)
            assert slot.required == all(value is not None for value in values), (body.name, slot.name)


def test_every_optional_slot_stands_alone_where_nothing_is_required() -> None:
    alone = {(body.name, *value) for body, value in everything() if len(value) == 1}
    for body in STANDARD.classes.values():
        if not any(slot.required for slot in body.slots):
            assert {(body.name, slot.name) for slot in body.slots} <= alone


def everything() -> Iterator[tuple[Class, Document]]:
    for document in documents():
        yield from objects(document, STANDARD.classes[document["report_type"]])


def test_lists_have_one_entry_and_several() -> None:
    for body in STANDARD.classes.values():
        for slot in () if body.abstract else body.slots:
            if slot.many:
                lengths = {len(value) for value in used()[body.name, slot.name] if value is not None}
                assert 1 in lengths, (body.name, slot.name)
                assert max(lengths) > 1, (body.name, slot.name)


def test_every_slot_has_every_code_of_its_list() -> None:
    for slot, values in slots():
        if slot.kind == "enum":
            assert set(values) == set(STANDARD.enums[slot.range].codes), slot.name


def test_every_slot_has_both_ends_of_what_its_type_allows() -> None:
    for slot, values in slots():
        body = STANDARD.types.get(slot.range) if slot.kind == "type" else None
        if body is None:
            continue
        if body.base == "integer":
            assert (min(values), max(values)) == (body.minimum, body.maximum), slot.name
        elif body.base == "boolean":
            assert set(values) == {True, False}, slot.name
        else:
            lengths = {len(value) for value in values}
            assert (min(lengths), max(lengths)) == LENGTHS[body.name], slot.name


def test_every_carried_kind_is_carried() -> None:
    carried = {report["report_type"] for document in documents() for report in document.get("reports", ())}
    assert carried == set(STANDARD.concrete("Report"))


@pytest.mark.parametrize("wanted", ["\U0001f6f0", "\u0301", "\u202e", "\u200f", "٣", "\u00a0", "\ufeff", "\U0010ffff"])
def test_texts_have_unusual_characters(wanted: str) -> None:
    for slot, values in slots():
        if slot.range == "Text":
            assert any(wanted in value for value in values), slot.name


def test_all_are_accepted_in_both_syntaxes_and_are_the_same_document() -> None:
    for document in documents():
        root = written(STANDARD, document)
        for text in (json_text(root, MINIFIED), xml_text(root, MINIFIED, STANDARD)):
            (result,) = pipeline.check(text.data, STANDARD, STRUCTURE)
            assert result.accepted, (document, result.findings)
            assert result.document == document
