"""What can be said of the rules themselves."""

from __future__ import annotations

from exportreport.finding import Fault, Severity, Verdict

BROKE = Fault(
    "ER-R-001",
    Severity.FATAL,
    "A rule could not be evaluated",
    "The rule {rule} stopped at this place ({cause}), so the report cannot be decided.",
    "No verdict is given where a rule was not asked to its end: that would be a guess.",
    "This is a fault of the validator, not of the report. Please report it, with the version and the rule.",
    Verdict.UNDECIDED,
)

FAULTS = {fault.code: fault for fault in (BROKE,)}
