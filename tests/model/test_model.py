"""The model has every class, slot, value and mapping of the lists beside this file, all of them in words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from exportreport.build import lint
from exportreport.standard import Class, Slot, Standard

HERE = Path(__file__).parent
SCHEMA = HERE.parent.parent / "schema"


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cardinality(slot: Slot) -> str:
    return {(0, 0): "0..1", (1, 0): "1", (0, 1): "0..n", (1, 1): "1..n"}[slot.required, slot.many]


def own_slots(body: Class, standard: Standard) -> dict[str, Slot]:
    inherited = standard.classes[body.parent].by_name if body.parent else {}
    return {slot.name: slot for slot in body.slots if inherited.get(slot.name) != slot}


def test_classes_and_slots_are_those_of_the_list(the_standard: Standard) -> None:
    listed = {(row["class"], row["slot"]): (row["range"], row["cardinality"]) for row in rows("slots.csv")}
    for (name, slot), expected in listed.items():
        found = the_standard.classes[name].by_name[slot]
        assert (found.range, cardinality(found)) == expected, f"{name}.{slot}"
    for body in the_standard.classes.values():
        inherited = the_standard.classes[body.parent].by_name if body.parent else {}
        assert {s.name for s in body.slots} - set(inherited) <= {slot for owner, slot in listed if owner == body.name}


def test_values_are_those_of_the_list_in_their_order(the_standard: Standard) -> None:
    listed = {row["enum"]: tuple(row["values"].split()) for row in rows("values.csv")}
    assert {name: enum.codes for name, enum in the_standard.enums.items()} == listed


def test_national_fields_are_mapped(the_standard: Standard) -> None:
    for row in rows("mappings.csv"):
        slot = the_standard.classes[row["class"]].by_name[row["slot"]]
        assert row["field"] in slot.exact_mappings + slot.close_mappings, row


def test_one_name_has_one_range_and_is_single_or_a_list(the_standard: Standard) -> None:
    seen: dict[str, tuple[str, bool]] = {}
    for body in the_standard.classes.values():
        for slot in body.slots:
            assert seen.setdefault(slot.name, (slot.range, slot.many)) == (slot.range, slot.many), slot.name


def test_everything_has_words(the_standard: Standard) -> None:
    enums = the_standard.enums.values()
    everything = [*the_standard.types.values(), *enums, *(value for enum in enums for value in enum.values)]
    for body in the_standard.classes.values():
        everything += [body, *body.slots]
    for thing in everything:
        assert 0 < len(thing.title) <= 40, thing
        assert thing.description.endswith((".", ")")), thing
        assert not thing.title.endswith("."), thing


def test_slots_of_a_class_have_different_titles(the_standard: Standard) -> None:
    for body in the_standard.classes.values():
        titles = [slot.title for slot in body.slots]
        assert len(titles) == len(set(titles)), body.name


def test_slots_with_values_have_examples_of_the_right_form(the_standard: Standard) -> None:
    import re

    for body in the_standard.classes.values():
        for slot in body.slots:
            if slot.kind != "type":
                continue
            assert slot.examples, f"{body.name}.{slot.name} has no example"
            kind = the_standard.types[slot.range]
            for example in slot.examples:
                if kind.base == "integer":
                    assert kind.minimum <= int(example) <= kind.maximum
                elif kind.base == "boolean":
                    assert example in ("true", "false")
                else:
                    assert re.fullmatch(kind.pattern, example), f"{body.name}.{slot.name}: {example}"


def test_the_model_follows_its_own_law() -> None:
    assert list(lint.lint([SCHEMA / "exportreport.yaml", *sorted((SCHEMA / "modules").glob("*.yaml"))])) == []


BAD_MODELS = {
    "no range": {"slots": {"a": {"title": "A", "description": "A."}}},
    "not allowed here": {"slots": {"a": {"title": "A", "description": "A.", "range": "Text", "ifabsent": "x"}}},
    "no title": {"classes": {"A": {"description": "A."}}},
    "no description": {"enums": {"E": {"title": "E", "permissible_values": {}}}},
    "not anchored": {"types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "[a-z]"}}},
    "class escape": {"types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": r"^\d+$"}}},
    "negated": {"types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^[^a]$"}}},
    "look-around": {"types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^(?=a)b$"}}},
    "dot": {"types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^a.b$"}}},
    "outside parentheses": {"types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^a|b$"}}},
    "doubles the ways": {
        "types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^([a-z]|[a-f])*$"}}
    },
    "four times as long": {
        "types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^[a-z]*[0-9]?[a-z]*$"}}
    },
    "cannot be read at character 3": {
        "types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^a)$"}}
    },
    "asks for at least 2 and at most 1": {
        "types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^a{2,1}$"}}
    },
    "ends before it begins": {"types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^[z-a]$"}}},
    "“b” does not have the form of the type": {
        "types": {
            "T": {"title": "T", "description": "T.", "base": "str", "pattern": "^a$", "examples": [{"value": "b"}]}
        }
    },
    "lazy": {"types": {"T": {"title": "T", "description": "T.", "base": "str", "pattern": "^a+?$"}}},
    "must name its list": {"slots": {"a": {"title": "A", "description": "A.", "range": "ListedCode"}}},
    "does not look like": {"slots": {"A": {"title": "A", "description": "A.", "range": "Text"}}},
    "names Txet, which is not defined": {"slots": {"a": {"title": "A", "description": "A.", "range": "Txet"}}},
    "names b, which is not defined": {"classes": {"A": {"title": "A", "description": "A.", "slots": ["b"]}}},
    "annotation": {"slots": {"a": {"title": "A", "description": "A.", "range": "Text", "annotations": {"unit": "kg"}}}},
}


@pytest.mark.parametrize("expected", BAD_MODELS)
def test_a_model_that_breaks_the_law_is_refused(expected: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(yaml.safe_dump(BAD_MODELS[expected]), encoding="utf-8")
    assert any(expected in fault for fault in lint.lint([path]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("slots:\n  a:\n    range: Text\n  a:\n    range: Date\n", "bad.yaml:4:3:"),
        ('types:\n  T:\n    pattern: "^\\d$"\n', "bad.yaml:3:17:"),
    ],
    ids=["a name twice", "an escape that YAML does not know"],
)
def test_a_file_that_cannot_be_read_is_the_only_fault_and_has_a_place(text: str, place: str, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good.yaml"
    bad.write_text(text, encoding="utf-8")
    good.write_text(yaml.safe_dump({"slots": {"b": {"title": "B", "description": "B.", "range": "T"}}}))
    (fault,) = lint.lint([bad, good])
    assert fault.startswith(place)


def test_a_slot_defined_with_two_ranges_is_refused(tmp_path: Path) -> None:
    paths = []
    for name in ("Text", "Date"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(yaml.safe_dump({"slots": {"a": {"title": "A", "description": "A.", "range": name}}}))
        paths.append(path)
    assert any("several ranges" in fault for fault in lint.lint(paths))
