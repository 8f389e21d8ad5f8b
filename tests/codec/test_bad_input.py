"""Every kind of bad input has its own code and, where there is one, its place."""

from __future__ import annotations

import pytest

from exportreport.codec import archive_faults, faults
from exportreport.codec.decoded import MOST_FINDINGS
from exportreport.codec.limits import Limits
from exportreport.finding import Fault, Severity, Verdict
from exportreport.standard import Standard
from tests.codec.bad_input import ALL, Case
from tests.codec.judging import filing, findings, said

#: Faults that this room words but others find, and those of archives, which have tests of their own.
AT_THE_DOOR = {
    faults.CANNOT_OPEN.code,
    *(fault.code for fault in vars(archive_faults).values() if isinstance(fault, Fault)),
}

LIBRARY_WORDS = ("orjson", "lxml", "libxml", "expat", "column", "token", "parser")

LIMITED: list[tuple[bytes, Limits, str]] = [
    (b'{"a": 1}', Limits(document_bytes=7), "ER-D-901"),
    (b"[1,1,1]", Limits(delimiters=2), "ER-D-902"),
    (filing(""), Limits(document_bytes=9), "ER-D-901"),
    (filing("<a/>"), Limits(delimiters=5), "ER-D-902"),
]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case[1]}-{case[0][:40]!r}")
def test_bad_input(case: Case, the_standard: Standard) -> None:
    data, code, line, column = case
    assert [(c, at, col) for c, _, at, col in said(data, the_standard)] == [(code, line, column)]


@pytest.mark.parametrize(("data", "limits", "code"), LIMITED)
def test_limits_of_the_run(data: bytes, limits: Limits, code: str, the_standard: Standard) -> None:
    assert said(data, the_standard, limits) == [(code, None, None, None)]


def many() -> bytes:
    return b'{"report_type": "Submission", "x": [' + b'{"a":1,"a":2},' * (MOST_FINDINGS + 5) + b"1]}"


def test_no_more_findings_than_memory_allows(the_standard: Standard) -> None:
    found = findings(many(), the_standard)
    assert len(found) == MOST_FINDINGS + 1
    assert found[-1].finding_code == faults.MORE.code


def test_every_fault_can_happen(the_standard: Standard) -> None:
    seen = {code for _, code, _, _ in ALL} | {code for _, _, code in LIMITED} | {faults.MORE.code}
    assert seen == set(faults.FAULTS) - AT_THE_DOOR


@pytest.mark.parametrize("fault", faults.FAULTS.values(), ids=lambda fault: fault.code)
def test_codes_tell_the_consequence(fault: Fault) -> None:
    number = int(fault.code[-3:])
    if number < 100:
        assert (fault.severity, fault.verdict) == (Severity.FATAL, Verdict.UNREADABLE)
    elif number < 200:
        assert (fault.severity, fault.verdict) == (Severity.ERROR, Verdict.REJECTED)
    elif number < 300:
        assert fault.severity in (Severity.WARNING, Severity.INFO)
    else:
        assert (fault.severity, fault.verdict) == (Severity.FATAL, Verdict.UNDECIDED)


def test_messages_are_complete_and_name_no_library(the_standard: Standard) -> None:
    for data, *_ in ALL:
        for finding in findings(data, the_standard):
            assert "{" not in finding.message.replace("{}", "")
            assert not any(word in finding.message for word in LIBRARY_WORDS)
