"""The Dutch transit list: where each column goes, notifications without a number, and ways there and back."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from lists_of_rows import at, carried, converted, named, outcomes_of_case, places

import exportreport
from exportreport.conversion import Conversion
from exportreport_converters import FORMATS, recognize

FORM = FORMATS["nl_cdiu/transit"]
COLUMNS = FORM.columns.names
GOOD = dict(zip(COLUMNS, (
    "15-01-2010", "92000001", "12", "Jachtgeweren", "Duitsland", "Tanzania v.v.", "N", "", "Vliegtuig", "Schiphol",
), strict=True))  # fmt: skip


def territories(base: str) -> tuple[str, ...]:
    return tuple(f"{base}/+/{slot}" for slot in ("country", "country_group", "territory_text"))


#: Where each column goes, as the table of fields of the standard's design has it.
PLACES: Mapping[str, tuple[str, ...]] = {
    "Datum aanvraag": ("/application/submitted_on", "/as_of"),
    "Consent nummer": ("/authorizations/0/authorization_number", "/sources/0/record_reference",
                       "/application/application_type"),
    "Aantal": ("/items/0/quantity/amount", "/items/0/quantity_text"),
    "Goederen": ("/items/0/description",),
    "herkomst": territories("/items/0/provenances"),
    "bestemming": (*territories("/transaction/destinations"), *territories("/transaction/transit_territories"),
                   "/transaction/round_trip"),
    "Ad-hoc J/N": ("/additional_information",),
    "VP/AN": (),
    "Vervoermiddel": ("/transaction/transport_modes/+",),
    "Plaats van uitgang": ("/transaction/exit_place",),
}  # fmt: skip


def cell(column: str, text: str) -> Conversion:
    (found,) = converted(FORM, GOOD, {column: text})
    return found


def test_every_column_goes_to_its_place() -> None:
    assert places(FORM) == PLACES


def test_the_list_is_known_by_its_columns() -> None:
    assert recognize(COLUMNS) is FORM


def test_a_consent_has_an_authorization_and_a_notification_has_none() -> None:
    consent, notification = converted(FORM, GOOD, {}, {"Consent nummer": "melding"})
    assert at(consent, "/authorizations") == [{"authorization_number": "92000001"}]
    assert at(consent, "/application") == {"submitted_on": "2010-01-15"}
    assert at(notification, "/authorizations") is None
    assert at(notification, "/application") == {"submitted_on": "2010-01-15", "application_type": "notification"}
    for found in (consent, notification):
        assert exportreport.validate(json.dumps(found.report).encode()).accepted


def test_notifications_are_told_apart_by_all_their_cells() -> None:
    word = {"Consent nummer": "Melding"}
    ids = [at(one, "/report_id") for one in converted(FORM, GOOD, word, word | {"Aantal": "13"}, word)]
    assert len(set(ids)) == 3 and ids[2] == f"{ids[0]}:row-3"
    again = [at(one, "/report_id") for one in converted(FORM, GOOD, word | {"Aantal": "13"})]
    assert again == [ids[1]]  # whatever stands before it in the file


def test_a_row_without_number_or_word_is_refused() -> None:
    found = cell("Consent nummer", " ")
    assert found.refused is not None and found.refused.fault.code == "ER-K-107"


@pytest.mark.parametrize(
    ("text", "item"),
    [("12", {"quantity": {"amount": "12"}}), ("0", {"quantity": {"amount": "0"}}),
     ("1 stuk", {"quantity_text": "1 stuk"}), ("2,000", {"quantity_text": "2,000"}),
     ("1.5", {"quantity_text": "1.5"}), ("007", {"quantity_text": "007"})],
)  # fmt: skip
def test_quantities(text: str, item: dict[str, object]) -> None:
    found = at(cell("Aantal", text), "/items/0")
    assert {slot: found[slot] for slot in found if slot.startswith("quantity")} == item


@pytest.mark.parametrize(
    ("text", "destinations", "back"),
    [
        ("Tanzania v.v.", ["TZ"], True),
        ("Tanzania V.V", ["TZ"], True),
        ("Tanzania vv", ["TZ"], True),
        ("Tanzania (v.v.)", ["TZ"], True),
        ("Tanzania", ["TZ"], None),
        ("Kenia en Oeganda v.v.", ["KE", "UG"], True),
        ("Namibië v.v. via Zuid-Afrika", ["NA"], True),
        ("Namibië via Zuid-Afrika v.v.", ["NA"], True),
        ("Kenia v.v., Oeganda", ["Kenia v.v.", "UG"], None),
        ("v.v.", ["v.v."], None),
    ],
)
def test_there_and_back(text: str, destinations: list[str], back: bool | None) -> None:
    found = cell("bestemming", text)
    assert [value for one in at(found, "/transaction/destinations") for value in one.values()] == destinations
    assert at(found, "/transaction/round_trip") is back
    assert at(found, "/transaction/transit_territories") == ([{"country": "ZA"}] if "via" in text else None)


@pytest.mark.parametrize(
    ("text", "modes", "code"),
    [
        ("Vliegtuig", ["4"], None),
        ("Auto/Schip", ["3", "1"], None),
        ("auto + trein", ["3", "2"], None),
        ("vrachtauto en truck", ["3"], None),
        ("Binnenvaart", ["8"], None),
        ("Zeppelin", None, "ER-K-241"),
        ("Zeppelin/Schip", ["1"], "ER-K-241"),
    ],
)
def test_means_of_transport(text: str, modes: list[str] | None, code: str | None) -> None:
    found = cell("Vervoermiddel", text)
    assert at(found, "/transaction/transport_modes") == modes
    assert named(found) == ([(9, code)] if code else [])


def test_what_is_not_explained_is_carried() -> None:
    found = cell("VP/AN", "VP afgew")
    assert (named(found), carried(found)) == ([], [("VP/AN", "VP afgew", None)])
    found = cell("Ad-hoc J/N", "Polen")
    assert (named(found), carried(found)) == ([(7, "ER-K-241")], [("Ad-hoc J/N", "Polen", None)])
    assert at(cell("Ad-hoc J/N", "j"), "/additional_information") == "Ad-hoc: J"


@pytest.mark.parametrize(
    ("text", "code"), [("30-02-2010", "ER-K-202"), ("25/01/2010", "ER-K-201"), ("2010", "ER-K-203")]
)
def test_a_wrong_day_is_named(text: str, code: str) -> None:
    found = cell("Datum aanvraag", text)
    assert named(found) == [(1, code)] and at(found, "/as_of") is None


def test_the_list_tells_of_transit() -> None:
    assert at(cell("Aantal", "1"), "/transaction/activity") == "transit"


def test_most_of_the_case_finds_its_place() -> None:
    told = [outcome for column, outcome in outcomes_of_case(FORM) if column != "VP/AN"]
    assert sum(outcome in ("mapped", "derived") for outcome in told) >= 0.95 * len(told)
