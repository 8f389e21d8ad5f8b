"""The published examples: the valid are accepted by all, the invalid refused for what is written beside them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import fastjsonschema
import jsonschema
import jsonschema_rs
import pytest
from lxml import etree

from exportreport import pipeline, standard
from exportreport.codec import json_text, xml_text
from exportreport.result.record import EXIT_STATUS, Result

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
ARTIFACTS = ROOT / "src" / "exportreport" / "artifacts"
STANDARD = standard.load()

VALID = sorted((EXAMPLES / "valid").glob("*/*.json"))
INVALID = sorted(path for path in (EXAMPLES / "invalid").iterdir() if not path.name.endswith(".expected.json"))

AGAINST_RULES = sorted(p for p in (EXAMPLES / "against-rules").iterdir() if not p.name.endswith(".expected.json"))

#: Invalid files that another engine accepts, with the reason; everything else invalid is refused by all of them.
ACCEPTED_BY_OTHERS = {
    "duplicate-member.json": "parsers keep the last of two members of one name, so no JSON Schema sees the first",
    "utf-16.json": "STANDARD section 2 reads UTF-8 only; the parser of Python guesses the encoding",
    "doctype.xml": "a document type declaration is refused by STANDARD section 3.2; an XSD has no say in it",
    "internal-entity.xml": "the same; the parser replaces the entity before the XSD looks",
    "windows-1252.xml": "STANDARD section 3.1 names four encodings; XML itself allows any",
    "xml-1-1.xml": "STANDARD section 3.1 allows XML 1.0 only; the parser reads 1.1 as if it were 1.0",
}

Document = dict[str, Any]


def ident(path: Path) -> str:
    return path.relative_to(EXAMPLES).as_posix()


def only(data: bytes) -> Result:
    (result,) = pipeline.check(data, STANDARD)
    return result


def document(path: Path) -> Document:
    value: Document = json.loads(path.read_bytes())
    return value


each_valid = pytest.mark.parametrize("path", VALID, ids=ident)
each_invalid = pytest.mark.parametrize("path", INVALID, ids=ident)


# The valid examples, judged by our own validator


@each_valid
@pytest.mark.parametrize("suffix", [".json", ".xml"])
def test_a_valid_example_is_accepted(path: Path, suffix: str) -> None:
    result = only(path.with_suffix(suffix).read_bytes())
    assert result.findings == ()
    assert EXIT_STATUS[result.verdict] == 0
    assert result.kind == path.parent.name


@each_valid
def test_both_syntaxes_give_the_same_document(path: Path) -> None:
    from_json, from_xml = only(path.read_bytes()).document, only(path.with_suffix(".xml").read_bytes()).document
    assert from_json is not None
    assert from_xml == from_json == document(path)
    assert json_text.digest(from_xml) == json_text.digest(from_json) == canonical_digest(from_json)


@each_valid
def test_a_valid_example_comes_back_as_it_was(path: Path) -> None:
    """The files are laid out as the encoders write them, so reading and writing gives the same bytes."""
    for encode, file in ((json_text.encode, path), (xml_text.encode, path.with_suffix(".xml"))):
        data = file.read_bytes()
        assert encode(only(data).document or {}, STANDARD) == data


@each_valid
def test_members_stand_in_the_order_of_the_model(path: Path) -> None:
    for owner, value in objects(document(path)):
        order = [name for name in STANDARD.classes[owner].by_name if name in value]
        assert list(value) == order


def canonical_digest(value: Document) -> str:
    """RFC 8785 for documents without floating point: sorted names (all ASCII), no blanks, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"sha256:{sha256(text.encode()).hexdigest()}"


# What the valid examples show


def objects(value: Document, owner: str = "") -> Iterator[tuple[str, Document]]:
    """Every object of a message with the name of its class."""
    owner = value.get("report_type", owner)
    yield owner, value
    for slot in STANDARD.classes[owner].slots:
        if slot.kind == "class" and slot.name in value:
            for child in value[slot.name] if slot.many else [value[slot.name]]:
                yield from objects(child, slot.range)


def test_there_are_at_least_four_of_each_kind() -> None:
    counts = Counter(path.parent.name for path in VALID)
    assert set(counts) == set(STANDARD.kinds)
    assert min(counts.values()) >= 4


def test_every_class_is_used() -> None:
    used = {owner for path in VALID for owner, _ in objects(document(path))}
    assert used == {name for name, body in STANDARD.classes.items() if not body.abstract}


def test_nearly_every_slot_is_used() -> None:
    used = {(owner, name) for path in VALID for owner, value in objects(document(path)) for name in value}
    known = {(c.name, slot) for c in STANDARD.classes.values() if not c.abstract for slot in c.by_name}
    assert len(used) >= 0.95 * len(known), sorted(known - used)


