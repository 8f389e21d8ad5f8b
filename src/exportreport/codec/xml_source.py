"""The text of an XML file: its encoding judged by ourselves, its prolog looked at before any parser sees it.

STANDARD section 3: XML 1.0 in UTF-8, UTF-16 with byte order mark, ISO-8859-1 or US-ASCII; no DOCTYPE. Parsers
differ in what they believe, so both of ours are given UTF-8 and told so.
"""

from __future__ import annotations

import re

from exportreport.codec import faults
from exportreport.finding import Finding, make
from exportreport.pattern import pattern

#: What byte order marks stand for, and what the declaration then may say.
_MARKS: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (b"\xef\xbb\xbf", "utf-8", frozenset({"UTF-8"})),
    (b"\xff\xfe", "utf-16-le", frozenset({"UTF-16"})),
    (b"\xfe\xff", "utf-16-be", frozenset({"UTF-16"})),
)

#: What a file without a mark may declare.
_DECLARED = {"UTF-8": "utf-8", "ISO-8859-1": "iso-8859-1", "US-ASCII": "ascii"}

_KNOWN = frozenset({*_DECLARED, "UTF-16"})

_DECLARATION = pattern(
    r"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])(?P<version>[^"'<>]*)\1"""
    r"""(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])(?P<encoding>[^"'<>]*)\3)?"""
)

#: Comments, processing instructions and blanks: what may stand before a DOCTYPE.
_PROLOG = pattern(rb"(?:[ \t\r\n]++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)

#: The beginnings of files in encodings that are never read: UTF-32, UTF-16 without a mark, EBCDIC.
_NEVER: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"<\x00\x00\x00", "UTF-32"),
    (b"\x00\x00\x00<", "UTF-32"),
    (b"<\x00", "UTF-16 without a byte order mark"),
    (b"\x00<", "UTF-16 without a byte order mark"),
    (b"\x4c\x6f\xa7\x94", "EBCDIC"),
)


def read(data: bytes) -> bytes | Finding:
    """The text of ``data`` in UTF-8, without byte order mark; or why it cannot be read."""
    never = next((name for begin, name in _NEVER if data.startswith(begin)), None)
    if never:
        return make(faults.UNSUPPORTED_ENCODING, (), value=never, offset=0)
    encoding = _encoding(data)
    if isinstance(encoding, Finding):
        return encoding
    text = _decoded(data, *encoding)
    return text if isinstance(text, Finding) else _check_prolog(text)


def beginning(data: bytes) -> tuple[int, str] | None:
    """How many bytes the byte order mark of ``data`` has, and its encoding; None where it is not to be read."""
    found = None if any(data.startswith(begin) for begin, _ in _NEVER) else _encoding(data)
    return None if found is None or isinstance(found, Finding) else (len(found[0]), found[1])


def text_of(data: bytes) -> str:
    """The text of ``data`` without byte order mark, as far as it can be read: for lines and columns."""
    found = _encoding(data)
    mark, encoding, _ = _mark(data) if isinstance(found, Finding) else found
    return data[len(mark) :].decode(encoding, errors="replace")


def start_of_root(text: bytes) -> int:
    """The offset of what follows the declaration, comments and blanks: of the document element."""
    prolog = _PROLOG.match(text)
    return prolog.end() if prolog else 0


def _mark(data: bytes) -> tuple[bytes, str, frozenset[str]]:
    return next((mark for mark in _MARKS if data.startswith(mark[0])), (b"", "utf-8", frozenset(_DECLARED)))


def _encoding(data: bytes) -> tuple[bytes, str, str] | Finding:
    """The byte order mark of ``data``, its encoding, and the name by which that goes in the file."""
    mark, implied, allowed = _mark(data)
    head = data[len(mark) : len(mark) + 400].decode(implied, errors="replace")
    declared = _DECLARATION.match(head)
    if declared is None or (declared["version"] == "1.0" and declared["encoding"] is None):
        return mark, implied, implied.upper()[:6].rstrip("-")
    if declared["version"] != "1.0":
        return make(faults.XML_VERSION, (), value=declared["version"], offset=declared.start("version"))
    name = declared["encoding"]
    if name.upper() in allowed:
        return mark, implied if mark else _DECLARED[name.upper()], name
    fault = faults.CONTRADICTED_ENCODING if name.upper() in _KNOWN else faults.UNSUPPORTED_ENCODING
    return make(fault, (), value=name, offset=declared.start("encoding"))


def _decoded(data: bytes, mark: bytes, encoding: str, name: str) -> bytes | Finding:
    body = data.removeprefix(mark)
    if encoding != "iso-8859-1" and not mark and body.isascii():
        return body
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        offset = len(body[: error.start].decode(encoding))
        if encoding == "utf-8":
            return make(faults.NOT_UTF8, (), offset=offset)
        return make(faults.CONTRADICTED_ENCODING, (), value=name, offset=offset)
    return body if encoding == "utf-8" else text.encode()


def _check_prolog(text: bytes) -> bytes | Finding:
    if not text.strip(b" \t\r\n"):
        return make(faults.EMPTY)
    start = start_of_root(text)
    if text[start : start + 9].upper() == b"<!DOCTYPE":
        return make(faults.DOCTYPE, (), offset=len(text[:start].decode()))
    return text
