"""Rules over whole messages: which are run, for which day, how grave their findings are, and what is counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from exportreport import dump, pipeline, validate
from exportreport.finding import Severity, Verdict
from exportreport.pipeline import Settings
from exportreport.rules import evaluation
from exportreport.rules.catalogue import profiles
from exportreport.rules.evaluation import ALL, WHOLE, Rules, part_of
from exportreport.rules.outcomes import Outcomes
from exportreport.rules.sets import BASE, Failure, RuleSet, rule_set
from exportreport.standard import Standard
from tests.corpus.generate import broken, document
from tests.messages import example


@pytest.fixture
def filing() -> dict[str, Any]:
    return example("LicenseFiling/thermal-cameras-drawdowns")


def said(message: dict[str, Any], **settings: Any) -> list[tuple[str, str | None]]:
    result = validate(json.dumps(message).encode(), **settings)
    return [(finding.finding_code, finding.pointer) for finding in result.findings]


def judged(message: dict[str, Any], known: Standard, settings: Settings | None = None) -> tuple[Any, Outcomes]:
    settings = settings or Settings()
    rules = pipeline.rules_of(known, settings)
    assert rules is not None
    (result,) = pipeline.check(json.dumps(message).encode(), known, settings, rules)
    return result, rules.outcomes


def test_a_finding_has_the_place_of_the_value_in_both_syntaxes(filing: dict[str, Any]) -> None:
    filing["authorizations"][0]["holder"] = "nobody"
    as_json = json.dumps(filing, indent=1).encode()
    as_xml = dump(filing, "xml")
    for data, shown in ((as_json, '"nobody"'), (as_xml, "<holder>nobody")):
        (finding,) = [f for f in validate(data).findings if f.pointer == "/authorizations/0/holder"]
        assert finding.position is not None
        line = data.decode().splitlines()[finding.position.line - 1]
        assert line[finding.position.column - 1 :].startswith(shown)
        assert finding.value == "nobody"
        assert finding.model_path == "Authorization.holder"


def test_a_slot_that_is_absent_is_placed_at_its_object() -> None:
    notice = example("DenialNotice/denial-revoked-later")
    for name in ("items", "transaction"):
        notice.pop(name, None)
    assert ("ER-C-406", None) in said(notice)


@pytest.mark.parametrize(
    ("given", "own", "envelope", "expected"),
    [
        ("2020-01-01", "2021-01-01", "2022-01-01", "2020-01-01"),
        (None, "2021-01-01", "2022-01-01", "2021-01-01"),
        (None, None, "2022-01-01", "2022-01-01"),
        (None, None, None, "2026-11-02"),
    ],
)
def test_the_day_is_the_runs_then_the_reports_then_the_envelopes_then_that_of_the_report(
    given: str | None, own: str | None, envelope: str | None, expected: str, the_standard: Standard
) -> None:
    report = {"report_type": "DenialNotice", "reported_at": "2026-11-02T09:00:00Z"} | ({"as_of": own} if own else {})
    rules = Rules(the_standard, given)
    assert rules._day(report, envelope) == expected


def test_a_currency_that_was_withdrawn_is_named_with_its_last_day(filing: dict[str, Any]) -> None:
    filing["transaction"]["contract_value"] = {"amount": "1", "currency": "ANG"}
    filing["transaction"].pop("total_value", None)
    (finding,) = [f for f in validate(json.dumps(filing).encode()).findings if f.finding_code == "ER-CL-003"]
    assert "2025-03-31" in finding.message or "2025" in finding.message
    assert ("ER-CL-003", finding.pointer) not in said(filing, as_of="2024-01-01")


def test_rules_are_run_for_the_sound_reports_of_a_submission_alone(the_standard: Standard) -> None:
    envelope = example("Submission/exchange-of-denials")
    first, second = envelope["reports"][:2]
    envelope["reports"] = [first | {"denial_kind": "refusd"}, second | {"denied_parties": ["nobody"]}]
    result, outcomes = judged(envelope, the_standard)
    assert {f.pointer for f in result.findings if f.finding_code.startswith("ER-S")} == {"/reports/0/denial_kind"}
    assert "/reports/1/denied_parties/0" in {f.pointer for f in result.findings if f.finding_code.startswith("ER-C-")}
    assert not any((f.pointer or "").startswith("/reports/0") for f in result.findings if "-C" in f.finding_code)
    counts = outcomes.rules()["ER-C-401"]
    assert (counts.not_run, counts.passed + counts.failed) == (1, 1)


@pytest.mark.parametrize(
    ("path", "kind", "part"),
    [
        (None, "Submission", ALL),
        (("reports",), "Submission", ALL),
        ((), "Submission", WHOLE),
        (("report_id",), "Submission", WHOLE),
        (("reports", 3), "Submission", 3),
        (("reports", 3, "items", 0), "Submission", 3),
        (("items", 0), "LicenseFiling", ALL),
    ],
)
def test_which_part_is_broken(path: Any, kind: str, part: int) -> None:
    assert part_of(path, kind) == part


@pytest.mark.parametrize("reports", [None, [], {}, "x", [1, None, "x", {"report_type": 3}, {"profiles": 1}]])
def test_no_broken_envelope_stops_the_rules(reports: Any, the_standard: Standard) -> None:
    message = example("Submission/exchange-of-denials") | {"reports": reports, "sequence_number": "x"}
    result, _ = judged(message, the_standard)
    assert result.verdict is Verdict.REJECTED


def test_a_profile_is_used_when_the_report_or_the_run_names_it(filing: dict[str, Any], the_standard: Standard) -> None:
    filing.pop("profiles")
    assert judged(filing, the_standard)[0].profiles == ()
    assert judged(filing, the_standard, Settings(profiles=("eu",)))[0].profiles == ("eu",)
    assert judged(filing | {"profiles": ["eu"]}, the_standard)[0].profiles == ("eu",)


def test_a_profile_whose_condition_is_false_does_not_apply(filing: dict[str, Any], the_standard: Standard) -> None:
    result, outcomes = judged(filing | {"profiles": ["uk"]}, the_standard)
    assert result.profiles == ()
    counts = {code: count for code, count in outcomes.rules().items() if code.startswith("UK-")}
    assert sum(count.not_applicable for count in counts.values()) >= 10
    assert not any(count.failed or count.passed for count in counts.values())


def test_an_unknown_profile_of_a_report_is_an_error_and_of_the_caller_too(filing: dict[str, Any]) -> None:
    assert ("ER-CL-001", "/profiles/0") in said(filing | {"profiles": ["mars"]})
    with pytest.raises(ValueError, match="mars"):
        validate(b"{}", profiles=["mars"])
    with pytest.raises(ValueError, match="2026"):
        validate(b"{}", as_of="20260101")


def test_a_profile_raises_a_severity(the_standard: Standard) -> None:
    notice = example("DenialNotice/denial-revoked-later")
    for party in notice["parties"]:
        party["roles"] = ["agent"]
    notice.pop("profiles", None)
    (mild,) = [f for f in judged(notice, the_standard)[0].findings if f.finding_code == "ER-C-405"]
    grave = judged(notice, the_standard, Settings(profiles=("wassenaar",)))[0]
    assert mild.severity is Severity.WARNING
    assert [f.severity for f in grave.findings if f.finding_code == "ER-C-405"] == [Severity.ERROR]


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A base whose first rule breaks on every report; the others are as they are."""
    base = rule_set(BASE)

    def check(message: dict[str, Any], kind: str, as_of: str, n: list[int], bad: list[Failure]) -> None:
        base.check(message, kind, as_of, n, bad)
        bad.append((0, message, ZeroDivisionError()))

    made: RuleSet = base._replace(check=check)
    monkeypatch.setattr(evaluation, "rule_set", lambda name: made if name == BASE else rule_set(name))
    yield base.rows[0][0]


