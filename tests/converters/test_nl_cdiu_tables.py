"""The tables of the Dutch list agree with the code list of countries, and the example shows what it
should."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

from exportreport.conversion import Format, Summary, convert

ROOT = Path(__file__).parents[2]
FIRST_LIST = "2004-01-01"


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


COUNTRIES = list(rows_of(ROOT / "schema" / "codelists" / "countries.csv"))
PLACES = list(rows_of(ROOT / "converters" / "nl_cdiu" / "places.csv"))


def test_every_country_is_on_the_code_list_for_as_long_as_it_says() -> None:
    spans = {}
    for row in COUNTRIES:
        if not row["valid_to"] or row["valid_to"] >= FIRST_LIST:
            spans[row["code"]] = (row["valid_from"], row["valid_to"])
    for place in PLACES:
        if place["kind"] == "country" and place["code"] != "YU":
            first, last = spans[place["code"]]
            assert place["valid_to"] == last, place
            assert place["valid_from"] == (first if first > FIRST_LIST or place["valid_from"] else ""), place


def test_every_current_country_has_a_dutch_name() -> None:
    named = {place["code"] for place in PLACES if place["kind"] == "country"}
    current = {row["code"] for row in COUNTRIES if not row["valid_to"]} - {"EU", "XI"}
    assert current <= named


def test_a_place_has_what_its_kind_needs() -> None:
    for place in PLACES:
        has_code = place["kind"] in ("country", "group", "group_except")
        assert bool(place["code"]) == has_code, place
        assert place["note"] or place["kind"] in ("country", "group"), place


def test_codes_of_the_list_have_one_meaning_at_a_time() -> None:
    for code in ("CS", "AN", "YU", "DD", "ZR", "TP", "SU"):
        assert all(row["valid_to"] for row in COUNTRIES if row["code"] == code), code
    spans = [(row["valid_from"], row["valid_to"]) for row in COUNTRIES if row["code"] == "CS"]
    assert spans == [("", "1993-06-15"), ("2003-07-23", "2006-09-26")]
    known = {row["code"] for row in COUNTRIES}
    assert {code for row in COUNTRIES for code in row["replaced_by"].split()} <= known


def test_the_list_says_what_it_is() -> None:
    about = tomllib.loads((ROOT / "schema" / "codelists" / "countries.toml").read_text(encoding="utf-8"))
    assert (about["id"], about["license"], about["open"]) == ("countries", "PDDL-1.0", False)
    assert list(COUNTRIES[0]) == ["code", "title", "valid_from", "valid_to", "replaced_by", "parent", "note", "also"]


def test_the_example(form: Format) -> None:
    summary = Summary()
    with (ROOT / "examples" / "nl_cdiu" / "dual_use_excerpt.csv").open("rb") as file:
        for _ in summary.watch(convert(form, file, reported_at="2026-11-23T09:00:00Z")):
            pass
    assert 100 <= summary.records <= 200
    assert (summary.refused, summary.unreadable) == (0, 0)
    assert {"ER-K-211", "ER-K-221", "ER-K-232", "ER-K-233"} <= set(summary.findings)
