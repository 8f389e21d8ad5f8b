"""What the page says of the whole run: the verdict first, the documents, and what they were judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from exportreport import __version__
from exportreport.finding import Fault, Severity, Verdict
from exportreport.result import text
from exportreport.result.page.findings import WORDS
from exportreport.result.page.markup import Content, Markup, element
from exportreport.result.record import Tally
from exportreport.result.run import Checked, Run

TITLES = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.ACCEPTED_WITH_WARNINGS: "Accepted with warnings",
    Verdict.REJECTED: "Rejected",
    Verdict.UNREADABLE: "Could not be read",
    Verdict.UNDECIDED: "Could not be decided",
}

_SENTENCES = {
    Verdict.ACCEPTED: "It follows the standard.",
    Verdict.ACCEPTED_WITH_WARNINGS: "It follows the standard; some of it is doubtful.",
    Verdict.REJECTED: "It does not follow the standard.",
    Verdict.UNREADABLE: "Nothing in it could be judged.",
    Verdict.UNDECIDED: "A limit of the run was reached, or a rule broke; nothing is decided.",
}

_PLURALS = {Severity.FATAL: "fatal", Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "remarks"}


class Row(NamedTuple):
    """One document in the list of documents; ``anchor`` is where its findings are."""

    name: str
    kind: str | None
    verdict: Verdict
    totals: Mapping[Severity, int]
    anchor: str | None


def verdict(run: Run, inputs: int, only: Row | None) -> Markup:
    """The head of the page: the verdict in words, and the counts."""
    found = run.tally.verdict
    counts = [
        element("li", [element("b", f"{run.tally.severities[s]:,}"), f" {_noun(s, run.tally.severities[s])}"],
                class_=f"severity {s.value}")
        for s in Severity if run.tally.severities[s]
    ]  # fmt: skip
    return element("header", [
        element("p", "exportreport", class_="brand"),
        element("h1", TITLES[found] if only else heading(run.tally), class_=f"verdict {found.value}"),
        element("p", _lead(run, inputs, only), class_="lead"),
        element("ul", counts, class_="counts") if counts else None,
        element("p", text.INTERRUPTED, class_="note") if run.interrupted() else None,
        element("p", "Redacted: places and codes only.", class_="note") if run.redacted else None,
    ], class_="head")  # fmt: skip


def heading(tally: Tally) -> str:
    """The verdict on several documents, in a few words."""
    good = tally.verdicts[Verdict.ACCEPTED] + tally.verdicts[Verdict.ACCEPTED_WITH_WARNINGS]
    if good == tally.documents:
        return f"All {good:,} accepted"
    if not good:
        return f"None of {tally.documents:,} accepted"
    return f"{tally.documents - good:,} of {tally.documents:,} not accepted"


def _lead(run: Run, inputs: int, only: Row | None) -> Content:
    if only is None:
        return next(text.summary(run.tally, inputs))
    kind = f" ({only.kind})" if only.kind else None
    return [element("strong", only.name), kind, ". ", _SENTENCES[run.tally.verdict]]


def documents(rows: Sequence[Row], total: int) -> Markup | None:
    """The list of documents, where there is more than one."""
    if total < 2:
        return None
    head = element("tr", [element("th", name, scope="col") for name in ("Document", "Kind", "Verdict", "Findings")])
    left = total - len(rows)
    return element("section", [
        element("h2", "Documents", id="documents"),
        element("div", element("table", [element("thead", head), element("tbody", map(_row, rows))]),
                class_="wide", tabindex=0, role="region", aria_labelledby="documents"),
        element("p", f"{left:,} more are not listed here; they are counted above.", class_="note") if left else None,
    ], class_="documents")  # fmt: skip


def _row(row: Row) -> Markup:
    name = element("a", row.name, href=f"#{row.anchor}") if row.anchor else row.name
    counts = ", ".join(f"{row.totals[s]:,} {_noun(s, row.totals[s])}" for s in Severity if row.totals.get(s))
    return element("tr", [
        element("th", name, scope="row"),
        element("td", row.kind or "–"),
        element("td", element("span", TITLES[row.verdict], class_=f"verdict {row.verdict.value}")),
        element("td", counts or "none"),
    ])  # fmt: skip


def filters(counts: Mapping[Severity, int], codes: Mapping[str, int], faults: Mapping[str, Fault]) -> Markup:
    """The controls that choose what is shown; the script brings them out, since nothing works without it."""
    boxes = [
        element("label", [
            element("input", type="checkbox", name="severity", value=s.value, checked=True),
            element("span", f"{WORDS[s]} ", class_=f"severity {s.value}"),
            element("span", f"{count:,}", class_="count"),
        ], class_="chip")
        for s in Severity if (count := counts.get(s))
    ]  # fmt: skip
    choices = [element("option", "All codes", value="")] + [
        element("option", f"{code} ({count:,}) {faults[code].title}", value=code)
        for code, count in sorted(codes.items())
    ]
    return element("form", [
        element("label", [element("span", "Search"), element("input", type="search", name="words", autocomplete="off",
                placeholder="Word, field or value")], class_="words"),
        element("label", [element("span", "Code"), element("select", choices, name="code")], class_="codes"),
        element("fieldset", [element("legend", "Severity"), boxes]),
        element("p", element("output", "", name="shown", aria_live="polite"), class_="shown"),
        element("button", "Show all", type="reset"),
    ], id="filters", role="search", hidden=True)  # fmt: skip


def judged_by(run: Run, checked: Checked) -> Markup:
    """The foot of the page: versions, digests, options, and how the rules ended."""
    pins = run.pins()
    facts = [
        ("Validator", f"exportreport {__version__}"),
        ("Standard", run.standard.version),
        ("Day of the law", run.as_of or "as each document says"),
        ("Profiles asked for", ", ".join(run.profiles)),
        ("Mildest severity shown", WORDS[run.min_severity] if run.min_severity is not Severity.INFO else ""),
        ("Model", run.standard.digest),
        ("Rules", pins.rules_digest or ""),
        ("Code lists", pins.codelists_digest or ""),
    ]
    return element("footer", [
        element("h2", "How this was judged"),
        element("dl", [[element("dt", name), element("dd", value)] for name, value in facts if value], class_="facts"),
        _rules(checked),
        element("ul", [element("li", line) for line in text.unchecked(checked)]) if checked.unchecked else None,
    ])  # fmt: skip


def _rules(checked: Checked) -> Markup | None:
    if not checked.rules:
        return None
    names = ("passed", "failed", "not_applicable", "not_run", "broke")
    head = element("tr", [element("th", name.replace("_", " "), scope="col") for name in ("rule", *names)])
    return element("details", [
        element("summary", text.rule_sums(checked)),
        element("div", element("table", [element("thead", head), element("tbody", _outcomes(checked, names))]),
                class_="wide", tabindex=0, role="region", aria_label="Rules"),
    ])  # fmt: skip


def _outcomes(checked: Checked, names: Iterable[str]) -> Iterator[Markup]:
    for code, count in sorted(checked.rules.items()):
        cells = [element("td", f"{getattr(count, name):,}" if getattr(count, name) else "–") for name in names]
        yield element("tr", [element("th", code, scope="row"), *cells])


def _noun(severity: Severity, count: int) -> str:
    return _PLURALS[severity] if count != 1 else WORDS[severity].lower()
