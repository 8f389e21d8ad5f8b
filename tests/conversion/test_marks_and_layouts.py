"""Entries with any of several marks, required columns that make entries, layouts told by what a report says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from test_entries_of_lists import back, lost, made, read

from exportreport.conversion import MappingError, Writer

FIELDS: Sequence[tuple[str, str, str, str]] = (
    ("number", "reference", "reference", "/authorizations/0/authorization_number"),
    ("agent.name", "text", "text", "/parties/{agent}/name"),
    ("agent.lines", "lines", "line", "/parties/{agent}/addresses/0/lines/+"),
    ("to[].code", "territory", "country", "/transaction/destinations/*/country"),
    ("to[].code", "territory", "group", "/transaction/destinations/*/country_group"),
    ("to[].code", "territory", "text", "/transaction/destinations/*/territory_text"),
    ("user[].lines", "lines", "line", "/parties/*/addresses/0/lines/+"),
    ("other[].lines", "lines", "line", "/parties/*/addresses/0/lines/+"),
)
CONSTANTS: Sequence[Mapping[str, Any]] = (
    {"target": "/parties/{agent}/key", "value": "agent"},
    {"target": "/parties/{agent}/roles/0", "value": "agent", "marks": ["agent", "broker"]},
    {"target": "/parties/*/key", "from": "entry", "value": "user", "for": "user[]"},
    {"target": "/parties/*/roles/0", "value": "end_user", "for": "user[]", "marks": ["end_user", "ultimate_end_user"]},
    {"target": "/parties/*/key", "from": "entry", "value": "other", "for": "other[]"},
    {"target": "/parties/*/roles/0", "value": "third_party", "for": "other[]", "marks": True},
)
SOURCE: Mapping[str, Any] = {
    "number": "A-1",
    "agent": {"name": "Acme", "lines": "1 Street\nTown"},
    "to": [{"code": "CL"}, {"code": "efta"}, {"code": "Everywhere"}],
    "user": [{"lines": "a\nb"}],
    "other": [{"lines": "c"}, {"lines": "d\ne"}],
}
REQUIRED = {"to[].code": {"required": True}}


def test_records_of_several_kinds_have_lists_of_their_own(tmp_path: Path) -> None:
    form = made(tmp_path / "parties", FIELDS, CONSTANTS, REQUIRED)
    (found,) = read(form, SOURCE)
    assert found.report is not None
    assert [one["addresses"][0]["lines"] for one in found.report["parties"][1:]] == [["a", "b"], ["c"], ["d", "e"]]
    written = back(form, found.report)
    assert json.loads(written.data) == SOURCE and not list(lost(written))


@pytest.mark.parametrize(("number", "role"), [(0, "broker"), (1, "ultimate_end_user")])
def test_an_entry_with_another_of_the_marks_is_written(tmp_path: Path, number: int, role: str) -> None:
    form = made(tmp_path / "parties", FIELDS, CONSTANTS, REQUIRED)
    (found,) = read(form, SOURCE)
    assert found.report is not None
    found.report["parties"][number]["roles"] = [role]
    written = back(form, found.report)
    assert json.loads(written.data) == SOURCE
    assert list(lost(written)) == [f"/parties/{number}/roles/0"]


def test_a_record_that_gives_an_entry_by_nothing_but_a_column_requires_it(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="require"):
        made(tmp_path / "parties", FIELDS, CONSTANTS)


@pytest.mark.parametrize("marks", ["agent", []])
def test_marks_that_are_none_are_named(tmp_path: Path, marks: object) -> None:
    wrong = [one | {"marks": marks} if one["target"] == "/parties/{agent}/roles/0" else one for one in CONSTANTS]
    with pytest.raises(MappingError, match="marks"):
        made(tmp_path / "parties", FIELDS, wrong, REQUIRED)


def test_a_report_is_written_in_the_layout_that_it_tells(tmp_path: Path) -> None:
    forms = [
        made(
            tmp_path / word, [*FIELDS[:1], ("form", "text", "text", "/additional_information")], (), layout=word,
            told_by={"column": "form", "values": [word]},
        )
        for word in ("first", "second")
    ]  # fmt: skip
    sources = [{"number": "1", "form": "second"}, {"number": "2", "form": "first"}, {"number": "3", "form": "Second"}]
    reports = [one.report for one in read(forms, *sources) if one.report is not None]
    writer = Writer(forms)
    assert [json.loads(one.data) for one in writer.write(reports)] == sources
    (untold,) = writer.write([{**reports[0], "additional_information": "third", "report_id": "x:4",
                               "authorizations": [{"authorization_number": "4"}]}])  # fmt: skip
    assert json.loads(untold.data) == {"number": "4", "form": "third"}
