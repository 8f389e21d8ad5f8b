"""Faults that are hard to place are placed rightly, in all layouts, alone and in an envelope."""

from __future__ import annotations

import pytest

from exportreport import pipeline, standard
from tests.corpus.layouts import JSON_LAYOUTS, XML_LAYOUTS
from tests.corpus.page import UnsayableError
from tests.corpus.source import Expected
from tests.corpus.writing import json_text, xml_text
from tests.equivalence.suspects import Suspect, suspects

STANDARD = standard.load()
STRUCTURE = pipeline.Settings(rules=False)
ALL = list(suspects(STANDARD))


def said(data: bytes) -> list[tuple[str, str, tuple[int, int]]]:
    (result,) = pipeline.check(data, STANDARD, STRUCTURE)
    return sorted((f.finding_code, f.pointer or "", f.position or (0, 0)) for f in result.findings)


def due(text: object, expected: list[Expected]) -> list[tuple[str, str, tuple[int, int]]]:
    return sorted((one.code, one.pointer, text.at(one.place)) for one in expected)


@pytest.mark.parametrize("suspect", [one for one in ALL if one.json is not None], ids=lambda one: one.name)
def test_in_json(suspect: Suspect) -> None:
    for layout in JSON_LAYOUTS:
        text = json_text(suspect.root, layout)
        more = [("ER-D-201", "", (1, 1))] * bool(layout.mark)
        assert (layout.name, said(text.data)) == (layout.name, sorted([*due(text, suspect.json or []), *more]))


@pytest.mark.parametrize("suspect", [one for one in ALL if one.xml is not None], ids=lambda one: one.name)
def test_in_xml(suspect: Suspect) -> None:
    written = 0
    for layout in XML_LAYOUTS:
        try:
            text = xml_text(suspect.root, layout, STANDARD)
        except UnsayableError:
            continue
        assert (layout.name, said(text.data)) == (layout.name, due(text, suspect.xml or []))
        written += 1
    assert written >= len(XML_LAYOUTS) - 2
