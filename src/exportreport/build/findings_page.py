"""The page of all finding codes, made from the tables that the validator itself uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from exportreport.codec.faults import FAULTS as DECODING
from exportreport.conversion.faults import FAULTS as CONVERSION
from exportreport.finding import Fault, Severity
from exportreport.result.record import EXIT_STATUS
from exportreport.rules.faults import FAULTS as RULES
from exportreport.rules.membership_faults import FAULTS as MEMBERSHIP
from exportreport.structure.faults import FAULTS as STRUCTURE

_HEAD = """# Findings

What the validator can say, and what happens to bad input. This page is made from the tables that the validator uses;
`make golden` writes it.

A code is never reused. `ER-D` is said while reading (decoding), `ER-S` of the structure, `ER-CL` of codes, `ER-R` of
rules that stopped, `ER-K` by converters; what the rules themselves say has [pages of its own](rules/standard.md). The
last column of a table is the exit status of a run whose gravest finding it is. Of several documents the gravest counts.
"""

_PARTS: tuple[tuple[str, Mapping[str, Fault]], ...] = (
    ("Reading", DECODING),
    ("Structure", STRUCTURE),
    ("Code lists", MEMBERSHIP),
    ("Rules", RULES),
    ("Conversion", CONVERSION),
)


def page() -> str:
    """The page, in Markdown."""
    return "\n".join([_HEAD, *(part for name, faults in _PARTS for part in _part(name, faults.values()))]) + "\n"


def _part(name: str, faults: Iterable[Fault]) -> Iterator[str]:
    ordered = sorted(faults, key=lambda fault: fault.code)
    yield f"## {name}\n"
    yield "| code | what is wrong | severity | exit status |\n|---|---|---|---|"
    for fault in ordered:
        yield f"| [{fault.code}](#{fault.code.lower()}) | {fault.title} | {fault.severity} | {_status(fault)} |"
    yield ""
    for fault in ordered:
        yield f"### {fault.code}\n\n**{fault.title}.** {fault.reason}\n\n*What to do:* {fault.resolution}\n"


def _status(fault: Fault) -> int:
    return EXIT_STATUS[fault.verdict] if fault.severity in (Severity.FATAL, Severity.ERROR) else 0
