"""The page of the benchmark says what the figures say."""

from __future__ import annotations

import json
import xml.etree.ElementTree as tree

from bench import growth, growth_page, page
from bench.aims import AIMS

FOUND = json.loads(page.RESULTS.read_text(encoding="utf-8"))
GROWN = json.loads(growth_page.RESULTS.read_text(encoding="utf-8"))


def test_page_and_chart_are_those_of_the_figures() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.page(FOUND)
    assert page.CHART.read_text(encoding="utf-8") == page.chart(FOUND)


def test_the_chart_has_a_bar_for_each_peer() -> None:
    bars = tree.fromstring(page.chart(FOUND)).iter("{http://www.w3.org/2000/svg}rect")
    assert len(list(bars)) == len(FOUND["json"]) + len(FOUND["xml"])


def test_the_validator_rejects_what_is_wrong_and_nothing_else() -> None:
    own = [row for group in ("json", "xml") for row in FOUND[group] if row["name"].startswith("exportreport")]
    assert len(own) == 4
    assert all(row["missed"] == {} and row["false"] == 0 < row["wrong"] for row in own)
    assert all(sum(row["put"].values()) == row["wrong"] == row["documents"] // 10 for row in own)


def test_every_row_that_is_wanted_was_measured() -> None:
    assert FOUND["table"].keys() == {aim.key for aim in AIMS}


def test_page_and_chart_of_growth_are_those_of_the_figures() -> None:
    assert growth_page.PAGE.read_text(encoding="utf-8") == growth_page.page(GROWN)
    assert growth_page.CHART.read_text(encoding="utf-8") == growth_page.chart(GROWN)


def test_growth_was_measured_on_what_was_put_in() -> None:
    lines, *reports = GROWN["series"]
    assert [at["documents"] for at in lines["points"]] == [at["count"] for at in lines["points"]]
    assert [at["rejected"] for at in lines["points"]] == [at["count"] // 10 for at in lines["points"]]
    assert len(reports) == 2
    assert all(at["status"] == 0 for one in reports for at in one["points"])


def test_growth_is_linear_to_a_fifth_more_and_not_below_nothing() -> None:
    assert [growth.is_linear({"growth": found}) for found in (-0.1, 0.5, 1.2, 1.21)] == [False, True, True, False]


def test_the_marks_of_the_growth_chart_are_within_it() -> None:
    drawn = tree.fromstring(growth_page.chart(GROWN))
    width = float(drawn.attrib["viewBox"].split()[2])
    marks = [one for one in drawn.iter("{http://www.w3.org/2000/svg}text") if one.get("text-anchor") == "middle"]
    # A sign of 11 pixels is less than 7 wide.
    assert all(float(one.attrib["x"]) + 3.5 * len(one.text or "") <= width for one in marks)
