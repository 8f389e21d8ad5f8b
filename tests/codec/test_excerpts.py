"""The lines of a file around a finding: those that its position counts, as they stand there."""

from __future__ import annotations

import json

import pytest

from exportreport import standard
from exportreport.codec import excerpts, xml_text
from exportreport.codec.excerpts import WIDTH
from exportreport.finding import Finding, Position, Severity, SourceLine
from exportreport.pipeline import Settings, check
from tests.messages import example


def at(line: int, column: int) -> Finding:
    return Finding("ER-S-001", Severity.ERROR, "", position=Position(line, column))


def excerpt(data: bytes, line: int, column: int, context: int = 1, first_line: int = 1) -> tuple[SourceLine, ...]:
    (found,) = excerpts.attach([at(line, column)], data, context, first_line=first_line)
    return found.excerpt


def test_neighbors_before_and_after() -> None:
    data = b"one\ntwo\nthree\nfour"
    assert [line.number for line in excerpt(data, 2, 1)] == [1, 2, 3]
    assert [line.text for line in excerpt(data, 4, 1)] == ["three", "four"]
    assert excerpt(data, 1, 1, context=0) == (SourceLine(1, "one"),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_positions_count_them(end: str) -> None:
    data = end.join(["a", "b\u2028b", "c"]).encode()
    assert [line.text for line in excerpt(data, 2, 1)] == ["a", "b\u2028b", "c"]


def test_a_line_of_a_stream_has_no_neighbors() -> None:
    assert excerpt(b"{}\n", 7, 1, context=2, first_line=7) == (SourceLine(7, "{}"), SourceLine(8, ""))


def test_a_long_line_is_cut_around_its_column() -> None:
    data = ("x" * 5_000 + "!" + "y" * 5_000).encode()
    (line,) = excerpt(data, 1, 5_001)
    assert len(line.text) == WIDTH
    assert line.text[5_001 - line.start] == "!"
    assert line.cut
    (last,) = excerpt(data, 1, 10_002)
    assert not last.cut
    assert last.start + len(last.text) == 10_002


def test_columns_are_code_points_after_a_byte_order_mark() -> None:
    data = "\ufeff{'é': 😀}".encode()
    (line,) = excerpt(data, 1, 7)
    assert line.text[7 - line.start] == "😀"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_xml_in_its_encoding(encoding: str) -> None:
    data = f"<?xml version='1.0' encoding='{encoding.upper()}'?>\n<é/>".encode(encoding)
    assert excerpt(data, 2, 1)[-1].text == "<é/>"


def test_bytes_that_are_no_text_do_not_stop_it() -> None:
    assert excerpt(b"{\xff}", 1, 1)[0].text == "{\ufffd}"


def test_what_has_no_position_has_no_excerpt() -> None:
    (found,) = excerpts.attach([Finding("ER-D-001", Severity.FATAL, "")], b"x", 2)
    assert found.excerpt == ()


@pytest.mark.parametrize("syntax", ["json", "array", "lines", "xml"])
def test_a_run_attaches_them_when_asked(syntax: str) -> None:
    known = standard.load()
    bad = example("DenialNotice/denial-revoked-later") | {"denial_kind": "refusd"}
    data = {
        "json": json.dumps(bad, indent=1).encode(),
        "array": json.dumps([bad, bad], indent=1).encode(),
        "lines": b"\n".join([json.dumps(bad).encode()] * 3),
        "xml": xml_text.encode(bad, known),
    }[syntax]
    for result in check(data, known, Settings(excerpts=0)):
        (finding,) = result.findings
        (line,) = finding.excerpt
        assert finding.position is not None
        assert line.number == finding.position.line
        shown = line.text[finding.position.column - line.start :]
        assert shown.startswith("<denial_kind>refusd" if syntax == "xml" else '"refusd"')
    for result in check(data, known):
        assert [finding.excerpt for finding in result.findings] == [()]


def test_min_severity_hides_and_changes_no_verdict() -> None:
    known = standard.load()
    doubtful = example("DenialNotice/denial-revoked-later") | {"additional_information": "e\u0301"}
    data = json.dumps(doubtful).encode()
    (result,) = check(data, known, Settings(min_severity=Severity.ERROR))
    assert result.findings == ()
    assert result.totals == {Severity.WARNING: 1}
    assert result.verdict == "accepted_with_warnings"
