"""What rules of a Submission read of its reports: told by the compiler, or that it is too much to be kept."""

from __future__ import annotations

import pytest

from exportreport import standard
from exportreport.rules.sets import BASE, rule_set
from tests.rules.emitting import emitted

STANDARD = standard.load()


@pytest.mark.parametrize(
    ("demands", "read"),
    [
        ("unique(this.reports.map(r, r.report_id))", ("report_id",)),
        ("this.reports.all(r, !has(r.as_of) || day(r.reported_at) <= r.as_of)", ("reported_at", "as_of")),
        ("this.reports.exists(r, r.revision == 1 && r.report_id == this.report_id)", ("report_id", "revision")),
        ("size(this.reports) > 1", ()),
        ("has(this.sender)", ()),
        ("this.reports.all(r, r.handling.sensitivity == 'public')", None),
        ("this.reports.all(r, !has(r.parties) || size(r.parties) > 1)", None),
        ("size(this.reports.filter(r, r.revision == 1)) > 0", None),
    ],
)
def test_what_is_kept_of_each_report(demands: str, read: tuple[str, ...] | None) -> None:
    made = emitted(STANDARD, ("X-1", "Submission", None, demands), ("X-2", "Report", None, "has(this.parties)"))
    assert {"Submission": read} == made.KEPT


def test_the_rules_of_the_standard_leave_submissions_to_be_read_report_by_report() -> None:
    assert rule_set(BASE).kept["Submission"] is not None
