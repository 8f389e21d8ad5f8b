"""The page as a text: self-contained, escaped, and honest about what it leaves out."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from exportreport.explaining import faults_of
from exportreport.finding import Finding, Position, Severity, SourceLine, Verdict
from exportreport.result import html
from exportreport.result.page.markup import Markup, element, source, text
from exportreport.result.record import Result, Tally
from exportreport.result.run import Checked, RuleCount, Run
from exportreport.standard import Standard
from tests.result.running import EXAMPLES, as_form, write


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(page)
    parser.close()
    return parser.found


def test_everything_is_in_the_page(hostile: Path) -> None:
    found = elements(as_form("html", hostile, EXAMPLES / "invalid"))
    assert {tag for tag, _ in found} & {"link", "img", "iframe", "object", "embed", "base", "form"} == {"form"}
    assert not [tag for tag, attributes in found if {"src", "style", "srcset", "action"} & attributes.keys()]
    assert not [name for _, attributes in found for name in attributes if name.startswith("on")]
    assert all((attributes.get("href") or "#").startswith("#") for _, attributes in found)


def test_the_policy_allows_what_is_in_the_page_and_nothing_else() -> None:
    page = as_form("html", EXAMPLES / "invalid" / "wrong-order.xml")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("hostile_text", ["<b>", '" onload="x', "'", "&lt;", "\u202e", "\x1b"])
def test_what_is_no_markup_is_escaped(hostile_text: str) -> None:
    for made in (text(hostile_text), source(hostile_text), element("p", hostile_text, title=hostile_text)):
        assert isinstance(made, Markup)
        assert [tag for tag, _ in elements(made)] in ([], ["p"], ["i"])
        assert not set("\u202e\x1b") & set(made)
    ((_, attributes),) = elements(element("p", title=hostile_text))
    assert list(attributes) == ["title"]


def test_source_tells_its_escapes_from_those_of_the_file() -> None:
    assert source("a\x00b") == 'a<i class="hidden">\\x00</i>b'
    assert source("a\\x00b") == "a\\x00b"


def run_with(standard: Standard, result: Result, **more: Any) -> str:
    tally = Tally()
    tally.add(result)
    return b"".join(html.write([("a", result)], Run(standard, tally, faults_of, **more))).decode()


def test_a_place_far_in_a_long_line_is_shown(the_standard: Standard) -> None:
    line = SourceLine(1, "x" * 80 + '"here"' + "y" * 154, start=4_921, cut=True)
    finding = Finding("ER-S-020", Severity.ERROR, "m", ("a",), position=Position(1, 5_001), excerpt=(line,))
    page = run_with(the_standard, Result(Verdict.REJECTED, (finding,), {Severity.ERROR: 1}))
    assert "<mark>&quot;here&quot;</mark>" in page
    assert page.count('class="cut">…') == 2


def test_what_follows_stands_under_its_cause(the_standard: Standard) -> None:
    cause = Finding("ER-S-020", Severity.ERROR, "m", ("a",))
    follows = Finding("ER-S-017", Severity.ERROR, "m", ("a",), caused_by="ER-S-020")
    page = run_with(the_standard, Result(Verdict.REJECTED, (follows, cause), {Severity.ERROR: 2}))
    classes = [attributes.get("class") for tag, attributes in elements(page) if tag == "article"]
    assert classes == ["finding", "finding follows"]


def test_rules_have_a_table(the_standard: Standard) -> None:
    checked = Checked({"ER-C-101": RuleCount(3, 1), "ER-C-102": RuleCount(not_applicable=4)}, {"hs": 2})
    page = run_with(the_standard, Result(Verdict.ACCEPTED), checked=lambda: checked)
    assert "ER-C-102" in page
    assert "Code list hs" in page


def test_documents_beyond_those_listed_are_counted(
    tmp_path: Path, good: dict[str, Any], bad: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "LISTED", 3)
    monkeypatch.setattr(html, "SHOWN", 2)
    page = as_form("html", write(tmp_path / "a", *[bad] * 5))
    assert page.count("<article") == 2
    assert "2 more are not listed" in page
    assert "first 2 of 5" in page


def test_what_max_findings_hides_is_counted(tmp_path: Path, good: dict[str, Any]) -> None:
    page = as_form("html", "--max-findings", "3", write(tmp_path / "a", good | {f"x{n}": 1 for n in range(20)}))
    assert "17 more" in page


def test_an_accepted_document_has_a_page(tmp_path: Path, good: dict[str, Any]) -> None:
    page = as_form("html", write(tmp_path / "a", good))
    assert ">Accepted</h1>" in page
    assert "<article" not in page
