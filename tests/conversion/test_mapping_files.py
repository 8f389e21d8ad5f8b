"""A format's own files: a mistake in them is named with its file, its line and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from exportreport.conversion import MappingError, load

SOURCE = Path(__file__).parents[2] / "converters" / "nl_cdiu"


def test_the_format_loads() -> None:
    form = load(SOURCE)
    assert (form.id, form.number, form.day, len(form.fields)) == ("nl_cdiu", "nummer", "Datum afgifte", 10)


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        ("mapping.toml", lambda t: t.replace('number = "nummer"', 'number = "nr"'), "nr"),
        ("mapping.toml", lambda t: t.replace('version = "1.0.0"', "", 1), "version"),
        ("mapping.toml", lambda t: 'colour = "red"\n' + t, "colour"),
        ("mapping.toml", lambda t: t + "[[column]]\nnaam = 1\n", "naam"),
        ("mapping.toml", lambda t: t.replace('"Datum van afgifte"', '"nummer"'), "nummer"),
        ("mapping.toml", lambda t: t.replace('kind = "reference"', 'kind = "magic"'), "magic"),
        ("mapping.toml", lambda t: t.replace('thousands = ","', 'hundreds = ","'), "hundreds"),
        ("mapping.toml", lambda t: t.replace('currency = "EUR"', ""), "currency"),
        ("mapping.toml", lambda t: t.replace('table = "places.csv"', 'table = "none.csv"'), "none.csv"),
        ("mapping.toml", lambda t: t.replace('from = "line"', 'from = "moon"'), "moon"),
        ("mapping.toml", lambda t: t.replace('from = "line"', 'from = "line"\nvalue = 1'), "line"),
        ("mapping.toml", lambda t: t.replace('value = "NL"\n', ""), "reporting_state"),
        ("mapping.toml", lambda t: t.replace('outcome = "derived"', 'outcome = "mapped"', 1), "outcome"),
        ("mapping.toml", lambda t: t.replace('"/revision"', '"revision"'), "revision"),
        ("mapping.toml", lambda t: t + "= =", "line"),
        ("fields.csv", lambda t: t.replace("column,reading,", "column,lezing,"), "lezing"),
        ("fields.csv", lambda t: t.replace("nummer,number", "numero,number", 1), "line 4"),
        ("fields.csv", lambda t: t.replace("D/T,duration", "D/T,length"), "line 11"),
        ("fields.csv", lambda t: t.replace("text,text,/items", "text,words,/items"), "line 9"),
        ("fields.csv", lambda t: t.replace("/items/0/description", "items//description"), "line 9"),
        ("fields.csv", lambda t: t.replace("/items/0/description,", "/items/0/description"), "line 9"),
        ("fields.csv", lambda t: t.replace("D/T,duration,code,/transaction/duration_kind,\n", ""), "D/T"),
        (
            "fields.csv",
            lambda t: t.replace("/items/0/provenances", "/transaction/destinations"),
            "destinations",
        ),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, file: str, change: Callable[[str], str], words: str) -> None:
    folder = copytree(SOURCE, tmp_path / "nl_cdiu")
    text = (folder / file).read_text(encoding="utf-8")
    assert change(text) != text
    (folder / file).write_text(change(text), encoding="utf-8")
    with pytest.raises(MappingError) as raised:
        load(folder)
    assert f"nl_cdiu/{file}: " in str(raised.value) and words in str(raised.value).partition(": ")[2]
