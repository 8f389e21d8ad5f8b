"""The quick reader of plain XML: it declines, or says what the careful one says, which then has nothing to find."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport import standard
from exportreport.codec import characters, xml_plain, xml_source, xml_text
from exportreport.standard import Standard
from tests.codec.test_json_cases import EXAMPLES

KNOWN = standard.load()
TEXTS = [path.read_bytes() for path in sorted(EXAMPLES.rglob("*.xml"))]

#: What may get into a plain text, or take the place of a part of it.
PIECES = (
    "",
    " ",
    "\n",
    "\r",
    "\t",
    "\0",
    "\x0b",
    "\x7f",
    "\x85",
    "\ufffe",
    "\uffff",
    "\ufeff",
    "é😀",
    "<",
    ">",
    "/",
    "&",
    "&amp;",
    "&amp;lt;",
    "&lt;",
    "&gt;",
    "&quot;",
    "&apos;",
    "&#65;",
    "&#0;",
    "&x;",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- x -->",
    "<?x y?>",
    "<!DOCTYPE a>",
    "<a/>",
    "<a></a>",
    "<a>x</a>",
    "<a><b>x</b></a>",
    ' a="1"',
    ' a="1" a="2"',
    ' xmlns="u"',
    ' xmlns:p="u"',
    ' xsi:nil="true"',
    ' xml:lang="en"',
    "p:",
    "true",
    "0",
    "-0",
    "01",
    "99999999999999999999",
    "<report_type>x</report_type>",
    "<schema_version>1.0</schema_version>",
    "<items></items>",
    "<items>\n</items>",
    "UTF-16",
    "<item_numbers>1</item_numbers>",
    "<note>x</note>",
    "</items>",
    "<items>",
    "<Item>",
    "</Item>",
)


def agrees(data: bytes, known: Standard = KNOWN) -> bool:
    """Whether the quick reader took ``data``; then it said the same as the careful one, to the order of members."""
    text = xml_source.read(data)
    quick = xml_plain.document_of(text, known) if isinstance(text, bytes) else None
    if quick is None or not isinstance(text, bytes):
        return False
    careful = xml_text._with_care(text, known)
    assert careful.readable
    assert repr(quick) == repr(careful.value), text
    assert careful.findings == tuple(characters.warnings(quick, text))
    return True


def _cut(text: str) -> list[int]:
    """The places before and after each mark-up sign of ``text``."""
    return sorted({at + step for at, sign in enumerate(text) if sign in "<>/=" for step in (0, 1)} | {0, len(text)})


def _changed(text: str) -> Iterator[str]:
    """``text`` with one piece at one place, all pieces taking turns, and with one part between two places gone."""
    places = _cut(text)
    for number, at in enumerate(places):
        yield text[:at] + PIECES[number % len(PIECES)] + text[at:]
        yield text[:at] + text[places[min(number + 1 + number % 5, len(places) - 1)] :]
        yield text[:at] + text[places[max(number - 1 - number % 5, 0)] :]


def test_most_examples_are_plain_and_agree() -> None:
    plain = [agrees(data) for data in TEXTS]
    assert sum(plain) > len(plain) / 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "utf-8"])
def test_whatever_the_encoding_both_agree(encoding: str) -> None:
    for data in TEXTS:
        agrees(data.decode().replace("UTF-8", encoding.replace("-sig", "")).encode(encoding, errors="replace"))


def test_one_change_anywhere_is_declined_or_read_alike() -> None:
    taken = [agrees(each.encode()) for data in TEXTS[::30] for each in _changed(data.decode())]
    assert any(taken)
    assert not all(taken)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_several_changes_are_declined_or_read_alike(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS)).decode()
    for _ in range(data.draw(st.integers(1, 4))):
        places = _cut(text)
        start, end = sorted(data.draw(st.tuples(st.sampled_from(places), st.sampled_from(places))))
        end = end if data.draw(st.booleans()) else start
        text = text[:start] + data.draw(st.sampled_from(PIECES) | st.just(text[start:end] * 2)) + text[end:]
    agrees(text.encode())


def test_references_are_read_once() -> None:
    data = next(data for data in TEXTS if agrees(data) and b"<name>" in data)
    changed = data.replace(b"<name>", b"<name>&amp;lt; &quot;&apos;&gt;&amp;amp;", 1)
    assert agrees(changed)
    assert "&lt; \"'>&amp;" in repr(xml_plain.document_of(changed, KNOWN)).replace("\\'", "'")


XSI = "http://www.w3.org/2001/XMLSchema-instance"

#: The first tag by other names and with other attributes, and whether that is plain.
ROOTS = (
    ('<{p}{kind} xmlns{d}="{ns}">', True),
    ('<{p}{kind}\n  xmlns{d}="{ns}"\n  xmlns:xsi="{xsi}" xsi:schemaLocation="{ns} a.xsd" >', True),
    ("<{p}{kind} xmlns:xsi='{xsi}' xsi:schemaLocation='{ns} \"a\".xsd' xmlns{d}='{ns}'>", True),
    ('<{p}{kind} xmlns{d}="{ns}" xmlns:xsi="{xsi}" xsi:noNamespaceSchemaLocation="a">', True),
    ('<{p}{kind} xmlns{d}="{ns}" xsi:schemaLocation="{ns} a.xsd">', False),
    ('<{p}{kind} xmlns{d}="{ns}" xmlns:xsi="{xsi}" xsi:type="a">', False),
    ('<{p}{kind} xmlns{d}="{ns}" xmlns:xsi="{xsi}" xmlns:xsi="{xsi}">', False),
    ('<{p}{kind} xmlns{d}="{ns}" xmlns{d}="{ns}">', False),
    ('<{p}{kind} xmlns{d}="{ns}" xmlns:xsi="">', False),
    ('<{p}{kind} xmlns{d}="{ns}" xmlns:xsi="urn:x" xsi:schemaLocation="a">', False),
    ('<{p}{kind} xmlns{d}="{ns}" schema_version="1.0">', False),
    ('<{p}{kind} xmlns{d}="{ns} ">', False),
    ('<{p}{kind} xmlns:x="{ns}" note="xmlns{d}">', False),
    ('<{p}{kind} xmlns{d}="{ns}" xmlns:xsi="{xsi}" xsi:schemaLocation="&lt;">', False),
)


def under(root: str, prefix: str) -> bytes:
    """An example with another first tag, and ``prefix`` before each name."""
    text = next(data for data in TEXTS if agrees(data)).decode()
    start = re.search(r"<(\w+) xmlns=[^>]*>", text)
    assert start
    colon = f"{prefix}:" if prefix else ""
    tag = root.format(p=colon, d=f":{prefix}" if prefix else "", kind=start[1], ns=KNOWN.namespace, xsi=XSI)
    return (text[: start.start()] + tag + re.sub(r"<(/?)(?=\w)", rf"<\g<1>{colon}", text[start.end() :])).encode()


@pytest.mark.parametrize(("root", "plain"), ROOTS)
@pytest.mark.parametrize("prefix", ["", "er"])
def test_a_prefix_and_where_schemas_are_is_plain_and_nothing_else(root: str, plain: bool, prefix: str) -> None:
    assert agrees(under(root, prefix)) == plain


@pytest.mark.parametrize("prefix", ["xml", "xmlns", "XMLa", "1", "a:b"])
def test_prefixes_that_are_none_are_declined(prefix: str) -> None:
    assert not agrees(under(ROOTS[0][0], prefix))


def test_elements_that_have_not_all_the_same_prefix_are_declined() -> None:
    data = under(ROOTS[0][0], "er")
    assert agrees(data)
    for change in ((b"<er:report_id>", b"<report_id>"), (b"er:report_id>", b"report_id>"), (b"er:report_id>", b"x:a>")):
        changed = data.replace(*change)
        assert changed != data
        assert not agrees(changed)


def test_a_sign_that_xml_has_not_is_declined_wherever_it_stands() -> None:
    data = under(ROOTS[1][0], "")
    assert agrees(data)
    for place in (data.index(b" a.xsd"), data.index(b"</"), data.rindex(b"<")):
        for code in {*range(32)} - {9, 10}:
            assert not agrees(data[:place] + bytes([code]) + data[place:])
