"""The text for a terminal: source lines with their mark, width, color, and findings under their cause."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from exportreport.finding import Finding, Position, Severity, SourceLine, Verdict
from exportreport.result import source, text
from exportreport.result.folding import folded
from exportreport.result.record import Result, Tally
from exportreport.result.run import Checked, Look, RuleCount, Run
from exportreport.standard import Standard
from tests.result.running import as_form, validate, write


def marked(said: str, column: int, room: int = 80, start: int = 1) -> tuple[str, str]:
    """The line as it is shown, and what of it stands above the mark; both without counting columns."""
    mark = source.marked(SourceLine(1, said, start), column, room)
    return mark.text, mark.text[mark.column : mark.column + mark.width]


@pytest.mark.parametrize(
    ("said", "column", "meant"),
    [
        ('  "a": "31.12.2031",', 8, '"31.12.2031"'),
        ('{"a":"x \\" y","b":1}', 6, '"x \\" y"'),
        ('{"a":-12.50}', 6, "-12.50"),
        ('{"a":[1]}', 6, "["),
        ("<a><amount>4</amount></a>", 4, "<amount"),
        ("<a>stray</a>", 4, "stray"),
        ('{"a":"open', 6, '"open'),
        ("\t\tx", 3, "x"),
        ("a\x1bb", 3, "b"),
    ],
)
def test_the_mark_covers_what_is_meant(said: str, column: int, meant: str) -> None:
    assert marked(said, column)[1] == meant


def test_a_place_after_the_end_is_marked() -> None:
    mark = source.marked(SourceLine(1, "{"), 2, 80)
    assert (mark.text, mark.column, mark.width) == ("{", 1, 1)


def test_tabs_and_wide_characters_take_their_room() -> None:
    mark = source.marked(SourceLine(1, '\t"暗号é": "x"'), 9, 80)
    assert mark.text == '    "暗号é": "x"'
    assert (mark.column, mark.width) == (4 + 1 + 4 + 1 + 1 + 1 + 1, 3)


def test_combining_signs_take_no_room() -> None:
    mark = source.marked(SourceLine(1, 'e\u0301"x"'), 3, 80)
    assert mark.column == 1


def test_what_is_hidden_in_a_line_is_made_visible() -> None:
    shown, _ = marked("a\x1b[2J\u202eb\x00", 1)
    assert shown == "a\\x1b[2J\\u202eb\\x00"


@pytest.mark.parametrize("column", [1, 2, 50, 300, 599, 600, 601])
@pytest.mark.parametrize("room", [40, 80])
def test_a_long_line_is_cut_around_the_place(column: int, room: int) -> None:
    said = "".join(chr(0x3400 + n) if n % 3 == 0 else "é" for n in range(600))
    mark = source.marked(SourceLine(1, said), column, room)
    width = sum(2 if c >= "\u3400" else 1 for c in mark.text)
    assert width <= room
    assert 0 <= mark.column < room
    assert mark.width >= 1
    if 1 < column < 600:
        before = sum(2 if c >= "\u3400" else 1 for c in mark.text[: mark.text.index(said[column - 1 : column + 2][0])])
        assert before <= mark.column


def test_a_minified_file_shows_the_place(one_line: Path) -> None:
    lines = as_form("text", one_line).splitlines()
    (caret,) = [number for number, line in enumerate(lines) if re.fullmatch(r" +\| +\^+", line)]
    begin = lines[caret].index("^")
    assert lines[caret - 1][begin : begin + 8] == '"refusd"'
    assert max(map(len, lines[caret - 1 : caret + 1])) <= 120


def test_several_findings_on_one_long_line_each_have_their_place(tmp_path: Path, good: dict[str, Any]) -> None:
    many = good | {"extensions": [{"source_system": "x", "extension_path": "p", "extension_value": n}
                                  for n in range(100)]}  # fmt: skip
    lines = as_form("text", write(tmp_path / "a", many)).splitlines()
    carets = [number for number, line in enumerate(lines) if re.fullmatch(r" +\| +\^+", line)]
    meant = [lines[n - 1][lines[n].index("^") : lines[n].rindex("^") + 1] for n in carets]
    assert meant == [str(n) for n in range(100)]


def test_text_is_wrapped_at_the_width_of_the_terminal() -> None:
    finding = Finding("ER-S-020", Severity.ERROR, "word " * 60, ("a",), position=Position(1, 1),
                      excerpt=(SourceLine(1, "x" * 240),))  # fmt: skip
    result = Result(Verdict.REJECTED, (finding,), {Severity.ERROR: 1})
    for width in (60, 80, 120):
        assert max(map(len, text.document("a", result, Look(width=width)))) <= width
    assert len(list(text.document("a", result, Look(width=80)))) > len(list(text.document("a", result)))


def test_color_takes_no_room() -> None:
    finding = Finding("ER-S-020", Severity.ERROR, "word " * 60, ("a",))
    result = Result(Verdict.REJECTED, (finding,), {Severity.ERROR: 1})
    plain = list(text.document("a", result, Look(width=80)))
    colored = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in text.document("a", result, Look(color=True, width=80))]
    assert plain == colored


def said(code: str, *path: str | int, by: str | None = None) -> Finding:
    return Finding(code, Severity.ERROR, "", path, caused_by=by)


def test_what_follows_stands_under_its_cause() -> None:
    first, second = said("A", "items", 0, "unit"), said("A", "items", 1, "unit")
    follows = said("B", "items", 1, "value", by="A")
    assert list(folded([first, follows, second])) == [(first, False), (second, False), (follows, True)]


def test_no_finding_is_lost_in_folding() -> None:
    orphan, loop, pool = said("C", "x", by="Z"), said("D", "x", by="E"), said("E", "x", by="D")
    chain = [said("A", "y"), said("B", "y", by="A"), said("C", "y", by="B")]
    every = [orphan, loop, pool, *chain]
    order = list(folded(every))
    assert {id(finding) for finding, _ in order} == {id(finding) for finding in every}
    assert [below for finding, below in order if finding in chain] == [False, True, True]


def test_folded_findings_are_moved_to_the_right() -> None:
    result = Result(Verdict.REJECTED, (said("A", "y"), said("B", "y", by="A")), {Severity.ERROR: 2})
    lines = [line for line in text.document("a", result) if "  error" in line]
    assert [line.index("error") for line in lines] == [12, 16]


def test_rules_are_summed_up_when_one_did_not_pass() -> None:
    passed, failed = RuleCount(passed=3, not_applicable=2), RuleCount(passed=9, failed=1)
    assert text.rules(Checked({"ER-C-101": passed})) == ""
    assert text.rules(Checked({"ER-C-101": passed, "ER-C-102": failed})).startswith("Rules: 1 passed, 1 failed")
    assert "not run" in text.rules(Checked({"ER-C-101": RuleCount(not_run=1)}))
    assert "broke" in text.rules(Checked({"ER-C-101": RuleCount(passed=1, broke=1)}))


def test_counts_are_wrapped_at_the_width_of_the_terminal(the_standard: Standard) -> None:
    tally = Tally()
    for verdict in Verdict:
        tally.add(Result(verdict, (), {Severity.ERROR: 1}))
    counts = {f"ER-C-{n}": RuleCount(*(int(n == place) for place in range(5))) for n in range(5)}
    run = Run(the_standard, tally, lambda _: {}, checked=lambda: Checked(counts), look=Look(width=60))
    said = b"".join(text.write((), run)).decode().splitlines()
    assert max(map(len, said)) <= 60
    assert len(said) >= 4


def test_totals_of_rules_are_said_on_request() -> None:
    lines = list(text.rule_totals(Checked({"ER-C-101": RuleCount(3, 1)}, {"hs": 2})))
    assert lines[0].split() == ["ER-C-101", "3", "passed,", "1", "failed"]
    assert "hs" in lines[1]


def test_hidden_findings_are_counted(tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good | {f"x{n}": 1 for n in range(20)})
    assert "17 more" in validate("--max-findings", "3", path).stdout
