"""Entries with a name, records within records, layouts and XML: formats made for the purpose, there and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import exportreport
from exportreport.conversion import Conversion, Format, MappingError, Writer, Writing, convert, load
from exportreport.conversion.parts import leaves

REPORTED_AT = "2026-11-25T09:00:00Z"

#: What every report of these formats begins with.
CONSTANTS: Mapping[str, str | int] = {
    "/schema_version": "1.0",
    "/revision": 1,
    "/reporting_state": "GB",
    "/reporting_authority/name": "Authority",
    "/handling/sensitivity": "restricted",
}


def made(
    folder: Path, fields: Sequence[tuple[str, str, str, str]], constants: Sequence[Mapping[str, Any]],
    columns: Mapping[str, Mapping[str, Any]] | None = None, kind: str = "LicenseFiling", **keys: Any,
) -> Format:  # fmt: skip
    """A format with these lines of fields.csv, and what its mapping.toml says besides."""
    folder.mkdir(parents=True)
    about = {"id": folder.name, "title": "A format", "version": "1.0.0", "source_system": "system", "writes": True}
    always = [
        {"target": "/report_type", "value": kind},
        {"target": "/report_id", "from": "report_id"},
        {"target": "/reported_at", "from": "reported_at"},
        *({"target": target, "value": value} for target, value in CONSTANTS.items()),
    ]
    lines = [
        f"{key} = {_toml(value)}" for key, value in (about | {"number": fields[0][0], "shape": "json"} | keys).items()
    ]
    for name in dict.fromkeys(field for field, *_ in fields):
        lines += [
            "[[column]]",
            *(f"{k} = {_toml(v)}" for k, v in {"name": name, **(columns or {}).get(name, {})}.items()),
        ]
    for constant in (*always, *constants):
        whole = {"outcome": "defaulted", "note": "by the format", **constant}
        lines += ["[[constant]]", *(f"{key} = {_toml(value)}" for key, value in whole.items())]
    lines += ["[readings.reference]"]
    (folder / "mapping.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = ["column,reading,part,target,note", *(",".join((*field, "")) for field in fields)]
    (folder / "fields.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return load(folder)


def _lines(keys: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key} = {_toml(value)}" for key, value in keys.items())


def _toml(value: object) -> str:
    return "{" + ", ".join(_lines(value)) + "}" if isinstance(value, dict) else json.dumps(value)


PARTIES: Sequence[tuple[str, str, str, str]] = (
    ("number", "reference", "reference", "/authorizations/0/authorization_number"),
    ("consignee.name", "text", "text", "/parties/{consignee}/name"),
    ("consignee.turn", "reference", "reference", "/parties/{consignee}/identifiers/{turn}/identifier_value"),
    ("consignee.eori", "reference", "reference", "/parties/{consignee}/identifiers/{eori}/identifier_value"),
    ("user.name", "text", "text", "/parties/{user}/name"),
    ("others[].name", "text", "text", "/parties/*/name"),
)
PARTY_CONSTANTS: Sequence[Mapping[str, Any]] = (
    {"target": "/parties/{consignee}/key", "value": "consignee"},
    {"target": "/parties/{consignee}/roles/0", "value": "consignee", "marks": True},
    {"target": "/parties/{consignee}/identifiers/{turn}/identifier_scheme", "value": "uk_turn", "marks": True},
    {"target": "/parties/{consignee}/identifiers/{eori}/identifier_scheme", "value": "eori", "marks": True},
    {"target": "/parties/{user}/key", "value": "user"},
    {"target": "/parties/{user}/roles/0", "value": "end_user", "marks": True},
    {"target": "/parties/*/key", "value": "other", "from": "entry", "for": "others[]"},
    {"target": "/parties/*/roles/0", "value": "third_party", "for": "others[]", "marks": True},
)


@pytest.fixture
def parties(tmp_path: Path) -> Format:
    about = {"user.name": {"about": "/parties/{user}"}, "others[].name": {"about": "/parties/*"}}
    return made(tmp_path / "parties", PARTIES, PARTY_CONSTANTS, about)


def read(form: Format | Sequence[Format], *objects: Mapping[str, Any]) -> list[Conversion]:
    return list(convert(form, ["".join(json.dumps(one) + "\n" for one in objects).encode()], reported_at=REPORTED_AT))


def back(form: Format | Sequence[Format], report: Mapping[str, Any]) -> Writing:
    (found,) = Writer(form).write([report])
    return found


def lost(writing: Writing) -> Iterator[str | None]:
    return (entry.target for entry in writing.ledger if entry.outcome == "lost")


WHOLE: Mapping[str, Any] = {
    "number": "A-1",
    "consignee": {"name": "Acme", "turn": "T1", "eori": "GB1"},
    "user": {"name": "Users"},
    "others": [{"name": "First"}, {"name": "Second"}],
}


@pytest.mark.parametrize(
    "left_out", [(), ("consignee",), ("user",), ("others",), ("consignee", "user"), tuple(WHOLE)[1:]]
)
def test_what_is_left_blank_leaves_no_hole(parties: Format, left_out: tuple[str, ...]) -> None:
    source = {name: value for name, value in WHOLE.items() if name not in left_out}
    (found,) = read(parties, source)
    assert found.report is not None
    names = [party["name"] for party in found.report.get("parties", ())]
    wanted = {"consignee": ["Acme"], "user": ["Users"], "others": ["First", "Second"]}
    assert names == [name for key, those in wanted.items() if key not in left_out for name in those]
    written = back(parties, found.report)
    assert json.loads(written.data) == source and not list(lost(written))


def test_an_identifier_that_stands_alone_is_the_first(parties: Format) -> None:
    (found,) = read(parties, {"number": "A-1", "consignee": {"name": "Acme", "eori": "GB1"}})
    assert found.report is not None
    (party,) = found.report["parties"]
    assert party["identifiers"] == [{"identifier_scheme": "eori", "identifier_value": "GB1"}]


def test_parties_in_any_order_are_told_apart(parties: Format) -> None:
    """A report of others has its parties in its own order, and under its own keys: nothing else of it is lost."""
    (found,) = read(parties, WHOLE)
    assert found.report is not None
    turned = {**found.report, "parties": [*reversed(found.report["parties"])]}
    written = back(parties, turned)
    others = [{"name": "Second"}, {"name": "First"}]
    assert json.loads(written.data) == {**WHOLE, "others": others}
    assert set(lost(written)) == {"/parties/0/key", "/parties/1/key"}  # other-2 comes before other-1


def test_a_party_in_two_roles_is_written_twice_and_nothing_of_it_lost(parties: Format) -> None:
    (found,) = read(parties, {"number": "A-1", "consignee": {"name": "Acme"}})
    assert found.report is not None
    found.report["parties"][0]["roles"].append("end_user")
    written = json.loads(back(parties, found.report).data)
    assert written["consignee"]["name"] == written["user"]["name"] == "Acme"


def test_a_text_is_carried_with_the_party_that_it_is_of(parties: Format) -> None:
    long = "x" * 5_000
    (found,) = read(parties, {**WHOLE, "user": {"name": long}, "others": [{"name": "First"}, {"name": long}]})
    assert found.report is not None
    assert [one.get("about") for one in found.report["extensions"]] == [None, "/parties/2"]
    assert not list(lost(back(parties, found.report)))


@pytest.mark.parametrize("name", ["{consignee}", "{eori}", "{user}"])
def test_an_entry_without_a_mark_is_named(tmp_path: Path, name: str) -> None:
    bare = [{key: value for key, value in one.items() if key != "marks" or (name not in one["target"].split("/")[-2:-1]
             and f"/{name}/roles" not in one["target"])} for one in PARTY_CONSTANTS]  # fmt: skip
    assert bare != list(PARTY_CONSTANTS)
    with pytest.raises(MappingError) as raised:
        made(tmp_path / "parties", PARTIES, bare)
    assert name in str(raised.value)


USES: Sequence[tuple[str, str, str, str]] = (
    ("number", "reference", "reference", "/authorizations/0/authorization_number"),
    ("line[].number", "decimal", "amount", "/usage_totals/*/quantity/amount"),
    ("line[].unit", "text", "text", "/usage_totals/*/quantity/unit"),
    ("line[].reference", "reference", "reference", "/usage_totals/*/authorization_number"),
    ("line[].use[].line", "reference", "reference", "/drawdowns/*/authorization_number"),
    ("line[].use[].claim", "reference", "reference", "/drawdowns/*/claim_reference"),
    (
        "line[].use[].paper[].number",
        "reference",
        "reference",
        "/drawdowns/*/customs_declarations/*/customs_document_number",
    ),
)
USE_CONSTANTS: Sequence[Mapping[str, Any]] = (
    {"target": "/usage_totals/*/totals_on", "value": "2026-01-01", "for": "line[]"},
    {"target": "/drawdowns/*/drawdown_kind", "value": "original", "for": "line[].use[]"},
    {
        "target": "/drawdowns/*/customs_declarations/*/customs_document_type",
        "value": "ucr",
        "for": "line[].use[].paper[]",
    },
)
USE_COLUMNS = {
    "line[].use[].line": {"inherits": "line[].reference"},
    "line[].number": {"about": "/usage_totals/*"},
    "line[].unit": {"needs": "line[].number", "about": "/usage_totals/*"},
}


@pytest.fixture
def uses(tmp_path: Path) -> Format:
    return made(tmp_path / "uses", USES, USE_CONSTANTS, USE_COLUMNS)


LINES: Mapping[str, Any] = {
    "number": "A-1",
    "line": [
        {
            "number": "1",
            "unit": "KGM",
            "reference": "L1",
            "use": [{"claim": "a", "paper": [{"number": "p1"}]}, {"claim": "b"}],
        },
        {"reference": "L2", "use": [{"claim": "c", "paper": [{"number": "p2"}, {"number": "p3"}]}]},
    ],
}


def test_records_within_records_there_and_back(uses: Format) -> None:
    (found,) = read(uses, LINES)
    assert found.report is not None
    drawdowns = found.report["drawdowns"]
    assert [one["authorization_number"] for one in drawdowns] == ["L1", "L1", "L2"]
    papers = [[paper["customs_document_number"] for paper in one.get("customs_declarations", ())] for one in drawdowns]
    assert papers == [["p1"], [], ["p2", "p3"]]
    written = back(uses, found.report)
    assert json.loads(written.data) == LINES and not list(lost(written))


def test_a_record_without_one_around_it_gets_one(uses: Format) -> None:
    (found,) = read(uses, LINES)
    assert found.report is not None
    report = {**found.report, "usage_totals": found.report["usage_totals"][:1]}
    written = back(uses, report)
    assert json.loads(written.data)["line"] == [LINES["line"][0], LINES["line"][1]]
    assert not list(lost(written))


KEYED: Sequence[tuple[str, str, str, str]] = (
    ("number", "reference", "reference", "/authorizations/0/authorization_number"),
    ("holder.name", "text", "text", "/parties/{holder}/name"),
    ("use[].claim", "reference", "reference", "/drawdowns/*/claim_reference"),
    ("use[].trader", "reference", "reference", "/parties/{trader}/identifiers/{eori}/identifier_value"),
    ("use[].to", "text", "text", "/parties/{to}/name"),
)
KEYED_CONSTANTS: Sequence[Mapping[str, Any]] = (
    {"target": "/parties/{holder}/key", "value": "holder"},
    {"target": "/parties/{holder}/roles/0", "value": "exporter", "marks": True},
    {"target": "/drawdowns/*/drawdown_kind", "value": "original", "for": "use[]"},
    {"target": "/parties/{trader}/key", "value": "trader", "from": "entry", "for": "use[]"},
    {"target": "/parties/{trader}/roles/0", "value": "declarant", "for": "use[]"},
    {
        "target": "/parties/{trader}/identifiers/{eori}/identifier_scheme",
        "value": "eori",
        "for": "use[]",
        "marks": True,
    },
    {"target": "/drawdowns/*/declarant", "from": "key", "of": "/parties/{trader}", "shared": True, "for": "use[]"},
    {"target": "/parties/{to}/key", "value": "to", "from": "entry", "for": "use[]"},
    {"target": "/parties/{to}/roles/0", "value": "consignee", "for": "use[]"},
    {"target": "/drawdowns/*/delivered_to", "from": "key", "of": "/parties/{to}", "for": "use[]"},
)
USED: Mapping[str, Any] = {
    "number": "A-1",
    "holder": {"name": "Acme"},
    "use": [
        {"claim": "a", "trader": "GB1", "to": "Users"},
        {"claim": "b", "trader": "GB2"},
        {"claim": "c", "trader": "GB1", "to": "Users"},
        {"claim": "d"},
    ],
}


@pytest.fixture
def keyed(tmp_path: Path) -> Format:
    return made(tmp_path / "keyed", KEYED, KEYED_CONSTANTS)


def test_parties_that_records_refer_to_by_key(keyed: Format) -> None:
    (found,) = read(keyed, USED)
    assert found.report is not None
    keys = {party["key"]: party.get("name") or party["identifiers"][0]["identifier_value"]
            for party in found.report["parties"]}  # fmt: skip
    assert keys == {"holder": "Acme", "trader-1": "GB1", "to-1": "Users", "trader-2": "GB2", "to-3": "Users"}
    told = [(use.get("declarant"), use.get("delivered_to")) for use in found.report["drawdowns"]]
    assert told == [("trader-1", "to-1"), ("trader-2", None), ("trader-1", "to-3"), (None, None)]
    findings = exportreport.validate(json.dumps(found.report).encode()).findings
    assert not [one for one in findings if one.finding_code.startswith("ER-S")]


def test_what_is_found_by_a_key_comes_back(keyed: Format) -> None:
    (found,) = read(keyed, USED)
    assert found.report is not None
    written = back(keyed, found.report)
    assert json.loads(written.data) == USED and not list(lost(written))
    turned = {**found.report, "parties": [*reversed(found.report["parties"])]}
    written = back(keyed, turned)
    assert json.loads(written.data) == USED and not list(lost(written))


def test_a_party_with_a_key_may_come_before_the_entry_that_names_it(tmp_path: Path) -> None:
    """Which list the entry of a record is in does not hang on the order of the constants."""
    of_entries = [one for one in KEYED_CONSTANTS if "*" in one["target"]]
    turned = made(tmp_path / "turned", KEYED, [*(one for one in KEYED_CONSTANTS if one not in of_entries), *of_entries])
    (found,) = read(turned, USED)
    assert found.report is not None and json.loads(back(turned, found.report).data) == USED


def test_every_value_of_a_party_with_a_key_is_in_the_ledger(keyed: Format) -> None:
    (found,) = read(keyed, USED)
    told = {entry.target for entry in found.ledger}
    assert {target for target, _ in leaves(found.report)} <= told


def test_a_unit_without_an_amount_is_carried(uses: Format) -> None:
    (found,) = read(
        uses, {"number": "A-1", "line": [{"unit": "KGM", "reference": "L1"}, {"unit": "KGM", "number": "x"}]}
    )
    assert found.report is not None
    assert [total.get("quantity") for total in found.report["usage_totals"]] == [None, None]
    kept = [(one["extension_path"], one["extension_value"], one["about"]) for one in found.report["extensions"]]
    assert kept == [
        ("line[].unit", "KGM", "/usage_totals/0"),
        ("line[].number", "x", "/usage_totals/1"),
        ("line[].unit", "KGM", "/usage_totals/1"),
    ]
    assert [one.finding_code for one in found.findings].count("ER-K-262") == 2


def test_what_needs_a_carried_value_is_carried_with_it(tmp_path: Path) -> None:
    """A unit needs the amount, and the amount the reference: without that both stand beside."""
    columns = {
        "line[].unit": {"needs": "line[].number", "about": "/usage_totals/*"},
        "line[].number": {"needs": "line[].reference", "about": "/usage_totals/*"},
    }
    (found,) = read(made(tmp_path / "chain", USES, USE_CONSTANTS, {**USE_COLUMNS, **columns}),
                    {"number": "A-1", "line": [{"unit": "KGM", "number": "1"}]})  # fmt: skip
    assert found.report is not None and "quantity" not in found.report["usage_totals"][0]
    assert {one["extension_path"] for one in found.report["extensions"]} == {"line[].unit", "line[].number"}


@pytest.mark.parametrize(
    ("column", "key", "words"),
    [
        ("line[].unit", "needs", "no column of the same"),
        ("line[].use[].line", "inherits", "no column of the enclosing"),
    ],
)
def test_a_column_that_is_not_there_is_named(tmp_path: Path, column: str, key: str, words: str) -> None:
    with pytest.raises(MappingError) as raised:
        made(
            tmp_path / "uses", USES, USE_CONSTANTS, {**USE_COLUMNS, column: {key: "number" if key == "needs" else "x"}}
        )
    assert words in str(raised.value)


def test_uses_that_nothing_ties_to_a_line_are_named(tmp_path: Path) -> None:
    with pytest.raises(MappingError) as raised:
        made(tmp_path / "uses", USES, USE_CONSTANTS, {})
    assert "line[].use[]" in str(raised.value)


def test_the_same_in_xml(tmp_path: Path) -> None:
    form = made(tmp_path / "uses", USES, USE_CONSTANTS, USE_COLUMNS, also=["xml"], element="file/license")
    (found,) = read(form, LINES)
    assert found.report is not None
    writer = Writer(form, "xml")
    (written,) = writer.write([found.report])
    data = writer.head() + written.data + writer.tail()
    (again,) = convert(form, [data], reported_at=REPORTED_AT)
    assert again.report is not None
    assert {**again.report, "sources": 0} == {**found.report, "sources": 0} and not list(lost(written))


NOTICE: Sequence[tuple[str, str, str, str]] = (
    ("number", "reference", "reference", "/denial_reference"),
    ("form", "text", "text", "/additional_information"),
    ("reason", "text", "text", "/reasons/0/reason_text"),
)
FILING: Sequence[tuple[str, str, str, str]] = (
    ("number", "reference", "reference", "/authorizations/0/authorization_number"),
    ("form", "text", "text", "/additional_information"),
)


@pytest.fixture
def layouts(tmp_path: Path) -> Sequence[Format]:
    told = {"column": "form", "values": ["Denial", "refusal"]}
    denial = made(
        tmp_path / "notice", NOTICE, [{"target": "/denial_kind", "value": "refused"}], kind="DenialNotice",
        layout="notice", told_by=told,
    )  # fmt: skip
    with_uses = made(tmp_path / "uses", FILING, (), layout="uses", told_by={"column": "form", "values": ["use"]},
                     written_for=["/drawdowns"])  # fmt: skip
    return denial, with_uses, made(tmp_path / "filing", FILING, (), layout="filing")


def test_each_object_is_read_in_its_layout(layouts: Sequence[Format]) -> None:
    found = read(
        layouts, {"number": "1", "form": "DENIAL", "reason": "Diversion"}, {"number": "2", "form": "anything"},
        {"form": "use", "number": "3"}, {"number": "2"},
    )  # fmt: skip
    reports = [one.report or {} for one in found]
    kinds = ["DenialNotice", "LicenseFiling", "LicenseFiling", "LicenseFiling"]
    assert [report.get("report_type") for report in reports] == kinds
    assert len({report["report_id"] for report in reports}) == 4
    findings = [one for report in reports for one in exportreport.validate(json.dumps(report).encode()).findings]
    assert not [one.finding_code for one in findings if one.finding_code.startswith("ER-S")]


def test_each_report_is_written_in_its_layout(layouts: Sequence[Format]) -> None:
    sources = [{"number": "1", "form": "denial", "reason": "Diversion"}, {"number": "2", "form": "anything"}]
    reports = [one.report for one in read(layouts, *sources) if one.report is not None]
    assert [json.loads(one.data) for one in Writer(layouts).write(reports)] == sources
    (refused,) = Writer(layouts[:1]).write(reports[1:])
    assert refused.refused is not None and refused.refused.fault.code == "ER-K-301"


def test_an_object_of_no_layout_is_refused(layouts: Sequence[Format]) -> None:
    (found,) = read(layouts, {"nothing": "1"})
    assert found.refused is not None and found.refused.fault.code == "ER-K-003"


#: A constant that follows from other parts of the report, where they say the same.
PLACES: Sequence[tuple[str, str, str, str]] = (
    ("number", "reference", "reference", "/application/applicant_reference"),
    ("first[].kind", "text", "text", "/prior_authorizations/*/prior_authorization_kind"),
    ("first[].to[].code", "territory", "country", "/prior_authorizations/*/original_destinations/*/country"),
    ("now", "country_code", "country", "/transaction/country_of_location"),
)
PLACE_CONSTANT: Mapping[str, Any] = {
    "target": "/transaction/country_of_location", "from": "part",
    "of": "/prior_authorizations/*/original_destinations/*/country",
}  # fmt: skip


@pytest.mark.parametrize(
    ("places", "now", "wanted"),
    [
        ([["NO"]], None, "NO"), ([["NO", "NO"], ["NO"]], None, "NO"), ([["NO"], ["SE"]], None, None),
        ([["NO", "SE"]], None, None), ([["NO"]], "SE", "SE"), ([["NO"]], "XQ", None),
        ([[]], None, None), ([], None, None),
        ([[], ["NO"]], None, "NO"),
    ],
)  # fmt: skip
def test_a_constant_from_parts_that_agree(
    tmp_path: Path, places: list[list[str]], now: str | None, wanted: str | None
) -> None:
    columns = {"first[].kind": {"required": True}, "first[].to[].code": {"required": True}}
    form = made(tmp_path / "form", PLACES, [PLACE_CONSTANT], columns, kind="ReexportNotice")
    first = [{"kind": "license", "to": [{"code": code} for code in one]} for one in places]
    (found,) = read(form, {"number": "A-1", "first": first, **({"now": now} if now else {})})
    assert found.report is not None
    assert found.report.get("transaction", {}).get("country_of_location") == wanted
    told = [entry.outcome for entry in found.ledger if entry.target == "/transaction/country_of_location"]
    assert told == ([] if wanted is None else ["mapped" if now else "defaulted"])


def test_from_part_needs_the_parts(tmp_path: Path) -> None:
    constant = {"target": "/transaction/country_of_location", "from": "part"}
    with pytest.raises(MappingError, match='"of"'):
        made(tmp_path / "form", PLACES[:1], [constant], kind="ReexportNotice")
