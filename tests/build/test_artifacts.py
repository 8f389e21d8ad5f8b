"""The artifacts say what the model says, and nothing that an engine reads differently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from exportreport.build import compile as compiler
from exportreport.build import json_schema
from exportreport.standard import Standard

ROOT = Path(__file__).resolve().parent.parent.parent
ARTIFACTS = ROOT / "src" / "exportreport" / "artifacts"
PUBLISHED = sorted((ARTIFACTS / "jsonschema").glob("*.json"))


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return compiler.artifacts(ROOT / "schema")


def test_the_build_gives_the_same_bytes_twice(made: dict[str, bytes]) -> None:
    assert compiler.artifacts(ROOT / "schema") == made


def test_the_committed_artifacts_are_current(made: dict[str, bytes]) -> None:
    assert compiler.stale(made, ARTIFACTS) == []


def test_staleness_is_seen(made: dict[str, bytes], tmp_path: Path) -> None:
    compiler.write(made, tmp_path)
    assert compiler.stale(made, tmp_path) == []
    (tmp_path / "model.json").write_bytes(b"{}")
    (tmp_path / "left.json").write_bytes(b"{}")
    (tmp_path / "xsd" / "exportreport.xsd").unlink()
    assert compiler.stale(made, tmp_path) == ["left.json", "model.json", "xsd/exportreport.xsd"]
    compiler.write(made, tmp_path)
    assert compiler.stale(made, tmp_path) == []


def test_a_stale_module_of_rules_is_seen(made: dict[str, bytes], tmp_path: Path) -> None:
    compiler.write(made, tmp_path)
    (tmp_path / "evaluation" / "base.py").write_bytes(b"RULES = ()")
    (tmp_path / "evaluation" / "left.py").write_bytes(b"")
    (tmp_path / "evaluation" / "__pycache__").mkdir()
    (tmp_path / "evaluation" / "__pycache__" / "base.pyc").write_bytes(b"")
    assert compiler.stale(made, tmp_path) == ["evaluation/base.py", "evaluation/left.py"]


def test_every_artifact_says_what_made_it(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        assert compiler.NOTE.encode() in data[:600], name


def keywords(schema: Any) -> Iterator[str]:
    """The keywords of a schema, names of properties and definitions aside."""
    for name, child in schema.items():
        yield name
        if name in ("properties", "definitions"):
            for inner in child.values():
                yield from keywords(inner)
        elif name in ("items", "if", "then"):
            yield from keywords(child)
        elif name == "allOf":
            for inner in child:
                yield from keywords(inner)


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_published_schemas_keep_to_the_allow_list(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    assert set(keywords(schema)) <= json_schema.KEYWORDS
    for body in schema["definitions"].values():
        assert body["title"]
        assert body["description"]


def test_lists_that_others_maintain_are_patterns_not_enumerations() -> None:
    schema = json.loads((ARTIFACTS / "jsonschema" / "LicenseFiling.schema.json").read_text(encoding="utf-8"))
    for name in ("CountryCode", "CurrencyCode", "UnitCode", "ListedCode", "ControlCode"):
        assert "pattern" in schema["definitions"][name]
        assert "enum" not in schema["definitions"][name]


def test_the_xsd_compiles_and_has_an_element_for_each_kind(the_standard: Standard) -> None:
    document = etree.parse(ARTIFACTS / "xsd" / "exportreport.xsd")
    etree.XMLSchema(document)
    elements = document.getroot().findall("{http://www.w3.org/2001/XMLSchema}element")
    assert {element.get("name") for element in elements} == set(the_standard.kinds)


def test_simple_types_of_the_xsd_derive_from_string() -> None:
    document = etree.parse(ARTIFACTS / "xsd" / "exportreport.xsd")
    bases = {node.get("base") for node in document.iter("{http://www.w3.org/2001/XMLSchema}restriction")}
    assert bases == {"xs:string"}
