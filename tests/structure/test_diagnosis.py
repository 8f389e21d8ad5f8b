"""Every kind of structural fault has its code, at its place, from both engines."""

from __future__ import annotations

import copy
import json
from typing import Any, Literal

import pytest

from exportreport import pipeline
from exportreport.standard import Standard
from exportreport.structure import engine, pure, suggestions
from exportreport.structure.breach import Breach, Check, check_message
from exportreport.structure.diagnosis import Guesses, diagnose
from exportreport.structure.faults import FAULTS
from exportreport.structure.pieces import in_pieces
from tests.corpus.generate import broken

ENGINES = pytest.mark.parametrize("check", [engine.check, pure.check], ids=["jsonschema-rs", "pure"])

FILING: dict[str, Any] = {
    "report_type": "LicenseFiling",
    "schema_version": "1.0",
    "report_id": "F-1",
    "reported_at": "2026-03-01T09:30:00Z",
    "revision": 1,
    "reporting_state": "NL",
    "reporting_authority": {"name": "Licensing office"},
    "handling": {"sensitivity": "limited"},
    "parties": [{"key": "p1", "roles": ["applicant"], "name": "Example BV"}],
    "items": [{"item_number": 1, "description": "Camera", "value": {"amount": "25740", "currency": "EUR"}}],
}

Found = set[tuple[str, str | None]]


