"""What is wrong with a text that is not correct XML, or is nested too deep: the first fault, and where it is.

Called only when the parser has refused the text. Another parser reads it again, because it knows the exact
place.
"""

from __future__ import annotations

from pyexpat import ExpatError, ParserCreate, errors
from typing import Any

from exportreport.codec import faults
from exportreport.codec.limits import MAX_DEPTH, MAX_TEXT
from exportreport.codec.xml_names import in_ascii
from exportreport.codec.xml_source import start_of_root
from exportreport.finding import Finding, make
from exportreport.pattern import pattern

_ENTITY = pattern(rb"&([^;\s<&]{0,64};?)")

_CUT = frozenset(
    {
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    }
)

_WORDS = {
    errors.XML_ERROR_TAG_MISMATCH: "an end tag does not have the name of the element that is open here",
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "an attribute is given twice",
    errors.XML_ERROR_BAD_CHAR_REF: "a reference names a character that XML does not allow",
    errors.XML_ERROR_MISPLACED_XML_PI: "the XML declaration must be the very first thing in the file",
    errors.XML_ERROR_UNBOUND_PREFIX: "a name has a prefix that is not declared",
    errors.XML_ERROR_XML_DECL: "the XML declaration in the first line is not correct",
    errors.XML_ERROR_INVALID_TOKEN: "this cannot stand here",
}


class _Stop(Exception):
    """The reading ends before the end of the text."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.finding_code)
        self.finding = finding


def first_fault(text: bytes) -> Finding | None:
    """What is first wrong in the UTF-8 ``text``, with its offset or element; None where it is correct."""
    found = _first_fault(text, text)
    may_be_name = found is not None and found.finding_code == faults.MALFORMED_XML.code and not text.isascii()
    return _first_fault(text, in_ascii(text)) if may_be_name else found


def _first_fault(text: bytes, read: bytes) -> Finding | None:
    """What is first wrong in ``text``, when ``read`` is read for it."""
    parser = ParserCreate("utf-8", "}")
    reading = _Reading(parser)
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.characters
    try:
        parser.Parse(read, True)
    except _Stop as stop:
        return stop.finding
    except ExpatError:
        is_after = reading.count > 0 and not reading.open
        return _broken(text, errors.messages[parser.ErrorCode], max(parser.ErrorByteIndex, 0), is_after=is_after)
    return None


class _Reading:
    """Counts elements, their depth, and the length of the text in each."""

    def __init__(self, parser: Any) -> None:
        self.count = 0
        self.open: list[tuple[int, int]] = []
        self.parser = parser
        self.length = 0

    def start(self, name: str, attributes: object) -> None:
        if len(self.open) == MAX_DEPTH:
            raise _Stop(make(faults.TOO_DEEP, (), element=self.count))
        self.open.append((self.count, self.length))
        self.count, self.length = self.count + 1, 0

    def end(self, name: str) -> None:
        self.length = self.open.pop()[1]

    def characters(self, text: str) -> None:
        self.length += len(text.encode())
        if self.length > MAX_TEXT:
            raise _Stop(make(faults.LONG_TEXT, (), element=self.open[-1][0]))


def _broken(text: bytes, message: str, at: int, *, is_after: bool) -> Finding:
    """The finding for what the parser says of ``at``; ``is_after`` tells that the first element has ended before."""
    offset = len(text[:at].decode(errors="ignore"))
    if text[at : at + 1] == b"\0":
        return make(faults.NUL, (), offset=offset)
    if message in _CUT or at >= len(text):
        return make(faults.TRUNCATED, (), offset=len(text.decode().rstrip(" \t\r\n")))
    if message == errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        return make(faults.TRAILING, (), offset=offset)
    if message == errors.XML_ERROR_UNDEFINED_ENTITY:
        return _undefined(text, at, offset)
    if message == errors.XML_ERROR_INVALID_TOKEN:
        at, words = _invalid_token(text, at)
        if is_after and text[at : at + 2].startswith((b"&", b"</")):
            return make(faults.TRAILING, (), offset=len(text[:at].decode()))
        return make(faults.MALFORMED_XML, (), offset=len(text[:at].decode(errors="ignore")), what=words)
    words = _WORDS.get(message, "it cannot be read on from here")
    return make(faults.MALFORMED_XML, (), offset=offset, what=words)


def _invalid_token(text: bytes, at: int) -> tuple[int, str]:
    """Where the sign begins that the parser stumbled over at ``at``, and what is wrong with it."""
    start = start_of_root(text)
    if start <= at and text[start : start + 1] != b"<":
        return start, "there is text before the first element"
    for sign, written in ((b"&", "&amp;"), (b"<", "&lt;")):
        start = text.rfind(sign, max(0, at - 2), at + 1)
        if start >= 0 and text[start:at].strip(b"#") == sign[: at - start]:
            return start, f"in a text, {sign.decode()} is written {written}"
    if text[max(0, at - 2) : at + 1] == b"]]>":
        return at - 2, "in a text, ]]> is written ]]&gt;"
    if text[at] < 0x20:
        return at, "there is a control character"
    return at, _WORDS[errors.XML_ERROR_INVALID_TOKEN]


def _undefined(text: bytes, at: int, offset: int) -> Finding:
    """The finding for the first entity that XML does not know, from ``at`` on: there, or in the tag there."""
    known = {b"amp;", b"lt;", b"gt;", b"apos;", b"quot;"}
    for entity in _ENTITY.finditer(text, at):
        if entity[1] not in known and not entity[1].startswith(b"#"):
            offset += len(text[at : entity.start()].decode())
            return make(faults.UNDEFINED_ENTITY, (), value=entity[0].decode(), offset=offset)
    return make(faults.UNDEFINED_ENTITY, (), value="&", offset=offset)
