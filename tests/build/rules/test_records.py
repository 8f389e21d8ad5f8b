"""Rule records: what is read of a sound one, and that each breach of the law is told with its place and its repair."""

from __future__ import annotations

from pathlib import Path

import pytest

from exportreport.build.rules.records import Case
from exportreport.finding import Severity
from tests.build.rules.authored import RULE, assert_fault, read, rule


def test_a_sound_rule_is_read_whole(tmp_path: Path) -> None:
    sources = read(tmp_path, ER_C_901=RULE)
    assert sources.faults == ()
    (found,) = sources.rules
    assert (found.code, found.layer, found.severity, found.each) == ("ER-C-901", "ER", Severity.ERROR, "Party")
    assert found.assertion == "this.valid_from <= this.valid_until"
    assert found.basis == ("Some act, article 1",)
    assert found.checked.proven == {"this.valid_from", "this.valid_until"}
    assert [case.expect for case in found.cases] == ["pass", "fail", "not_applicable"]
    assert isinstance(found.cases[0], Case)


#: What is replaced, by what, where the fault is then, a piece of the repair.
BREACHES = {
    "no TOML": ('"1.0"', "1.0.0", ".0\neach", "missing"),
    "unknown member": ('since = "1.0"', 'since = "1.0"\nwhere = "x"', "where =", "'when'"),
    "member missing": ('reason = "A period that ends before it begins says nothing."\n', "", "", "reason ="),
    "message missing": (RULE[RULE.index("message") : RULE.index("at =")], "", "", "message ="),
    "text is a number": ('since = "1.0"', "since = 1.0", "since =", "quotation marks"),
    "empty text": ('title = "A party begins before it ends"', 'title = " "', "title =", "not empty"),
    "basis is no list": ('["Some act, article 1"]', '"Some act"', "basis =", "a list of texts"),
    "code of another form": ('"ER-C-901"', '"ER-901"', "code =", "<layer>-C-"),
    "code of an unknown layer": ('"ER-C-901"', '"FR-C-901"', "code =", "EU"),
    "code is not the file": ('"ER-C-901"', '"ER-C-902"', "code =", "ER-C-902.toml"),
    "unknown severity": ('severity = "error"', 'severity = "eror"', "severity =", "'error'"),
    "a severity that no rule has": ('severity = "error"', 'severity = "fatal"', "severity =", "one of"),
    "unknown class": ('each = "Party"', 'each = "Partty"', "each =", "'Party'"),
    "abstract class": ('each = "Party"', 'each = "Message"', "each =", "Submission"),
    "at is no slot": ('at = "valid_until"', 'at = "valid_untill"', "at =", "'valid_until'"),
    "when is wrong": ("has(this.valid_from) && has", "has(this.valid_fromm) && has", "valid_fromm", "'valid_from'"),
    "assert is wrong": ("valid_from <= this", "valid_from < = this", '= this.valid_until"', "write =="),
    "placeholder is wrong": ("begins on {this.valid_from}", "begins on {this.begin}", "begin}", "one of"),
    "placeholder may be missing": ("begins on {this.valid_from}", "begins on {this.website}", "website}", "when"),
    "no such rule to follow": ("basis =", 'follows = ["ER-C-900"]\nbasis =', '"ER-C-900"', "'ER-C-901'"),
    "follows itself": ("basis =", 'follows = ["ER-C-901"]\nbasis =', '"ER-C-901"]', "another rule"),
    "replaced by nothing": ("basis =", 'replaced_by = "X"\nbasis =', "replaced_by =", "ER-C-901"),
    "withdrawn in no version": ("basis =", 'withdrawn = "soon"\nbasis =', "withdrawn =", '"1.1"'),
    "deprecated in a number": ("basis =", 'deprecated = "01.1"\nbasis =', "deprecated =", '"1.1"'),
    "no cases": (RULE[RULE.index("[[cases]]") :], "", "", "[[cases]]"),
    "cases are texts": (RULE[RULE.index("[[cases]]") :], 'cases = ["a"]\n', "cases =", "[[cases]]"),
    "unknown member of a case": ('name = "same day"', 'name = "same day"\nvalues = {}', "values =", "'value'"),
    "case without a name": ('name = "same day"\n', "", "[[cases]]", "name ="),
    "case of an unknown outcome": ('expect = "pass"', 'expect = "passes"', 'expect = "passes"', "'pass'"),
    "case with both": ('name = "same day"', 'name = "same day"\nreport = {}', "[[cases]]", "or a whole report"),
    "case with none": ('value = { key = "a", valid_until = "2026-01-01" }\n', "", "", "or a whole report"),
    "at beside a value": ('name = "same day"', 'name = "same day"\nat = "/parties/0"', 'at = "/parties/0"', "leave it"),
    "at is no pointer": ('name = "same day"', 'name = "same day"\nat = "parties"', 'at = "parties"', "JSON pointer"),
    "as_of beside a report": (
        'value = { key = "a", valid_until = "2026-01-01" }',
        'report = { parties = [{}] }\nat = "/parties/0"\nas_of = "2026-01-01"',
        "as_of =",
        "into the report",
    ),
    "unknown slot in a case": ('{ key = "a", valid_until', '{ kay = "a", valid_until', "kay =", "'key'"),
    "wrong value in a case": (
        'valid_from = "2026-01-02"',
        'valid_from = "2026-02-31"',
        'valid_from = "2026-02-31"',
        "date",
    ),
    "date without quotation marks": (
        'valid_from = "2026-01-02"',
        "valid_from = 2026-01-02",
        "valid_from = 2026",
        "quotation",
    ),
    "nothing at the pointer": (
        'value = { key = "a", valid_until = "2026-01-01" }',
        'report = { parties = [{}] }\nat = "/parties/1"',
        'at = "/parties/1"',
        "that is written",
    ),
    "another class at the pointer": (
        'value = { key = "a", valid_until = "2026-01-01" }',
        'report = { items = [{}] }\nat = "/items/0"',
        'at = "/items/0"',
        "of class Party",
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_told_with_its_place_and_its_repair(tmp_path: Path, breach: str) -> None:
    old, new, place, repair = BREACHES[breach]
    text = RULE.replace(old, new, 1)
    assert text != RULE
    if breach == "case with none":
        place = text[text.rindex("[[cases]]") :]
    if breach == "no cases":
        assert "cases" in "".join(read(tmp_path, ER_C_901=text).faults)
        return
    assert_fault(read(tmp_path, ER_C_901=text), "ER_C_901", text, place, repair)


def test_an_unclosed_text_is_told_with_its_place(tmp_path: Path) -> None:
    (fault,) = read(tmp_path, ER_C_901=RULE.removesuffix('"\n')).faults
    assert "ER-C-901.toml:" in fault
    assert "this is not TOML" in fault


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ER-C-901.toml").write_bytes(RULE.replace("party", "p\xe4rty", 1).encode("latin-1"))
    (fault,) = read(tmp_path).faults
    assert "UTF-8" in fault


def test_names_of_cases_stand_once(tmp_path: Path) -> None:
    text = RULE.replace('name = "no beginning"', 'name = "a day early"')
    faults = read(tmp_path, ER_C_901=text).faults
    assert [fault.split(":")[1] for fault in faults] == ["20", "25"]


@pytest.mark.parametrize("expect", ["pass", "fail", "not_applicable"])
def test_each_outcome_has_a_case(tmp_path: Path, expect: str) -> None:
    other = "fail" if expect == "pass" else "pass"
    text = RULE.replace(f'expect = "{expect}"', f'expect = "{other}"')
    assert_fault(read(tmp_path, ER_C_901=text), "ER_C_901", text, "", f'expect = "{expect}"')


def test_a_rule_has_three_cases(tmp_path: Path) -> None:
    text = rule("ER-C-901", "T", **{"assert": '"true"', "message": '"M"'})
    text = text.replace('when = "has(this.valid_from) && has(this.valid_until)"\n', "")
    text = text[: text.rindex("[[cases]]")]
    assert_fault(read(tmp_path, ER_C_901=text), "ER_C_901", text, "", "add [[cases]]")


def test_without_when_nothing_is_not_applicable(tmp_path: Path) -> None:
    text = rule("ER-C-901", "T", **{"assert": '"true"', "message": '"M"'})
    text = text.replace('when = "has(this.valid_from) && has(this.valid_until)"\n', "")
    assert_fault(read(tmp_path, ER_C_901=text), "ER_C_901", text, 'expect = "not_applicable"', "add when")


def test_titles_stand_once(tmp_path: Path) -> None:
    sources = read(tmp_path, ER_C_901=RULE, ER_C_902=rule("ER-C-902", "A party begins before it ends"))
    assert [fault.split(":")[1] for fault in sources.faults] == ["2", "2"]


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ('"""\nhas(this.valid_from)\n  && has(this.oops)"""', 8, 15),
        ("'''\nhas(this.valid_from) && has(this.oops)'''", 7, 34),
        ("'has(this.valid_from) && has(this.oops)'", 6, 42),
        ('"""has(this.valid_from) \\\n     && has(this.oops)"""', 7, 18),
        ("\"'\\\\'' == 'a' && has(this.oops)\"".replace("\\\\'", "\\\\\\\\"), 6, 0),
    ],
)
def test_the_place_in_an_expression_is_one_in_the_file(tmp_path: Path, written: str, line: int, column: int) -> None:
    text = rule("ER-C-901", "T", when=written)
    (fault,) = read(tmp_path, ER_C_901=text).faults
    place = text.splitlines()[line - 1].index("oops") + 1
    assert f"ER-C-901.toml:{line}:{place}: " in fault
    assert column in (0, place)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    one = (
        RULE.replace('"error"', '"eror"')
        .replace('at = "valid_until"', 'at = "end"')
        .replace("{this.valid_from}", "{x}")
    )
    other = rule("ER-C-902", "Another", each='"Partie"')
    faults = read(tmp_path, ER_C_901=one, ER_C_902=other, ER_C_903="code = ").faults
    assert [fault.split(":")[0][-8:-5] + ":" + fault.split(":")[1] for fault in faults] == [
        "901:3",
        "901:9",
        "901:8",
        "902:5",
        "903:1",
    ]


def test_an_empty_folder_is_sound(tmp_path: Path) -> None:
    assert read(tmp_path) == read(tmp_path)
    assert read(tmp_path).faults == ()


def test_a_rule_that_goes_on_is_not_replaced(tmp_path: Path) -> None:
    text = RULE.replace("basis =", 'replaced_by = "ER-C-902"\nbasis =')
    other = RULE.replace("ER-C-901", "ER-C-902").replace("A party begins", "Another begins")
    assert_fault(read(tmp_path, ER_C_901=text, ER_C_902=other), "ER_C_901", text, "replaced_by =", "since when")


def test_the_rule_to_go_by_is_not_withdrawn_itself(tmp_path: Path) -> None:
    text = RULE.replace("basis =", 'withdrawn = "1.1"\nreplaced_by = "ER-C-902"\nbasis =')
    other = RULE.replace("ER-C-901", "ER-C-902").replace("A party begins", "Another begins")
    other = other.replace("basis =", 'withdrawn = "1.1"\nbasis =')
    assert_fault(read(tmp_path, ER_C_901=text, ER_C_902=other), "ER_C_901", text, "replaced_by =", "runs now")
