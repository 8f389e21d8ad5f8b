"""The findings of a document on the page, each with the lines of the file around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from exportreport.finding import Fault, Finding, Severity, SourceLine
from exportreport.result import places
from exportreport.result.folding import folded
from exportreport.result.page.markup import Markup, element, source
from exportreport.result.source import extent

WORDS = {
    Severity.FATAL: "Fatal",
    Severity.ERROR: "Error",
    Severity.WARNING: "Warning",
    Severity.INFO: "Remark",
}

#: How much of a line is shown, and how much of that before the place meant.
_LINE, _BEFORE = 160, 60

_DOTS = element("span", "…", class_="cut")


def articles(findings: Sequence[Finding], faults: Mapping[str, Fault], number: int) -> Iterator[Markup]:
    """An article for each of ``findings``, the first with the given number; what follows from another below it."""
    for offset, (finding, follows) in enumerate(folded(findings)):
        yield _article(finding, faults[finding.finding_code], number + offset, follows)


def _article(finding: Finding, fault: Fault, number: int, follows: bool) -> Markup:
    severity = finding.severity.value
    head = element("header", [
        element("span", WORDS[finding.severity], class_=f"severity {severity}"),
        element("span", finding.finding_code, class_="code", title=fault.title),
        _position(finding),
    ])  # fmt: skip
    body = element("div", [
        element("h3", finding.message, id=f"m{number}"),
        element("p", element("code", finding.pointer), class_="place") if finding.pointer else None,
        _excerpt(finding),
        _advice(finding, fault, follows),
    ], class_="body")  # fmt: skip
    return element(
        "article", [head, body], class_="finding follows" if follows else "finding", id=f"f{number}",
        data_severity=severity, data_code=finding.finding_code, aria_labelledby=f"m{number}",
    )  # fmt: skip


def _position(finding: Finding) -> Markup | None:
    if finding.position is None:
        return None
    words = f"line {finding.position.line}, column {finding.position.column}"
    return element("span", words, class_="position", title=places.position(finding))


def _advice(finding: Finding, fault: Fault, follows: bool) -> Markup:
    rows = [("What to do", fault.resolution), ("Why", fault.reason)]
    rows += [("Basis", "; ".join(fault.basis))] if fault.basis else []
    rows += [("Note", fault.note)] if fault.note else []
    rows += [("Follows from", str(finding.caused_by))] if follows else []
    return element("dl", [[element("dt", name), element("dd", words)] for name, words in rows], class_="advice")


def _excerpt(finding: Finding) -> Markup | None:
    lines, position = finding.excerpt, finding.position
    if not lines or position is None:
        return None
    indent = _indent(lines)
    rows = [_row(line, position.column if line.number == position.line else None, indent) for line in lines]
    return element("div", rows, class_="source", role="group", aria_label=f"Lines around line {position.line}")


def _indent(lines: Iterable[SourceLine]) -> int:
    """How many blanks all ``lines`` begin with; they say nothing, and take room on a small screen."""
    known = [line for line in lines if line.text.strip()]
    if any(line.start > 1 for line in known):
        return 0
    return min((len(line.text) - len(line.text.lstrip(" ")) for line in known), default=0)


def _row(line: SourceLine, column: int | None, indent: int) -> Markup:
    number = element("span", str(line.number), class_="number")
    if column is None:
        shown = line.text[indent : indent + _LINE]
        cut = line.cut or len(line.text) > indent + _LINE
        return element("div", [number, element("code", [source(shown), _DOTS if cut else None])], class_="line")
    begin, end = extent(line, column)
    first = indent if end - indent <= _LINE else max(indent, begin - _BEFORE)
    last = max(first + _LINE, min(end, begin + _LINE))
    content = [
        _DOTS if line.start > 1 or first > indent else None,
        source(line.text[first:begin]),
        element("mark", source(line.text[begin : min(end, last)]) or " "),
        source(line.text[end:last]),
        _DOTS if line.cut or len(line.text) > last else None,
    ]
    return element("div", [number, element("code", content)], class_="line meant")
