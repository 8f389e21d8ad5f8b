"""Genericode: every list validates against the OASIS schema, keys are keys, and nothing of a list is lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import etree

from exportreport.build import genericode

ROOT = Path(__file__).resolve().parent.parent.parent
ARTIFACTS = ROOT / "src" / "exportreport" / "artifacts"
DOCUMENTS = sorted((ARTIFACTS / "genericode").glob("*.xml"))


@pytest.fixture(scope="module")
def oasis() -> etree.XMLSchema:
    path = Path(os.environ.get("EXPORTREPORT_DATA", ""), "schemas", "genericode-1.0.xsd")
    if not path.is_file():
        pytest.skip("EXPORTREPORT_DATA names no folder with the Genericode schema")
    return etree.XMLSchema(etree.parse(path))


def test_every_list_validates_against_the_oasis_schema(oasis: etree.XMLSchema) -> None:
    for path in DOCUMENTS:
        oasis.validate(etree.parse(path))
        assert not oasis.error_log, (path.name, oasis.error_log.last_error)


def rows(path: Path) -> list[dict[str, str]]:
    return [
        {value.get("ColumnRef"): value.findtext("SimpleValue") for value in row}
        for row in etree.parse(path).iter("Row")
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_nothing_of_a_list_is_lost(path: Path) -> None:
    published = json.loads((ARTIFACTS / "codelists" / f"{path.stem}.json").read_text(encoding="utf-8"))
    found = [{name: cell for name, cell in row.items() if name != "entry"} for row in rows(path)]
    assert found == published["codes"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_key_is_a_required_column_without_repeats(path: Path) -> None:
    tree = etree.parse(path)
    (key,) = tree.xpath("//Key/ColumnRef/@Ref")
    assert tree.xpath("//Column[@Id = $key]/@Use", key=key) == ["required"]
    values = [row[key] for row in rows(path)]
    assert len(set(values)) == len(values)


def test_a_code_given_twice_is_told_apart_by_its_first_day() -> None:
    codes = [{"code": "CS", "title": "a & b", "valid_to": "1993-06-15"}, {"code": "CS", "valid_from": "2003-07-23"}]
    about = {"id": "x", "title": "X", "agency": "A", "edition": "1", "codes": codes}
    tree = etree.fromstring(genericode.document(about, "https://example.org/1", "note"))
    assert tree.xpath("//Value[@ColumnRef = 'entry']/SimpleValue/text()") == ["CS", "CS@2003-07-23"]
    assert tree.xpath("//Value[@ColumnRef = 'title']/SimpleValue/text()") == ["a & b"]
