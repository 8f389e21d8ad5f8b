"""Members are put in the model's order wherever they are not, and a document that has it already is left as it is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from exportreport import standard
from exportreport.codec.member_order import in_order
from tests.codec.test_json_cases import EXAMPLES

KNOWN = standard.load()
SOUND = [orjson.loads(path.read_bytes()) for path in sorted(EXAMPLES.rglob("*.json"))]
DOCUMENTS = [in_order(one, KNOWN) for one in SOUND if isinstance(one, dict) and one.get("report_type") in KNOWN.kinds]


def ordered(value: Any, name: str) -> Any:
    """``value`` of the class ``name`` in the model's order, member by member."""
    slots = {slot.name: slot for slot in KNOWN.classes[name].slots}
    found = {one: _inner(value[one], slot) for one, slot in slots.items() if one in value}
    return found | {one: value[one] for one in value if one not in slots}


def _inner(value: Any, slot: standard.Slot) -> Any:
    if slot.kind != "class" or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [_inner(one, slot) for one in value]
    return ordered(value, value["report_type"] if KNOWN.classes[slot.range].abstract else slot.range)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(child)


def spoiled(one: dict[str, Any], chance: random.Random) -> None:
    """Move a member of the object ``one`` behind the others, or put one before them that nobody knows."""
    name = chance.choice(list(one))
    if chance.random() < 0.7:
        one[name] = one.pop(name)
    else:
        members = dict(one)
        one.clear()
        one.update({"nobody_knows": members[name]} | members)


@pytest.mark.parametrize("seed", range(8))
def test_one_object_out_of_order_anywhere_is_put_in_order(seed: int) -> None:
    chance = random.Random(seed)
    for document in DOCUMENTS:
        given = orjson.loads(orjson.dumps(document))
        spoiled(chance.choice(list(objects(given))), chance)
        assert orjson.dumps(in_order(given, KNOWN)) == orjson.dumps(ordered(given, given["report_type"]))


def test_what_is_in_order_is_left_as_it_is() -> None:
    for document in DOCUMENTS:
        assert orjson.dumps(document) == orjson.dumps(ordered(document, document["report_type"]))
        assert in_order(document, KNOWN) is document


def test_values_of_another_type_change_no_order() -> None:
    for value in ("x", 5, None, [], ["x"], [[{"b": 1, "a": 2}]], {"b": 1, "a": 2}):
        for name in ("items", "sender", "reports", "note"):
            given = {name: value, "report_id": "x", "report_type": "LicenseFiling"}
            assert next(iter(in_order(given, KNOWN))) == "report_type"
