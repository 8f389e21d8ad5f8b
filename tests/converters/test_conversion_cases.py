"""The cases of every format give what their files say; a format without cases fails."""

from __future__ import annotations

import pytest
from conversion_cases import FOLDER, REPORTED_AT

from exportreport.cli import format_cases as cases
from exportreport.cli.format_cases import BACK_LEDGER, EXPECTED, outcome_of, sample_in
from exportreport_converters import FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_cases(name: str) -> None:
    theirs = sample_in(FOLDER / name)
    assert theirs is not None and cases.REPORTED_AT == REPORTED_AT
    found = outcome_of(FORMATS[name], theirs)
    back = (
        {f"back{theirs.suffix}", BACK_LEDGER}
        if FORMATS[name].writes and FORMATS[name].report_type != "Submission"
        else set()
    )
    assert set(found.files) == {*EXPECTED, *back}
    for file, data in found.files.items():
        path = FOLDER / name / "cases" / file
        assert path.exists(), f"{path} is missing; write it with tests/converters/conversion_cases.py and read it"
        assert path.read_bytes() == data, file
    assert not found.faults  # the way back loses nothing, and is the normal form


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_its_documents(name: str) -> None:
    assert {"mapping.toml", "fields.csv"} <= {path.name for path in (FOLDER / name).iterdir()}
    assert (FOLDER / FORMATS[name].id / "README.md").exists()
    assert FORMATS[name].name == name
