"""The quick yes says yes to nothing of which something is to be said, and to everything that is usual."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from exportreport import pipeline
from exportreport.codec import characters, xml_text
from exportreport.codec.kinds import kind_of
from exportreport.standard import Standard
from exportreport.structure import engine, pure
from exportreport.structure.breach import check_message
from exportreport.structure.engine_schema import schema_of
from tests.corpus.generate import broken, document
from tests.messages import example

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
KINDS = ("LicenseFiling", "DenialNotice", "ReexportNotice", "Acknowledgement", "Submission")
REMARK = "remarks"


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    for part in schema if isinstance(schema, list) else ():
        yield from parts(part)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_held_to_characters(kind: str) -> None:
    texts = [part for part in parts(schema_of(kind)) if part.get("type") == "string"]
    assert texts
    assert all("pattern" in part for part in texts)
    wide = [part["pattern"] for part in texts if any(ord(char) > 126 for char in part["pattern"])]
    assert all(pattern.count(engine.BEYOND_ASCII) == 3 for pattern in wide)
    narrow = [
        part["pattern"] for part in parts(schema_of(kind, {engine.BEYOND_ASCII: characters.USUAL})) if "pattern" in part
    ]
    assert not any(engine.BEYOND_ASCII in pattern for pattern in narrow if isinstance(pattern, str))


def test_it_takes_the_usual_characters_and_no_others(the_standard: Standard) -> None:
    filing = document(the_standard, "LicenseFiling", 1, fullness=0.05)
    for number in (*range(0xA0, 0x3400, 3), *range(0x3400, 0xD800, 61), *range(0xE000, 0x110000, 997), 0x202E, 0x200F):
        filing[REMARK] = f"a{chr(number)}b"
        sound = not list(check_message(filing, "LicenseFiling", the_standard, pure.check))
        usual = characters.UNUSUAL.search(filing[REMARK]) is None
        assert engine.is_plain(filing, "LicenseFiling", the_standard) == (sound and usual), f"U+{number:04X}"
        assert not usual or unicodedata.is_normalized("NFC", filing[REMARK])


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_no_wherever_an_engine_finds_a_breach(kind: str, the_standard: Standard) -> None:
    said = set()
    for seed in range(150):
        whole = (
            document(the_standard, kind, seed, fullness=0.3)
            if seed % 2
            else broken(the_standard, kind, seed, fullness=0.3)[0]
        )
        if kind_of(whole, the_standard) != kind:
            continue
        breached = bool(list(check_message(whole, kind, the_standard, pure.check)))
        doubtful = characters.may_be_doubtful(orjson.dumps(whole)) or characters.UNUSUAL.search(
            orjson.dumps(whole).decode()
        )
        plain = engine.is_plain(whole, kind, the_standard)
        said.add(plain)
        assert plain == (not breached and not doubtful)
    assert said == {True, False}


@pytest.mark.parametrize("path", sorted((EXAMPLES / "against-rules").glob("*.json")), ids=lambda path: path.stem)
def test_what_rules_find_in_a_plain_document_has_its_place(path: Path, the_standard: Standard) -> None:
    text = orjson.dumps(orjson.loads(path.read_bytes()))
    for data in (text, text + b"\n" + text):
        for result in pipeline.check(data, the_standard):
            assert result.findings
            assert all(finding.position for finding in result.findings)
            assert {finding.position.line for finding in result.findings if finding.position} == {result.line}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1] + b',"report_id":"again"}',
        lambda text: text[:-1] + b',"report\\u005fid":"again"}',
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text[:-1] + b',"unknown":1}',
    ],
    ids=["repeated", "repeated with an escape", "mark", "unknown"],
)  # fmt: skip
def test_what_the_value_does_not_show_is_found_all_the_same(spoil: Any, the_standard: Standard) -> None:
    text = orjson.dumps(document(the_standard, "DenialNotice", 3, fullness=0.2))
    quiet = pipeline.Settings(rules=False)
    assert not next(pipeline.check(text, the_standard, quiet)).findings
    assert next(pipeline.check(spoil(text), the_standard, quiet)).findings


@pytest.mark.parametrize("name", ["\u0e1a\u0e23\u0e34\u0e29\u0e31\u0e17", "\u0e81\u0ecd\u0eb2", "e\u0301", "a\u200b"])
def test_unusual_characters_change_no_breach(name: str) -> None:
    report = example("LicenseFiling/mine-clearance-humanitarian-pathway")
    report["parties"][0]["name"] = name
    assert not engine.search(report, "LicenseFiling")
    assert not engine.check_whole(report, "LicenseFiling")
    report["items"][0]["extra"] = report["report_id"] = ""
    found = engine.check_whole(report, "LicenseFiling")
    assert found and engine.search(report, "LicenseFiling") == found


def test_unusual_characters_change_no_finding_of_xml(the_standard: Standard) -> None:
    report = example("LicenseFiling/mine-clearance-humanitarian-pathway")
    found = []
    for name in ("Sort", "\u0e1a\u0e23\u0e34\u0e29\u0e31\u0e17"):
        report["parties"][0]["name"] = name
        text = xml_text.encode(report, the_standard)
        assert not next(pipeline.check(text, the_standard)).findings
        wrong = text.replace(b"<Item>", b"<Item><extra>x</extra>", 1)
        found.append([(one.finding_code, one.path) for one in next(pipeline.check(wrong, the_standard)).findings])
    assert found[0]
    assert found[0] == found[1]
