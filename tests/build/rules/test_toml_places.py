"""Where keys and values stand in a TOML text, and the characters of its texts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from exportreport.build.rules.toml_places import Keys, TomlPlaces

RULES = Path(__file__).resolve().parents[3] / "schema" / "rules"

TEXT = r'''# a remark = "no"
code = "X" # and another
"quoted key" = 'a#b'
a.b.c = 1
list = [
  "one",   # first
  'two', { x = [1, 2], y = "}" },
]
long = """
  first \
     joined
"quoted" \"\" end"""
raw = \'\'\'
it's \n raw\'\'\'\'
day = 2026-01-01

[table]
inner = { deep = { deeper = true } , more = "é]" }
[table.under]
x = 1.5
[[cases]]
name = "first"
[cases.value]
a = 1
[[cases]]
name = "second"
[[cases.list]]
z = "z"
'''.replace("\\'", "'")


def walked(value: Any, keys: Keys = ()) -> list[Keys]:
    found = [keys]
    if isinstance(value, dict):
        for name, child in value.items():
            found += walked(child, (*keys, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            found += walked(child, (*keys, index))
    return found


def test_every_key_has_its_place() -> None:
    places = TomlPlaces(TEXT)
    assert set(walked(tomllib.loads(TEXT))) - {("cases",), ("cases", 1, "list")} == set(places.keys)


@pytest.mark.parametrize(
    ("keys", "begins"),
    [
        (("code",), "code ="),
        (("quoted key",), '"quoted key" ='),
        (("a", "b", "c"), "a.b.c ="),
        (("list", 0), '"one"'),
        (("list", 2, "x", 1), "2]"),
        (("list", 2, "y"), "y ="),
        (("table",), "[table]"),
        (("table", "inner", "deep", "deeper"), "deeper"),
        (("table", "inner", "more"), "more ="),
        (("table", "under", "x"), "x = 1.5"),
        (("cases", 0), '[[cases]]\nname = "first"'),
        (("cases", 0, "value", "a"), "a = 1"),
        (("cases", 1, "name"), 'name = "second"'),
        (("cases", 1, "list", 0, "z"), 'z = "z"'),
    ],
)
def test_the_place_of_a_key(keys: Keys, begins: str) -> None:
    assert TEXT[TomlPlaces(TEXT).keys[keys] :].startswith(begins)


@pytest.mark.parametrize(
    ("text", "index", "rest"),
    [
        ('a = "xyz"', 1, 'yz"'),
        ('a = "xyz"', 3, '"'),
        ("a = 'x\\yz'", 2, "yz'"),
        (r'a = "\"\u00e9y"', 2, 'y"'),
        (r'a = "\U0001F600y"', 1, 'y"'),
        ('a = """\nxy"""', 1, 'y"""'),
        ('a = """x\ny"""', 2, 'y"""'),
        ('a = """x\\\n   y"""', 1, 'y"""'),
        ('a = """\\\n   y"""', 0, 'y"""'),
        ('a = """x \\  \n\n   y"""', 2, 'y"""'),
        ("a = '''\nx\\\ny'''", 3, "y'''"),
    ],
)
def test_the_place_of_a_character_of_a_text(text: str, index: int, rest: str) -> None:
    value = tomllib.loads(text)["a"]
    assert text[TomlPlaces(text).inside(("a",), index) :] == rest
    assert value[index : index + 1] == rest[: len(value[index : index + 1])]


def test_every_key_and_expression_of_the_catalogue_has_its_place() -> None:
    for path in sorted(RULES.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        data, places = tomllib.loads(text), TomlPlaces(text)
        assert set(walked(data)) - {("cases",)} == set(places.keys), path
        for member in ("when", "assert", "message"):
            value = data.get(member, "")
            for index in range(0, len(value), 11):
                assert text[places.inside((member,), index)] in (value[index], "\\"), (path, member, index)
