"""The cases of every format give what their files say; a format without cases fails."""

from __future__ import annotations

import pytest
from conversion_cases import BACK, EXPECTED, FOLDER, REPORTED_AT, outcome_of

from exportreport_converters import FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_cases(name: str) -> None:
    outcome = outcome_of(name)
    back = {f"back.{suffix}" for suffix in ("csv", "json", "txt", "xml")} & set(outcome)
    assert set(outcome) == set(EXPECTED) | (back | set(BACK) if FORMATS[name].writes else set())
    assert len(back) == FORMATS[name].writes
    for file, text in outcome.items():
        path = FOLDER / name / "cases" / file
        assert path.exists(), f"{path} is missing; write it with tests/converters/conversion_cases.py and read it"
        assert path.read_bytes().decode() == text, file


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_its_documents(name: str) -> None:
    assert {"mapping.toml", "fields.csv"} <= {path.name for path in (FOLDER / name).iterdir()}
    assert (FOLDER / FORMATS[name].id / "README.md").exists()
    assert FORMATS[name].name == name


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].writes])
def test_the_way_back_loses_nothing_and_is_the_normal_form(name: str) -> None:
    from exportreport.conversion import Writer, convert

    (back,) = (FOLDER / name / "cases").glob("back.*")
    found = list(convert(FORMATS[name], [back.read_bytes()], reported_at=REPORTED_AT))
    writer = Writer(FORMATS[name])
    written = list(writer.write(one.report for one in found if one.report is not None))
    assert writer.head() + b"".join(one.data for one in written) + writer.tail() == back.read_bytes()
    assert not [entry for one in written for entry in one.ledger if entry.outcome.value == "lost"]
