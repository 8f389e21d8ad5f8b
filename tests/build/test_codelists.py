"""Code lists: their form is held, what breaks it is named with file and line, and all of it is published."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from exportreport.build.codelists import CodeListError, read_all

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
        ("id=x", HEADER, "x.toml"),
    ],
)
def test_what_breaks_the_form_is_named_with_its_place(tmp_path: Path, about: str, table: str, place: str) -> None:
    with pytest.raises(CodeListError) as raised:
        lists(tmp_path, about, table)
    assert place in str(raised.value)


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
