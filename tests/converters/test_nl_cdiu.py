"""The Dutch list, quirk by quirk: the value in the report and what the ledger says of the cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exportreport.conversion import Conversion
from exportreport_converters import FORMATS, recognize

Row = Callable[..., Conversion]
Rows = Callable[..., list[Conversion]]

NAMES = ("issued", "number", "code", "goods", "use", "duration", "to", "origin", "value", "until")
COLUMNS = {name: number for number, name in enumerate(NAMES, 1)}


def at(conversion: Conversion, pointer: str) -> Any:
    """The value at ``pointer``; None where there is none."""
    node: Any = conversion.report
    for step in pointer[1:].split("/"):
        try:
            node = node[int(step)] if isinstance(node, list) else node[step]
        except (KeyError, IndexError):
            return None
    return node


def outcomes(conversion: Conversion, column: str) -> list[tuple[str, str | None, str | int | None, str | None]]:
    """Outcome, target, value and finding of each entry of a cell."""
    return [
        (entry.outcome.value, entry.target, entry.value, entry.finding_code)
        for entry in conversion.ledger
        if entry.cell is not None and entry.cell.column == COLUMNS[column]
    ]


def carried(conversion: Conversion) -> list[tuple[str, str, str | None]]:
    return [
        (extension["extension_path"], extension["extension_value"], extension.get("about"))
        for extension in at(conversion, "/extensions") or ()
    ]


def test_a_whole_row(row: Row) -> None:
    assert row(to="Chili via België", origin="Duitsland ").report == {
        "report_type": "LicenseFiling",
        "schema_version": "1.0",
        "report_id": "nl_cdiu:23632284",
        "reported_at": "2026-11-23T09:00:00Z",
        "revision": 1,
        "as_of": "2004-01-15",
        "reporting_state": "NL",
        "reporting_authority": {"name": "Centrale Dienst voor In- en Uitvoer (CDIU)"},
        "handling": {"sensitivity": "public"},
        "sources": [
            {
                "source_system": "CDIU license list",
                "source_format": "nl_cdiu",
                "record_reference": "23632284",
                "record_line": 2,
                "converter": {"name": "exportreport nl_cdiu", "version": "1.0.0"},
            }
        ],
        "authorizations": [
            {"authorization_number": "23632284", "issued_on": "2004-01-15", "valid_until": "2005-01-31"}
        ],
        "items": [
            {
                "item_number": 1,
                "description": "Kleppen",
                "classifications": [
                    {
                        "control_list": "eu_annex1",
                        "control_code": "6A002.a.2.a",
                        "control_code_as_given": "6A002a2a",
                    }
                ],
                "provenances": [{"country": "DE"}],
                "value": {"amount": "25740", "currency": "EUR"},
            }
        ],
        "transaction": {
            "duration_kind": "permanent",
            "destinations": [{"country": "CL"}],
            "transit_territories": [{"country": "BE"}],
            "end_uses": [{"statement": "Onderzoek"}],
        },
    }


def test_what_no_cell_says_is_in_the_ledger(row: Row) -> None:
    added = {entry.target: (entry.outcome.value, entry.value) for entry in row().ledger if entry.cell is None}
    assert added["/reported_at"] == ("defaulted", "2026-11-23T09:00:00Z")
    assert added["/handling/sensitivity"] == ("defaulted", "public")
    assert added["/reporting_state"] == ("derived", "NL")
    assert added["/report_id"] == ("derived", "nl_cdiu:23632284")
    assert added["/items/0/item_number"] == ("defaulted", 1)
    assert all(entry.note for entry in row().ledger if entry.cell is None)


def test_options(rows: Rows) -> None:
    (found,) = rows({}, handling="restricted", reporting_state="BE")
    assert (at(found, "/handling/sensitivity"), at(found, "/reporting_state")) == ("restricted", "BE")
    stated = [entry.outcome.value for entry in found.ledger if entry.target == "/reporting_state"]
    assert stated == ["defaulted"]


@pytest.mark.parametrize(
    ("issued", "day"),
    [("05-01-2004", "2004-01-05"), ("01/05/2004", "2004-01-05"), ("12/22/2015", "2015-12-22")],
)
def test_two_orders_of_dates(row: Row, issued: str, day: str) -> None:
    found = row(issued=issued)
    assert outcomes(found, "issued") == [
        ("derived", "/authorizations/0/issued_on", day, None),
        ("derived", "/as_of", day, None),
    ]


def test_an_issue_date_in_doubt(row: Row) -> None:
    found = row(issued="15/01/2004")
    assert (at(found, "/as_of"), at(found, "/authorizations/0/issued_on")) == (None, None)
    assert carried(found) == [("Datum afgifte", "15/01/2004", "/authorizations/0")]
    assert outcomes(found, "issued") == [("ambiguous", "/extensions/0", "15/01/2004", "ER-K-201")]


def test_one_turned_date_casts_doubt_on_the_other(row: Row) -> None:
    found = row(issued="01/05/2004", until="31/01/2005")
    assert [entry[3] for entry in outcomes(found, "issued")] == ["ER-K-205"]
    assert [entry[3] for entry in outcomes(found, "until")] == ["ER-K-201"]
    certain = row(issued="01/15/2004", until="31/01/2005")
    assert at(certain, "/as_of") == "2004-01-15"


def test_values(row: Row) -> None:
    assert outcomes(row(value="2.308.000"), "value") == [
        ("derived", "/items/0/value/amount", "2308000", None),
        ("derived", "/items/0/value/currency", "EUR", None),
    ]
    doubtful = row(value="17.28")
    assert at(doubtful, "/items/0/value") is None
    assert outcomes(doubtful, "value") == [("ambiguous", "/extensions/0", "17.28", "ER-K-211")]
    assert carried(doubtful) == [("Waarde(€)", "17.28", "/items/0")]
    assert [entry[3] for entry in outcomes(row(value="5.100"), "value")] == ["ER-K-211"]
    assert at(row(value="0"), "/items/0/value/amount") == "0"


@pytest.mark.parametrize(
    ("text", "destinations", "transit", "codes"),
    [
        ("VS, Canada, Japan en Zuid-Korea", ["US", "CA", "JP", "KR"], [], []),
        ("DE/FR/VK", ["DE", "FR", "GB"], [], []),
        ("EU, NOORWEGEN, VS", ["eu", "NO", "US"], [], []),
        ("EU-LANDEN", ["eu"], [], []),
        ("Lidstaten EU", ["eu"], [], []),
        ("EURATOM LANDEN", ["euratom"], [], []),
        ("Frankrijk/Oostenrijk via Israël", ["FR", "AT"], ["IL"], []),
        ("China, Singapore, Maleisië, Zuid-Korea via Taiwan", ["CN", "SG", "MY", "KR"], ["TW"], []),
        ("China via  Hongkong          ", ["CN"], ["HK"], []),
        ("Spanje via Wit Rusland (Belarus)", ["ES"], ["BY"], []),
        ("India via Trinidad en Tobago", ["IN"], ["TT"], []),
        ("EU via Israël", ["eu"], ["IL"], []),
        ("Wereld muv gevoelige landen ", ["nl:wereld_muv_gevoelige"], [], []),
        ("WERELD MUV GL", ["nl:wereld_muv_gevoelige"], [], []),
        ("Wereld muv gevoelige landen en China", ["Wereld muv gevoelige landen en China"], [], ["ER-K-232"]),
        ("Wereld", ["Wereld"], [], []),
        ("Diverse landen via Israël", ["Diverse landen"], ["IL"], []),
        ("DIVERSE", ["DIVERSE"], [], []),
        ("Continentaal plat", ["Continentaal plat"], [], []),
        ("NIET VAN TOEPASSING", ["NIET VAN TOEPASSING"], [], []),
        ("Congo", ["Congo"], [], ["ER-K-232"]),
        ("Congo via Libanon", ["Congo"], ["LB"], ["ER-K-232"]),
        ("CONGO D.R.", ["CD"], [], []),
        ("Congo (Republiek)", ["CG"], [], []),
        ("FYROM via Israël", ["MK"], ["IL"], []),
        ("Macedonië", ["MK"], [], []),
        ("Nederlandse Antillen", ["AN"], [], []),
        ("Servië en Montenegro", ["CS"], [], []),
        ("Zuid-Soedan", ["Zuid-Soedan"], [], ["ER-K-233"]),
        ("Curacao", ["Curacao"], [], ["ER-K-233"]),
        ("Turkjje", ["TR"], [], []),
        ("LYBIE", ["LY"], [], []),
        ("Guatamala", ["GT"], [], []),
        ("Turkmensistan", ["TM"], [], []),
        ("BRUNEI D.M", ["BN"], [], []),
        ("Turkey", ["Turkey"], [], ["ER-K-231"]),
        ("Onbekend", [], [], []),
    ],
)
def test_destinations(row: Row, text: str, destinations: list[str], transit: list[str], codes: list[str]) -> None:
    found = row(to=text)

    def named(pointer: str) -> list[str]:
        return [value for territory in at(found, pointer) or () for value in territory.values()]

    assert named("/transaction/destinations") == destinations
    assert named("/transaction/transit_territories") == transit
    assert [code for _, _, _, code in outcomes(found, "to") if code] == codes
    assert carried(found) == []


@pytest.mark.parametrize(
    ("text", "issued", "code"),
    [
        ("Servië en Montenegro", "08-03-2007", None),
        ("Servië", "08-03-2007", "RS"),
        ("Nederlandse Antillen", "07-11-2010", "AN"),
        ("Nederlandse Antillen", "07-11-2011", None),
        ("Zuid-Soedan", "09-09-2014", "SS"),
        ("Curacao", "05-09-2014", "CW"),
        ("Kosovo", "27-12-2012", "XK"),
        ("Zuid-Soedan", "31-02-2014", None),
    ],
)
def test_countries_that_came_and_went(row: Row, text: str, issued: str, code: str | None) -> None:
    expected = {"country": code} if code else {"territory_text": text}
    assert at(row(to=text, issued=issued), "/transaction/destinations/0") == expected


def test_unknown_provenance_is_left_out(row: Row) -> None:
    found = row(origin="ONBEKEND")
    assert at(found, "/items/0/provenances") is None
    assert outcomes(found, "origin") == [("derived", None, None, None)]


def test_a_name_cut_off(row: Row) -> None:
    found = row(origin="Zuid")
    assert at(found, "/items/0/provenances") == [{"territory_text": "Zuid"}]
    assert outcomes(found, "origin") == [("ambiguous", "/items/0/provenances/0/territory_text", "Zuid", "ER-K-232")]


def test_provenance_has_no_transit(row: Row) -> None:
    found = row(origin="Zweden via Duitsland")
    assert at(found, "/items/0/provenances") == [{"country": "SE"}]
    assert carried(found) == [("Land van herkomst", "Duitsland", "/items/0")]


@pytest.mark.parametrize("text", ["0", "10", "7A", "1E+201"])
def test_codes_that_are_none(row: Row, text: str) -> None:
    found = row(code=text)
    assert at(found, "/items/0/classifications") is None
    assert outcomes(found, "code") == [("ambiguous", "/extensions/0", text, "ER-K-221")]
    assert carried(found) == [("SG-Post", text, "/items/0")]


@pytest.mark.parametrize("text", ["Diversen", "Diverse"])
def test_various_codes(row: Row, text: str) -> None:
    found = row(code=text)
    assert at(found, "/items/0/classifications") == [{"control_code_as_given": text}]
    assert [entry[0] for entry in outcomes(found, "code")] == ["mapped"]


def test_several_codes(row: Row) -> None:
    found = row(code="5A002a1,\n5D,\n5E002")
    given = [entry["control_code"] for entry in at(found, "/items/0/classifications")]
    assert given == ["5A002.a.1", "5E002"]
    assert carried(found) == [("SG-Post", "5D", "/items/0")]


def test_no_code(row: Row) -> None:
    found = row(code=" ")
    assert at(found, "/items/0/classifications") is None
    assert outcomes(found, "code") == [("blank", None, None, None)]


def test_blank_space_is_told(row: Row) -> None:
    found = row(goods="Kleppen   ")
    (entry,) = [entry for entry in found.ledger if entry.cell and entry.cell.column == 4]
    assert (entry.outcome.value, entry.value, entry.cell and entry.cell.text) == (
        "derived",
        "Kleppen",
        "Kleppen   ",
    )
    assert "blank space" in entry.note


@pytest.mark.parametrize("number", ["23632284", "NL0074CDIU0011461"])
def test_usual_numbers(row: Row, number: str) -> None:
    found = row(number=number)
    assert [(entry.value, entry.note) for entry in found.ledger if entry.cell and entry.cell.column == 2] == [
        (number, ""),
        (number, ""),
    ]


def test_other_numbers_are_taken_with_a_note(row: Row) -> None:
    found = row(number="A 13/2008 é")
    assert at(found, "/authorizations/0/authorization_number") == "A 13/2008 é"
    assert at(found, "/report_id").startswith("nl_cdiu:digest:")
    assert all(entry.note for entry in found.ledger if entry.cell and entry.cell.column == 2)


@pytest.mark.parametrize(("number", "code"), [("", "ER-K-107"), ("x" * 257, "ER-K-108"), ("1\n2", "ER-K-108")])
def test_rows_without_a_usable_number(row: Row, number: str, code: str) -> None:
    found = row(number=number)
    assert found.report is None and found.refused is not None
    assert (found.refused.fault.code, found.refused.cell and found.refused.cell.column) == (code, 2)


def test_a_number_on_several_rows(rows: Rows) -> None:
    found = rows({}, {"goods": "Pompen"}, {"number": "23632285"}, {})
    assert [at(each, "/report_id") for each in found] == [
        "nl_cdiu:23632284",
        "nl_cdiu:23632284:row-2",
        "nl_cdiu:23632285",
        "nl_cdiu:23632284:row-4",
    ]


def test_a_part_that_is_not_there_is_not_named(row: Row) -> None:
    found = row(duration="X", to="", use="")
    assert carried(found) == [("D/T", "X", None)]
    assert "transaction" not in (found.report or {})


def test_recognize() -> None:
    form = FORMATS["nl_cdiu/dual_use"]
    assert recognize(form.columns.names) is form
    assert recognize(["Geschaeftsnummer"]) is None
