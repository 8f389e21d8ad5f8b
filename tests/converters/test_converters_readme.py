"""What converters/README.md says of the mapping files is what the loader knows: no more, no less."""

from __future__ import annotations

import re

import pytest
from conversion_cases import FOLDER

from exportreport.conversion.form import FROM
from exportreport.conversion.mapping import COLUMN_KEYS, CONSTANT_KEYS, KEYS, KINDS, SHAPES

TEXT = (FOLDER / "README.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`]+)`", TEXT))


@pytest.mark.parametrize("word", [*COLUMN_KEYS, *CONSTANT_KEYS, *FROM, *SHAPES])
def test_every_word_of_a_mapping_is_explained(word: str) -> None:
    assert word in NAMED


def test_the_keys_of_a_mapping_are_those_in_the_table() -> None:
    table = TEXT.partition("## mapping.toml")[2].partition("\nA `[[column]]`")[0]
    first_cells = "\n".join(line.split("|")[1] for line in table.splitlines() if "|" in line)
    told = set(re.findall(r"`\[*([a-z_]+)[^`]*`", first_cells))
    assert told == set(KEYS)


def test_the_readings_are_those_in_the_table() -> None:
    rows = [line.split("|")[1:] for line in TEXT.partition("## Readings")[2].splitlines() if line.startswith("| `")]
    assert {row[0].strip(" `") for row in rows} == set(KINDS)
    for name, parts, options, *_ in rows:
        kind = KINDS[name.strip(" `")]
        told = [part.strip() for part in parts.split(",") if part.strip() != "none"]
        assert told[: len(kind.parts)] == list(kind.parts)
        assert set(kind.options) <= set(re.findall(r"`([a-z_]+)`", options))
