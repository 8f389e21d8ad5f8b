"""Rows and their places: quotation marks, widths, blank lines, limits."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport.conversion import Conversion
from exportreport.conversion.header import Columns, Header
from exportreport.conversion.shapes.lines import MAX_LINE, Lines
from exportreport.conversion.shapes.separated import MAX_CELL, MAX_RECORD_LINES, read_records

Run = Callable[..., list[Conversion]]


def verdicts(conversions: list[Conversion]) -> list[tuple[int, int, str | None]]:
    return [(c.row, c.line, c.refused.fault.code if c.refused else None) for c in conversions]


def file_of(header: str, *lines: str) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


@pytest.fixture
def plain(good: list[str]) -> str:
    return ",".join(good)


def test_row_and_line_are_counted_apart(run: Run, header: str, plain: str) -> None:
    two_lines = plain.replace("Kleppen", '"Klep\npen"')
    found = run(file_of(header, plain, "", two_lines, "   ", plain))
    assert verdicts(found) == [(1, 2, None), (2, 4, None), (3, 7, None)]
    assert found[1].cell(4).text == "Klep\npen"
    assert (found[2].cell(4).line, found[2].cell(4).row, found[2].cell(4).column) == (7, 3, 4)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_header_tells_the_separator(run: Run, header: str, plain: str, separator: str) -> None:
    (found,) = run(file_of(header, plain).replace(b",", separator.encode()))
    assert found.report is not None and found.report["items"][0]["description"] == "Kleppen"


def test_narrow_and_wide_rows(run: Run, header: str, plain: str) -> None:
    found = run(file_of(header, plain.rpartition(",")[0], plain + ",x", plain + ",,", plain))
    assert [code for _, _, code in verdicts(found)] == ["ER-K-101", "ER-K-102", None, None]
    assert found[0].refused is not None and found[0].refused.cells == tuple(plain.split(",")[:-1])
    assert [entry.outcome for entry in found[2].ledger if entry.cell and entry.cell.column > 10] == ["blank"] * 2


@pytest.mark.parametrize("quote", ['"open', '"open"text', '"open""'])
def test_an_open_quote_costs_one_row(run: Run, header: str, plain: str, quote: str) -> None:
    broken = plain.replace("Kleppen", quote)
    other = plain.replace("740", '"25,740"').replace("Kleppen", '"Kleppen, klein"')
    found = run(file_of(header, plain, broken, other, plain, other))
    assert verdicts(found) == [(1, 2, None), (2, 3, "ER-K-103"), (3, 4, None), (4, 5, None), (5, 6, None)]
    assert found[1].refused is not None and found[1].refused.raw == broken


def test_an_open_quote_that_another_closes_swallows_no_row(run: Run, header: str, plain: str) -> None:
    first = plain.replace("Kleppen", '"open')
    last = plain.replace("Onderzoek", 'x",Onderzoek').replace("Kleppen,", "")
    found = run(file_of(header, first, plain, last))
    assert verdicts(found)[:2] == [(1, 2, "ER-K-103"), (2, 3, None)]


def test_quotes_in_every_row_stay_linear(run: Run, header: str, plain: str) -> None:
    broken = plain.replace("Kleppen", '"open')
    found = run(file_of(header, *[broken] * 3000))
    assert [code for _, _, code in verdicts(found)] == ["ER-K-103"] * 3000


def test_a_quote_is_given_up_after_many_lines(run: Run, header: str, plain: str) -> None:
    found = run(file_of(header, plain.replace("Kleppen", '"open'), *[plain] * (MAX_RECORD_LINES + 50)))
    assert [code for _, _, code in verdicts(found)].count(None) == MAX_RECORD_LINES + 50


def test_a_quote_within_a_text_is_text(run: Run, header: str, plain: str) -> None:
    (found,) = run(file_of(header, plain.replace("Kleppen", 'Klep 5" en 6"')))
    assert found.report is not None and found.report["items"][0]["description"] == 'Klep 5" en 6"'


def test_large_cells_and_lines(run: Run, header: str, plain: str) -> None:
    large = plain.replace("Kleppen", "x" * (MAX_CELL + 1))
    endless = "x" * (MAX_LINE + 10)
    beyond_csv = plain.replace("Kleppen", '"' + "x" * 200_000 + '"')
    found = run(file_of(header, large, endless, beyond_csv, plain))
    assert verdicts(found) == [(1, 2, "ER-K-105"), (2, 3, "ER-K-105"), (3, 4, "ER-K-105"), (4, 5, None)]
    assert found[1].refused is not None and found[1].refused.cut


def test_bytes_of_another_encoding_cost_one_row(run: Run, header: str, plain: str) -> None:
    data = file_of(header, plain, plain).replace(b"Kleppen", b"Kl\xe9ppen", 1)
    found = run(data)
    assert verdicts(found) == [(1, 2, "ER-K-106"), (2, 3, None)]
    assert found[0].refused is not None and found[0].refused.encoding == "base64"


def test_such_bytes_after_an_open_quote_cost_two(run: Run, header: str, plain: str) -> None:
    data = file_of(header, plain.replace("Kleppen", '"open'), plain, plain)
    head, _, tail = data.rpartition(b"Chili")
    found = run(head.replace(b"Chili", b"Ch\xe9li", 2).replace(b"Ch\xe9li", b"Chili", 1) + b"Chili" + tail)
    assert [code for _, _, code in verdicts(found)] == ["ER-K-103", "ER-K-106", None]


def test_a_nul_is_carried(run: Run, header: str, plain: str) -> None:
    (found,) = run(file_of(header, plain.replace("Kleppen", "Klep\0pen")))
    assert found.report is not None
    assert found.report["extensions"][0]["extension_encoding"] == "base64"
    assert found.report["extensions"][0]["extension_value"] == "S2xlcABwZW4="


def test_a_header_without_rows_gives_nothing(run: Run, header: str) -> None:
    assert run(file_of(header)) == []


def test_rows_come_before_the_file_has_ended(run: Run, header: str, plain: str, form: object) -> None:
    from exportreport.conversion import convert

    def chunks():  # type: ignore[no-untyped-def]
        yield file_of(header, plain)
        raise AssertionError("read too far")

    first = next(convert(form, chunks(), reported_at="2026-11-23T09:00:00Z"))  # type: ignore[arg-type]
    assert first.row == 1


#: Lines of rows of two cells: whole, over several lines, too short, blank, with a quotation mark that stays open.
LINES = ["a,b", 'a,"b', 'c"', '"a', "", "a", "a,b,", "a,b,c", '"a"b,c', 'a,"""b"', "é,b", "x" * 30 + ",y"]


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\r\n", "\r"])), max_size=30))
@settings(max_examples=200)
def test_rows_read_together_are_those_read_one_by_one(lines: list[tuple[str, str]]) -> None:
    data = "a,b\n" + "".join(map("".join, lines))
    columns = Columns(("a", "b"), {"a": "a", "b": "b"}, {})
    together = list(read_records([data.encode()], columns, "list"))
    assert isinstance(together[0], Header)
    with mock.patch.object(Lines, "ahead", lambda self: ""):
        assert list(read_records([data.encode()], columns, "list")) == together
