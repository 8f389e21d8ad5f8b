"""Ranges of a file of lines of JSON: together they are the file, and every line and document has its number."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest

from exportreport.batch import ranges
from exportreport.batch.reading import begun, numbered_lines

DOCUMENT = b'{"a": "' + b"x" * 40 + b'"}'

FILES = {
    "plain": b"\n".join([DOCUMENT] * 50) + b"\n",
    "no last line feed": b"\n".join([DOCUMENT] * 50),
    "blank lines": b"\n \n\t\n" + b"\n\n".join([DOCUMENT] * 50) + b"\n\n",
    "CRLF": b"\r\n".join([DOCUMENT] * 50),
    "CR alone": b"\n".join([DOCUMENT + b"\r" + DOCUMENT, b"\r", b"\r \r"] * 20),
    "byte order mark": b"\xef\xbb\xbf" + b"\n".join([DOCUMENT] * 50),
    "no JSON": b"\n".join([b"nothing", DOCUMENT, b"[1, 2]", b"\0"] * 20),
    "long lines": b"\n".join([DOCUMENT, b'{"a": "' + b"y\r" * 900 + b'"}', b" " * 2000, DOCUMENT] * 3),
    "one long line": DOCUMENT * 100,
    "short lines": b"{}\n" * 300,
}


def by_ranges(path: Path, limit: int) -> list[tuple[int, int, bytes]]:
    """The number, the line and the content of every document, read range by range."""
    found = []
    with path.open("rb") as file:
        for one in ranges.ranges(str(path), file, limit):
            found += [(one.number + place, *line) for place, line in enumerate(one.lines(limit))]
    return found


def at_once(data: bytes, limit: int) -> list[tuple[int, int, bytes]]:
    stream = io.BytesIO(data)
    lines = numbered_lines(begun(stream, limit).data, stream, limit)
    return [(number, *line) for number, line in enumerate(lines, start=1)]


@pytest.mark.parametrize("size", [1, 90, 1_000, 1_000_000])
@pytest.mark.parametrize("limit", [300, 100_000])
@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_ranges_number_what_one_reading_numbers(
    data: bytes, limit: int, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "SIZE", size)
    monkeypatch.setattr(ranges, "LINES", 7)
    path = tmp_path / "lines"
    path.write_bytes(data)
    assert by_ranges(path, limit) == at_once(data, limit)


def test_ranges_of_any_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(6)
    path = tmp_path / "lines"
    for _ in range(200):
        data = b"".join(chance.choices([b"{}", b"\n", b"\r", b" ", DOCUMENT], k=chance.randrange(60)))
        path.write_bytes(data)
        monkeypatch.setattr(ranges, "SIZE", chance.randrange(1, 200))
        monkeypatch.setattr(ranges, "LINES", chance.randrange(1, 20))
        assert by_ranges(path, 50) == at_once(data, 50)


def test_ranges_follow_each_other_and_all_bytes_go_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "SIZE", 1_000)
    for data in FILES.values():
        path, seen = tmp_path / "lines", bytearray()
        path.write_bytes(data)
        with path.open("rb") as file:
            found = list(ranges.ranges(str(path), file, 300, seen.extend))
        assert [one.begin for one in found] == [0, *(one.end for one in found[:-1])]
        assert found[-1].end == len(data)
        assert bytes(seen) == data
