"""The published table of what is said of a code that is not on its list on the day."""

from __future__ import annotations

from collections.abc import Mapping

from exportreport.finding import Fault, Severity, Verdict

UNKNOWN = Fault(
    "ER-CL-001",
    Severity.ERROR,
    "A code is not on its list",
    "“{title}” is “{value}”, which is not on the list “{list}”{hint}",
    "A code that no list explains cannot be understood by whoever receives the report.",
    "Use a code of the list. `exportreport codelists show` prints it.",
)
UNKNOWN_ON_OPEN_LIST = Fault(
    "ER-CL-002",
    Severity.WARNING,
    "A code is not on its list, which is open to others",
    "“{title}” is “{value}”, which the list “{list}” does not have{hint}",
    "The list does not claim to hold every code, but one that it does not hold may be read in different ways.",
    "Use a code of the list where one fits. `exportreport codelists show` prints it.",
    Verdict.ACCEPTED_WITH_WARNINGS,
)
EXPIRED = Fault(
    "ER-CL-003",
    Severity.ERROR,
    "A code is no longer valid on the day of the report",
    "“{title}” is “{value}”, which was valid on the list “{list}” until {last}; this report is judged by the lists "
    "of {day}{hint}",
    "A code that has ended names something that is no more, or that has another code by now.",
    "Use the code that is valid on the day. If the report is about an earlier day, say so in as_of, or judge it with "
    "--as-of.",
)
FUTURE = Fault(
    "ER-CL-004",
    Severity.ERROR,
    "A code is not yet valid on the day of the report",
    "“{title}” is “{value}”, which is not valid on the list “{list}” before {first}; this report is judged by the "
    "lists of {day}.",
    "A code that has not begun cannot have been meant on this day.",
    "Use the code that is valid on the day. If the report is about a later day, say so in as_of, or judge it with "
    "--as-of.",
)

FAULTS: Mapping[str, Fault] = {fault.code: fault for fault in (UNKNOWN, UNKNOWN_ON_OPEN_LIST, EXPIRED, FUTURE)}
