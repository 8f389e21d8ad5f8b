"""CHIEF record files: structure, demands, envelope, where each field goes, real files, and the way back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conversion_cases import FOLDER, REPORTED_AT
from hypothesis import given, settings
from hypothesis import strategies as st

import exportreport
from exportreport.cli.main import cli
from exportreport.conversion import ENVELOPE, Conversion, Writer, convert
from exportreport.conversion.parts import leaves
from exportreport_converters import FORMATS, layouts_of

LAYOUTS = layouts_of("uk_chief")


def file_of(*records: str) -> bytes:
    """The records as a file, numbered."""
    return "".join(f"{number}\\{record}\n" for number, record in enumerate(records, 1)).encode()


HEAD = r"fileHeader\SPIRE\CHIEF\licenceData\202602031405\1207\N"
LICENSE = (
    r"licence\T1\insert\GBSIEL/2026/0000001/P\SIE\E\20260203\20280202",
    r"trader\\GB123456789000\\\Signal Works Ltd\1 Mill Lane\Reading\\\\RG1 1AA",
    r"country\NO\\D",
    r"foreignTrader\Fjord Telecom AS\Havnegata 1\\\\\\NO",
    r"restrictions\Provisos may apply",
    r"line\1\8517620000\\\\Interception system\Q\\030\\4\\\\\\ ".rstrip(),
    r"end\licence\7",
)
TRAILER = r"fileTrailer\1"


def read(data: bytes) -> list[Conversion]:
    return list(convert(LAYOUTS, [data], reported_at=REPORTED_AT))


def changed(at: int, old: str, new: str) -> bytes:
    """The good file with one of the records of its license changed."""
    assert old in LICENSE[at]
    records = [record.replace(old, new) if number == at else record for number, record in enumerate(LICENSE)]
    return file_of(HEAD, *records, TRAILER)


def refusals(found: Sequence[Conversion]) -> list[tuple[str, int, int | None]]:
    """Code, line and column of each refusal."""
    return [(one.refused.fault.code, one.refused.line, one.refused.cell.column if one.refused.cell else None)
            for one in found if one.refused is not None]  # fmt: skip


def test_a_license_and_its_envelope() -> None:
    license, envelope = read(file_of(HEAD, *LICENSE, TRAILER))
    assert license.report is not None and envelope.report is not None
    assert envelope.report["report_type"] == ENVELOPE and envelope.report["report_id"] == "licenceData/1207"
    assert (envelope.report["sequence_number"], envelope.report["sequence_reset"]) == (1207, False)
    roles = [(party["key"], party["roles"]) for party in license.report["parties"]]
    assert roles == [("trader", ["license_recipient"]), ("foreign_trader-1", ["end_user"])]
    assert license.report["transaction"]["destinations"] == [{"country": "NO"}]
    told = {entry.target for entry in license.ledger}
    assert {target for target, _ in leaves(license.report)} <= told


def fields_of_the_interface() -> Iterator[tuple[str, str, str]]:
    """Layout, record and field of each of the 90 fields, as the tables of the layouts have them."""
    for layout in ("licence_data", "usage_data", "reply"):
        with (FOLDER / "uk_chief" / layout / "records.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield from ((layout, row["record"], field) for field in row["fields"].split())


def test_every_field_has_a_column() -> None:
    columns = {form.layout: {column.replace("[]", "") for column in form.columns.names} for form in LAYOUTS}
    columns["licence_data"] |= columns["file"]
    columns["usage_data"] |= columns["file"]
    missing = [
        (layout, record, field) for layout, record, field in fields_of_the_interface()
        if not any(name == f"{record}.{field}" or name.endswith(f".{record}.{field}") for name in columns[layout])
    ]  # fmt: skip
    assert missing == []


#: Where the fields go: those that the table of places names, layout by layout.
PLACES: Mapping[str, Mapping[str, str]] = {
    "licence_data": {
        "licence.transactionRef": "/sources/0/record_reference", "licence.action": "/report_function",
        "licence.licenceRef": "/authorizations/0/authorization_number",
        "licence.licenceType": "/authorizations/0/national_type", "licence.usage": "/transaction/activity",
        "licence.startDate": "/authorizations/0/valid_from", "licence.endDate": "/authorizations/0/valid_until",
        "trader.turn": "/parties/{trader}/identifiers/{turn}/identifier_value",
        "trader.rpaTraderId": "/parties/{trader}/identifiers/{eori}/identifier_value",
        "trader.name": "/parties/{trader}/name", "trader.address5": "/parties/{trader}/addresses/0/lines/-",
        "trader.postcode": "/parties/{trader}/addresses/0/postal_code",
        "trader.startDate": "/parties/{trader}/valid_from", "trader.endDate": "/parties/{trader}/valid_until",
        "country[].code": "/authorizations/0/territorial_scope/*/country",
        "country[].group": "/authorizations/0/territorial_scope/*/country_group",
        "country[].use": "/authorizations/0/territorial_scope/*/territory_use",
        "foreignTrader[].name": "/parties/*/name", "foreignTrader[].country": "/parties/*/addresses/0/country",
        "restrictions.text": "/authorizations/0/conditions/0/condition_text",
        "line[].lineNum": "/authorizations/0/limits/*/line_number",
        "line[].commodity": "/items/{item}/commodity_codes/0/commodity_code",
        "line[].supplement1": "/items/{item}/commodity_codes/0/supplementary_codes/-",
        "line[].goodsDescription": "/items/{item}/description",
        "line[].controlledBy": "/authorizations/0/limits/*/controlled_by",
        "line[].currency": "/authorizations/0/limits/*/value/currency",
        "line[].quantityUnit": "/authorizations/0/limits/*/quantity/unit",
        "line[].valueIssued": "/authorizations/0/limits/*/value/amount",
        "line[].quantityIssued": "/authorizations/0/limits/*/quantity/amount",
        "line[].subPeriod": "/authorizations/0/limits/*/period_days",
        "line[].subPeriodQuantity": "/authorizations/0/limits/*/period_quantity/amount",
        "line[].subPeriodValue": "/authorizations/0/limits/*/period_value/amount",
    },
    "usage_data": {
        "licenceUsage.licenceStatus": "/authorizations/0/status_changes/0/authorization_status",
        "licenceUsage.completionDate": "/authorizations/0/status_changes/0/occurred_on",
        "line[].lineNum": "/usage_totals/*/line_number", "line[].quantityUsed": "/usage_totals/*/quantity/amount",
        "line[].valueUsed": "/usage_totals/*/value/amount", "line[].currency": "/usage_totals/*/value/currency",
        "line[].usage[].usageType": "/drawdowns/*/drawdown_kind",
        "line[].usage[].declarationUCR": "/drawdowns/*/customs_declarations/{ucr}/customs_document_number",
        "line[].usage[].declarationPartNum": "/drawdowns/*/customs_declarations/{ucr}/customs_document_part",
        "line[].usage[].controlDate": "/drawdowns/*/used_on",
        "line[].usage[].traderId": "/parties/{declarant}/identifiers/{trader_id}/identifier_value",
        "line[].usage[].claimRef": "/drawdowns/*/claim_reference",
        "line[].usage[].originCountry": "/drawdowns/*/countries_of_origin/0",
        "line[].usage[].customsMIC": "/drawdowns/*/customs_message_code",
        "line[].usage[].customsMessage": "/drawdowns/*/customs_message",
        "line[].usage[].consigneeName": "/parties/{consignee}/name",
        "line[].usage[].declarationMRN": "/drawdowns/*/customs_declarations/{mrn}/customs_document_number",
        "line[].usage[].departureICS": "/drawdowns/*/customs_declarations/{ics}/customs_document_number",
    },
    "reply": {
        "fileHeader.runNum": "/responds_to/sequence_number",
        "accepted[].transactionRef": "/record_verdicts/*/record_reference",
        "rejected[].transactionRef": "/record_verdicts/*/record_reference",
        "rejected[].error[].code": "/record_verdicts/*/findings/*/finding_code",
        "rejected[].error[].text": "/record_verdicts/*/findings/*/message",
        "fileError[].code": "/findings/*/finding_code", "fileError[].text": "/findings/*/message",
        "fileError[].position": "/findings/*/line",
    },
    "file": {"fileHeader.runNum": "/sequence_number", "fileHeader.resetRunNum": "/sequence_reset",
             "fileHeader.creationDateTime": "/reported_at", "fileHeader.sourceSystem": "/sender/name"},
}  # fmt: skip


@pytest.mark.parametrize("layout", PLACES)
def test_fields_go_to_their_places(layout: str) -> None:
    form = FORMATS[f"uk_chief/{layout}"]
    targets = {field.column: [target.pointer for of_part in field.targets.values() for target in of_part]
               for field in form.fields}  # fmt: skip
    assert {column: place for column, place in PLACES[layout].items() if place not in targets[column]} == {}


@pytest.mark.parametrize(
    ("at", "old", "new", "code", "line", "column"),
    [
        (0, "insert", "update", "ER-K-148", 2, 14),
        (0, r"\SIE", "\\", "ER-K-146", 2, 43),
        (0, "T1", "", "ER-K-146", 2, 11),
        (0, "20280202", "20250202", "ER-K-148", 2, 58),
        (1, "\\\\\\Signal", "\\20260203\\20260202\\Signal", "ER-K-148", 3, 35),
        (1, "GB123456789000", "", "ER-K-146", 3, 10),
        (2, "NO", "", "ER-K-146", 4, 11),
        (2, "NO\\", "NO\\G012", "ER-K-147", 4, 14),
        (2, r"\D", r"\X", "ER-K-148", 4, 15),
        (3, "Havnegata 1", "x" * 36, "ER-K-148", 5, 34),
        (5, r"\4", "\\", "ER-K-146", 7, 52),
        (5, "030\\\\4", "030\\7\\4", "ER-K-147", 7, 51),
        (5, r"030\\4", r"030\\4.5", "ER-K-148", 7, 52),
        (5, r"\Q", r"\Z", "ER-K-148", 7, 44),
        (5, "4\\\\\\", "4\\\\9\\", "ER-K-147", 7, 55),
        (5, r"\8517620000\\", r"\\A1\\"[:-1], "ER-K-147", 7, 11),
        (6, "licence", "line", "ER-K-142", 8, 7),
        (6, "7", "8", "ER-K-143", 8, 15),
    ],
)
def test_a_wrong_record_is_refused_with_its_place(
    at: int, old: str, new: str, code: str, line: int, column: int
) -> None:
    found = read(changed(at, old, new))
    assert refusals(found)[0] == (code, line, column)
    assert [one[0] for one in refusals(found)[1:]] == ["ER-K-149"]  # the rest of the transaction
    assert [one.report["report_type"] for one in found if one.report is not None] == [ENVELOPE]
    cells = [entry for one in found if one.refused for entry in one.ledger if entry.cell is not None]
    assert {entry.line for entry in cells} == set(range(2, 9))


@pytest.mark.parametrize(
    ("records", "codes"),
    [
        ((HEAD, *LICENSE), ["ER-K-145"]),
        ((HEAD, *LICENSE, r"fileTrailer\2"), ["ER-K-143"]),
        ((HEAD, *LICENSE[:-1], TRAILER), ["ER-K-144"]),
        ((HEAD, *LICENSE[:3], *LICENSE, TRAILER), ["ER-K-144", "ER-K-143"]),
        ((HEAD, *LICENSE, *LICENSE[1:2], TRAILER), ["ER-K-141"]),
        ((HEAD, *LICENSE, TRAILER, *LICENSE[:1]), ["ER-K-141"]),
        ((HEAD, r"end\licence\2", *LICENSE, TRAILER), ["ER-K-141"]),
        ((HEAD, HEAD, *LICENSE, TRAILER), ["ER-K-141"]),
        ((HEAD, "nothing", *LICENSE, TRAILER), ["ER-K-121"]),
    ],
)
def test_a_wrong_structure_is_named(records: tuple[str, ...], codes: list[str]) -> None:
    assert [code for code, *_ in refusals(read(file_of(*records)))] == codes


def test_a_record_that_stands_twice_where_it_may_stand_once() -> None:
    found = read(file_of(HEAD, LICENSE[0], LICENSE[1], LICENSE[1], r"end\licence\4", TRAILER))
    assert [one[:2] for one in refusals(found)] == [("ER-K-141", 4), ("ER-K-149", 2)]


@pytest.mark.parametrize(("days", "codes"), [("30", ["ER-K-146", "ER-K-149"]), ("0", []), ("", [])])
def test_a_value_for_a_period_is_demanded_where_there_is_a_period(days: str, codes: list[str]) -> None:
    line = "\\".join(["line", "1", "", "", "", "", "Radio", "V", "GBP", "", "500", "", days, *[""] * 5])
    assert [code for code, *_ in refusals(read(file_of(HEAD, *LICENSE[:5], line, LICENSE[6], TRAILER)))] == codes


def test_sender_and_receiver_differ() -> None:
    found = read(file_of(HEAD.replace("CHIEF", "SPIRE"), *LICENSE, TRAILER))
    assert refusals(found)[0] == ("ER-K-148", 1, 20)


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"1\\x\n", b"hello\n", file_of(r"fileHeader\A\B\otherData\1\1\N"), b"\xff\xfe"]
)
def test_what_is_no_file_of_the_format_is_refused(data: bytes) -> None:
    found = read(data)
    assert [one.report for one in found] == [None] * len(found) and found


def test_one_bad_license_costs_no_other() -> None:
    bad = [LICENSE[0].replace("insert", "update").replace("T1", "T2"), r"end\licence\2"]
    found = read(file_of(HEAD, *bad, *LICENSE, r"fileTrailer\2"))
    assert [one.report["report_type"] for one in found if one.report is not None] == ["LicenseFiling", ENVELOPE]
    assert [code for code, *_ in refusals(found)] == ["ER-K-148", "ER-K-149"]


def test_the_older_line_is_read_and_never_written() -> None:
    older = r"line\1\8517620000\\\\Interception system\Q\\030\\4"
    found = read(file_of(HEAD, *LICENSE[:5], older, LICENSE[6], TRAILER))
    assert found[0].report is not None
    (written,) = Writer(LAYOUTS).write([found[0].report])
    assert b"\\4\\\\\\\\\\\\\n" in written.data


def convert_file(source: Path, *arguments: str | Path) -> None:
    done = CliRunner().invoke(cli, ["convert", str(source), *map(str, arguments)])
    assert done.exit_code in (0, 1), done.output


@pytest.mark.parametrize("layout", ["licence_data", "usage_data", "reply"])
def test_whole_files_come_back_through_json_and_xml(tmp_path: Path, layout: str) -> None:
    """The normal form of the case, with its head, to JSON or XML and back: the same bytes."""
    theirs = FOLDER / "uk_chief" / layout / "cases" / "back.txt"
    for syntax in ("json", "xml"):
        ours, back = tmp_path / f"ours.{syntax}", tmp_path / f"back.{syntax}.txt"
        convert_file(theirs, "--from", "uk_chief", "--to", syntax, "-o", ours)
        convert_file(ours, "--to", "uk_chief", "-o", back, "--ledger", tmp_path / f"ledger.{syntax}")
        assert back.read_bytes() == theirs.read_bytes()
        assert '"lost"' not in (tmp_path / f"ledger.{syntax}").read_text(encoding="utf-8")


def test_an_answer_names_the_submission_that_it_answers() -> None:
    _, envelope = read(file_of(HEAD, *LICENSE, TRAILER))
    (reply,) = read(
        file_of(r"fileHeader\CHIEF\SPIRE\licenceReply\202602031500\1207", r"accepted\T1", r"fileTrailer\1\0\0")
    )
    assert envelope.report is not None and reply.report is not None
    assert reply.report["responds_to"]["message_id"] == envelope.report["report_id"]
    assert reply.report["verdict"] == "accepted"


#: The real files: how many reports each gives, and what is refused, with the lines.
REAL = {
    "CHIEF_LIVE_SPIRE_licenceData_78859_invalid": (0, [("ER-K-121", 2), ("ER-K-123", 5)]),
    "CHIEF_LIVE_SPIRE_licenceData_78859_unitNAR": (2, []),
    "end_to_end__CHIEF_LIVE_SPIRE_licenceData_1_202001010000": (1, []),
    "end_to_end__ILBDOTI_live_CHIEF_licenceReply_1_202001010000": (1, []),
    "end_to_end__ILBDOTI_live_CHIEF_usageData_1_202001010000": (1, []),
    "icms__licence_data_files__fa_oil_insert": (1, []),
    "icms__licence_data_files__fa_sil_insert": (1, []),
    "license_update_file": (0, [("ER-K-122", 7), ("ER-K-122", 8), ("ER-K-149", 2)]),
    "license_update_reply_file": (1, []),
    "license_usage_file": (7, []),
    "usage_data_reply_file": (1, []),
}


@pytest.mark.parametrize("name", REAL)
def test_real_files(real_data: Path, name: str) -> None:
    data = (real_data / "real" / "uk_chief" / name).read_bytes()
    found = read(data)
    reports = [one.report for one in found if one.report is not None and one.report["report_type"] != ENVELOPE]
    wanted, refused = REAL[name]
    assert len(reports) == wanted
    assert [one[:2] for one in refusals(found)][: len(refused)] == refused
    for report in reports:
        assert exportreport.validate(json.dumps(report).encode()).accepted
    cells = [entry for one in found if one.report is not None for entry in one.ledger if entry.cell is not None]
    placed = [entry for entry in cells if entry.outcome.value in ("mapped", "derived")]
    assert len(placed) >= 0.95 * len([entry for entry in cells if entry.outcome.value != "blank"])


@pytest.mark.parametrize("name", [name for name, (reports, refused) in REAL.items() if reports and not refused])
def test_real_files_come_back(real_data: Path, tmp_path: Path, name: str) -> None:
    theirs, ours, back = real_data / "real" / "uk_chief" / name, tmp_path / "ours.json", tmp_path / "back.txt"
    convert_file(theirs, "--from", "uk_chief", "--to", "json", "-o", ours)
    convert_file(ours, "--to", "uk_chief", "-o", back)
    older = "unitNAR" in name  # lines of 13 fields are written with 19
    reply = "reply_file" in name  # answers are written in order
    lines = [line.partition("\\")[2] for line in theirs.read_text(encoding="utf-8").splitlines()]
    again = [line.partition("\\")[2] for line in back.read_text(encoding="utf-8").splitlines()]
    if older:
        lines = [line + "\\" * 6 if line.startswith("line") else line for line in lines]
    assert (sorted(again) == sorted(lines)) if reply else (again == lines)


TEXT = st.text(
    st.characters(codec="ascii", exclude_characters="\\|", min_codepoint=33, max_codepoint=126), min_size=1, max_size=20
)
DAY = st.dates(min_value=__import__("datetime").date(2000, 1, 1)).map(lambda day: day.strftime("%Y%m%d"))
LINE = st.tuples(st.sampled_from("QVBO"), TEXT, st.integers(1, 10**6), st.integers(1, 10**6)).map(
    lambda one: "\\".join([
        "line", "{n}", "", "", "", "", one[1], one[0], "GBP" if one[0] in "VB" else "", "030" if one[0] in "QB" else "",
        str(one[2]) if one[0] in "VB" else "", str(one[3]) if one[0] in "QB" else "", "", "", "", "", "", "",
    ])
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXT, DAY, st.lists(TEXT, max_size=5), st.lists(LINE, max_size=3)), min_size=1, max_size=3))
def test_any_licenses_come_back(licenses: list[tuple[str, str, list[str], list[str]]]) -> None:
    """write(read(x)) = x for files in normal form."""
    records = [HEAD]
    for number, (name, day, address, lines) in enumerate(licenses):
        own = [rf"licence\T{number}\insert\GB{number}\SIE\E\{day}\ ".rstrip(), r"country\NO\\D",
               "\\".join(["foreignTrader", name, *(road := address or ["Road"]), *[""] * (5 - len(road)), "", "NO"]),
               *(line.replace("{n}", str(n)) for n, line in enumerate(lines, 1))]  # fmt: skip
        own.insert(1, "\\".join(["trader", "", "GB123456789000", "", "", name, *[""] * 5, ""]))
        records += [*own, rf"end\licence\{len(own) + 1}"]
    data = file_of(*records, rf"fileTrailer\{len(licenses)}")
    found = read(data)
    assert not refusals(found)
    writer = Writer(LAYOUTS)
    envelope: dict[str, Any] = next(one.report for one in found if one.report and one.report["report_type"] == ENVELOPE)
    writer.envelope(envelope)
    written = list(writer.write(one.report for one in found if one.report and one.report is not envelope))
    assert writer.head() + b"".join(one.data for one in written) + writer.tail() == data


def test_a_license_of_the_licensing_system_is_written_under_its_own_number() -> None:
    """The reference of the transaction is made from that of the license, the exporter the trader; lines need limits."""
    data = (FOLDER / "uk_lite" / "license" / "cases" / "back.json").read_bytes()
    reports = [one.report for one in exportreport.convert(data, "uk_lite/license") if one.report is not None]
    (first, *_) = exportreport.convert_to(reports[:1], "uk_chief").reports
    assert first.refused is None
    number = reports[0]["authorizations"][0]["authorization_number"]
    lines = first.data.decode().splitlines()
    assert lines[0].split("\\")[1:7] == [
        "licence",
        number.partition("/")[2].replace("/", ""),
        "insert",
        number,
        "SIE",
        "E",
    ]
    assert reports[0]["parties"][0]["name"] in lines[1]
    lost = {entry.target for entry in first.ledger if entry.outcome == "lost"}
    assert "/items/0/quantity/amount" in lost and "/parties/0/name" not in lost


def test_the_head_of_a_file_is_no_record_of_it(tmp_path: Path) -> None:
    bare = (HEAD, r"fileTrailer\0")
    for records, said in (((HEAD, *LICENSE, TRAILER), "1 record: 1 conv"), (bare, "0 records: 0 conv")):
        path = tmp_path / "file"
        path.write_bytes(file_of(*records))
        done = CliRunner().invoke(cli, ["convert", "--from", "uk_chief", "--to", "ndjson", str(path)])
        assert done.exit_code == 0 and said in done.stderr


def test_each_report_that_is_refused_is_named(tmp_path: Path) -> None:
    ours = tmp_path / "ours.ndjson"
    ours.write_bytes((FOLDER / "uk_denials" / "cases" / "ours.ndjson").read_bytes())
    done = CliRunner().invoke(cli, ["convert", "--to", "uk_chief", str(ours)])
    names = [json.loads(line)["report_id"] for line in ours.read_text(encoding="utf-8").splitlines()]
    assert done.exit_code == 1 and all(f"ER-K-301 {name}: " in done.stderr for name in names[:5])