def test_a_rule_that_breaks_is_no_verdict_and_stops_no_other(
    breaking: str, filing: dict[str, Any], the_standard: Standard
) -> None:
    filing["authorizations"][0]["holder"] = "nobody"
    result, outcomes = judged(filing, the_standard)
    assert result.verdict is Verdict.UNDECIDED
    assert "ER-R-001" in {finding.finding_code for finding in result.findings}
    assert "/authorizations/0/holder" in {finding.pointer for finding in result.findings}
    assert outcomes.rules()[breaking].broke == 1


def test_what_follows_from_a_finding_names_it(the_standard: Standard) -> None:
    filing = example("LicenseFiling/thermal-cameras-drawdowns")
    authorization = filing["authorizations"][0]
    authorization["valid_from"], authorization["valid_until"] = "2027-01-01", "2026-01-01"
    authorization["duration_months"] = 12
    findings = judged(filing, the_standard)[0].findings
    assert any(finding.finding_code == "ER-C-304" for finding in findings)
    assert {finding.caused_by for finding in findings} - {None} <= {finding.finding_code for finding in findings}
    assert any(finding.caused_by == "ER-C-304" for finding in findings)


def test_the_outcomes_of_two_runs_add_up(filing: dict[str, Any], the_standard: Standard) -> None:
    _, one = judged(filing, the_standard)
    _, two = judged(example("DenialNotice/denial-revoked-later"), the_standard)
    both = Outcomes()
    both.merge(one)
    both.merge(two)
    total = both.rules()
    for code, count in one.rules().items():
        other = two.rules().get(code)
        assert total[code] == tuple(a + b for a, b in zip(count, other or (0,) * 5, strict=True))


EVERY = Settings(profiles=tuple(profiles()), max_findings=0)


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_a_report_that_is_broken_stops_no_rule_for_the_others(seed: int, the_standard: Standard) -> None:
    whole, _ = broken(the_standard, "Submission", seed, fullness=0.5)
    result, outcomes = judged(whole, the_standard, EVERY)
    assert result.verdict is not Verdict.UNDECIDED
    assert all(count >= 0 for counts in outcomes.rules().values() for count in counts)


@pytest.mark.parametrize("kind", ["LicenseFiling", "DenialNotice", "ReexportNotice", "Submission", "Acknowledgement"])
def test_the_rules_say_the_same_of_both_syntaxes(kind: str, the_standard: Standard) -> None:
    for seed in range(30):
        made = document(the_standard, kind, seed, fullness=(0.1, 0.3, 0.6)[seed % 3])
        sayings = []
        for data in (json.dumps(made).encode(), dump(made, "xml")):
            (result,) = pipeline.check(data, the_standard, EVERY)
            assert all(finding.position for finding in result.findings)
            sayings.append(sorted((f.finding_code, f.pointer or "", f.message, f.severity) for f in result.findings))
        assert sayings[0] == sayings[1]
