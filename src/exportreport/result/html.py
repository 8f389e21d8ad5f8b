"""The result as one self-contained page: it fetches nothing, and can be read without its script."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from exportreport.finding import Fault, Severity, visible
from exportreport.result import places
from exportreport.result.page import findings, overview
from exportreport.result.page.markup import Markup, element
from exportreport.result.page.overview import Row
from exportreport.result.record import Result
from exportreport.result.run import Run

#: How many findings a page shows, and how many documents it lists: more could not be read, and would slow a browser.
SHOWN, LISTED = 2_000, 500

#: How many documents without findings are listed.
_PLAIN = 200


def write(results: Iterable[tuple[str, Result]], run: Run) -> Iterator[bytes]:
    """The page. Since the verdict stands first, it is held until the end: as much of it as a page shows at all."""
    page = _Page(run)
    for name, result in results:
        page.add(name, result)
        yield b""
    yield page.whole().encode()


@dataclass(slots=True)
class _Page:
    """What the page will show, as far as it is known."""

    run: Run
    sections: list[Markup] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    inputs: int = 0
    documents: int = 0
    shown: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    faults: dict[str, Fault] = field(default_factory=dict)

    def add(self, name: str, result: Result) -> None:
        """Take in ``result`` of a document of the input called ``name``."""
        self.documents += 1
        self.inputs += result.number == 1
        room = SHOWN - self.shown.total()
        anchor = f"d{self.documents}" if result.findings and room > 0 else None
        telling = bool(result.findings) or not result.accepted
        if len(self.rows) < (LISTED if telling else _PLAIN):
            place = places.document(name, result)
            self.rows.append(Row(place, result.kind, result.verdict, result.totals, anchor))
        if anchor:
            self.sections.append(self._section(name, result, anchor, room))

    def _section(self, name: str, result: Result, anchor: str, room: int) -> Markup:
        some = result.findings[:room]
        codes = Counter(finding.finding_code for finding in some)
        self.faults.update(self.run.explain(codes.keys() - self.faults.keys()))
        first = self.shown.total() + 1
        self.shown.update(finding.severity for finding in some)
        self.codes.update(codes)
        left = sum(result.totals.values()) - len(some)
        facts = [result.kind, result.report_id, f"as of {result.as_of}" if result.as_of else None, *result.profiles]
        return element("section", [
            element("h2", places.document(name, result), id=f"{anchor}n"),
            element("p", [
                element("span", overview.TITLES[result.verdict], class_=f"verdict {result.verdict.value}"),
                [element("span", fact) for fact in facts if fact],
            ], class_="document-facts"),
            *findings.articles(some, self.faults, first),
            element("p", f"{left:,} more findings of this document are not shown.", class_="note") if left else None,
        ], class_="document", id=anchor, aria_labelledby=f"{anchor}n")  # fmt: skip

    def whole(self) -> str:
        """The page, complete."""
        only = self.rows[0] if self.documents == 1 else None
        count = self.shown.total()
        body = [
            element("a", "To the findings", href="#findings", class_="skip") if count else None,
            overview.verdict(self.run, self.inputs, only),
            overview.documents(self.rows, self.documents),
            element("main", [
                overview.filters(self.shown, self.codes, self.faults) if count > 1 else None,
                self._limit(),
                self.sections or element("p", "There are no findings to show.", class_="note"),
            ], id="findings"),
            overview.judged_by(self.run, self.run.checked()),
        ]  # fmt: skip
        title = f"{overview.TITLES[only.verdict]}: {only.name}" if only else overview.heading(self.run.tally)
        return "<!doctype html>\n" + element(
            "html", [_head(title), element("body", [body, element("script", Markup(_part("page.js")))])], lang="en"
        ) + "\n"  # fmt: skip

    def _limit(self) -> Markup | None:
        total = sum(self.run.tally.severities.values())
        if self.shown.total() < SHOWN or total <= SHOWN:
            return None
        words = f"This page shows the first {SHOWN:,} of {total:,} findings. All of them are in the forms json and csv."
        return element("p", words, class_="note")


def _head(title: str) -> Markup:
    style, script = _part("page.css"), _part("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return element("head", [
        element("meta", charset="utf-8"),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{visible(title)} – exportreport"),
        element("style", Markup(style)),
    ])  # fmt: skip


def _part(name: str) -> str:
    return files("exportreport.result.page").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
