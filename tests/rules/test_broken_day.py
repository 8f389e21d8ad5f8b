"""What a broken envelope says instead of a day judges none of its reports and is told to nobody."""

from __future__ import annotations

import json
from typing import Any

import pytest

import exportreport
from exportreport import standard
from exportreport.result.record import Result
from tests.corpus import generate


def _submission(**said: Any) -> bytes:
    known = standard.load()
    envelope = generate.document(known, "Submission", 1, fullness=0)
    reports = [generate.document(known, "LicenseFiling", seed, fullness=0.4) for seed in range(20)]
    envelope["reports"] = [{name: value for name, value in one.items() if name != "as_of"} for one in reports]
    return json.dumps(envelope | said).encode()


def _about_reports(result: Result) -> list[tuple[str, str | None]]:
    return [(f.finding_code, f.pointer) for f in result.findings if f.path and f.path[0] == "reports"]


@pytest.mark.parametrize("day", [5, {"a": "b"}, "hello world", "0000-00-00", "2026-02-30", "9999-12-31", "2026-11-24T"])
def test_what_is_no_day_judges_nothing(day: Any) -> None:
    without = exportreport.validate(_submission(no_such_member=1))
    broken = exportreport.validate(_submission(as_of=day))
    assert broken.as_of == without.as_of
    assert _about_reports(broken) == _about_reports(without)


def test_there_may_be_no_day_at_all() -> None:
    assert exportreport.validate(_submission(as_of="secret", reported_at="secret")).as_of is None
