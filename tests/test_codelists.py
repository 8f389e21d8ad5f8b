"""Code lists on a day: what each says of a code, what was probably meant, and that they hold what is in use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exportreport import codelists
from exportreport.codelists import Codes
from exportreport.standard import Class, Slot, Standard

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-24"


@pytest.mark.parametrize(
    ("list_id", "code", "day", "status"),
    [
        ("countries", "KE", TODAY, "valid"),
        ("countries", "ZZ", TODAY, "unknown"),
        ("countries", "XI", TODAY, "valid"),
        ("countries", "XK", TODAY, "valid"),
        ("countries", "EU", TODAY, "valid"),
        ("countries", "AN", "2010-12-15", "valid"),
        ("countries", "AN", "2010-12-16", "expired"),
        ("countries", "SS", "2011-08-08", "future"),
        ("countries", "CS", "2005-01-01", "valid"),
        ("countries", "CS", "2007-01-01", "expired"),
        ("countries", "ZZ", "2001-01-01", "unchecked"),
        ("currencies", "DEM", "2002-03-31", "valid"),
        ("currencies", "DEM", "2002-04-01", "expired"),
        ("currencies", "BGN", TODAY, "expired"),
        ("units", "KGM", TODAY, "valid"),
        ("units", "5I", TODAY, "expired"),
        ("units", "TON", TODAY, "unknown"),
        ("hs", "852589", TODAY, "valid"),
        ("hs", "85", TODAY, "valid"),
        ("hs", "8525890090", TODAY, "unchecked"),
        ("hs", "8599000000", TODAY, "unknown"),
        ("hs", "852", TODAY, "unknown"),
        ("hs", "99301100", TODAY, "unchecked"),
        ("hs", "852589", "2021-12-31", "unchecked"),
        ("eu_annex1", "5A001.f.1", TODAY, "valid"),
        ("eu_annex1", "8A002.d.1", TODAY, "unchecked"),
        ("eu_annex1", "8A992", TODAY, "unknown"),
        ("eu_annex1", "8A992.a", TODAY, "unknown"),
        ("eu_annex1", "8A992", "2025-11-14", "unchecked"),
        ("eu_military", "ML7.g", TODAY, "unchecked"),
        ("eu_military", "ML23", TODAY, "unknown"),
        ("us_ccl", "EAR99", TODAY, "valid"),
        ("us_ccl", "7A994", TODAY, "unchecked"),
        ("eu_criteria", "2d", TODAY, "unchecked"),
        ("eu_criteria", "9", TODAY, "unknown"),
        ("uk_criteria", "2d", TODAY, "unknown"),
        ("customs_codes", "eu:X002", TODAY, "expired"),
        ("customs_codes", "eu:X060", "2021-09-08", "future"),
        ("national_types", "CIV", "2020-06-27", "expired"),
        ("no_such_list", "x", TODAY, "unchecked"),
    ],
)
def test_what_a_list_says_on_a_day(list_id: str, code: str, day: str, status: str) -> None:
    assert codelists.status(list_id, code, day) == status
    assert codelists.listed(list_id, code, day) is (status in ("valid", "unchecked"))


def test_a_code_given_again_is_future_before_and_expired_between() -> None:
    codes = Codes("x", {"codes": "", "dated": {"A": [["2001-01-01", "2001-12-31"], ["2005-01-01", ""]]}})
    days = ("2000-06-01", "2001-06-01", "2003-06-01", "2005-01-01")
    assert [codes.status("A", day) for day in days] == ["future", "valid", "expired", "valid"]


@pytest.mark.parametrize("day", ["2026-01-01", "2010-01-01"])
def test_the_index_says_what_the_published_list_says(day: str) -> None:
    for list_id in codelists.known():
        published, codes = codelists.load(list_id), codelists.codes(list_id)
        assert published and codes
        assert (published.open, published.partial, published.depth) == (codes.open, codes.partial, codes.depth)
        for code, entries in published.by_code.items():
            if published.complete_from <= day <= (published.complete_to or "9999"):
                assert (codes.status(code, day) == "valid") == any(entry.on(day) for entry in entries), (list_id, code)
            else:
                assert codes.status(code, day) == "unchecked"


@pytest.mark.parametrize(
    ("list_id", "value", "meant"),
    [
        ("units", "KILO", "KGM"),
        ("units", "pieces", "H87"),
        ("units", "kg", "KGM"),
        ("units", "kilogramm", "KGM"),
        ("units", "TON", "TNE"),
        ("units", "tonen", "TNE"),
        ("countries", "Untied Kingdom", "GB"),
        ("countries", "Swizerland", "CH"),
        ("countries", "UK", "GB"),
        ("countries", "DEU", "DE"),
        ("countries", "Kenia", "KE"),
        ("countries", "South Korea", "KR"),
        ("currencies", "EURO", "EUR"),
        ("currencies", "€", "EUR"),
        ("reasons_for_control", "NB", "NP"),
        ("control_lists", "eu_annex_1", "eu_annex1"),
        ("identifier_schemes", "EORI", "eori"),
        ("national_types", "SIEL", "siel"),
        ("customs_codes", "X060", "eu:X060"),
        ("country_groups", "us:A:5", "us:A5"),
        ("countries", "ZZ", None),
        ("hs", "852599", None),
        ("units", "K" * 64, None),
        ("units", "", None),
    ],
)
def test_what_was_probably_meant(list_id: str, value: str, meant: str | None) -> None:
    found = codelists.load(list_id)
    assert found
    entry = found.meant_by(value, TODAY)
    assert (entry and entry.code) == meant


def test_an_expired_code_is_never_suggested() -> None:
    found = codelists.load("countries")
    assert found
    assert found.meant_by("Netherlands Antilles", TODAY) is None
    assert str(found.meant_by("Netherlands Antilles", "2009-01-01")) == "AN (Netherlands Antilles)"


def test_an_entry_is_that_of_the_day() -> None:
    found = codelists.load("countries")
    assert found
    titles = [(found.entry("CS", day) or found.entries[0]).title for day in ("1990-01-01", "2005-01-01", "2020-01-01")]
    assert titles == ["Czechoslovakia", "Serbia and Montenegro", "Serbia and Montenegro"]
    assert found.entry("ZZ") is None


def test_an_entry_without_a_title_has_that_of_what_it_lies_under() -> None:
    found = codelists.load("hs")
    assert found
    entry = found.entry("852589")
    assert entry and found.title_of(entry) == "Electrical and electronic equipment"


def test_a_list_is_searched_by_code_title_and_other_names() -> None:
    found = codelists.load("countries")
    assert found
    assert [entry.code for entry in found.search("holland")] == ["NL"]
    assert {entry.code for entry in found.search("korea")} == {"KP", "KR"}


@pytest.mark.parametrize("nomenclature", ["hs", "cn", "taric", "us_hts", "us_schedule_b"])
def test_nomenclatures_are_judged_by_the_harmonized_system(nomenclature: str) -> None:
    codes = codelists.judging(nomenclature, "nomenclatures")
    assert codes and codes.id == "hs"


def test_what_has_no_list_is_judged_by_none() -> None:
    assert codelists.judging("eu_annex4", "control_lists") is None
    assert codelists.judging("nosuch", "nomenclatures") is None
    codes = codelists.judging("eu_annex1", "control_lists")
    assert codes and codes.id == "eu_annex1"


def coded(standard: Standard, owner: Class, value: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """List (and for a list named by the slot beside it, the list that names it), and code, of each coded value."""
    body = standard.classes[value.get("report_type", owner.name)]
    for name, child in value.items():
        slot = body.by_name[name]
        for one in child if isinstance(child, list) else [child]:
            if slot.kind == "class":
                yield from coded(standard, standard.classes[slot.range], one)
            else:
                yield from named(standard, body, slot, value, one)


def named(
    standard: Standard, body: Class, slot: Slot, value: dict[str, Any], one: Any
) -> Iterator[tuple[str, str, str]]:
    kind = standard.types.get(slot.range)
    own = slot.code_list or (kind.code_list if kind else None)
    if own:
        yield own, "", one
    elif slot.code_list_by in value:
        yield value[slot.code_list_by], body.by_name[slot.code_list_by].code_list or "", one


def documents() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((ROOT / "examples" / "valid").rglob("*.json")):
        yield path.name, json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "converters").rglob("ours.ndjson")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.parent.parent.name, json.loads(line)


def test_every_code_in_use_is_on_its_list(the_standard: Standard) -> None:
    for name, document in documents():
        for list_id, naming, code in coded(the_standard, the_standard.classes["Message"], document):
            codes = codelists.judging(list_id, naming or None)
            if codes:
                assert codes.status(code, document.get("as_of", TODAY)) in ("valid", "unchecked"), (name, list_id, code)


def test_every_example_of_the_model_is_on_its_list(the_standard: Standard) -> None:
    for owner in the_standard.classes.values():
        for slot in owner.slots:
            kind = the_standard.types.get(slot.range)
            list_id = slot.code_list or (kind.code_list if kind else None)
            for code in slot.examples if list_id else ():
                assert codelists.status(str(list_id), code, TODAY) in ("valid", "unchecked"), (slot.name, code)
