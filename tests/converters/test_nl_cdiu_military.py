"""The Dutch list of licenses for military goods: where each column goes, and each quirk that is told of the list."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from lists_of_rows import at, carried, converted, named, outcomes_of_case, places

import exportreport
from exportreport.conversion import Conversion
from exportreport_converters import FORMATS, recognize

FORM = FORMATS["nl_cdiu/military"]
COLUMNS = FORM.columns.names
GOOD = dict(zip(COLUMNS, (
    "03/15/2008", "91000001", "ML11a", "A06", "Antennes", "D", "N", "N", "U", "", "Duitsland", "Noorwegen", "Nederland",
    "Zweden", "25,740", "03/31/2009",
), strict=True))  # fmt: skip


def territories(base: str) -> tuple[str, ...]:
    return tuple(f"{base}/+/{slot}" for slot in ("country", "country_group", "territory_text"))


#: Where each column goes, as the table of fields of the standard's design has it.
PLACES: Mapping[str, tuple[str, ...]] = {
    "afgifte datum": ("/authorizations/0/issued_on", "/as_of"),
    "nummer": ("/authorizations/0/authorization_number", "/sources/0/record_reference"),
    "SGP": tuple(f"/items/*/classifications/+/{slot}" for slot in
                 ("control_list", "control_code", "control_code_as_given")),
    "CAT": ("/items/*/classifications/+/control_list", "/items/*/classifications/+/control_code"),
    "goederen omschrijving": ("/items/*/description",),
    "D/T": ("/transaction/duration_kind",),
    "Verl.": ("/application/application_type",),
    "V/N": ("/application/application_type",),
    "U/D": ("/transaction/activity",),
    "T.v.v.": ("/authorizations/0/replaces_authorization", "/application/replaces_authorization"),
    "land van bestemming": territories("/transaction/delivery_destinations"),
    "land van eindbestemming": (*territories("/transaction/destinations"),
                                *territories("/transaction/transit_territories")),
    "oorsprong/herkomst": territories("/items/*/provenances"),
    "land van oorsprong": ("/items/*/countries_of_origin/+",),
    "waarde": ("/items/*/value/amount", "/items/*/value/currency"),
    "verval datum": ("/authorizations/0/valid_until",),
}  # fmt: skip


def row(**cells: str) -> Conversion:
    (found,) = converted(FORM, GOOD, cells)
    return found


def cell(column: str, text: str) -> Conversion:
    return row(**{column: text})


def test_every_column_goes_to_its_place() -> None:
    assert places(FORM) == PLACES


def test_the_list_is_known_by_its_columns() -> None:
    assert recognize(COLUMNS) is FORM


def test_rows_of_one_number_are_the_items_of_one_license() -> None:
    other = {"goederen omschrijving": "Kabels", "waarde": "500", "land van oorsprong": "Canada"}
    (found,) = converted(FORM, GOOD, {}, other)
    told = [(one["item_number"], one["description"], one["value"]["amount"], one["countries_of_origin"])
            for one in at(found, "/items")]  # fmt: skip
    assert told == [(1, "Antennes", "25740", ["SE"]), (2, "Kabels", "500", ["CA"])]
    assert len(at(found, "/authorizations")) == 1 and not named(found)


def test_a_row_that_says_otherwise_of_the_license_is_carried_with_its_item() -> None:
    (found,) = converted(FORM, GOOD, {}, {"land van eindbestemming": "Peru"})
    assert at(found, "/transaction/destinations") == [{"country": "NO"}]
    assert (named(found), carried(found)) == ([(12, "ER-K-261")], [("land van eindbestemming", "Peru", "/items/1")])


@pytest.mark.parametrize(
    ("text", "until", "code"),
    [
        ("03/31/2009", "2009-03-31", None),
        ("31032009", "2009-03-31", None),
        ("01022009", "2009-02-01", None),
        ("12312009", None, "ER-K-201"),
        ("31132009", None, "ER-K-202"),
        ("31/03/2009", None, "ER-K-201"),
        ("99", None, "ER-K-203"),
    ],
)
def test_the_end_has_two_forms(text: str, until: str | None, code: str | None) -> None:
    found = cell("verval datum", text)
    assert at(found, "/authorizations/0/valid_until") == until
    assert named(found) == ([(16, code)] if code else [])


@pytest.mark.parametrize(
    ("issued", "text", "number", "code"),
    [
        ("03/15/2008", "23632284", "23632284", None),
        ("03/15/2008", "12042005", "12042005", None),  # the column held days until 2006
        ("03/15/2008", "NL0074CDIU0011461", "NL0074CDIU0011461", None),
        ("05/20/2005", "23632284", "23632284", None),  # no day of the calendar
        ("05/20/2005", "12042005", None, "ER-K-248"),
        ("05/20/2005", "04122005", None, "ER-K-248"),
        ("20/05/2005", "12042005", None, "ER-K-248"),  # a license whose own day is in doubt
        ("03/15/2008", "04/12/2005", None, "ER-K-248"),
        ("03/15/2008", "9", None, None),
        ("03/15/2008", "99999999", None, None),
    ],
)
def test_what_a_license_takes_the_place_of(issued: str, text: str, number: str | None, code: str | None) -> None:
    found = row(**{"afgifte datum": issued, "T.v.v.": text})
    assert at(found, "/authorizations/0/replaces_authorization") == number
    assert [one for one in named(found) if one[0] == 10] == ([(10, code)] if code else [])
    outcomes = {entry.outcome.value for entry in found.ledger if entry.cell and entry.cell.column == 10}
    assert outcomes == {"mapped"} if number else {"ambiguous"} if code else {"derived"}


@pytest.mark.parametrize(
    ("extension", "replacement", "application", "findings"),
    [
        ("N", "N", None, []),
        ("J", "N", "extension", []),
        ("N", "V", "replacement", []),
        ("J", "V", "extension", [(8, "ER-K-247")]),
        ("", "V", "replacement", []),
        ("N", "M", None, [(8, "ER-K-241")]),
        ("N", "J", None, [(8, "ER-K-241")]),
        ("2", "D", None, [(7, "ER-K-241"), (8, "ER-K-241")]),
    ],
)
def test_extension_and_replacement(
    extension: str, replacement: str, application: str | None, findings: list[tuple[int, str]]
) -> None:
    found = row(**{"Verl.": extension, "V/N": replacement})
    assert (at(found, "/application/application_type"), named(found)) == (application, findings)


@pytest.mark.parametrize(("text", "activity"), [("U", "export"), ("d", "transit"), ("2", None), ("4", None)])
def test_export_or_transit(text: str, activity: str | None) -> None:
    found = cell("U/D", text)
    assert at(found, "/transaction/activity") == activity
    assert carried(found) == ([] if activity else [("U/D", text, "/transaction")])


@pytest.mark.parametrize(
    ("post", "category", "classifications"),
    [
        ("ML11a", "B10", [("eu_military", "ML11.a", "ML11a"), ("nl_military_category", "B10", None)]),
        ("10a", "A01", [("eu_military", "ML10.a", "10a"), ("nl_military_category", "A01", None)]),
        ("6A003b4", "", [(None, "6A003.b.4", "6A003b4")]),
        ("Diversen", "", [(None, None, "Diversen")]),
        ("ML5b, ML6a", "", [("eu_military", "ML5.b", "ML5b"), ("eu_military", "ML6.a", "ML6a")]),
        ("", "A05", [("nl_military_category", "A05", None)]),
    ],
)
def test_entries_and_categories(post: str, category: str, classifications: list[tuple[str | None, ...]]) -> None:
    found = row(SGP=post, CAT=category)
    slots = ("control_list", "control_code", "control_code_as_given")
    assert [tuple(map(one.get, slots)) for one in at(found, "/items/0/classifications")] == classifications
    assert not named(found)


def test_an_entry_that_the_list_does_not_have_is_the_fault_of_the_source() -> None:
    found = cell("SGP", "ML30x")
    assert at(found, "/items/0/classifications/0/control_code") == "ML30.x"
    errors = [one.finding_code for one in exportreport.validate(json.dumps(found.report).encode()).findings
              if one.severity == "error"]  # fmt: skip
    assert errors == ["ER-CL-001"]


def test_a_category_that_is_none_is_carried() -> None:
    found = cell("CAT", "C99")
    assert (named(found), carried(found)) == ([(4, "ER-K-241")], [("CAT", "C99", "/items/0")])


@pytest.mark.parametrize("text", ["17.28", "116.4", "5.100", "-5", "$ 800"])
def test_a_value_in_doubt_is_carried(text: str) -> None:
    found = cell("waarde", text)
    assert at(found, "/items/0/value") is None and carried(found) == [("waarde", text, "/items/0")]


def test_delivery_destination_provenance_and_origin_are_told_apart() -> None:
    found = row(**{"land van bestemming": "België", "land van eindbestemming": "Peru via Spanje",
                   "oorsprong/herkomst": "Duitsland", "land van oorsprong": "EU"})  # fmt: skip
    assert at(found, "/transaction/delivery_destinations") == [{"country": "BE"}]
    assert at(found, "/transaction/destinations") == [{"country": "PE"}]
    assert at(found, "/transaction/transit_territories") == [{"country": "ES"}]
    assert at(found, "/items/0/provenances") == [{"country": "DE"}]
    assert at(found, "/items/0/countries_of_origin") is None  # a group of countries is no country
    assert carried(found) == [("land van oorsprong", "EU", "/items/0")]


def test_most_of_the_case_finds_its_place() -> None:
    told = [outcome for _, outcome in outcomes_of_case(FORM)]
    assert sum(outcome in ("mapped", "derived") for outcome in told) >= 0.95 * len(told)
