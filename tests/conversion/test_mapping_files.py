"""A format's own files: a mistake in them is named with its file, its line and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from exportreport.conversion import MappingError, load

SOURCE = Path(__file__).parents[2] / "converters" / "nl_cdiu" / "dual_use"


def test_the_format_loads() -> None:
    form = load(SOURCE, SOURCE.parent)
    assert (form.id, form.number, form.day, len(form.fields)) == ("nl_cdiu", "nummer", "Datum afgifte", 10)


@pytest.mark.parametrize(
    ("file", "where", "change", "words"),
    [
        ("mapping.toml", "7:1", lambda t: t.replace('number = "nummer"', 'number = "nr"'), "nr"),
        ("mapping.toml", "1:1", lambda t: t.replace('version = "1.0.0"', "", 1), "version"),
        ("mapping.toml", "1:1", lambda t: 'colour = "red"\n' + t, "colour"),
        ("mapping.toml", "186:1", lambda t: t + "[[column]]\nnaam = 1\n", "naam"),
        ("mapping.toml", "17:1", lambda t: t.replace('"Datum van afgifte"', '"nummer"'), "nummer"),
        ("mapping.toml", "68:1", lambda t: t.replace('kind = "reference"', 'kind = "magic"'), "magic"),
        ("mapping.toml", "85:1", lambda t: t.replace('thousands = ","', 'hundreds = ","'), "hundreds"),
        ("mapping.toml", "82:1", lambda t: t.replace('currency = "EUR"', ""), "currency"),
        ("mapping.toml", "79:1", lambda t: t.replace('table = "places.csv"', 'table = "none.csv"'), "none.csv"),
        ("mapping.toml", "151:1", lambda t: t.replace('from = "line"', 'from = "moon"'), "moon"),
        ("mapping.toml", "149:1", lambda t: t.replace('from = "line"', 'from = "line"\nvalue = 1'), "line"),
        ("mapping.toml", "118:1", lambda t: t.replace('value = "NL"\n', ""), "reporting_state"),
        ("mapping.toml", "91:1", lambda t: t.replace('outcome = "derived"', 'outcome = "mapped"', 1), "outcome"),
        ("mapping.toml", "113:1", lambda t: t.replace('"/revision"', '"revision"'), "revision"),
        ("mapping.toml", "185:1", lambda t: t + "= =", "line"),
        ("mapping.toml", "7:1", lambda t: t.replace("number =", "grouped = 1\nnumber ="), "bool"),
        ("mapping.toml", "7:1", lambda t: t.replace("number =", 'shape = "wax"\nnumber ='), "wax"),
        ("mapping.toml", "42:1", lambda t: t.replace("number =", "writes = true\nnumber ="), "Land van eindbestemming"),
        ("mapping.toml", "15:1", lambda t: t.replace('about = "/auth', 'about = 1 # "/auth', 1), "about"),
        ("mapping.toml", "185:1", lambda t: t + "[[column]]\nalso = []\n", "name"),
        ("fields.csv", "1:1", lambda t: t.replace("column,reading,", "column,lezing,"), "lezing"),
        ("fields.csv", "4:1", lambda t: t.replace("nummer,number", "numero,number", 1), "numero"),
        ("fields.csv", "11:5", lambda t: t.replace("D/T,duration", "D/T,length"), "length"),
        ("fields.csv", "9:28", lambda t: t.replace("text,text,/items", "text,words,/items"), "words"),
        ("fields.csv", "9:33", lambda t: t.replace("/items/0/description", "items//description"), "items//description"),
        ("fields.csv", "9:1", lambda t: t.replace("/items/0/description,", "/items/0/description"), "line 9"),
        ("fields.csv", "1:1", lambda t: t.replace("D/T,duration,code,/transaction/duration_kind,\n", ""), "D/T"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, file: str, where: str, change: Callable[[str], str], words: str) -> None:
    folder = copytree(SOURCE, tmp_path / "dual_use")
    text = (folder / file).read_text(encoding="utf-8")
    assert change(text) != text
    (folder / file).write_text(change(text), encoding="utf-8")
    with pytest.raises(MappingError) as raised:
        load(folder, SOURCE.parent)
    place, _, said = str(raised.value).partition(": ")
    assert place == f"dual_use/{file}:{where}" and words in said


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "words"),
    [
        ("uk_lite/license", "mapping.toml", 'target = "/authorizations/0/territorial_scope/*/territory_use"',
         'target = "/serials/*"', "/territorial_scope/*"),
        ("us_ddtc_reexport/request", "mapping.toml", '"c_1_authorization[]"', '"c_9[]"', "is no list"),
        ("uk_chief/licence_data", "records.csv", ",,11,", ",,eleven,", "no number of fields"),
        ("uk_denials", "fields.csv", "item_description,text,text,/items/0/description",
         "item_description,control_codes,code,/items/0/classifications/+/control_code", "both add"),
        ("uk_denials", "fields.csv", "/parties/*/role_text", "/parties/0/role_text", "need a *"),
        ("uk_denials", "fields.csv", "/transaction/end_uses/0/statement", "/transaction/route_text", "entry 0"),
        ("uk_lite/license", "fields.csv", "/items/*/product_name", "/items/0/product_name", "need a *"),
    ],
)  # fmt: skip
def test_a_mistake_about_lists_is_named(tmp_path: Path, name: str, file: str, old: str, new: str, words: str) -> None:
    whole, _, layout = name.partition("/")
    outer = copytree(SOURCE.parents[1] / whole, tmp_path / whole)
    folder = outer / layout
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(MappingError, match=rf"^{folder.name}/{file}:[0-9]+:[0-9]+: ") as raised:
        load(folder, outer)
    assert words in str(raised.value)


def test_a_target_that_leaves_a_hole_is_named_with_its_column(tmp_path: Path) -> None:
    folder = copytree(SOURCE.parents[1] / "uk_denials", tmp_path / "uk_denials")
    text = (folder / "fields.csv").read_text(encoding="utf-8")
    moved = text.replace("/regime_notifications/0/regime", "/regime_notifications/1/regime")
    assert moved != text
    (folder / "fields.csv").write_text(moved, encoding="utf-8")
    with pytest.raises(MappingError, match=r"^uk_denials/mapping.toml:[0-9]+:1: .* leaves a hole") as raised:
        load(folder)
    assert "/regime_notifications/0" in str(raised.value) and '"regime_reg_ref"' in str(raised.value)
