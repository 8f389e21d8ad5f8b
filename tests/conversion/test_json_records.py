"""JSON as flat records: what a file may look like, where each text stands, and what one bad object costs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes import json_reading
from exportreport.conversion.shapes.json_reading import read_objects
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.trees import tree_of
from exportreport.finding import Finding

ONE = '{"a": {"b": "x", "c": 1.50}, "list": [{"d": true, "e": null}, {"d": "é\\n"}], "plain": [7, "8"], "none": []}'


def read(text: str | bytes) -> list[list[Record] | Unread | Finding]:
    return list(read_objects([text.encode() if isinstance(text, str) else text]))


def records(text: str) -> list[Record]:
    (found,) = read(text)
    assert isinstance(found, list)
    return found


def codes(text: str | bytes) -> list[str | None]:
    found = read(text)
    return [
        one.refused.fault.code if isinstance(one, Unread) else one.finding_code if isinstance(one, Finding) else None
        for one in found
    ]


def test_values_are_named_by_their_paths_and_keep_their_digits() -> None:
    assert [(record.kind, dict(zip(record.names, record.texts, strict=True))) for record in records(ONE)] == [
        ("", {"a.b": "x", "a.c": "1.50"}),
        ("list[]", {"list[].d": "true", "list[].e": ""}),
        ("list[]", {"list[].d": "é\n"}),
        ("plain[]", {"plain[]": "7"}),
        ("plain[]", {"plain[]": "8"}),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_text_has_its_place(end: str) -> None:
    root, first = records(f'{{"é": 1,{end} "a": "x",{end}{end}  "l": [ {{"b": 2}} ]}}')
    assert [tuple(cell.cells[name])[1:3] for cell, name in ((root, "é"), (root, "a"), (first, "l[].b"))] == [
        (1, 7), (2, 7), (4, 16),
    ]  # fmt: skip
    assert [record.row for record in (root, first)] == [1, 2]


@pytest.mark.parametrize("text", [f"{ONE}\n{ONE}\n", f"[{ONE},\n{ONE}]", f"\ufeff\n{ONE}\n\n{ONE}"])
def test_lines_lists_and_single_objects(text: str) -> None:
    first, second = read(text)
    assert isinstance(first, list) and isinstance(second, list)
    assert [record.texts for record in first] == [record.texts for record in second]
    assert second[0].row == first[-1].row + 1 and second[0].line > first[0].line


def test_an_object_may_run_over_many_lines() -> None:
    assert records(json.dumps(json.loads(ONE), indent=2))[0].texts == ("x", "1.5")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["ER-K-001"]),
        ("PK\x03\x04", ["ER-K-006"]),
        ('{"a": 1', ["ER-K-006"]),
        ('{\n"a": 1\n,}', ["ER-K-006"]),
        (b"\xff\xfe\x00", ["ER-K-002"]),
        (b'{\n"a": "\x81"}', ["ER-K-002"]),
        ("[1]", ["ER-K-111"]),
        ("7", ["ER-K-111"]),
        (f"{ONE}\n{{\n{ONE}\n7\n", [None, "ER-K-111", None, "ER-K-111"]),
        (ONE.encode() + b'\n{"a": "\xff\x81"}\n' + ONE.encode(), [None, "ER-K-106", None]),
        (f'{ONE}\n{{"a": 1, "a": 2}}\n{ONE}', [None, "ER-K-110", None]),
        (f'[{ONE}, {{"l": [{{"a": 1, "a": 1}}]}}]', [None, "ER-K-110"]),
        ("[" * 70 + "]" * 70, ["ER-K-006"]),
    ],
)
def test_what_is_bad_is_named_and_the_rest_is_read(text: str | bytes, found: list[str | None]) -> None:
    assert codes(text) == found


def test_a_broken_file_has_a_place() -> None:
    (found,) = read('{\n "a": 1\n,}')
    assert isinstance(found, Finding) and found.position is not None and found.position.line == 3


def test_one_piece_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reading, "MAX_WHOLE", 40)
    assert codes("[\n" + ",\n".join(['{"a": 1}'] * 9) + "]") == ["ER-K-007"]
    assert codes("\n".join(['{"a": 1}'] * 9)) == [None] * 9


def test_lines_are_read_as_they_come() -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"a": 1}\n{"a": 2}\n{"a"'
        raise AssertionError("read too far")

    objects = read_objects(chunks())
    assert isinstance(next(objects), list)


def test_records_become_the_tree_again() -> None:
    made = tree_of([("", {"a.b": "x", "c": "y"}), ("a.l[]", {"a.l[].d": "1"}), ("a.l[]", {"a.l[].e.f": "2"})])
    assert made == {"a": {"b": "x", "l": [{"d": "1"}, {"e": {"f": "2"}}]}, "c": "y"}
