"""What a file is, told by its content, never by its name: JSON, lines of JSON, XML, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from exportreport.codec import faults
from exportreport.finding import Fault, Finding, make
from exportreport.pattern import pattern

Syntax = Literal["json", "ndjson", "xml"]

_BLANKS = b" \t\r\n"
_BEGIN = pattern(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*+")
_QUOTED = pattern(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)

_SCALAR = pattern(rb'(?:"(?:[^"\\]++|\\.)*+"|true|false|null|-?[0-9][0-9.eE+-]*+)[ \t\r\n]*+\Z', re.DOTALL)
_NOT_BLANK = pattern(rb"[^ \t\r\n]")

#: What a zip archive begins with: a file, its end (it is empty), or the first of several parts.
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

#: What packed files begin with, besides zip and tar.
_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)

#: What other files begin with.
_OTHER: tuple[tuple[bytes, Fault, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", faults.OFFICE, "an older Word, Excel or Outlook file"),
    (b"{\\rtf", faults.OFFICE, "RTF"),
    (b"%PDF", faults.PDF, ""),
)

#: What only the zip files of office programs have.
_OFFICE_PARTS = (b"[Content_Types].xml", b"opendocument", b"xl/workbook", b"word/document")

#: How the first sign of a text looks in encodings of two or four bytes.
_WIDE: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (pattern(rb"(?:\xff\xfe\x00\x00|(?=[^\x00]\x00\x00\x00))"), "utf-32-le", "UTF-32"),
    (pattern(rb"(?:\x00\x00\xfe\xff|(?=\x00\x00\x00[^\x00]))"), "utf-32-be", "UTF-32"),
    (pattern(rb"(?:\xff\xfe|(?=[^\x00]\x00))"), "utf-16-le", "UTF-16"),
    (pattern(rb"(?:\xfe\xff|(?=\x00[^\x00]))"), "utf-16-be", "UTF-16"),
)

_EBCDIC_XML = b"\x4c\x6f\xa7\x94"


def recognize(data: bytes) -> Syntax | Finding:
    """The syntax of ``data``, or what is wrong with it. The beginning of a long file is enough."""
    begin = _BEGIN.match(data)
    start = begin.end() if begin else 0
    if start == len(data):
        return make(faults.EMPTY)
    first = data[start : start + 1]
    wide = _wide(data) if start == 0 else None
    if wide is not None:
        return wide
    if first == b"<" or data.startswith(_EBCDIC_XML):
        return "xml"
    if other := _other(data[start:] if start else data):
        return other
    if first == b"{" and _is_lines(data, start):
        return "ndjson"
    if first in (b"{", b"[") or _SCALAR.match(data, start):
        return "json"
    return make(faults.NUL if first == b"\0" else faults.NOT_JSON_OR_XML)


def _wide(data: bytes) -> Syntax | Finding | None:
    """What ``data`` is when its characters have two or four bytes; None when they do not."""
    for begin, encoding, name in _WIDE:
        mark = begin.match(data)
        if mark:
            first = data[mark.end() : mark.end() + 400].decode(encoding, errors="replace").lstrip()[:1]
            if first == "<":
                return "xml"
            return make(faults.WIDE_JSON, what=name) if first in ("{", "[", '"') else None
    return None


def _other(data: bytes) -> Finding | None:
    if (what := packing(data)) is not None:
        return make(faults.COMPRESSED, what=what)
    if data.startswith(_ZIP):
        return make(faults.OFFICE, what="Excel, Word or similar")
    return next((make(fault, what=what) for begin, fault, what in _OTHER if data.startswith(begin)), None)


def packing(data: bytes) -> str | None:
    """By what ``data`` is packed: "zip", "gzip" and the like; None where it is not. Its first 4,096 bytes tell."""
    if data.startswith(_ZIP):
        return None if any(name in data[:4096] for name in _OFFICE_PARTS) else "zip"
    if data[257:262] == b"ustar":
        return "tar"
    return next((name for begin, name in _PACKED if data.startswith(begin)), None)


def _is_lines(data: bytes, start: int) -> bool:
    """Whether ``data`` is several JSON documents by lines; its first object begins at ``start``.

    It is when the first line is a whole object and something follows. Where the first line is damaged, what
    follows tells: in a single document an object that ends a line is never followed by another that begins
    the next.
    """
    line, following = _line(data, start)
    if following is None:
        return False
    if _is_object(line):
        return True
    second, third = _line(data, following)
    if line.endswith(b"}") and second.startswith(b"{") and _is_balanced(line):
        return True
    return third is not None and _is_object(second) and _is_object(_line(data, third)[0])


def _line(data: bytes, start: int) -> tuple[bytes, int | None]:
    """The line from ``start`` on, and where the next one that is not blank begins."""
    end = data.find(b"\n", start)
    if end < 0:
        return data[start:].strip(_BLANKS), None
    following = _NOT_BLANK.search(data, end)
    return data[start:end].strip(_BLANKS), following.start() if following else None


def _is_balanced(line: bytes) -> bool:
    """Whether ``line`` closes as many brackets as it opens, texts aside: the line of a single document does not."""
    bare = _QUOTED.sub(b"", line)
    return bare.count(b"{") + bare.count(b"[") == bare.count(b"}") + bare.count(b"]")


def _is_object(line: bytes) -> bool:
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    import orjson

    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines of ``data`` that are not blank, with their numbers from 1, without their LF or CRLF.

    A CR alone ends no line of NDJSON, but counts as one, as it does in positions.
    """
    number, start = 1, 0
    while start < len(data):
        end = data.find(b"\n", start)
        line = data[start : end if end >= 0 else len(data)]
        start += len(line) + 1
        content = line.removesuffix(b"\r") if end >= 0 else line
        if content.strip(_BLANKS):
            yield number, content
        number += 1 + content.count(b"\r")
