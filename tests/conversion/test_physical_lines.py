"""Bytes to lines: ends of lines, encodings, cut lines."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest

from exportreport.conversion.shapes.lines import MAX_LINE, Lines


def texts(*chunks: bytes) -> tuple[list[str | None], str]:
    lines = Lines(chunks)
    return [line.text for line in lines], lines.encoding


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        ([b"a\nb\r\nc\rd"], ["a\n", "b\r\n", "c\r", "d"]),
        ([b"a\r", b"\nb"], ["a\r\n", "b"]),
        ([b"a\r", b"b"], ["a\r", "b"]),
        ([b"", b"a", b"b\n", b""], ["ab\n"]),
        ([b"\n\n"], ["\n", "\n"]),
        ([], []),
    ],
)
def test_line_ends_across_chunks(chunks: Iterable[bytes], expected: list[str]) -> None:
    assert texts(*chunks)[0] == expected


def test_lines_are_numbered_from_one() -> None:
    assert [line.number for line in Lines([b"a\n\nb\n"])] == [1, 2, 3]


def test_a_binary_file_is_read_in_chunks() -> None:
    assert [line.text for line in Lines(io.BytesIO(b"a\nb\n"))] == ["a\n", "b\n"]


@pytest.mark.parametrize(
    ("data", "expected", "encoding"),
    [
        ("é€\n".encode(), ["é€\n"], "UTF-8"),
        ("\ufeffé\n".encode(), ["é\n"], "UTF-8"),
        (b"\xef\xbb\xbfa\n", ["a\n"], "UTF-8"),
        ("\ufeffé€\na".encode("utf-16-le"), ["é€\n", "a"], "UTF-16"),
        ("\ufeffé\r\n".encode("utf-16-be"), ["é\r\n"], "UTF-16"),
        ("a\né€\n".encode("cp1252"), ["a\n", "é€\n"], "Windows-1252"),
        # once UTF-8 has shown itself, other bytes are damage and not another encoding
        ("é\n".encode() + b"\xe9\n", ["é\n", None], "UTF-8"),
        (b"\xef\xbb\xbfa\n\xe9\n", ["a\n", None], "UTF-8"),
        (b"\xe9\n" + "é\n".encode(), ["é\n", None], "Windows-1252"),
        (b"\xe9\n\x81\n", ["é\n", None], "Windows-1252"),
        # a lone surrogate and half a character are no text
        (b"\xff\xfea\x00\n\x00\x00\xd8\n\x00", ["a\n", None], "UTF-16"),
        (b"\xff\xfea\x00\n\x00b", ["a\n", None], "UTF-16"),
    ],
)
def test_encodings(data: bytes, expected: list[str | None], encoding: str) -> None:
    assert texts(data) == (expected, encoding)
    assert texts(*(data[i : i + 1] for i in range(len(data)))) == (expected, encoding)


def test_a_line_beyond_the_limit_is_cut_and_counted() -> None:
    long = b"x" * (MAX_LINE * 2 + 7)
    first, second = Lines([long[:1000], long[1000:] + b"\n", b"next\n"])
    assert (first.text, len(first.raw), first.size, first.cut) == (None, MAX_LINE, len(long) + 1, True)
    assert (second.number, second.text) == (2, "next\n")


def test_a_cut_line_says_nothing_about_the_encoding() -> None:
    lines = Lines([b"x" * (MAX_LINE - 1) + "é".encode() + b"yyy\n", "é\n".encode()])
    assert [line.text for line in lines] == [None, "é\n"]
    assert lines.encoding == "UTF-8"
