"""The page of the benchmark says what the figures say."""

from __future__ import annotations

import json
import xml.etree.ElementTree as tree

from bench import page

FOUND = json.loads(page.RESULTS.read_text(encoding="utf-8"))


def test_page_and_chart_are_those_of_the_figures() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.page(FOUND)
    assert page.CHART.read_text(encoding="utf-8") == page.chart(FOUND)


def test_the_chart_has_a_bar_for_each_peer() -> None:
    bars = tree.fromstring(page.chart(FOUND)).iter("{http://www.w3.org/2000/svg}rect")
    assert len(list(bars)) == len(FOUND["json"]) + len(FOUND["xml"])


def test_the_validator_rejects_what_is_wrong_and_nothing_else() -> None:
    own = [row for group in ("json", "xml") for row in FOUND[group] if row["name"].startswith("exportreport")]
    assert len(own) == 4
    assert all(row["missed"] == row["false"] == 0 < row["wrong"] for row in own)
