"""Code lists: their form is held, what breaks it is named with file and line, and all of it is published."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from exportreport.build import codelists
from exportreport.build.codelists import CodeListError, read_all
from exportreport.standard import Standard

ROOT = Path(__file__).resolve().parent.parent.parent
LISTS = sorted(path.stem for path in (ROOT / "schema" / "codelists").glob("*.toml"))

ABOUT = 'id = "{id}"\ntitle = "T"\nagency = "A"\nedition = "1"\nsource = "S"\nlicense = "CC0-1.0"\nopen = false\n'
HEADER = "code,title,valid_from,valid_to,replaced_by,parent,note\n"


def lists(folder: Path, about: str, table: str) -> list[dict[str, object]]:
    (folder / "x.toml").write_text(about, encoding="utf-8")
    (folder / "x.csv").write_text(table, encoding="utf-8")
    return list(read_all(folder))


def test_a_list_is_read_without_its_empty_cells(tmp_path: Path) -> None:
    (found,) = lists(tmp_path, ABOUT.format(id="x"), HEADER + "NL,Netherlands,,,,,\nAN,Antilles,,2010-12-15,,,\n")
    assert found["codes"] == [
        {"code": "NL", "title": "Netherlands"},
        {"code": "AN", "title": "Antilles", "valid_to": "2010-12-15"},
    ]


@pytest.mark.parametrize(
    ("about", "table", "place"),
    [
        (ABOUT.format(id="y"), HEADER, "x.toml"),
        (ABOUT.format(id="x") + "shape = 1\n", HEADER, "x.toml"),
        ('id = "x"\n', HEADER, "x.toml"),
        (ABOUT.format(id="x"), "code,title\n", "x.csv:1"),
        (ABOUT.format(id="x"), HEADER + "NL,Netherlands\n", "x.csv:2"),
        (ABOUT.format(id="x"), HEADER + "NL,a,,,,,\nNL,b,,,,,\n", "x.csv:3"),
        (ABOUT.format(id="x"), HEADER + ",a,,,,,\n", "x.csv:2"),
        (ABOUT.format(id="x"), HEADER + "NL,a,31-12-2020,,,,\n", "x.csv:2"),
        (ABOUT.format(id="x"), HEADER + "NL,a,2020-01-01,2019-01-01,,,\n", "x.csv:2"),
        (ABOUT.format(id="x"), HEADER + "AN,a,,,BQ CW,,\nBQ,b,,,,,\n", "x.csv:2"),
        (ABOUT.format(id="x"), HEADER + "1,a,,,,,\n1a,b,,,,2,\n", "x.csv:3"),
        (ABOUT.format(id="x"), HEADER + "1,a,,,,1,\n", "x.csv:2"),
        (ABOUT.format(id="x"), HEADER + "1,,,,,,\n", "x.csv:2"),
        (ABOUT.format(id="x") + 'depth = "deep"\n', HEADER, "x.toml"),
        (ABOUT.format(id="x") + "partial = 1\n", HEADER, "x.toml"),
        (ABOUT.format(id="x") + 'complete_from = "2025"\n', HEADER, "x.toml"),
        (ABOUT.format(id="x") + 'complete_from = "2025-01-01"\ncomplete_to = "2024-01-01"\n', HEADER, "x.toml"),
        ("id=x", HEADER, "x.toml"),
    ],
)
def test_what_breaks_the_form_is_named_with_its_place(tmp_path: Path, about: str, table: str, place: str) -> None:
    with pytest.raises(CodeListError) as raised:
        lists(tmp_path, about, table)
    assert place in str(raised.value)


def test_a_toml_without_its_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(ABOUT.format(id="x"), encoding="utf-8")
    with pytest.raises(CodeListError, match=r"x\.csv"):
        list(read_all(tmp_path))


def schema_with_lists(folder: Path) -> Path:
    shutil.copytree(ROOT / "schema" / "codelists", folder / "codelists")
    return folder


def test_a_slot_that_names_no_list_is_refused(tmp_path: Path, the_standard: Standard) -> None:
    territory = the_standard.classes["Territory"]
    slots = tuple(
        slot._replace(code_list="nosuch") if slot.name == "country_group" else slot for slot in territory.slots
    )
    wrong = the_standard._replace(classes={**the_standard.classes, "Territory": territory._replace(slots=slots)})
    with pytest.raises(CodeListError, match=r"Territory\.country_group.*nosuch"):
        codelists.lists(schema_with_lists(tmp_path), wrong)


def test_a_list_named_by_no_slot_beside_it_is_refused(tmp_path: Path, the_standard: Standard) -> None:
    reason = the_standard.classes["DecisionReason"]
    slots = tuple(slot for slot in reason.slots if slot.name != "criterion_list")
    wrong = the_standard._replace(classes={**the_standard.classes, "DecisionReason": reason._replace(slots=slots)})
    with pytest.raises(CodeListError, match=r"DecisionReason\.criterion.*criterion_list"):
        codelists.lists(schema_with_lists(tmp_path), wrong)


def test_profiles_are_a_list_made_from_the_profiles(tmp_path: Path, the_standard: Standard) -> None:
    schema = schema_with_lists(tmp_path)
    (schema / "profiles").mkdir()
    (schema / "profiles" / "eu.toml").write_text(
        'id = "eu"\ntitle = "European Union"\nvalid_from = "2021-09-09"\nvalid_until = 2030-12-31\n', encoding="utf-8"
    )
    (found,) = (one for one in codelists.lists(schema, the_standard) if one["id"] == "profiles")
    entry = {"code": "eu", "title": "European Union", "valid_from": "2021-09-09", "valid_to": "2030-12-31"}
    assert found["codes"] == [entry]


@pytest.mark.parametrize("name", LISTS)
def test_a_published_list_is_sound(name: str) -> None:
    path = ROOT / "src" / "exportreport" / "artifacts" / "codelists" / f"{name}.json"
    published = json.loads(path.read_text(encoding="utf-8"))
    assert published["codes"]
    for entry in published["codes"]:
        for day in ("valid_from", "valid_to"):
            assert re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", entry.get(day, "2000-01-01")), entry
        assert entry.get("valid_from", "0") <= entry.get("valid_to", "9"), entry


@pytest.mark.parametrize(
    ("name", "pattern"), [("countries", "[A-Z]{2}"), ("currencies", "[A-Z]{3}"), ("units", "[A-Z0-9]{2,3}")]
)
def test_codes_have_the_form_of_their_type(name: str, pattern: str) -> None:
    (found,) = (one for one in read_all(ROOT / "schema" / "codelists") if one["id"] == name)
    assert all(re.fullmatch(pattern, entry["code"]) for entry in found["codes"])


def test_withdrawn_codes_keep_their_last_day() -> None:
    known = {one["id"]: {e["code"]: e for e in one["codes"]} for one in read_all(ROOT / "schema" / "codelists")}
    assert known["countries"]["AN"]["valid_to"].startswith("2010-")
    assert known["currencies"]["DEM"]["valid_to"] == "2002-03-31"
    assert "valid_to" not in known["currencies"]["EUR"]
