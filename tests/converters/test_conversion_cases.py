"""The cases of every format give what their files say; a format without cases fails."""

from __future__ import annotations

import pytest
from conversion_cases import EXPECTED, FOLDER, outcome_of

from exportreport_converters import FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_cases(name: str) -> None:
    outcome = outcome_of(name)
    assert set(outcome) == set(EXPECTED)
    for file, text in outcome.items():
        path = FOLDER / name / "cases" / file
        assert path.exists(), f"{path} is missing; write it with tests/converters/conversion_cases.py and read it"
        assert path.read_text(encoding="utf-8") == text, file


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_its_documents(name: str) -> None:
    assert {"mapping.toml", "fields.csv", "README.md"} <= {path.name for path in (FOLDER / name).iterdir()}
    assert FORMATS[name].id == name
