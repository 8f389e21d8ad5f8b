"""The Swiss lists: where each column goes, what parallel lines and positions become, and the real list whole."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from conversion_cases import REPORTED_AT
from lists_of_rows import outcomes_of_case

import exportreport
from exportreport.codec import json_text
from exportreport.conversion import Conversion, Format, convert
from exportreport_converters import FORMATS, layouts_of

ELIC, TRACKER = FORMATS["ch_seco/elic"], FORMATS["ch_seco/tracker"]
_CODES = ("control_list", "control_code", "control_code_as_given")

#: Where each column goes.
PLACES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "elic": {
        "Geschäftsnummer": ("/authorizations/0/authorization_number", "/sources/0/record_reference"),
        "Ausstellungsdatum": ("/authorizations/0/issued_on", "/as_of"),
        "Bestimmungs-/Lieferland": tuple(f"/transaction/destinations/+/{one}" for one in
                                         ("country", "country_group", "territory_text")),
        "Position / Güterart": (),
        "Position / EKN": tuple(f"/items/*/classifications/+/{one}" for one in _CODES),
        "Position / Wert [CHF]": ("/items/*/value/amount",),
    },
    "tracker": {
        "Geschäftsnummer": ("/authorizations/0/authorization_number", "/sources/0/record_reference"),
        "Bewilligungsdatum": ("/authorizations/0/issued_on", "/as_of"),
        "Endverbraucherland": tuple(f"/transaction/destinations/+/{one}" for one in
                                    ("country", "country_group", "territory_text")),
        **{name: tuple(f"/items/*/classifications/+/{one}" for one in _CODES) for name in
           ("AG (GKV)", "MTCR (GKV)", "NSGI (GKV)", "NSGII (GKV)", "WA (GKV)", "ML (GKV)", "ChKV")},
        **{f"Anhang 5.{n}": ("/items/*/classifications/+/control_list",) for n in (1, 2, 3)},
        "Wert": ("/items/*/value/amount",),
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", PLACES)
def test_every_column_goes_to_its_place(layout: str) -> None:
    form = FORMATS[f"ch_seco/{layout}"]
    assert {
        field.column: tuple(target.pointer for targets in field.targets.values() for target in targets)
        for field in form.fields
    } == PLACES[layout]


def file_of(form: Format, *rows: Mapping[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([form.columns.names, *([row.get(name, "") for name in form.columns.names] for row in rows)])
    return text.getvalue().encode()


def elic(*rows: tuple[str, str, str, str, str, str]) -> list[Conversion]:
    named = (dict(zip(ELIC.columns.names, row, strict=True)) for row in rows)
    return list(convert(layouts_of("ch_seco"), [file_of(ELIC, *named)], reported_at=REPORTED_AT))


GOOD = ("9000001", "03.03.2014", "Norwegen", "Dual Use Güter", "5A001.f1", "480000")


def changed(**cells: str) -> tuple[str, str, str, str, str, str]:
    number, day, to, kind, code, value = GOOD
    return (cells.get("number", number), cells.get("day", day), cells.get("to", to), cells.get("kind", kind),
            cells.get("code", code), cells.get("value", value))  # fmt: skip


def codes_of(conversion: Conversion) -> list[str]:
    return [finding.finding_code for finding in conversion.findings]


def test_rows_of_one_number_are_positions_and_equal_ones_stay_two() -> None:
    (found,) = elic(GOOD, changed(value="7"), GOOD)
    assert found.report is not None
    items = found.report["items"]
    assert [(item["item_number"], item["value"]["amount"]) for item in items] == [
        (1, "480000"),
        (2, "7"),
        (3, "480000"),
    ]
    assert len(found.report["transaction"]["destinations"]) == 1 and not codes_of(found)


@pytest.mark.parametrize(
    ("kind", "code", "wanted"),
    [
        ("Dual Use Güter", "2b201.A1", {"control_list": "ch_gkv", "control_code": "2B201.a.1"}),
        ("National kontrollierte Güter", "5.1", {"control_list": "ch_gkv_5_1"}),
        ("Besondere militärische Güter", "ML03", {"control_list": "ch_gkv_annex_3", "control_code": "ML3"}),
        ("Sanktionsgüter", "III.A1.003", {"control_list": "ch_embargo"}),
        ("Nukleargüter", "0B001", {"control_list": "ch_gkv_annex_1", "control_code": "0B001"}),
        ("Chemikalien CWÜ", "3B.14", {"control_list": "ch_chkv"}),
    ],
)
def test_the_kind_of_goods_says_the_list(kind: str, code: str, wanted: dict[str, str]) -> None:
    (found,) = elic(changed(kind=kind, code=code))
    assert found.report is not None
    assert found.report["items"][0]["classifications"] == [{**wanted, "control_code_as_given": code}]
    assert not codes_of(found)


def test_lines_go_together_one_by_one() -> None:
    kinds = "Dual Use Güter\nNational kontrollierte Güter\nDual Use Güter"
    (found,) = elic(changed(kind=kinds, code="2B001.b2\n5.1\n2B001.b2"))
    assert found.report is not None
    lists = [one["control_list"] for one in found.report["items"][0]["classifications"]]
    assert lists == ["ch_gkv", "ch_gkv_5_1"]  # the third line says what the first one does


@pytest.mark.parametrize(
    ("cells", "codes", "column"),
    [
        ({"day": "31.02.2014"}, ["ER-K-202"], 2),
        ({"day": "2014.03.03"}, ["ER-K-203"], 2),
        ({"to": "Lummerland"}, ["ER-K-231"], 3),
        ({"to": "Kongo"}, ["ER-K-232"], 3),
        ({"kind": "Spielwaren"}, ["ER-K-241", "ER-K-241"], 4),
        ({"kind": "Dual Use Güter\nDual Use Güter"}, ["ER-K-245", "ER-K-245"], 4),
        ({"code": "7A"}, ["ER-K-221"], 5),
        ({"value": "-5"}, ["ER-K-216"], 6),
        ({"value": "viel"}, ["ER-K-216"], 6),
    ],
)
def test_a_wrong_cell_is_named(cells: dict[str, str], codes: list[str], column: int) -> None:
    (found,) = elic(changed(**cells))
    assert found.report is not None and codes_of(found) == codes
    places = [(entry.cell.row, entry.cell.column) for entry in found.ledger if entry.finding_code and entry.cell]
    assert places[0] == (1, column)


def test_codes_that_cannot_be_paired_are_of_no_list() -> None:
    (found,) = elic(changed(kind="Dual Use Güter\nNukleargüter", code="2B201"))
    assert found.report is not None
    assert found.report["items"][0]["classifications"] == [{"control_code_as_given": "2B201"}]
    assert [one["extension_value"] for one in found.report["extensions"]] == ["Dual Use Güter\nNukleargüter"]
    assert exportreport.validate(json_text.line(found.report)).accepted


@pytest.mark.parametrize(("text", "amount"), [("1'250'000", "1250000"), ("8353.25", "8353.25"), ("0", "0")])
def test_francs(text: str, amount: str) -> None:
    (found,) = elic(changed(value=text))
    assert found.report is not None
    assert found.report["items"][0]["value"] == {"amount": amount, "currency": "CHF"}


def test_regime_columns_together_are_the_classifications_of_one_item() -> None:
    row = {"Geschäftsnummer": "E-1", "Bewilligungsdatum": "01/17/2012", "Endverbraucherland": "Kenia",
           "AG (GKV)": "2B350.g3", "WA (GKV)": "5A001f, 5A001i", "ML (GKV)": "10.c2", "Anhang 5.2": "x"}  # fmt: skip
    (found,) = convert(layouts_of("ch_seco"), [file_of(TRACKER, row, row)], reported_at=REPORTED_AT)
    assert found.report is not None
    wanted = [
        {"control_list": "australia_group", "control_code": "2B350.g.3", "control_code_as_given": "2B350.g3"},
        {"control_list": "wassenaar", "control_code": "5A001.f", "control_code_as_given": "5A001f"},
        {"control_list": "wassenaar", "control_code": "5A001.i", "control_code_as_given": "5A001i"},
        {"control_list": "ch_gkv_annex_3", "control_code": "ML10.c.2", "control_code_as_given": "10.c2"},
        {"control_list": "ch_gkv_5_2"},
    ]
    assert [item["classifications"] for item in found.report["items"]] == [wanted, wanted]
    told = {entry.target for entry in found.ledger}
    assert "/items/1/classifications/4/control_list" in told and "/items/0/classifications/2/control_code" in told


def test_the_real_list_converts_whole_and_is_accepted(real_data: Path) -> None:
    with (real_data / "real" / "ch_seco" / "elic_2014.csv").open("rb") as file:
        found = list(convert(layouts_of("ch_seco"), file, reported_at=REPORTED_AT))
    assert len(found) == 458 and sum(len(one.records) for one in found) == 612
    outcomes = Counter(entry.outcome.value for one in found for entry in one.ledger if entry.cell)
    text = sum(number for outcome, number in outcomes.items() if outcome != "blank")
    assert outcomes["mapped"] + outcomes["derived"] >= 0.99 * text
    assert not [one for one in found if one.refused is not None] and not list(verdicts(found, accepted=False))


def verdicts(found: list[Conversion], *, accepted: bool) -> Iterator[Any]:
    lines = b"".join(json_text.line(one.report) for one in found if one.report is not None)
    return (one for one in exportreport.validate_all(lines) if one.accepted is accepted)


@pytest.mark.parametrize("form", [ELIC, TRACKER], ids=["elic", "tracker"])
def test_most_of_the_case_finds_its_place(form: Format) -> None:
    told = [outcome for _, outcome in outcomes_of_case(form)]
    assert sum(outcome in ("mapped", "derived") for outcome in told) >= 0.95 * len(told)
