"""Canonical JSON as RFC 8785 wants it: our writer against another's, and facts written by hand."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport.codec import json_text
from exportreport.standard import Standard
from tests.lossless.each_slot import every_character

#: What is written for a value; the texts are those that the RFC has rules about.
FACTS: list[tuple[dict[str, Any], str]] = [
    ({}, "{}"),
    ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
    ({"a_b": 1, "aB": 2, "a1": 3, "a": 4}, '{"a":4,"a1":3,"aB":2,"a_b":1}'),
    ({"a": [3, 1, 2]}, '{"a":[3,1,2]}'),
    ({"a": {"c": True, "b": False}}, '{"a":{"b":false,"c":true}}'),
    ({"a": "\b\t\n\f\r"}, r'{"a":"\b\t\n\f\r"}'),
    ({"a": "\x00\x1f\x0b"}, r'{"a":"\u0000\u001f\u000b"}'),
    ({"a": "\x7f\x80\u2028\ufeff"}, '{"a":"\x7f\x80\u2028\ufeff"}'),
    ({"a": '"\\/'}, r'{"a":"\"\\/"}'),
    ({"a": "<é€🛰&>"}, '{"a":"<é€🛰&>"}'),
    ({"a": "e\u0301"}, '{"a":"e\u0301"}'),
    ({"a": "1.50"}, '{"a":"1.50"}'),
    ({"a": 0, "b": 999_999_999_999_999}, '{"a":0,"b":999999999999999}'),
]


@pytest.mark.parametrize(("value", "written"), FACTS)
def test_what_the_rfc_wants(value: dict[str, Any], written: str) -> None:
    assert json_text.canonical(value).decode() == written
    assert rfc8785.dumps(value).decode() == written
    assert json_text.digest(value) == "sha256:" + sha256(written.encode()).hexdigest()


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.text() | st.booleans() | st.integers(0, 10**15 - 1),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="ascii")), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.text(st.characters(codec="ascii")), _VALUES, max_size=5))
def test_another_writer_writes_the_same(value: dict[str, Any]) -> None:
    written = json_text.canonical(value)
    assert written == rfc8785.dumps(value)
    assert json_text.canonical(json.loads(written)) == written


def test_every_character_is_written_as_another_writer_does(the_standard: Standard) -> None:
    for document in every_character(the_standard):
        assert json_text.canonical(document) == rfc8785.dumps(document)


def test_names_are_ascii_so_that_every_order_is_the_same(the_standard: Standard) -> None:
    """The RFC sorts names by their UTF-16 units, ours by their bytes; those differ for names beyond ASCII alone."""
    names = [slot.name for body in the_standard.classes.values() for slot in body.slots]
    assert all(map(str.isascii, names))
    assert sorted(names) == sorted(names, key=lambda name: name.encode("utf-16-be"))
    beyond = {"\U0001f6f0": 1, "\uff01": 2}
    assert list(json.loads(rfc8785.dumps(beyond))) == ["\U0001f6f0", "\uff01"]
    assert list(orjson.loads(json_text.canonical(beyond))) == ["\uff01", "\U0001f6f0"]


def test_integers_are_those_that_every_reader_of_json_keeps(the_standard: Standard) -> None:
    """The RFC writes numbers as JavaScript does; below 2**53 that is their digits."""
    bounds = [kind.maximum for kind in the_standard.types.values() if kind.base == "integer"]
    assert all(bound is not None and bound < 2**53 and int(float(bound)) == bound for bound in bounds)
    assert bounds
