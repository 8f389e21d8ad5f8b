"""What must hold of every result, whatever the input: each oracle raises `WrongError` where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from exportreport.codec import faults, xml_source
from exportreport.finding import Finding, Severity, SourceLine, Verdict
from exportreport.result.record import Result
from exportreport.rules.faults import BROKE

_LINE_END = re.compile("\r\n|\r|\n")

#: The verdicts that findings of the gravest severity allow.
_VERDICTS = {
    Severity.FATAL: {Verdict.REJECTED, Verdict.UNREADABLE, Verdict.UNDECIDED},
    Severity.ERROR: {Verdict.REJECTED},
    Severity.WARNING: {Verdict.ACCEPTED_WITH_WARNINGS},
    Severity.INFO: {Verdict.ACCEPTED},
}

#: How a value of JSON begins.
_BEGINS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (dict, "{"), (list, "["), (str, '"'), (bool, "tf"), ((int, float), "-0123456789"), (type(None), "n"),
)  # fmt: skip


class WrongError(AssertionError):
    """The validator said something that cannot be."""


def demand(holds: bool, what: str, *details: object) -> None:
    """Raise `WrongError` unless ``holds``."""
    if not holds:
        raise WrongError(f"{what}: {', '.join(map(repr, details))}"[:2_000])


def verdict(result: Result) -> None:
    """The verdict is the one that the totals ask for, and the totals are those of the findings."""
    totals = {severity: count for severity, count in result.totals.items() if count}
    gravest = next((severity for severity in Severity if severity in totals), Severity.INFO)
    demand(result.verdict in _VERDICTS[gravest], "verdict against totals", result.verdict, totals)
    demand(sum(totals.values()) >= len(result.findings), "more findings than the totals say", totals)
    broke = [finding for finding in result.findings if finding.finding_code == BROKE.code]
    demand(not broke, "a rule stopped", broke)


def complete(result: Result) -> None:
    """All findings were asked for, so they are what the totals count, and all say where they are."""
    found = dict.fromkeys(result.totals, 0)
    for finding in result.findings:
        found[finding.severity] = found.get(finding.severity, 0) + 1
    demand(found == dict(result.totals), "totals are not those of the findings", found, result.totals)


class Text:
    """The lines of an input, as the places of findings count them."""

    def __init__(self, data: bytes, syntax: str | None) -> None:
        in_xml = syntax == "xml"
        self.text = xml_source.text_of(data) if in_xml else data.decode(errors="replace").removeprefix("\ufeff")
        self.xml = in_xml
        spans = [end.span() for end in _LINE_END.finditer(self.text)]
        self.starts, self.ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(self.text)]
        if not in_xml:  # files put one behind the other: the mark before each of them is no character of its line
            self.starts = [start + self.text.startswith("\ufeff{", start) for start in self.starts]

    def offset(self, finding: Finding) -> int:
        """The offset of the place that ``finding`` names."""
        assert finding.position is not None
        line, column = finding.position
        demand(1 <= line <= len(self.starts), "line outside of the file", line, finding)
        offset = self.starts[line - 1] + column - 1
        inside = column >= 1 and offset <= max(self.ends[line - 1], self.starts[line - 1])
        # Within CR and LF of one line end nothing stands; a stray CR may be meant itself.
        demand(inside or self.text[offset : offset + 1] == "\n", "column outside of the line", line, column, finding)
        return offset

    def shows(self, line: SourceLine) -> bool:
        """Whether ``line`` stands in the text where it says."""
        if not 1 <= line.number <= len(self.starts):
            return False
        whole = self.text[self.starts[line.number - 1] : self.ends[line.number - 1]]
        return whole[line.start - 1 :].startswith(line.text)


def places(results: Iterable[Result], text: Text) -> None:
    """Every finding of what could be read has a place, in the file, where what it speaks of begins."""
    for result in results:
        if not result.findings:
            continue
        repeated = any(finding.finding_code == faults.REPEATED.code for finding in result.findings)
        for finding in result.findings:
            if finding.position is None:
                unplaced = finding.path is None and finding.offset is None and finding.element is None
                demand(unplaced or result.document is None, "a finding without a place", finding)
                continue
            offset = text.offset(finding)
            demand(all(map(text.shows, finding.excerpt)), "an excerpt that does not stand there", finding)
            if text.xml:
                _at_element(finding, text.text, offset)
            elif not repeated and result.document is not None:
                _at_value(finding, result.document, text.text, offset)


def _at_element(finding: Finding, text: str, offset: int) -> None:
    if finding.offset is None and finding.finding_code != faults.STRAY_TEXT.code:
        demand(text[offset : offset + 1] == "<", "not at the beginning of an element", finding, text[offset:][:20])


def _at_value(finding: Finding, document: Any, text: str, offset: int) -> None:
    if finding.offset is not None:
        return
    if finding.on_name:
        demand(text[offset : offset + 1] == '"', "not at a name", finding, text[offset:][:20])
        return
    found, value = _value(document, finding.path or ())
    if found:
        begins = next(signs for types, signs in _BEGINS if isinstance(value, types))
        demand(text[offset : offset + 1] in [*begins], "not at the value", finding, text[offset:][:20])


def _value(document: Any, path: Sequence[str | int]) -> tuple[bool, Any]:
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return False, None
    return True, document


def said(findings: Iterable[Finding]) -> list[tuple[object, ...]]:
    """What findings say, apart from where that stands in a text and from what only a text can have."""
    return sorted(
        (f.finding_code, str(f.pointer), f.severity.value, f.message, str(f.value), str(f.caused_by))
        for f in findings
        if not f.finding_code.startswith("ER-D")
    )
