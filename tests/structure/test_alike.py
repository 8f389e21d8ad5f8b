"""Long lists of wrong entries: each is judged as it would be alone, and all are counted, told one by one or not."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from exportreport import pipeline
from exportreport.finding import Finding, Severity
from exportreport.standard import Standard
from exportreport.structure import alike, engine, pieces
from exportreport.structure.breach import Enough, check_message
from exportreport.structure.diagnosis import diagnose
from exportreport.structure.pieces import in_pieces
from tests.structure.test_diagnosis import FILING

#: Entries of `parties`, sound ones and wrong ones, some wrong alike and some nearly so.
ENTRIES: list[Any] = [
    {"key": "p1", "roles": ["applicant"], "name": "Example BV"},
    *({}, None, "p1", [], {"a": 1}, {"b": 1}, {"a": 1, "b": 2}, {"key": "p1"}, {"key": " "}, {"key": ""}, {"key": 1}),
    {"key": "p1", "roles": []},
    {"key": "p1", "roles": ["applicant", "nobody", 1]},
    {"key": "p1", "roles": ["applicant"], "name": "tab\tand\x07bell", "nam": "x"},
    {"key": "p1", "roles": ["applicant"], "name": "กว่า"},
    {"key": "p1", "roles": ["applicant"], "name": " กว่า", "kee": "p2"},
    {"key": "p1", "roles": ["applicant"], "address": {"lines": [1], "town": {}}},
    {"key": "p1", "roles": ["applicant"], "address": {"lines": [1, "x"], "twn": "x"}, "q": 1},
    {"key": "p1", "roles": ["applicant"], "address": {"lines": [1, "x"], "tow": "x"}, "r": 1},
    {"key": "p1", "roles": "applicant", "address": "x", "identifiers": [{"a": 1}, {"b": " "}, 1]},
    {"kee": "p1", "roles": ["applicant"]},
    {"roles": ["applicant"], "key": 7},
]


def filing(entries: list[Any]) -> dict[str, Any]:
    return copy.deepcopy(FILING) | {"parties": copy.deepcopy(entries)}


def findings(document: dict[str, Any], standard: Standard, enough: Enough | None) -> list[Finding]:
    """What is said of ``document``: by the engine alone, or of its wrong entries by what is known of those alike."""
    check = in_pieces(standard, engine.check, engine.alike(standard, enough)) if enough else engine.check
    breaches = check_message(document, "LicenseFiling", standard, check)
    return list(dict.fromkeys(f for b in breaches for f in diagnose(document, "LicenseFiling", b, standard, {})))


def test_entries_that_are_wrong_alike_are_told_as_the_engine_tells_each(the_standard: Standard) -> None:
    document = filing([entry for _ in range(8) for entry in ENTRIES])
    told = findings(document, the_standard, Enough())
    assert len(told) > 8 * len(ENTRIES) and told == findings(document, the_standard, None)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts as a large document is made so small that a hundred entries are one."""
    monkeypatch.setattr(pieces, "PIECE", 80)
    monkeypatch.setattr(pipeline, "_LARGE", 1000)


@pytest.mark.parametrize("most", [1, 70])
@pytest.mark.parametrize(
    "entries",
    [ENTRIES * 9, [{"a": 1}] * 100, [{f"a{n}": 1} for n in range(100)]],
    ids=["many", "one", "names"],
)
def test_what_is_not_told_is_counted(most: int, entries: list[Any], the_standard: Standard) -> None:
    data = json.dumps(filing(entries)).encode()
    (whole,) = pipeline.check(data, the_standard, pipeline.Settings(max_findings=0, rules=False))
    (cut,) = pipeline.check(data, the_standard, pipeline.Settings(max_findings=most, rules=False))
    assert cut.totals == whole.totals == {Severity.ERROR: len(whole.findings)}
    assert len(cut.findings) == most and set(cut.findings) <= set(whole.findings)


@pytest.mark.parametrize("wrong", [" x", "\x07", 1, "", None])
def test_wrong_values_in_a_list_are_counted(wrong: Any, the_standard: Standard) -> None:
    item = {"item_number": 1, "description": "Camera", "serial_numbers": ["A"] + [wrong, "B"] * 100}
    data = json.dumps(filing([]) | {"parties": FILING["parties"], "items": [item]}).encode()
    (result,) = pipeline.check(data, the_standard, pipeline.Settings(max_findings=3, rules=False))
    assert result.totals == {Severity.ERROR: 100}
    assert [f.path for f in result.findings] == [("items", 0, "serial_numbers", n) for n in (1, 3, 5)]


def test_wrong_entries_are_asked_of_the_engine_once(the_standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    search = engine.search
    monkeypatch.setattr(engine, "search", lambda value, name: asked.append(value) or search(value, name))
    document = filing([{"a": n, "name": f"N {n}"} for n in range(100)])
    check = in_pieces(the_standard, engine.check, engine.alike(the_standard, Enough()))
    assert len(list(check(document, "LicenseFiling"))) == 300
    assert [value for value in asked if "a" in value] == [{"a": 0, "name": "N 0"}]


def test_what_is_remembered_is_bounded(the_standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "_MOST_REMEMBERED", 3)
    enough = Enough()
    enough.said = True
    check = in_pieces(the_standard, engine.check, engine.alike(the_standard, enough))
    document = filing([{f"a{n % 7}": 1} for n in range(100)])
    unknown = [breach for breach in check(document, "LicenseFiling") if breach.unknown]
    assert sum(breach.times for breach in unknown) == 100 and len(unknown) > 7
