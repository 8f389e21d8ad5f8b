"""Readings of single cells: what each text becomes, and with which finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from exportreport.conversion.control_codes import normalized
from exportreport.conversion.mapping import KINDS
from exportreport.conversion.money import two_ways
from exportreport.conversion.readings import Context, MappingError, Reading

ORDERS = {"-": "day month year", "/": "month day year"}


def read(kind: str, text: str, options: Mapping[str, Any], day: str | None = None, **cells: str) -> Reading:
    table: Sequence[Mapping[str, str]] = options.get("rows", ())
    options = {key: value for key, value in options.items() if key != "rows"}
    return KINDS[kind].make(options, lambda name: table).read(text, Context(day, cells))


def said(reading: Reading) -> list[tuple[str, str | None, str, str | None]]:
    """Part, value, outcome and finding of each piece."""
    return [(p.part, p.value, p.outcome.value, p.finding.finding_code if p.finding else None) for p in reading.pieces]


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("15-01-2004", "2004-01-15", None),
        ("05-01-2004", "2004-01-05", None),
        ("5-1-2004", "2004-01-05", None),
        ("01/15/2004", "2004-01-15", None),
        ("01/05/2004", "2004-01-05", None),
        ("2004-01-15", "2004-01-15", None),
        ("29-02-2004", "2004-02-29", None),
        # against the order of the separator: never turned round
        ("15/01/2004", None, "ER-K-201"),
        ("01-15-2004", None, "ER-K-201"),
        # no day of the calendar
        ("29-02-2005", None, "ER-K-202"),
        ("31-02-2004", None, "ER-K-202"),
        ("00-01-2004", None, "ER-K-202"),
        ("13-13-2004", None, "ER-K-202"),
        ("15-01-1899", None, "ER-K-202"),
        ("2004-13-01", None, "ER-K-202"),
        # no date as the column writes them
        ("15-01-04", None, "ER-K-203"),
        ("15-01/2004", None, "ER-K-203"),
        ("15 januari 2004", None, "ER-K-203"),
        ("38001", None, "ER-K-203"),
        ("١٥-٠١-٢٠٠٤", None, "ER-K-203"),
        # a separator without an order, whatever the parts
        ("15.01.2004", None, "ER-K-204"),
        ("01.02.2004", None, "ER-K-204"),
    ],
)
def test_dates(text: str, day: str | None, code: str | None) -> None:
    outcome = "ambiguous" if code else "mapped" if day == text else "derived"
    expected = ("carried", text, "ambiguous", code) if code else ("day", day, outcome, None)
    assert said(read("date", text, {"orders": ORDERS})) == [expected]


@pytest.mark.parametrize(
    ("text", "other", "code"),
    [
        ("01/05/2004", "31/01/2005", "ER-K-205"),
        ("05/05/2004", "31/01/2005", None),  # the same day either way
        ("01/15/2004", "31/01/2005", None),  # proves itself
        ("01/05/2004", "01/31/2005", None),
        ("01-05-2004", "31/01/2005", None),  # another separator
        ("01-05-2004", "01-31-2005", "ER-K-205"),
        ("01/05/2004", "", None),
        ("01/05/2004", "onbekend", None),
    ],
)
def test_a_date_beside_one_that_breaks_the_order(text: str, other: str, code: str | None) -> None:
    reading = read("date", text, {"orders": ORDERS, "beside": ["this", "that"]}, this=text, that=other)
    assert [piece[3] for piece in said(reading)] == [code]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("740", "740"), ("0", "0"), ("007", "7"), ("000", "0"),
        ("25,740", "25740"), ("1,000,000", "1000000"), ("11,111,111,111", "11111111111"),
        ("2.308.000", "2308000"), ("345.000.000", "345000000"), ("2 308 000", "2308000"), ("25 740", "25740"),
        ("2'308'000", "2308000"), ("25\u00a0740", "25740"),
        ("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("1.234.567,8", "1234567.8"),
        ("25740.50", "25740.50"), ("25740,5", "25740.5"), ("0.5", "0.5"), ("0,50", "0.50"),
        ("€ 25,740", "25740"), ("€25,740", "25740"), ("25,740 EUR", "25740"), ("EUR 740", "740"), ("740 euro",
        "740"),
        ("740,-", "740"), ("740,--", "740"), ("1.500,-", "1500"), ("€ 1.500,=", "1500"),
        ("999999999999999999", "999999999999999999"),
    ],
)  # fmt: skip
def test_amounts_that_read_one_way(text: str, amount: str) -> None:
    outcome = "mapped" if amount == text else "derived"
    options = {"currency": "EUR", "thousands": ",", "signs": ["€", "euro"]}
    assert said(read("money", text, options)) == [
        ("amount", amount, outcome, None),
        ("currency", "EUR", "derived", None),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("17.28", "ER-K-211"), ("116.4", "ER-K-211"), ("112.95", "ER-K-211"), ("5.100", "ER-K-211"),
        ("1,5", "ER-K-211"), ("12,50", "ER-K-211"), ("0,500", "ER-K-211"), ("0.500", "ER-K-211"),
        ("2.308.00", "ER-K-212"), ("1,23,456", "ER-K-212"), ("1,234.567", "ER-K-212"), ("n.v.t.", "ER-K-212"),
        ("5 stuks", "ER-K-212"), ("EUR 5 EUR", "ER-K-212"), ("-", "ER-K-212"), ("1E+06", "ER-K-212"),
        ("5-", "ER-K-212"), ("25.", "ER-K-212"), ("٢٥", "ER-K-212"), ("1,234,", "ER-K-212"),
        ("-5", "ER-K-213"), ("-25,740", "ER-K-213"), ("€ -5", "ER-K-213"), ("-17.28", "ER-K-213"),
        ("$ 500", "ER-K-214"), ("500 USD", "ER-K-214"), ("US$ 500", "ER-K-214"), ("£500", "ER-K-214"),
        ("9999999999999999999", "ER-K-215"),
    ],
)  # fmt: skip
def test_amounts_that_do_not(text: str, code: str) -> None:
    options = {"currency": "EUR", "thousands": ",", "signs": ["€", "euro"]}
    assert said(read("money", text, options)) == [("carried", text, "ambiguous", code)]


def test_the_two_readings_are_named() -> None:
    assert two_ways("17.28") == ("17.28", "17280")
    assert two_ways("5.100") == ("5.100", "5100")
    assert two_ways("1,5") == ("1.5", "1500")


@pytest.mark.parametrize(
    ("code", "normal"),
    [
        ("6A002a2a", "6A002.a.2.a"), ("6A002.c1", "6A002.c.1"), ("2B001.B2", "2B001.b.2"), ("5A001.f.1",
        "5A001.f.1"),
        ("1C350-46", "1C350.46"), ("1C350-02", "1C350.2"), ("1C350.46", "1C350.46"), ("1C450b8", "1C450.b.8"),
        ("1C351d11", "1C351.d.11"), ("5D002C1", "5D002.c.1"), ("6a002a", "6A002.a"), ("6A003", "6A003"),
        ("2B006b1d", "2B006.b.1.d"), ("1E201", "1E201"),
        ("0", None), ("10", None), ("7A", None), ("5D", None), ("1E+201", None), ("Diverse", None),
        ("", None),
        ("8A00201e", None), ("6A0022", None), ("6F002", None), ("6A002aa", None), ("6A002a-", None),
        ("5.A.1.f", None),
        ("1C350-00", None), ("ML15", None), ("6A002 a", None), ("6A002\u0661", None),
    ],
)  # fmt: skip
def test_spellings_of_one_code(code: str, normal: str | None) -> None:
    assert normalized(code) == normal


@pytest.mark.parametrize(
    ("text", "codes", "left"),
    [
        ("3D001,\n3E001", ["3D001", "3E001"], []),
        ("5A002a1/5D002", ["5A002.a.1", "5D002"], []),
        ("1C351,\n1C351a1,\n1C351a3 en 1C351a6", ["1C351", "1C351.a.1", "1C351.a.3", "1C351.a.6"], []),
        ("5A002 5D002", ["5A002", "5D002"], []),
        ("3B001,", ["3B001"], []),
        ("5A002;5A002", ["5A002"], []),
        ("5A002,5D,5E002", ["5A002", "5E002"], ["5D"]),
        ("1C350-46 t/m 1C350-50", [], ["1C350-46 t/m 1C350-50"]),
        ("1C350-46t/m50", [], ["1C350-46t/m50"]),
        ("1C350-46 tot 1C350-50", [], ["1C350-46 tot 1C350-50"]),
        ("5A002a1/a2", ["5A002.a.1"], ["a2"]),
        (",", [], [","]),
        ("1E+201", [], ["1E+201"]),
    ],
)
def test_several_codes_in_a_cell(text: str, codes: list[str], left: list[str]) -> None:
    pieces = said(read("control_codes", text, {"control_list": "eu_annex1"}))
    assert [value for part, value, _, _ in pieces if part == "code"] == codes
    assert [value for part, value, _, code in pieces if part == "carried" and code == "ER-K-221"] == left
    assert len([piece for piece in pieces if piece[0] in ("list", "as_given")]) == 2 * len(codes)


def test_a_word_for_several_codes_is_kept_as_given() -> None:
    options = {"control_list": "eu_annex1", "words": ["Diversen"]}
    assert said(read("control_codes", "diversen", options)) == [("as_given", "diversen", "mapped", None)]


PLACES = [
    {"name": name, "kind": kind, "code": code, "valid_from": first, "valid_to": last, "note": note}
    for name, kind, code, first, last, note in [
        ("Zuid-Korea", "country", "KR", "", "", ""),
        ("Trinidad en Tobago", "country", "TT", "", "", ""),
        ("België", "country", "BE", "", "", ""),
        ("Servië en Montenegro", "country", "CS", "2003-07-23", "2006-09-26", ""),
        ("EU", "group", "eu", "", "", ""),
        ("Wereld muv GL", "group_except", "nl:x", "", "", ""),
        ("Diverse landen", "text", "", "", "", ""),
        ("Congo", "several", "", "", "", "CG or CD"),
        ("Onbekend", "unknown", "", "", "", ""),
    ]
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ZUID KOREA", [("country", "KR", "mapped", None)]),
        ("belgie", [("country", "BE", "mapped", None)]),
        ("België via  Zuid-Korea", [("country", "BE", "mapped", None), ("via_country", "KR",
        "mapped", None)]),
        ("EU VIA België", [("group", "eu", "mapped", None), ("via_country", "BE", "mapped", None)]),
        ("België via EU via Zuid-Korea", [("country", "BE", "mapped", None), ("via_group", "eu",
        "mapped", None),
                                          ("via_country", "KR", "mapped", None)]),
        ("België, Zuid-Korea en Trinidad en Tobago",
         [("country", code, "mapped", None) for code in ("BE", "KR", "TT")]),
        ("Trinidad en Tobago/België", [("country", "TT", "mapped", None), ("country", "BE", "mapped", None)]),
        ("EU, België", [("group", "eu", "mapped", None), ("country", "BE", "mapped", None)]),
        ("wereld MUV gl", [("group", "nl:x", "mapped", None)]),
        ("Wereld muv GL en België", [("text", "Wereld muv GL en België", "ambiguous", "ER-K-232")]),
        ("DIVERSE LANDEN", [("text", "DIVERSE LANDEN", "mapped", None)]),
        ("Congo", [("text", "Congo", "ambiguous", "ER-K-232")]),
        ("België via Congo", [("country", "BE", "mapped", None), ("via_text", "Congo", "ambiguous",
        "ER-K-232")]),
        ("Onbekend", [("left_out", None, "derived", None)]),
        ("Atlantis", [("text", "Atlantis", "ambiguous", "ER-K-231")]),
        ("België en Atlantis", [("country", "BE", "mapped", None), ("text", "Atlantis", "ambiguous",
        "ER-K-231")]),
        ("via België", [("text", "via België", "ambiguous", "ER-K-231")]),
        (",", [("text", ",", "ambiguous", "ER-K-231")]),
        ("Belgïë2", [("text", "Belgïë2", "ambiguous", "ER-K-231")]),
    ],
)  # fmt: skip
def test_places(text: str, expected: list[tuple[str, str | None, str, str | None]]) -> None:
    assert said(read("places", text, {"table": "places.csv", "rows": PLACES})) == expected


@pytest.mark.parametrize(
    ("day", "valid"),
    [("2003-07-22", False), ("2003-07-23", True), ("2006-09-26", True), ("2006-09-27", False), (None, False)],
)
def test_a_former_country_on_a_day(day: str | None, valid: bool) -> None:
    reading = read("places", "Servië en Montenegro", {"table": "", "rows": PLACES}, day)
    text = ("text", "Servië en Montenegro", "ambiguous", "ER-K-233")
    assert said(reading) == [("country", "CS", "mapped", None) if valid else text]
    assert not reading.lasting


def test_codes_of_a_table() -> None:
    rows = [{"theirs": "D", "ours": "permanent", "note": "D = definitief"}]
    options = {"table": "durations.csv", "rows": rows}
    assert said(read("code", "D", options)) == [("code", "permanent", "mapped", None)]
    assert said(read("code", "d", options)) == [("code", "permanent", "derived", None)]
    assert said(read("code", "X", options)) == [("carried", "X", "ambiguous", "ER-K-241")]


def test_references() -> None:
    options = {"forms": ["[0-9]{8}"]}
    assert [piece.note for piece in read("reference", "12345678", options).pieces] == [""]
    assert [piece.note for piece in read("reference", "ABC 1", options).pieces] != [""]
    assert said(read("reference", "x" * 257, {})) == [("carried", "x" * 257, "carried", "ER-K-252")]
    assert said(read("reference", "a\nb", {})) == [("carried", "a\nb", "carried", "ER-K-252")]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("date", {"orders": {"-": "year first"}}),
        ("date", {"orders": {"x": "day month year"}}),
        ("control_codes", {"control_list": "x", "form": "y"}),
        ("places", {"table": "", "rows": [PLACES[0] | {"kind": "planet"}]}),
        ("places", {"table": "", "rows": [PLACES[0], PLACES[0]]}),
    ],
)
def test_options_that_make_no_sense(kind: str, options: Mapping[str, Any]) -> None:
    with pytest.raises(MappingError):
        read(kind, "x", options)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("KGM", [("code", "KGM", "mapped", None)]),
        ("kgm", [("code", "KGM", "derived", None)]),
        ("kilogram", [("code", "KGM", "derived", None)]),
        ("kg", [("code", "KGM", "derived", None)]),
        ("KG", [("code", "KGM", "derived", None)]),  # a code given up in 2021, and a usual name of the one in use
        ("05", [("code", "05", "mapped", None)]),  # given up as well, and nothing else
        ("m", [("carried", "m", "ambiguous", "ER-K-242")]),  # the symbol of several
        ("sacks", [("carried", "sacks", "ambiguous", "ER-K-242")]),
    ],
)
def test_codes_of_a_list(text: str, wanted: list[tuple[str, str, str, str | None]]) -> None:
    assert said(read("listed", text, {"list": "units"})) == wanted


def test_a_list_that_is_open_takes_other_codes() -> None:
    assert said(read("listed", "XYZ-9", {"list": "national_types"})) == [("code", "XYZ-9", "mapped", None)]
    assert said(read("listed", "two words", {"list": "national_types"}))[0][3] == "ER-K-242"
    with pytest.raises(MappingError):
        read("listed", "x", {"list": "nosuch"})


@pytest.mark.parametrize("text", ["DE/FR", "DE, FR", "DE;FR", "DE FR", "DE / FR\n"])
def test_several_countries_in_a_cell(text: str) -> None:
    pieces = read("country_codes", text, {}, "2026-01-01").pieces
    assert [(piece.value, piece.entry) for piece in pieces] == [("DE", 0), ("FR", 1)]


def test_what_is_no_country_leaves_no_gap() -> None:
    pieces = read("country_codes", "DE, XX9, FR", {}, "2026-01-01").pieces
    assert [(p.part, p.value, p.entry) for p in pieces if p.part == "country"] == [
        ("country", "DE", 0), ("country", "FR", 1),
    ]  # fmt: skip
    assert [(p.part, p.finding and p.finding.finding_code) for p in pieces if p.finding] == [("text", "ER-K-231")]


@pytest.mark.parametrize(
    ("text", "code", "nomenclature"),
    [("85176200", "85176200", "cn"), ("8517 62 00", "85176200", "cn"), ("851762", "851762", "hs")],
)
def test_codes_of_goods(text: str, code: str, nomenclature: str) -> None:
    pieces = read("commodity", text, {"lists": {"hs": [6], "cn": [8]}}).pieces
    assert [(piece.part, piece.value) for piece in pieces] == [("code", code), ("nomenclature", nomenclature)]


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("17", 17), ("0017", 17), ("000", 0)])
def test_whole_numbers(text: str, number: int) -> None:
    (piece,) = read("integer", text, {}).pieces
    assert piece.value == number and (piece.outcome.value == "mapped") == (str(number) == text)


@pytest.mark.parametrize(("text", "answer"), [("yes", True), ("X", True), ("No", False), ("0", False)])
def test_yes_and_no(text: str, answer: bool) -> None:
    (piece,) = read("yes_no", text, {}).pieces
    assert piece.value is answer


def test_numbers_of_chemicals() -> None:
    pieces = read("cas", "107-06-2, 75-44-5 sarin", {}).pieces
    assert [(piece.part, piece.value, piece.entry) for piece in pieces] == [
        ("number", "107-06-2", 0), ("number", "75-44-5", 1), ("carried", "sarin", 0),
    ]  # fmt: skip


FORMS = {"forms": {"eori": "[A-Z]{2}[0-9]{5,15}"}, "otherwise": "other"}


@pytest.mark.parametrize(
    ("text", "scheme", "number"),
    [("NL123456789", "eori", "NL123456789"), ("55-10", "other", "55-10"), ("vat: NL123", "vat", "NL123"),
     ("vat:NL123", "vat", "NL123"), ("other: NL123456789", "other", "NL123456789"), ("nosuch: 1", "other", "nosuch: 1"),
     ("other: vat: 1", "other", "vat: 1")],
)  # fmt: skip
def test_numbers_of_companies_there_and_back(text: str, scheme: str, number: str) -> None:
    reader = KINDS["identifier"].make(FORMS, lambda name: ())
    pieces = {piece.part: piece.value for piece in reader.read(text, Context(None, {})).pieces}
    assert pieces == {"scheme": scheme, "value": number}
    assert reader.write is not None
    again = reader.write([{part: str(value) for part, value in pieces.items()}], {})
    assert again == text.replace("vat:NL", "vat: NL")


def test_a_number_of_a_company_on_two_lines_is_carried() -> None:
    assert said(read("identifier", "a\nb", FORMS))[0][3] == "ER-K-252"


def test_entries_of_other_lists_have_none() -> None:
    options = {"control_list": "eu_annex1", "elsewhere": "[0-9][A-E]9.*"}
    pieces = read("control_codes", "5A001.f, 5A902", options).pieces
    assert [(p.part, p.value, p.entry) for p in pieces if p.part in ("list", "code")] == [
        ("list", "eu_annex1", 0), ("code", "5A001.f", 0), ("code", "5A902", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "part"), [("CL", "country"), ("efta", "group"), ("Everywhere", "text")])
def test_a_territory(text: str, part: str) -> None:
    reader = KINDS["territory"].make({}, lambda name: ())
    (piece,) = reader.read(text, Context("2026-01-01", {})).pieces
    assert (piece.part, piece.value) == (part, text)
    assert reader.write is not None and reader.write([{part: text}], {}) == text


@pytest.mark.parametrize(
    ("text", "codes", "known"),
    [("Germany", "DE", True), ("France", "DE", False), ("Germany; France", "DE, FR", True),
     ("Germany, France", "DE/FR", True), ("France; Germany", "DE, FR", False), ("Germany", "DE, FR", False)],
)  # fmt: skip
def test_names_of_countries_beside_their_codes(text: str, codes: str, known: bool) -> None:
    (piece,) = read("country_name", text, {"of": "codes"}, codes=codes).pieces
    assert (piece.finding is None) == known


def test_the_names_of_several_countries_are_written() -> None:
    write = KINDS["country_name"].make({"of": "codes"}, lambda name: ()).write
    assert write is not None and write([], {"codes": "DE, FR"}) == "Germany; France" and write([], {}) is None


CHANGES = (
    {"theirs": "reexport", "ours": "reexport", "note": ""},
    {"theirs": "re-export", "ours": "reexport", "note": ""},
    {"theirs": "change of end-use", "ours": "change_of_end_use", "note": "by the user"},
)


@pytest.mark.parametrize(
    ("text", "codes", "carried", "back"),
    [
        ("reexport", ["reexport"], [], "reexport"),
        ("Change of end-use; re-export", ["change_of_end_use", "reexport"], [], "change of end-use, reexport"),
        ("re-export, reexport", ["reexport"], [], "reexport"),
        ("sale, reexport,\nloan", ["reexport"], ["sale", "loan"], "reexport"),
        (", ;", [], [", ;"], None),
    ],
)
def test_several_codes_in_a_cell(text: str, codes: list[str], carried: list[str], back: str | None) -> None:
    reader = KINDS["codes"].make({"table": "changes.csv"}, lambda name: CHANGES)
    pieces = reader.read(text, Context(None, {})).pieces
    found = [piece for piece in pieces if piece.part == "code"]
    assert [(piece.entry, piece.value) for piece in found] == list(enumerate(codes))
    assert [(p.value, p.finding and p.finding.finding_code) for p in pieces if p.part == "carried"] == [
        (word, "ER-K-241") for word in carried
    ]
    assert reader.write is not None
    assert reader.write([{"code": code} for code in codes], {}) == back


@pytest.mark.parametrize(
    ("text", "numbers", "carried"),
    [("1, 2", [1, 2], []), ("03;x 7", [3, 7], ["x"]), ("one", [], ["one"]), ("-1", [], ["-1"])],
)
def test_several_numbers_in_a_cell(text: str, numbers: list[int], carried: list[str]) -> None:
    pieces = read("integers", text, {}).pieces
    found = [piece for piece in pieces if piece.part == "number"]
    assert [(piece.entry, piece.value) for piece in found] == list(enumerate(numbers))
    assert [piece.value for piece in pieces if piece.part == "carried"] == carried


@pytest.mark.parametrize(
    ("text", "day", "due"),
    [
        ("2026-05-02", "2026-05-02", "2026-06-01"),
        ("2028-02-01", "2028-02-01", "2028-03-02"),
        ("2026-04-31", None, None),
    ],
)
def test_the_last_of_the_days_after_a_day(text: str, day: str | None, due: str | None) -> None:
    found = {piece.part: piece.value for piece in read("deadline", text, {"days": 30}).pieces}
    assert (found.get("day"), found.get("due")) == (day, due)
    assert found.get("carried") == (None if day else text)


def test_a_deadline_is_of_one_day_or_more() -> None:
    for days in (0, -3, "30", True):
        with pytest.raises(MappingError, match="days"):
            KINDS["deadline"].make({"days": days}, lambda name: ())


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-20", "2026-05-20T00:00:00Z"), ("2026-05-20T09:30:00Z", "2026-05-20T09:30:00Z"),
        ("2026-05-20T24:00:00Z", None), ("2026-02-30T10:00:00Z", None), ("2026-05-20T09:30:00+02:00", None),
        ("2026-13-01", None), ("1800-05-20T09:30:00Z", None), ("soon", None),
    ],
)  # fmt: skip
def test_moments(text: str, moment: str | None) -> None:
    (piece,) = read("moment", text, {}).pieces
    assert (piece.part, piece.value) == (("moment", moment) if moment else ("carried", text))
    write = KINDS["moment"].make({}, lambda name: ()).write
    assert write is not None and write([], {}) is None
    assert moment is None or write([{"moment": moment}], {}) == text


def test_a_cell_of_a_single_code_is_not_split() -> None:
    options = {"form": "any", "keep": True, "single": True}
    pieces = read("control_codes", "XII(c), XII(d)", options).pieces
    assert [(piece.part, piece.value, piece.entry) for piece in pieces] == [("as_given", "XII(c), XII(d)", 0)]
    assert [piece.value for piece in read("control_codes", "XII(c)(2)", options).pieces] == ["XII.c.2", "XII(c)(2)"]
