"""What a file is, and how it falls into lines."""

from __future__ import annotations

import pytest

from exportreport.codec.recognize import lines, recognize

SYNTAX: list[tuple[bytes, str]] = [
    (b"{}", "json"),
    (b"{}\n", "json"),
    (b"\xef\xbb\xbf [1]", "json"),
    (b'"text"', "json"),
    (b"true\n", "json"),
    (b"-1.5e3", "json"),
    (b'{\n"a": 1\n}\n', "json"),
    (b'{"a":\n{"b": 1}\n}\n', "json"),
    (b'{"a": [\n{"b": 1},\n{"b": 2}\n]}', "json"),
    (b'[{"a": 1},\n{"a": 2}]', "json"),
    (b"{'a': 1}", "json"),
    (b"{}\n{}", "ndjson"),
    (b"\n\r\n{}\r\n\r\n{}\r\n", "ndjson"),
    (b'{"a": 1}\nnonsense', "ndjson"),
    (b'{"a": 1,}\n{"a": 2}\n', "ndjson"),
    (b'{"a": 1\n{"a": 2}\n{"a": 3}\n', "ndjson"),
    (b"<a/>", "xml"),
    (b"\n<a/>", "xml"),
    (b"\xef\xbb\xbf<a/>", "xml"),
    ("<a/>".encode("utf-16"), "xml"),
    ("<a/>".encode("utf-16-be"), "xml"),
    ("<a/>".encode("utf-32"), "xml"),
    ("<?xml?>".encode("cp037"), "xml"),
    (b"<!DOCTYPE html>", "xml"),
]


@pytest.mark.parametrize(("data", "syntax"), SYNTAX)
def test_syntax(data: bytes, syntax: str) -> None:
    assert recognize(data) == syntax


def test_lines_are_numbered_as_positions_count_them() -> None:
    assert list(lines(b'{"a":1}\r\n\n \t\n{"b":\r2}\n{}')) == [(1, b'{"a":1}'), (4, b'{"b":\r2}'), (6, b"{}")]
    assert list(lines(b"")) == []
    assert list(lines(b"{}\n")) == [(1, b"{}")]
    assert list(lines(b"a\r")) == [(1, b"a\r")]
