"""On generated documents, other people's engines give the verdict that ours gives, in both syntaxes."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exportreport import pipeline, standard
from exportreport.codec import json_text, xml_text
from tests.corpus.generate import broken, document

ARTIFACTS = Path(__file__).resolve().parent.parent / "src" / "exportreport" / "artifacts"
STANDARD = standard.load()

#: Documents made by chance follow the structure, not the rules.
STRUCTURE = pipeline.Settings(rules=False)
PURE = pipeline.Settings(engine="pure", rules=False)
KINDS = st.sampled_from(STANDARD.kinds)
SEEDS = st.integers(0, 2**40)

Engine = Callable[[Any], bool]


@cache
def published(kind: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((ARTIFACTS / "jsonschema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return whole


@cache
def fast(kind: str) -> Engine:
    check = fastjsonschema.compile(published(kind), use_default=False)

    def accepts(value: Any) -> bool:
        try:
            check(value)
        except fastjsonschema.JsonSchemaValueException:
            return False
        return True

    return accepts


@cache
def xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(ARTIFACTS / "xsd" / "exportreport.xsd"))


@cache
def rust(kind: str) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(published(kind))


def verdicts(value: dict[str, Any], kind: str) -> dict[str, bool]:
    """What each engine says of ``value``; the published schema for one kind and the one for all are both asked."""
    return {
        "ours": next(pipeline.check(json.dumps(value).encode(), STANDARD, STRUCTURE)).accepted,
        "pure": next(
            pipeline.check(json.dumps(value).encode(), STANDARD, pipeline.Settings(engine="pure", rules=False))
        ).accepted,
        "jsonschema-rs": rust(kind).is_valid(value),
        "jsonschema-rs, any kind": rust("exportreport").is_valid(value),
        "fastjsonschema": fast(kind)(value),
        "jsonschema": jsonschema.Draft7Validator(published(kind)).is_valid(value),
    }


@settings(max_examples=150, deadline=None)
@given(KINDS, SEEDS)
def test_a_valid_document_is_accepted_by_all_in_both_syntaxes(kind: str, seed: int) -> None:
    made = document(STANDARD, kind, seed)
    assert set(verdicts(made, kind).values()) == {True}
    as_xml = xml_text.encode(made, STANDARD)
    assert xsd().validate(etree.fromstring(as_xml)), xsd().error_log.last_error
    (result,) = pipeline.check(as_xml, STANDARD, STRUCTURE)
    assert result.accepted
    assert result.document == made
    assert json_text.digest(result.document) == json_text.digest(made)


@settings(max_examples=300, deadline=None)
@given(KINDS, SEEDS)
def test_a_broken_document_is_refused_by_all(kind: str, seed: int) -> None:
    made, change = broken(STANDARD, kind, seed)
    said = verdicts(made, kind)
    if change.endswith("\\n'"):
        said.pop("jsonschema")  # takes a final line feed for the end of the text (STANDARD, section 5)
    assert set(said.values()) == {False}, change


@pytest.mark.parametrize("value", [1.0, 1e2])
def test_only_our_engine_refuses_a_whole_number_with_a_fraction(value: float) -> None:
    """The one-syntax list of the standard: every other JSON Schema engine takes it for an integer."""
    made = document(STANDARD, "DenialNotice", 3) | {"revision": value}
    said = verdicts(made, "DenialNotice")
    assert not said["ours"]
    assert not said["pure"]
    assert said["jsonschema-rs"]
    assert said["fastjsonschema"]
