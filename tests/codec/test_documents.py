"""Documents in and out: what XML means in JSON, round trips, canonical forms and digests."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from functools import cache
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport import standard
from exportreport.codec import characters, faults, json_text, xml_text
from exportreport.codec.json_nesting import is_too_deep
from exportreport.codec.limits import MAX_DEPTH
from exportreport.standard import Class, Slot, Standard
from tests.codec.judging import NS, filing, said, unplaced
from tests.corpus.generate import document


def read(inside: str, the_standard: Standard) -> Any:
    decoded = xml_text.decode(filing(inside), the_standard)
    assert decoded.readable, decoded.findings
    assert isinstance(decoded.value, dict)
    assert decoded.value.pop("report_type") == "LicenseFiling"
    return decoded.value


NOT_INTEGERS = ("-0", "01", "+1", "1.0", " 1", "", "9" * 30, "١")

MEANING: list[tuple[str, Any]] = [
    ("<report_id/>", {"report_id": ""}),
    ("<report_id> a </report_id>", {"report_id": " a "}),
    (
        "<report_id>A<!-- x -->C<?p q?>ME<![CDATA[<&]]>&lt;&#13;&#x1F6F0;\r\n</report_id>",
        {"report_id": "ACME<&<\r\U0001f6f0\n"},
    ),
    ("<report_id><a>x</a><b/></report_id>", {"report_id": {"a": "x", "b": ""}}),
    ("<revision>0</revision>", {"revision": 0}),
    ("<revision>-5</revision>", {"revision": -5}),
    ("<revision>18446744073709551615</revision>", {"revision": 2**64 - 1}),
    *((f"<revision>{text}</revision>", {"revision": text}) for text in NOT_INTEGERS),
    ("<transaction><round_trip>true</round_trip></transaction>", {"transaction": {"round_trip": True}}),
    ("<transaction><round_trip>1</round_trip></transaction>", {"transaction": {"round_trip": "1"}}),
    ("<sender/>", {"sender": {}}),
    ("<sender> \n </sender>", {"sender": {}}),
    ("<sender>ACME</sender>", {"sender": "ACME"}),
    ("<parties/>", {"parties": []}),
    ("<parties>ACME</parties>", {"parties": "ACME"}),
    ("<parties><Party/><Party>x</Party></parties>", {"parties": [{}, "x"]}),
    ("<parties><party><name>x</name></party></parties>", {"parties": [{"name": "x"}]}),
    ("<parties><name>x</name></parties>", {"parties": []}),
    ("<parties><owners><Ownership/></owners></parties>", {"parties": []}),
    ("<profiles/>", {"profiles": [""]}),
    ("<profiles>a</profiles><profiles>b</profiles>", {"profiles": ["a", "b"]}),
    ("<profiles>a</profiles><as_of/><profiles>b</profiles>", {"profiles": ["a", "b"], "as_of": ""}),
    ("<report_id>a</report_id><report_id>b</report_id>", {"report_id": "b"}),
    ("<color>red</color><size><w>1</w></size>", {"color": "red", "size": {"w": "1"}}),
    ("<sender xmlns='u'><name>x</name></sender><other xmlns='u'/>", {"sender": {"name": "x"}}),
    ("<report_type>x</report_type>", {}),
]


@pytest.mark.parametrize(("inside", "value"), MEANING)
def test_what_xml_means(inside: str, value: Any, the_standard: Standard) -> None:
    assert read(inside, the_standard) == value


def test_reports_are_named_by_kind(the_standard: Standard) -> None:
    inside = "<DenialNotice><report_id>a</report_id></DenialNotice><Invoice><x>1</x></Invoice><Report/>"
    data = filing(f"<reports>{inside}</reports>").replace(b"LicenseFiling", b"Submission")
    value: Any = xml_text.decode(data, the_standard).value
    assert value["reports"] == [
        {"report_type": "DenialNotice", "report_id": "a"},
        {"report_type": "Invoice", "x": "1"},
        {"report_type": "Report"},
    ]
    assert next(iter(value["reports"][0])) == "report_type"


@pytest.mark.parametrize(
    ("inside", "codes"),
    [
        ("<a xmlns:p='u' xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:schemaLocation='a b'/>", []),
        ("<report_id>a</report_id><as_of/><schema_version/><reported_at/>", ["103"]),
        ("<x xmlns='u'>a<y xmlns='v' z='1'>b</y>c</x>", ["104"]),
        ("<as_of/>a<as_of/>b", ["105", "101"]),
        ("<revision/><revision/><revision/>", ["101"]),
        ("<parties><a/><a/><b/></parties>", ["106", "106"]),
        ("<nothing a='1'>x<y/>z</nothing>", []),
    ],
)
def test_one_cause_is_one_finding(inside: str, codes: list[str], the_standard: Standard) -> None:
    assert [code[-3:] for code, *_ in said(filing(inside), the_standard)] == codes


def test_an_attribute_that_is_a_field_is_told(the_standard: Standard) -> None:
    found = xml_text.decode(filing("<sender name='x'/>"), the_standard).findings
    assert "name is an element" in found[0].message


def test_the_same_fault_is_said_the_same(the_standard: Standard) -> None:
    texts = {"report_type": "LicenseFiling", "report_id": "e\u0301", "parties": [{"name": "a\u202eb"}]}
    as_json = json_text.decode(json.dumps(texts).encode()).findings
    as_xml = xml_text.decode(
        filing("<report_id>e\u0301</report_id><parties><Party><name>a\u202eb</name></Party></parties>"),
        the_standard,
    ).findings
    assert [unplaced(f) for f in as_json] == [unplaced(f) for f in as_xml]
    (twice,) = json_text.decode(b'{"report_type": "LicenseFiling", "report_id": 1, "report_id": 2}').findings
    elements = "<report_id>a</report_id><report_id>b</report_id>"
    (given_twice,) = xml_text.decode(filing(elements), the_standard).findings
    assert unplaced(twice) == unplaced(given_twice)


CHARACTERS = "\t\n !\"&'<>]/az09~\u00a0\u00e9\u0301\u202e\u2028\ud7ff\ue000\ufeff\ufffd\U00010000\U0010ffff"
_LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
texts = st.text(
    st.sampled_from(CHARACTERS) | st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=8
)


@cache
def objects(name: str, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    body = _KNOWN.classes[name]
    slots = [slot for slot in body.slots if slot.kind != "name" and (slot.kind != "class" or depth > 0)]
    made = st.fixed_dictionaries({}, optional={slot.name: member(slot, depth) for slot in slots})
    if _is_message(body):
        return made.map(lambda found: {"report_type": name} | found)
    return made.filter(bool)


def _is_message(body: Class) -> bool:
    return "report_type" in body.by_name


def member(slot: Slot, depth: int) -> st.SearchStrategy[Any]:
    base = _KNOWN.types[slot.range].base if slot.kind == "type" else slot.kind
    integers = st.integers(0, 10**15 - 1)
    one: st.SearchStrategy[Any] = {"integer": integers, "boolean": st.booleans()}.get(base, texts)
    if slot.kind == "class":
        one = st.one_of([objects(name, depth - 1) for name in _KNOWN.concrete(slot.range)])
    return st.lists(one, min_size=1, max_size=3) if slot.many else one


_KNOWN = standard.load()


@settings(deadline=None, max_examples=60)
@given(st.one_of([objects(kind, 2) for kind in ("DenialNotice", "Acknowledgement", "Submission")]))
def test_round_trips(whole: dict[str, Any]) -> None:
    as_xml = xml_text.encode(whole, _KNOWN)
    decoded = xml_text.decode(as_xml, _KNOWN)
    again = json_text.decode(json_text.encode(whole, _KNOWN))
    assert decoded.value == again.value == whole
    assert isinstance(decoded.value, dict)
    assert isinstance(again.value, dict)
    assert [unplaced(f) for f in decoded.findings] == [unplaced(f) for f in again.findings]
    assert json_text.digest(decoded.value) == json_text.digest(again.value)
    assert xml_text.canonical(xml_text.encode(again.value, _KNOWN)) == xml_text.canonical(as_xml)


def test_written_json(the_standard: Standard) -> None:
    whole: Any = {
        "zz": 1,
        "parties": [{"name": "é", "key": "k"}],
        "report_id": "a",
        "report_type": "LicenseFiling",
    }
    assert json_text.encode(whole, the_standard, indent=False).decode() == (
        '{"report_type":"LicenseFiling","report_id":"a","parties":[{"key":"k","name":"é"}],"zz":1}\n'
    )
    indented = json_text.encode(whole, the_standard)
    assert indented.startswith(b'{\n  "report_type"')
    assert indented.endswith(b"}\n")


def test_canonical_json_and_digests() -> None:
    value: Any = {"b": [1, True], "a": '\x1f\n"é'}
    assert json_text.canonical(value) == '{"a":"\\u001f\\n\\"é","b":[1,true]}'.encode()
    assert json_text.digest({}) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert json_text.received_digest(b"{}") == json_text.digest({})


def test_written_xml(the_standard: Standard) -> None:
    whole: Any = {
        "report_type": "Submission",
        "sequence_reset": False,
        "sender": {"name": " a<&>\r\n"},
        "report_id": "x",
    }
    assert xml_text.encode(whole, the_standard).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Submission xmlns="https://w3id.org/exportreport/1">\n'
        "  <report_id>x</report_id>\n  <sender>\n    <name> a&lt;&amp;&gt;&#13;\n</name>\n  </sender>\n"
        "  <sequence_reset>false</sequence_reset>\n</Submission>\n"
    )


WRONG: list[Any] = [
    {},
    {"report_type": "Report"},
    {"x": 1},
    {"sender": "a"},
    {"recipients": {}},
    {"report_id": None},
    {"report_id": "\0"},
    {"reports": [{}]},
    {"report_id": ["a"]},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_xml_cannot_say(wrong: Any, the_standard: Standard) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        xml_text.encode({"report_type": "Submission"} | wrong if wrong else wrong, the_standard)


def test_canonical_xml() -> None:
    first = filing("<!-- c -->\n <report_id>A<?p?>C</report_id>", head="<?xml version='1.0'?><?x y?>")
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    second = (
        f'<p:LicenseFiling xmlns:q="u" xmlns:p="{NS}" xmlns:x="{xsi}" x:schemaLocation="a b">'
        "<p:report_id>AC</p:report_id></p:LicenseFiling>"
    )
    expected = f'<n0:LicenseFiling xmlns:n0="{NS}"><n0:report_id>AC</n0:report_id></n0:LicenseFiling>'
    assert xml_text.canonical(first) == xml_text.canonical(second.encode()) == expected.encode()
    for bad in (b"<a>", b"\xff\xfe\x00\x00", b"<a/>", b"<a xmlns='u' b='c'/>"):
        with pytest.raises(ValueError, match=r"\.$"):
            xml_text.canonical(bad)


def test_zero_has_one_sign_and_names_may_repeat_in_peace() -> None:
    assert json_text.decode(b'{"a": -0}').value == {"a": 0}
    assert json_text.decode(b'{"a": 1, "a": 2}', repeated_names=False) == ({"a": 2}, (), True)
    assert json_text.decode(b'{"\\u003a": ":", "a": "\\u003A"}').findings == ()


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("blanks", [0, 5000])
@pytest.mark.parametrize("depth", [1, 63, 64, 65, 66, 254, 255, 1000])
def test_depth_is_judged_exactly(depth: int, blanks: int) -> None:
    value = nested(depth)
    text = b"[" * depth + b"0" + b"]" * depth + b" " * blanks
    assert is_too_deep(value) == (depth > MAX_DEPTH)
    assert json_text.decode(text).readable == (depth <= MAX_DEPTH)


@pytest.mark.parametrize("depth", [63, 64])
def test_elements_may_be_64_deep(depth: int, the_standard: Standard) -> None:
    decoded = xml_text.decode(filing("<a>" * depth + "</a>" * depth), the_standard)
    assert decoded.readable == (depth < MAX_DEPTH)


def test_only_harmless_characters_are_passed_over() -> None:
    for number in range(0x110000):
        char = chr(number)
        if 0xD800 <= number < 0xE000 or characters.UNUSUAL.match(char):
            continue
        assert unicodedata.combining(char) == 0
        assert unicodedata.bidirectional(char) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
        assert char not in "\u061c\u200e\u200f"
        assert unicodedata.is_normalized("NFC", char)
        assert all(unicodedata.is_normalized("NFC", base + char) for base in ("a", "\u1100", "\uac00", "か"))


def test_no_usual_character_joins_with_one_before_it() -> None:
    pairs = [unicodedata.decomposition(chr(number)).split() for number in range(0x110000)]
    seconds = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and not pair[0].startswith("<")}
    assert len(seconds) > 50
    assert all(characters.UNUSUAL.match(second) for second in seconds if second > "\x9f")


def test_only_the_named_marks_join_with_an_ascii_character() -> None:
    pairs = [unicodedata.decomposition(chr(number)).split() for number in range(0x110000)]
    joined = [mark for base, mark in (pair for pair in pairs if len(pair) == 2) if base < "0080" and len(base) == 4]
    assert joined
    assert all(characters.ON_ASCII.match(chr(int(mark, 16))) for mark in joined)


APART = [
    ("json_text", "lxml"),
    ("json_places", "lxml"),
    ("xml_text", "orjson"),
    ("xml_places", "orjson"),
    ("xml_places", "lxml"),
    ("recognize", "orjson"),
    ("recognize", "lxml"),
]


@pytest.mark.parametrize(("module", "other"), APART)
def test_a_syntax_does_not_import_what_it_does_not_use(module: str, other: str) -> None:
    code = f"import sys, exportreport.codec.{module}; sys.exit('{other}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("seed", range(30))
def test_generated_documents_have_no_other_remarks_than_warnings(seed: int, the_standard: Standard) -> None:
    for kind in the_standard.kinds:
        whole = document(the_standard, kind, seed, fullness=0.4)
        for found in (
            json_text.decode(orjson.dumps(whole)).findings,
            xml_text.decode(xml_text.encode(whole, the_standard), the_standard).findings,
        ):
            assert {finding.finding_code for finding in found} <= {faults.NOT_NFC.code}
