"""The constraints are those of the schema that is published, counted there by its own keywords."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exportreport import standard
from tests.corpus.constraints import constraints
from tests.corpus.references import KEYS, REFERENCES
from tests.corpus.values import ENDS, ORDINARY
from tests.corpus.wrong_forms import wrong_forms

STANDARD = standard.load()
ARTIFACTS = Path(standard.__file__).parent / "artifacts"
DEFINITIONS = json.loads((ARTIFACTS / "jsonschema" / "exportreport.schema.json").read_text(encoding="utf-8"))[
    "definitions"
]


def keywords() -> Counter[str]:
    """How often the published schema demands what, in all its classes."""
    counted: Counter[str] = Counter()
    for body in DEFINITIONS.values():
        if body.get("type") == "object":
            counted["known members"] += body["additionalProperties"] is False
            counted["required"] += len(body.get("required", []))
            for slot in body["properties"].values():
                counted.update(_of(slot))
    return counted


def _of(slot: dict[str, Any]) -> Iterator[str]:
    if "const" in slot:
        yield "kind"
        return
    many = slot.get("type") == "array"
    if many:
        yield "list not empty"
        assert slot["minItems"] == 1
    value = slot["items"] if many else slot["allOf"][0]
    target = DEFINITIONS[value["$ref"].rpartition("/")[2]] if "$ref" in value else {"type": "object"}
    names = {"pattern": "form", "maxLength": "longest", "enum": "closed", "minimum": "minimum", "maximum": "maximum"}
    found = {name for keyword, name in names.items() if keyword in target}
    if target.get("type") in ("integer", "boolean"):
        found.add("form")
    if "const" in target:
        found.add("form")
    yield from (f"entry {name}" if many else name for name in found)


def test_each_demand_of_the_published_schema_is_a_constraint() -> None:
    ours = Counter(constraint.kind for constraint in constraints(STANDARD))
    ours["closed"] -= len(STANDARD.kinds)
    theirs = keywords()
    assert theirs.pop("kind") == len(STANDARD.kinds)
    assert theirs == {kind: ours[kind] for kind in theirs}


def test_the_corpus_was_told_of_every_type() -> None:
    """CONTRIBUTING.md says under "A type of text" what is to be told, and where."""
    assert set(ORDINARY) == set(STANDARD.types)
    assert set(ENDS) == set(STANDARD.types)
    texts = [name for name, known in STANDARD.types.items() if known.base == "text"]
    assert [name for name in texts if not wrong_forms(name, str(ORDINARY[name][0]))] == []


def test_the_references_are_those_that_a_rule_judges() -> None:
    rules = json.loads((ARTIFACTS / "rules" / "rules.json").read_text(encoding="utf-8"))["rules"]
    codes = {rule["code"] for rule in rules if "ER-C-101" <= rule["code"] < "ER-C-150"}
    # The appeals of the two kinds that have any are judged by a rule each; one of them is enough for their one slot.
    assert codes == {*REFERENCES.values(), *KEYS.values(), "ER-C-144"}
