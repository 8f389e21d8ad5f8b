"""The page about results names all that there is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from exportreport import standard
from exportreport.result.csv import COLUMNS
from exportreport.result.forms import FORMS
from tests.result.running import ROOT

PAGE = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", PAGE, flags=re.MULTILINE | re.DOTALL)))


def members(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        for part in schema.values():
            yield from members(part)


def test_every_member_of_the_json_result_is_named() -> None:
    text = files("exportreport.result").joinpath("schemas", "result.schema.json").read_text(encoding="utf-8")
    assert set(members(json.loads(text))) - {"name"} <= NAMED


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_a_part(form: str) -> None:
    assert re.search(f"^## .*`{form}`", PAGE, re.MULTILINE)


def test_every_column_is_named() -> None:
    assert set(COLUMNS) <= NAMED


def test_every_slot_that_an_acknowledgement_gets_is_named() -> None:
    inherited = {"report_type", "schema_version", "sender", "recipients"}
    assert {slot.name for slot in standard.load().classes["Acknowledgement"].slots} - inherited <= NAMED
