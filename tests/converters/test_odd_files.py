"""Files that say what no format foresees: it is kept and goes back, or it is named; never a crash, never a wrong
account."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conversion_cases import FOLDER, REPORTED_AT

import exportreport
from exportreport.conversion import Conversion, MappingError, Outcome, Writer, convert
from exportreport.conversion.parts import leaves
from exportreport_converters import FORMATS, layouts_of

TREES = [name for name, form in FORMATS.items() if form.shape == "json" and form.writes]
KEEPING = [name for name in TREES if name != "uk_lite/answer"]  # a verdict has no place for what is kept


def theirs(name: str) -> bytes:
    (file,) = (FOLDER / name / "cases").glob("theirs.*")
    return file.read_bytes()


def first_object(name: str) -> dict[str, Any]:
    """The first object of the cases that becomes a report."""
    text = theirs(name).decode()
    found = json.loads(text) if text.lstrip().startswith("[") else [json.loads(text.splitlines()[0])]
    one: dict[str, Any] = found[0]
    return one


def read(name: str, data: bytes) -> list[Conversion]:
    return list(convert(FORMATS[name], [data], reported_at=REPORTED_AT))


def back(name: str, reports: list[Any]) -> tuple[bytes, list[Any], list[str]]:
    """What is written of the ``reports``, with the account, and the codes of those that are refused."""
    writer = Writer(FORMATS[name])
    written = list(writer.write(reports))
    data = writer.head() + b"".join(one.data for one in written) + writer.tail()
    entries = [entry for one in written for entry in one.ledger]
    return data, entries, [one.refused.fault.code for one in written if one.refused is not None]


@pytest.mark.parametrize("name", KEEPING)
def test_lists_that_a_format_does_not_know_go_back(name: str) -> None:
    """Texts alone, objects, lists in objects, in the object of the form and in one of a list that it knows."""
    one = first_object(name)
    odd: Any = ["a", "b", {"c": "d"}, {"c": "e", "more": ["f"]}]
    one["aside"] = odd
    node = next((value for value in one.values() if isinstance(value, list) and isinstance(value[0], dict)), one)
    if isinstance(node, list):
        node[0]["aside"] = odd
    (found,) = read(name, json.dumps(one).encode())
    assert found.report is not None and len(found.report["extensions"]) >= 5
    data, entries, refused = back(name, [found.report])
    assert not refused and not [entry for entry in entries if entry.outcome is Outcome.LOST]
    again = json.loads(data)
    assert again["aside"] == odd
    assert back(name, [read(name, data)[0].report])[0] == data


def test_a_list_in_place_of_an_object_moves_no_other_value() -> None:
    """Its records stand before those of lists that the format knows, and do not count as theirs."""
    one = first_object("uk_lite/icms")
    one["licence"]["organisation"]["address"] = [{"line_1": "5 Mill Lane"}]
    (found,) = read("uk_lite/icms", json.dumps(one).encode())
    _, entries, refused = back("uk_lite/icms", [found.report])
    assert not refused and not [entry for entry in entries if entry.outcome is Outcome.LOST]


@pytest.mark.parametrize("name", KEEPING)
@pytest.mark.parametrize("path", ["{0}.x", "{0}.x[].y", "{0}[]", "{1}", "{1}.x", "{1}[]"])
def test_a_text_for_which_there_is_no_room_is_lost_by_name(name: str, path: str) -> None:
    """A text is kept under a name that is within another text, or that of a list."""
    (found, *_) = [one for one in read(name, theirs(name)) if one.report is not None]
    form = FORMATS[name]
    kinds = [kind for kind in {field.kind: None for field in form.fields} if kind]
    where = path.format(form.number, kinds[0].removesuffix("[]") if kinds else form.number)
    kept = {"source_system": form.source_system, "extension_path": where, "extension_value": "odd"}
    report = {**found.report, "extensions": [kept]}  # type: ignore[dict-item]
    _, entries, refused = back(name, [report])
    told = {(entry.target, entry.value) for entry in entries}
    assert refused or {leaf for leaf in leaves(report) if leaf[0].startswith("/extensions")} <= told | {
        (f"/extensions/0/{key}", value) for key, value in kept.items() if ("/extensions/0", "odd") in told
    }


@pytest.mark.parametrize("name", FORMATS)
def test_the_account_names_places_that_the_report_has(name: str) -> None:
    for conversion in read(name, theirs(name)):
        if conversion.report is not None:
            values = dict(leaves(conversion.report))
            for entry in conversion.ledger:
                if entry.target is not None and not entry.target.startswith("/extensions/"):
                    assert values.get(entry.target) == entry.value, entry.target


def test_a_text_that_no_report_can_hold_is_refused() -> None:
    one = first_object("uk_lite/license")
    one["licence"]["aside"] = "x" * 65_537
    assert [found.refused.fault.code for found in read("uk_lite/license", json.dumps(one).encode()) if found.refused]
    one["licence"]["aside"] = "x" * 65_536
    (found,) = read("uk_lite/license", json.dumps(one).encode())
    findings = exportreport.validate(json.dumps(found.report).encode()).findings
    assert not [one.finding_code for one in findings if one.finding_code.startswith("ER-S")]


def test_an_answer_of_customs_is_a_file_of_its_own() -> None:
    reports = [one.report for one in read("uk_chief/reply", theirs("uk_chief/reply")) if one.report is not None]
    other = {**reports[0], "report_id": "other"}
    other["sources"] = [{**reports[0]["sources"][0], "record_reference": "77"}] if "sources" in other else []
    data, _, refused = back("uk_chief/reply", [reports[0], other])
    assert len(refused) == 1
    assert not [one for one in convert(layouts_of("uk_chief"), [data], reported_at=REPORTED_AT) if one.refused]


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("mapping.toml", b"title", b"\xfftitle", "mapping.toml:"),
        ("fields.csv", b"column,", b"\xffcolumn,", "fields.csv:1:1:"),
        ("fields.csv", b",text,text,", b',te"xt,text,', "fields.csv:"),
    ],
)
def test_broken_files_of_a_mapping_are_named(file: str, old: bytes, new: bytes, place: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(FOLDER / "uk_denials", folder)
    text = (folder / file).read_bytes()
    assert old in text
    (folder / file).write_bytes(text.replace(old, new, 1))
    with pytest.raises(MappingError, match=place):
        layouts_of(str(folder))
