"""Every case of XML, alone and in a real report: the code, the place, and a verdict that other parsers share."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import pytest
from lxml import etree

from exportreport.codec import xml_places, xml_text
from exportreport.standard import Standard
from tests.codec.json_cases import MARK
from tests.codec.test_json_cases import EXAMPLES, Said, due, plain
from tests.codec.xml_cases import AROUND, CUT, DECIDED, READ, REFUSED

_REPORT = (EXAMPLES / "DenialNotice" / "denial-revoked-later.xml").read_text(encoding="utf-8")
REPORT = _REPORT[_REPORT.index("<DenialNotice") :].rstrip("\n")
_AT = REPORT.rindex("</DenialNotice>")
BEFORE, AFTER = REPORT[:_AT] + "<!--\n é😀 -->", REPORT[_AT:]

JAVA = Path(__file__).parent / "WellFormed.java"

#: Codes of what can be read as XML, and is not a report as it should be.
OF_THE_STANDARD = {"ER-D-032", "ER-D-033", "ER-D-034"}

#: Cases on which a parser differs, and why.
OTHERS: dict[str, dict[str, str]] = {
    "lxml": {},
    "expat": {},
    "Java": {
        "y_name_long": "names have at most 1,000 characters there, a limit that can be set",
        "n_colon_first": "a colon at the beginning is no prefix there",
        "n_colon_attribute_first": "the same",
        "n_instruction_colon": "instructions may have colons there; Namespaces section 7 says they may not",
    },
}


def said(data: bytes, standard: Standard) -> Said:
    found = xml_places.place(data, xml_text.decode(data, standard).findings, standard)
    broken = [f for f in found if int(f.finding_code[-3:]) < 100 and f.finding_code not in OF_THE_STANDARD]
    return [(f.finding_code, *(f.position or (None, None))) for f in broken]


def places(marked: str) -> list[str]:
    """The marked text alone in an element, and in the report."""
    return [f"<r>{marked}</r>", BEFORE + marked + AFTER]


@pytest.mark.parametrize("name", READ)
def test_what_must_be_read_is_read(name: str, the_standard: Standard) -> None:
    for text in places(READ[name]):
        assert said(plain(text), the_standard) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_be_refused_is_refused_at_its_place(name: str, the_standard: Standard) -> None:
    for text in places(REFUSED[name].marked):
        assert said(plain(text), the_standard) == due(text, REFUSED[name].code)


@pytest.mark.parametrize("text", CUT)
def test_what_ends_too_early_is_told_at_its_end(text: str, the_standard: Standard) -> None:
    for marked in (text + MARK, BEFORE + text + MARK):
        assert said(plain(marked), the_standard) == due(marked, "ER-D-010")


@pytest.mark.parametrize("name", AROUND)
def test_what_stands_around_a_report(name: str, the_standard: Standard) -> None:
    marked, code = AROUND[name].marked.replace("{report}", REPORT), AROUND[name].code
    assert said(plain(marked), the_standard) == (due(marked, code) if code else [])


@pytest.mark.parametrize("name", DECIDED)
def test_what_implementations_may_choose_is_decided(name: str, the_standard: Standard) -> None:
    case = DECIDED[name]
    assert case.why
    for text in places(case.marked):
        assert said(plain(text), the_standard) == (due(text, case.code) if case.code else [])


def cases() -> Iterator[tuple[str, bool, bytes]]:
    """Every case on which parsers must agree: its name, whether it is read, its bytes."""
    for name, text in READ.items():
        yield from ((f"y_{name}", True, plain(one)) for one in places(text))
    for name, case in REFUSED.items():
        yield from ((f"n_{name}", False, plain(one)) for one in places(case.marked))
    for text in CUT:
        yield from ((f"n_{text}", False, plain(one)) for one in (text, BEFORE + text))
    for name, case in AROUND.items():
        data = plain(case.marked.replace("{report}", REPORT))
        if case.code not in ("ER-D-021", "ER-D-022", "ER-D-023", "ER-D-024"):  # right, and not for reports
            yield f"a_{name}", not case.code, data


def _lxml(data: bytes) -> bool:
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return False
    return True


def _expat(data: bytes) -> bool:
    try:
        ElementTree.fromstring(data)
    except (ElementTree.ParseError, expat.ExpatError):
        return False
    return True


def _java(all_data: list[bytes]) -> list[bool]:
    given = b"".join(struct.pack(">i", len(data)) + data for data in all_data)
    done = subprocess.run(["java", str(JAVA)], input=given, capture_output=True, check=True)
    return [sign == ord("1") for sign in done.stdout.strip()]


WITNESSES: dict[str, Callable[[list[bytes]], list[bool]]] = {
    "lxml": lambda data: list(map(_lxml, data)),
    "expat": lambda data: list(map(_expat, data)),
} | ({"Java": _java} if shutil.which("java") else {})


@pytest.mark.parametrize("witness", WITNESSES)
def test_other_parsers_agree(witness: str) -> None:
    listed = list(cases())
    heard = WITNESSES[witness]([data for _, _, data in listed])
    differing = {name for (name, read, _), other in zip(listed, heard, strict=True) if read != other}
    assert differing == set(OTHERS[witness])