def test_acknowledgements_name_what_they_answer() -> None:
    """Digests are those of files that lie beside: of the bytes of a file, and of the canonical form of a message."""
    received = {f"sha256:{sha256(path.read_bytes()).hexdigest()}" for path in (*VALID, *INVALID)}
    canonical = {document(path)["report_id"]: canonical_digest(document(path)) for path in VALID}
    for path in (EXAMPLES / "valid" / "Acknowledgement").glob("*.json"):
        answer = document(path)
        assert answer["received_digest"] in received, ident(path)
        answered = answer.get("responds_to", {})
        if "digest" in answered:
            assert answered["digest"] == canonical[answered["message_id"]], ident(path)


def test_a_submission_continues_the_one_before() -> None:
    folder = EXAMPLES / "valid" / "Submission"
    first, second = folder / "single-report-registration.json", folder / "sequence-continued-previous-digest.json"
    assert document(second)["previous_digest"] == canonical_digest(document(first))
    assert document(second)["sequence_number"] == document(first)["sequence_number"] + 1


# The invalid examples


def test_there_are_enough_invalid_examples() -> None:
    assert len(INVALID) >= 30
    assert {path.suffix for path in INVALID} == {".json", ".xml"}


def expected(path: Path) -> Document:
    return document(path.with_name(f"{path.name}.expected.json"))


def said(result: Result) -> Document:
    return {
        "verdict": result.verdict.value,
        "exit_status": EXIT_STATUS[result.verdict],
        "findings": [
            {"finding_code": f.finding_code, "severity": f.severity.value}
            | ({"pointer": f.pointer} if f.pointer else {})
            | ({"line": f.position.line, "column": f.position.column} if f.position else {})
            for f in result.findings
        ],
    }


@pytest.mark.parametrize("path", INVALID + AGAINST_RULES, ids=ident)
def test_an_invalid_example_has_exactly_the_expected_findings(path: Path) -> None:
    assert said(only(path.read_bytes())) == expected(path)


@pytest.mark.parametrize("path", AGAINST_RULES, ids=ident)
def test_what_is_against_a_rule_alone_is_not_against_the_structure(path: Path) -> None:
    data = path.read_bytes()
    (result,) = pipeline.check(data, STANDARD, pipeline.Settings(rules=False))
    assert result.findings == ()
    assert all(engine(data) for engine in ENGINES[path.suffix])


@pytest.mark.parametrize("path", AGAINST_RULES, ids=ident)
def test_the_rules_say_the_same_in_the_other_syntax(path: Path) -> None:
    result = only(path.read_bytes())
    encode = json_text.encode if path.suffix == ".xml" else xml_text.encode
    other = only(encode(result.document or {}, STANDARD))
    assert [(f.finding_code, f.pointer) for f in other.findings] == [
        (f.finding_code, f.pointer) for f in result.findings
    ]


def test_nothing_is_expected_of_a_file_that_is_not_there() -> None:
    beside = {path.with_name(f"{path.name}.expected.json") for path in (*INVALID, *AGAINST_RULES)}
    assert beside == set(EXAMPLES.glob("*/*.expected.json"))


# Other people's engines, on the published schemas


@cache
def published() -> Document:
    return document(ARTIFACTS / "jsonschema" / "exportreport.schema.json")


@cache
def rust() -> Any:
    return jsonschema_rs.Draft7Validator(published())


@cache
def fast() -> Any:
    return fastjsonschema.compile(published(), use_default=False)


@cache
def xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(ARTIFACTS / "xsd" / "exportreport.xsd"))


def by_rust(data: bytes) -> bool:
    return bool(rust().is_valid(json.loads(data)))


def by_python(data: bytes) -> bool:
    value = json.loads(data)
    try:
        fast()(value)
    except fastjsonschema.JsonSchemaValueException:
        assert not jsonschema.Draft7Validator(published()).is_valid(value)
        return False
    assert jsonschema.Draft7Validator(published()).is_valid(value)
    return True


def by_xsd(data: bytes) -> bool:
    """lxml as most people use it: internal entities are replaced, nothing is fetched."""
    return bool(xsd().validate(etree.fromstring(data, etree.XMLParser(resolve_entities="internal", no_network=True))))


ENGINES = {".json": (by_rust, by_python), ".xml": (by_xsd,)}


@each_valid
@pytest.mark.parametrize("suffix", [".json", ".xml"])
def test_other_engines_accept_the_valid_examples(path: Path, suffix: str) -> None:
    data = path.with_suffix(suffix).read_bytes()
    assert all(engine(data) for engine in ENGINES[suffix])


@each_invalid
def test_other_engines_refuse_the_invalid_examples(path: Path) -> None:
    """What their parser cannot read counts as refused. The exceptions are a checked list: they must be accepted."""
    for engine in ENGINES[path.suffix]:
        try:
            accepted = engine(path.read_bytes())
        except (ValueError, SyntaxError):
            accepted = False
        assert accepted == (path.name in ACCEPTED_BY_OTHERS), engine.__name__


# The page that lists them


def test_the_readme_lists_every_example() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in (*VALID, *INVALID, *AGAINST_RULES):
        assert f"`{ident(path)}`" in text, ident(path)