def found(document: Any, check: Check, standard: Standard) -> Found:
    kind = document["report_type"]
    breaches = check_message(document, kind, standard, check)
    return {(f.finding_code, f.pointer) for breach in breaches for f in diagnose(document, kind, breach, standard, {})}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The filing with the member at ``path`` replaced, or removed when ``value`` is the ellipsis."""
    document = copy.deepcopy(FILING)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    holder: Any = document
    for step in steps:
        holder = holder[step]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return document


CASES: list[tuple[str, Any, str, str | None]] = [
    ("revision", ..., "ER-S-001", None),
    ("parties/0/key", ..., "ER-S-001", "/parties/0"),
    ("revison", 1, "ER-S-002", "/revison"),
    ("items/0/value/curency", "EUR", "ER-S-002", "/items/0/value/curency"),
    ("items/0/a~b/c", ..., "", ""),
    ("report_id", None, "ER-S-003", "/report_id"),
    ("parties/0", None, "ER-S-003", "/parties/0"),
    ("parties", None, "ER-S-003", "/parties"),
    ("handling", None, "ER-S-003", "/handling"),
    ("parties/0/name", "", "ER-S-004", "/parties/0/name"),
    ("handling/sensitivity", "", "ER-S-004", "/handling/sensitivity"),
    ("parties", [], "ER-S-005", "/parties"),
    ("parties/0/roles", [], "ER-S-005", "/parties/0/roles"),
    ("transaction", {}, "ER-S-006", "/transaction"),
    ("handling", {}, "ER-S-006", "/handling"),
    ("parties/0", {}, "ER-S-006", "/parties/0"),
    ("handling", "limited", "ER-S-007", "/handling"),
    ("items/0", 5, "ER-S-007", "/items/0"),
    ("items/0", [], "ER-S-007", "/items/0"),
    ("items", {"item_number": 1}, "ER-S-008", "/items"),
    ("parties/0/roles", "applicant", "ER-S-008", "/parties/0/roles"),
    ("items/0/value/amount", 25740, "ER-S-009", "/items/0/value/amount"),
    ("items/0/value/amount", 25740.5, "ER-S-009", "/items/0/value/amount"),
    ("parties/0/name", ["Example"], "ER-S-009", "/parties/0/name"),
    ("handling/sensitivity", True, "ER-S-009", "/handling/sensitivity"),
    ("revision", 1.0, "ER-S-010", "/revision"),
    ("revision", "1", "ER-S-010", "/revision"),
    ("revision", True, "ER-S-010", "/revision"),
    ("revision", -1, "ER-S-011", "/revision"),
    ("revision", 10**15, "ER-S-011", "/revision"),
    ("handling/personal_data", "yes", "ER-S-012", "/handling/personal_data"),
    ("handling/personal_data", 1, "ER-S-012", "/handling/personal_data"),
    ("parties/0/name", "a\rb", "ER-S-013", "/parties/0/name"),
    ("parties/0/name", "a\u0000", "ER-S-013", "/parties/0/name"),
    ("parties/0/name", " Example", "ER-S-014", "/parties/0/name"),
    ("parties/0/name", "Example\n", "ER-S-014", "/parties/0/name"),
    ("items/0/item_reference", "a\nb", "ER-S-015", "/items/0/item_reference"),
    ("items/0/item_reference", "a" * 257, "ER-S-016", "/items/0/item_reference"),
    ("items/0/description", "a" * 4001, "ER-S-016", "/items/0/description"),
    ("parties/0/roles/0", "aplicant", "ER-S-017", "/parties/0/roles/0"),
    ("schema_version", "2.0", "ER-S-018", "/schema_version"),
    ("handling/erase_by", "31-12-2026", "ER-S-020", "/handling/erase_by"),
    ("handling/erase_by", "2026-02-29", "ER-S-020", "/handling/erase_by"),
    ("handling/erase_by", "2026-02-28\n", "ER-S-020", "/handling/erase_by"),
    ("reported_at", "2026-03-01T09:30:00+01:00", "ER-S-021", "/reported_at"),
    ("reported_at", "2026-03-01T24:00:00Z", "ER-S-021", "/reported_at"),
    ("items/0/value/amount", "25,740", "ER-S-022", "/items/0/value/amount"),
    ("items/0/value/amount", "01", "ER-S-022", "/items/0/value/amount"),
    ("items/0/value/amount", "\u0661", "ER-S-022", "/items/0/value/amount"),
    ("parties/0/key", "1", "ER-S-023", "/parties/0/key"),
    ("report_id", "a b", "ER-S-023", "/report_id"),
    ("reporting_state", "nl", "ER-S-024", "/reporting_state"),
    ("items/0/value/currency", "Euro", "ER-S-025", "/items/0/value/currency"),
    ("items/0/quantity", {"amount": "1", "unit": "pieces"}, "ER-S-026", "/items/0/quantity/unit"),
    ("items/0/classifications", [{"control_code": "6A002a2a"}], "ER-S-027", "/items/0/classifications/0/control_code"),
    ("sources", [{"source_system": "x", "digest": "sha256:ab"}], "ER-S-028", "/sources/0/digest"),
]
CASES = [case for case in CASES if case[2]]


@ENGINES
def test_the_filing_itself_is_sound(check: Check, the_standard: Standard) -> None:
    assert found(FILING, check, the_standard) == set()


@ENGINES
@pytest.mark.parametrize(("path", "value", "code", "pointer"), CASES)
def test_a_fault_has_its_code_and_place(
    path: str, value: Any, code: str, pointer: str | None, check: Check, the_standard: Standard
) -> None:
    assert found(changed(path, value), check, the_standard) == {(code, pointer)}


@ENGINES
def test_a_misspelled_member_is_not_said_to_be_missing_as_well(check: Check, the_standard: Standard) -> None:
    document = changed("revision", ...) | {"revison": 1}
    assert found(document, check, the_standard) == {("ER-S-002", "/revison")}
    del document["report_id"]
    assert found(document, check, the_standard) == {("ER-S-002", "/revison"), ("ER-S-001", None)}


@ENGINES
@pytest.mark.parametrize(
    ("carried", "code", "pointer"),
    [
        ({"report_type": "Invoice"}, "ER-S-019", "/reports/0/report_type"),
        ({"report_type": "Submission"}, "ER-S-019", "/reports/0/report_type"),
        ({"report_type": 5}, "ER-S-019", "/reports/0/report_type"),
        ({"report_type": ["LicenseFiling"]}, "ER-S-019", "/reports/0/report_type"),
        ({"schema_version": "1.0"}, "ER-S-001", "/reports/0"),
        ({"report_typ": "LicenseFiling"}, "ER-S-001", "/reports/0"),
        ({}, "ER-S-006", "/reports/0"),
        ("text", "ER-S-007", "/reports/0"),
        (None, "ER-S-003", "/reports/0"),
        (changed("revision", -1), "ER-S-011", "/reports/0/revision"),
    ],
)
def test_a_message_in_a_submission_is_judged_by_its_kind(
    carried: Any, code: str, pointer: str, check: Check, the_standard: Standard
) -> None:
    submission = {
        "report_type": "Submission",
        "schema_version": "1.0",
        "report_id": "S-1",
        "reported_at": "2026-03-01T09:30:00Z",
        "reports": [carried],
    }
    assert found(submission, check, the_standard) == {(code, pointer)}


def test_every_structural_fault_can_occur() -> None:
    reached = {code for _, _, code, _ in CASES} | {"ER-S-019"}
    assert set(FAULTS) - reached == {"ER-S-099"}


def test_engines_and_pieces_agree_on_generated_faults(the_standard: Standard) -> None:
    for kind in the_standard.kinds:
        for seed in range(60):
            document, change = broken(the_standard, kind, seed)
            expected = found(document, engine.check, the_standard)
            assert expected, change
            assert found(document, pure.check, the_standard) == expected, change
            assert found(document, in_pieces(the_standard, engine.check), the_standard) == expected, change


def test_a_large_document_is_checked_in_pieces_with_the_same_findings(the_standard: Standard) -> None:
    items = [{"item_number": n, "serial_numbers": ["x"] * 5} for n in range(3000)]
    items[2500] = {"item_number": -1, "nonsense": 1}
    items[1]["serial_numbers"] = ["y"] * 9000 + [" z"]
    document = FILING | {"items": items, "sources": []}
    expected = {
        ("ER-S-011", "/items/2500/item_number"),
        ("ER-S-002", "/items/2500/nonsense"),
        ("ER-S-014", "/items/1/serial_numbers/9000"),
        ("ER-S-005", "/sources"),
    }
    assert found(document, engine.check, the_standard) == expected
    assert found(document, in_pieces(the_standard, engine.check), the_standard) == expected


@pytest.mark.parametrize(
    ("path", "value", "suggestion"),
    [
        ("parties/0/key", "\n  exporter\n", "exporter"),
        ("parties/0/key", " ex porter ", None),
        ("handling/erase_by", "31-12-2026", "2026-12-31"),
        ("handling/erase_by", "12/31/2026", "2026-12-31"),
        ("handling/erase_by", "20261231", "2026-12-31"),
        ("handling/erase_by", " 2026-12-31\n", "2026-12-31"),
        ("handling/erase_by", " 2026-02-30 ", None),
        ("handling/erase_by", "03-04-2026", None),
        ("handling/erase_by", "31-02-2026", None),
        ("items/0/value/amount", "1,025,740.50", "1025740.50"),
        ("items/0/value/amount", "25,740", None),
        ("items/0/value/amount", "007", "7"),
        ("items/0/classifications", [{"control_code": "6A002a2a"}], "6A002.a.2.a"),
        ("items/0/classifications", [{"control_code": "1C350-46"}], "1C350.46"),
        ("items/0/classifications", [{"control_code": "cameras (6A)"}], None),
        ("items/0/classifications", [{"control_code": "XI(b)"}], "XI.b"),
        ("items/0/quantity", {"amount": "1", "unit": "KILO"}, "KGM (kilogram)"),
        ("items/0/quantity", {"amount": "1", "unit": "bushel basket"}, None),
        ("items/0/value/currency", "Euro", "EUR (Euro)"),
        ("reporting_state", "nl", "NL (Netherlands)"),
        ("reporting_state", "Netherlands Antilles", None),
        ("parties/0/roles/0", "End User", "end_user"),
        ("parties/0/roles/0", "x" * 64, None),
        ("aplication", {"special_purpose": "x"}, "application"),
    ],
)
def test_a_near_miss_is_suggested_and_a_doubtful_one_is_not(
    path: str, value: Any, suggestion: str | None, the_standard: Standard
) -> None:
    document = changed(path, value)
    breaches = check_message(document, "LicenseFiling", the_standard, engine.check)
    (finding,) = (f for breach in breaches for f in diagnose(document, "LicenseFiling", breach, the_standard, {}))
    if suggestion is None:
        assert "did you mean" not in finding.message
    else:
        assert finding.message.endswith(f"did you mean {suggestion}?")


@pytest.mark.parametrize("name", ["rust", "pure"])
def test_each_of_several_missing_members_is_said(name: Literal["rust", "pure"], the_standard: Standard) -> None:
    gone = {"revision", "reporting_state", "handling"}
    data = json.dumps({key: value for key, value in FILING.items() if key not in gone}).encode()
    (result,) = pipeline.check(data, the_standard, pipeline.Settings(engine=name, rules=False))
    assert {finding.model_path for finding in result.findings} == {f"LicenseFiling.{key}" for key in gone}


def test_a_guess_is_made_once_for_the_same_members(the_standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    nearest = suggestions.nearest
    monkeypatch.setattr(suggestions, "nearest", lambda name, known: asked.append(name) or nearest(name, known))
    guesses: Guesses = {}
    found = {"report_type": "LicenseFiling", "parties": [{"nam": "A"}] * 9 + [{"nam": "A", "name": "B"}]}
    breaches = [Breach(("parties", index), unknown=("nam",)) for index in range(10)]
    said = [f for breach in breaches for f in diagnose(found, "LicenseFiling", breach, the_standard, guesses)]
    assert asked == ["nam", "nam"]  # one is asked again where the name that was meant is given already
    assert ["mean name?" in finding.message for finding in said] == [True] * 9 + [False]
