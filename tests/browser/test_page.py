"""The HTML result in a real browser: its filters work, it fetches nothing, it keeps silent, and it can be read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.page import CONTRASTS, Page
from tests.result.running import EXAMPLES, HOSTILE

Open = Callable[..., Page]

WIDTHS = (320, 390, 768, 1280)


def choose(page: Page, name: str, value: str) -> None:
    """Type ``value`` into the field ``name``, or choose it there."""
    field = page.one(f"#filters [name={name}]")
    if field.tag_name == "input":
        field.clear()
    field.send_keys(value)


def test_the_verdict_stands_first(opened: Open) -> None:
    page = opened(EXAMPLES / "invalid" / "date-day-first.json")
    assert page.one("h1").text == "Rejected"
    assert page.one("h1").location["y"] < 200
    assert page.codes() == ["ER-S-020", "ER-S-020"]
    assert [mark.text for mark in page.all("mark")] == ['"31.12.2031"', '"30-07-2026"']


def test_severities_are_chosen(opened: Open, several: Path) -> None:
    page = opened(several)
    before = page.codes()
    assert len(before) == len(page.all("article")) >= 4
    page.one("[name=severity][value=error]").click()
    assert all(code.startswith("ER-D-2") for code in page.codes())
    assert page.one("output").text == f"{len(page.codes())} of {len(before)} findings"
    page.one("[name=severity][value=error]").click()
    page.one("[name=severity][value=warning]").click()
    page.one("[name=severity][value=info]").click()
    assert not any(code.startswith("ER-D-2") for code in page.codes())
    page.one("#filters button").click()
    time.sleep(0.1)
    assert page.codes() == before


def test_a_code_is_chosen(opened: Open, several: Path) -> None:
    page = opened(several)
    choose(page, "code", "ER-S-017")
    assert set(page.codes()) == {"ER-S-017"}
    assert len(page.all("section.document")) == 2


def test_words_are_searched(opened: Open, several: Path) -> None:
    page = opened(several)
    choose(page, "words", "FIRST denial_kind")
    assert page.codes() == ["ER-S-017"]
    choose(page, "words", "nothing has this word")
    assert page.codes() == []
    assert page.one("output").text.startswith("0 of ")
    choose(page, "words", "(line 4)")
    assert len(page.all("section.document")) == 1


def test_it_fetches_nothing_and_keeps_silent(opened: Open, hostile: Path, several: Path) -> None:
    for path in (hostile, several, EXAMPLES / "invalid"):
        page = opened(path, "--max-findings", "0")
        choose(page, "words", "a")
        page.one("#filters button").click()
        page.driver.execute_cdp_cmd("Page.printToPDF", {})
        assert page.fetched() == []
        assert page.console() == []


def test_hostile_values_stay_text(opened: Open, hostile: Path) -> None:
    page = opened(hostile)
    assert page.ask("return document.scripts.length") == 1
    assert page.ask("return document.images.length + document.querySelectorAll('b:not(.counts b)').length") == 0
    seen = page.ask("return document.body.innerText")
    assert "<script>alert(1)</script>" in seen
    assert "\\x1b[2J" in seen
    assert not [character for text in HOSTILE for character in text if not character.isprintable()
                and character not in "\n\t\r" and character in seen]  # fmt: skip


def test_the_policy_stops_what_does_not_belong_to_the_page(opened: Open, several: Path) -> None:
    page = opened(several)
    page.ask("""
        const script = document.createElement("script");
        script.textContent = "window.taken = true";
        document.body.append(script);
        const image = new Image();
        image.src = "http://127.0.0.1:9/x.png";
        document.body.append(image);
    """)
    assert page.ask("return window.taken === undefined")
    assert len([line for line in page.console() if "Content Security Policy" in line]) >= 2


def test_it_can_be_read_without_scripts(opened: Open, several: Path) -> None:
    page = opened(several, scripts=False)
    assert page.all("#filters") == []
    assert len(page.codes()) >= 4
    assert len(page.all(".source")) == len([code for code in page.codes() if code])


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(width: int, opened: Open, hostile: Path, one_line: Path) -> None:
    for path in (hostile, one_line, EXAMPLES / "invalid"):
        page = opened(path, width=width)
        assert page.ask("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True])
def test_everything_has_contrast(dark: bool, opened: Open, hostile: Path, several: Path) -> None:
    for path in (several, hostile):
        for ratio, text, name in opened(path, dark=dark).ask(CONTRASTS):
            assert ratio >= 4.5, (ratio, text, name)


def test_a_keyboard_is_enough(opened: Open, several: Path) -> None:
    keys = pytest.importorskip("selenium.webdriver").Keys
    page = opened(several)
    body = page.one("body")
    body.send_keys("/")
    assert page.ask("return document.activeElement.name") == "words"
    page.driver.switch_to.active_element.send_keys("second")
    assert len(page.all("section.document")) == 1
    visited = []
    for _ in range(5):
        page.driver.switch_to.active_element.send_keys(keys.TAB)
        visited.append(page.ask("return document.activeElement.name || document.activeElement.type"))
        assert page.ask("return getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert visited[:1] == ["code"]
    assert "severity" in visited
    assert "reset" in visited


def test_names_are_there_for_those_who_hear_the_page(opened: Open, several: Path) -> None:
    page = opened(several)
    unnamed = """
        return Array.from(document.querySelectorAll("input, select, button, [role=region], [role=group]"))
          .filter((node) => !node.labels?.length && !node.textContent && !node.ariaLabel
                            && !node.getAttribute("aria-labelledby")).length
    """
    assert page.ask(unnamed) == 0
    assert page.ask("return document.querySelectorAll('main').length") == 1
    identifiers = page.ask("return Array.from(document.querySelectorAll('[id]'), (node) => node.id)")
    assert len(identifiers) == len(set(identifiers))
    assert page.ask("return Array.from(document.querySelectorAll('a[href^=\"#\"]'))"
                    ".every((a) => document.getElementById(a.hash.slice(1)))")  # fmt: skip


def test_paper_has_everything_but_the_controls(opened: Open, several: Path) -> None:
    page = opened(several, media="print", width=794, dark=True)
    assert page.all("#filters") == []
    assert len(page.codes()) >= 4
    assert page.ask("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_thousands_of_findings_stay_usable(opened: Open, tmp_path: Path, good: dict[str, Any]) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps(good | {f"x{n}": n for n in range(5_000)}, indent=1), encoding="utf-8")
    page = opened(path, "--max-findings", "0")
    assert page.ask("return document.querySelectorAll('.finding').length") == 2_000
    assert "2,000 of 5,000" in page.ask("return document.querySelector('main').innerText")
    spent = page.ask("""
        const words = document.forms[0].elements.words;
        const begin = performance.now();
        words.value = "x1999";
        words.dispatchEvent(new Event("input", { bubbles: true }));
        document.body.getBoundingClientRect();
        return performance.now() - begin;
    """)
    assert spent < 2_000
    assert len(page.codes()) == 1
