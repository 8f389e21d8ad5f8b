"""The result as text for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from exportreport.finding import Finding, Severity, Verdict, visible
from exportreport.result import places
from exportreport.result.record import Result, Tally
from exportreport.result.run import Checked, Look, Run

_WORDS = {
    Verdict.ACCEPTED: "accepted",
    Verdict.ACCEPTED_WITH_WARNINGS: "accepted with warnings",
    Verdict.REJECTED: "rejected",
    Verdict.UNREADABLE: "could not be read",
    Verdict.UNDECIDED: "could not be decided",
}

_COLORS = {Severity.FATAL: "31;1", Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_GOOD, _BAD, _DIM = "32", "31;1", "2"

#: Where the code of a finding stands, and how far what follows from another is moved to the right.
_INDENT, _FOLDED = 21, 4

#: The width of source lines where there is no terminal that says how wide it is, and the least ever used.
_WIDTH, _NARROWEST = 120, 40

_PLAIN = Look()

#: What is said of a run that was ended early.
INTERRUPTED = "The run was interrupted: this is what was judged until then; there may be more documents."

_OUTCOMES = {
    "passed": "passed",
    "failed": "failed",
    "not_applicable": "did not apply",
    "not_run": "not run where the structure is broken",
    "broke": "broke (our fault)",
}


def write(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """The text: a line for each input of one document, accepted or not; of several only those not accepted."""
    look, inputs, last, held = run.look, 0, "", b""
    for name, result in results:
        is_new = name != last or result.number == 1
        before = held if is_new else b""
        held = b""
        if not result.accepted or (result.findings and not look.quiet):
            before += _lines(document(name, result, look))
        elif is_new and not look.quiet:
            held = _lines(document(name, result, look))
        inputs, last = inputs + is_new, name
        yield before
    yield held
    if not look.quiet:
        yield _lines(_end(run, inputs))


def document(name: str, result: Result, look: Look = _PLAIN) -> Iterator[str]:
    """The lines that say ``result`` of the input called ``name``."""
    kind = f" ({result.kind})" if result.kind else ""
    verdict = _paint(_WORDS[result.verdict], _GOOD if result.accepted else _BAD, look)
    yield f"{places.document(name, result)}: {verdict}{kind}"
    if result.findings:
        yield from _findings(result.findings, look)
    hidden = sum(result.totals.values()) - len(result.findings)
    if hidden > 0:
        yield f"  … and {_several(hidden, 'more finding')}; show all with --max-findings 0 and --min-severity info"


def _end(run: Run, inputs: int) -> Iterator[str]:
    """What is said once for the whole run: what to do, and the counts."""
    tally = run.tally
    if run.interrupted():
        yield from _wrapped("", INTERRUPTED, run.look)
    if tally.codes:
        yield "What to do:"
    for code, fault in sorted(run.explain(tally.codes).items()):
        yield from _wrapped(f"  {code}  ", fault.resolution, run.look)
    if tally.documents > 1 or inputs != 1:
        for line in summary(tally, inputs):
            yield from _wrapped("", line, run.look)
    if said := rules(run.checked()):
        yield from _wrapped("", said, run.look)


def summary(tally: Tally, inputs: int) -> Iterator[str]:
    """How many documents ended how, and the findings by severity."""
    parts = [f"{count:,} {_WORDS[verdict]}" for verdict, count in sorted(tally.verdicts.items())]
    counts = [_of_severity(tally.severities[s], s) for s in Severity if tally.severities[s]]
    yield f"{_several(tally.documents, 'document')} in {_several(inputs, 'input')}: {', '.join(parts) or 'nothing'}."
    if counts:
        yield f"Findings: {', '.join(counts)}."


def rules(checked: Checked) -> str:
    """How many rules ended how; nothing where all passed or did not apply."""
    telling = any(count.outcome in ("failed", "not_run", "broke") for count in checked.rules.values())
    return rule_sums(checked) if telling else ""


def rule_sums(checked: Checked) -> str:
    """How many rules ended how, each counted where it ended worst."""
    ended = Counter(count.outcome for count in checked.rules.values())
    return f"Rules: {', '.join(f'{ended[o]:,} {words}' for o, words in _OUTCOMES.items() if ended[o])}."


def rule_totals(checked: Checked) -> Iterator[str]:
    """A line for each rule that had something to look at: how often it ended how; then the code lists' own lines."""
    for code, count in sorted(checked.rules.items()):
        ended = [f"{getattr(count, o):,} {o.replace('_', ' ')}" for o in _OUTCOMES if getattr(count, o)]
        if ended:
            yield f"{code}  {', '.join(ended)}"
    idle = sum(not any(count) for count in checked.rules.values())
    if idle:
        yield f"{_several(idle, 'rule')} found nothing to look at."
    yield from unchecked(checked)


def unchecked(checked: Checked) -> Iterator[str]:
    """A line for each code list that could not judge values, because it is not complete for their day or depth."""
    for code_list, number in sorted(checked.unchecked.items()):
        values = _several(number, "value")
        yield f"Code list {code_list}: {values} not checked; it is not complete for their day or depth."


def _findings(findings: Sequence[Finding], look: Look) -> Iterator[str]:
    from exportreport.result.folding import folded

    for finding, follows in folded(findings):
        yield from _finding(finding, look, _FOLDED if follows else 0)


def _finding(finding: Finding, look: Look, more: int) -> Iterator[str]:
    severity = _paint(f"{finding.severity.value:<7}", _COLORS[finding.severity], look)
    place = places.position(finding) or "-"
    head = f"{'':>{more}}  {place:>8}  {severity}  {finding.finding_code}  "
    hidden = len(severity) - 7
    yield from _wrapped(head, visible(finding.message), look, hidden)
    if finding.pointer:
        yield f"{'':>{_INDENT + more}}{visible(finding.pointer)}"
    yield from _excerpt(finding, look, more)


def _excerpt(finding: Finding, look: Look, more: int) -> Iterator[str]:
    from exportreport.result import source

    line = source.own_line(finding)
    if line is None or finding.position is None:
        return
    number = f"{line.number:>{10 + more}} | "
    room = max(_NARROWEST, (look.width or _WIDTH) - len(number))
    mark = source.marked(line, finding.position.column, room)
    caret = _paint("^" * mark.width, _COLORS[finding.severity], look)
    yield _paint(number, _DIM, look) + mark.text
    yield _paint(f"{'| ':>{len(number)}}", _DIM, look) + " " * mark.column + caret


def _wrapped(head: str, words: str, look: Look, hidden: int = 0) -> Iterator[str]:
    """``head`` and ``words``, wrapped at the terminal's width; ``hidden`` characters of ``head`` take no room."""
    if look.width is None:
        yield head + words
        return
    import textwrap

    indent = len(head) - hidden
    indent = indent if look.width - indent >= _NARROWEST else 4
    first = textwrap.wrap(words, max(_NARROWEST, look.width), initial_indent="x" * (len(head) - hidden),
                          subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)  # fmt: skip
    yield head + first[0][len(head) - hidden :]
    yield from first[1:]


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def _of_severity(count: int, severity: Severity) -> str:
    return _several(count, severity) if severity in (Severity.ERROR, Severity.WARNING) else f"{count:,} {severity}"


def _several(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _paint(text: str, code: str, look: Look) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if look.color else text
