"""Lines that are taken together give the same records as lines that are taken one by one."""

from __future__ import annotations

from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport.conversion.header import Columns
from exportreport.conversion.shapes.lines import MAX_AHEAD, Lines
from exportreport.conversion.shapes.separated import read_records

COLUMNS = Columns(("one", "two", "three"), {"one": "one", "two": "two", "three": "three"}, {})
HEADER = b"one,two,three\n"

#: What rows are made of: cells, quotation marks open and closed, all ends of lines, bytes that are no UTF-8.
PARTS = [
    b"a",
    b"b,c",
    b'"',
    b'"d,e"',
    b",",
    b" ",
    b"\n",
    b"\r\n",
    b"\r",
    "é".encode(),
    b"\xe9",
    b"\0",
    b'h,i,"f\ng"\n',
    b"j,k,l\n",
]
bodies = st.lists(st.sampled_from(PARTS), max_size=60).map(b"".join)


def records(data: bytes, step: int, ahead: bool = True) -> list[object]:
    pieces = [data[at : at + step] for at in range(0, len(data), step)]
    if ahead:
        return list(read_records(pieces, COLUMNS, "a list"))
    with mock.patch.object(Lines, "ahead", lambda self: ""):
        return list(read_records(pieces, COLUMNS, "a list"))


@given(bodies, st.integers(1, 50))
@settings(max_examples=150)
def test_the_records_are_the_same(body: bytes, step: int) -> None:
    alone = records(HEADER + body, 1_000, ahead=False)
    assert records(HEADER + body, 1_000) == alone
    assert records(HEADER + body, step) == alone


def test_many_rows_with_some_over_several_lines() -> None:
    rows = [b'z,w,"x\n' + b"y" * (n % 50 + 1) + b'"\n' if n % 7 == 0 else b"p,q,r\r\n" for n in range(16_000)]
    data = HEADER + b"".join(rows)
    assert len(data) > 2 * MAX_AHEAD
    assert records(data, len(data)) == records(data, len(data), ahead=False)
    assert len(records(data, len(data))) == 16_001


def test_lines_ahead_are_numbered_on() -> None:
    lines = Lines([b"a\nb\nc\nd"])
    assert lines.ahead() == "a\nb\nc\n"
    lines.skip(2)
    assert lines.number == 2
    assert (next(lines).number, lines.ahead()) == (3, "d")


def test_long_lines_and_other_encodings_are_taken_one_by_one() -> None:
    assert Lines([b"x" * (MAX_AHEAD + 1) + b"\n"]).ahead() == ""
    assert Lines([b"\xe9\n"]).ahead() == ""
