"""The writers of results: every form, of hostile findings, in full and redacted."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from io import StringIO
from zlib import crc32

import jsonschema_rs
from lxml import etree

from exportreport import pipeline
from exportreport.cli.pins import pins
from exportreport.codec import json_text, xml_text
from exportreport.explaining import faults_of
from exportreport.pipeline import Settings
from exportreport.result.forms import FORMS, writer
from exportreport.result.record import Result, Tally
from exportreport.result.redaction import redactor
from exportreport.result.run import Checked, Pins, RuleCount, Run
from exportreport.rules.catalogue import profiles
from exportreport.standard import Standard
from fuzz.edges import MARKER
from fuzz.oracles import demand
from fuzz.reach import Reach
from fuzz.target_validate import Judge, Watched
from fuzz.targets import Take

_MOMENT = "2026-11-24T09:00:00Z"
_NAME = "in put/é.json"

#: How many forms are written of one input.
_EACH = 2

#: What the layout of a form may use, to be left out.
_LAYOUT = dict.fromkeys(map(ord, "\r\n\t"))


def take_of(known: Standard, reach: Reach) -> Take:
    """One run of the pipeline, some forms of its result, and one form of it redacted."""
    judge = Judge(known, reach)
    every = tuple(profiles())
    settings = (
        Settings(digests=True, excerpts=2, profiles=every, as_of="2026-11-23"),
        Settings(digests=True, excerpts=0, max_findings=4),
        Settings(digests=True, rules=False),
    )
    prepared = [(one, Watched(known, one) if one.rules else None) for one in settings]
    hide, forms = redactor(known, faults_of), tuple(FORMS)

    def take(data: bytes) -> None:
        lot = crc32(data)
        chosen, rules = prepared[lot % len(prepared)]
        found = judge.results(data, chosen, rules)
        judge.reached(data, found, rules)
        run = _run(known, found, chosen, None if lot & 15 else rules)
        for step in range(_EACH):
            form = forms[(lot // 7 + step * 4) % len(forms)]
            _CHECKS[form](_written(form, found, run), run)
        form = forms[lot // 11 % len(forms)]
        hidden = _written(form, [hide(one._replace(findings=_bare(one))) for one in found], run._replace(redacted=True))
        demand(MARKER not in hidden.lower(), "redacted, and it says", form, _around(hidden))
        _CHECKS[form](hidden, run)

    return take


def _bare(result: Result) -> tuple[pipeline.Finding, ...]:
    """The findings as a run that is redacted has them: without lines of the file."""
    return tuple(finding._replace(excerpt=()) for finding in result.findings)


def _around(text: str) -> str:
    at = text.lower().find(MARKER)
    return text[max(0, at - 60) : at + 60]


def _run(known: Standard, found: list[Result], chosen: Settings, rules: Watched | None) -> Run:
    tally = Tally()
    for one in found:
        tally.add(one)
    return Run(known, tally, faults_of, checked=lambda: _checked(rules), pins=_pins, as_of=chosen.as_of,
               profiles=chosen.profiles, reported_at=_MOMENT)  # fmt: skip


@cache
def _pins() -> Pins:
    return pins()


def _checked(rules: Watched | None) -> Checked:
    """What the rules came to: for some inputs, since it is long and hardly depends on them."""
    if rules is None:
        return Checked()
    outcomes = rules.outcomes
    return Checked({code: RuleCount(*said) for code, said in outcomes.rules().items()}, outcomes.codes.unchecked)


def _written(form: str, found: list[Result], run: Run) -> str:
    pieces: Iterator[bytes] = writer(form)(((_NAME, one) for one in found), run)
    said = b"".join(pieces).decode()
    shown = said.removeprefix("\ufeff").translate(_LAYOUT)
    demand(shown.isprintable(), "a form shows what cannot be shown", form)
    return said


@cache
def _schema() -> jsonschema_rs.Draft7Validator:
    place = files("exportreport.result").joinpath("schemas", "result.schema.json")
    return jsonschema_rs.Draft7Validator(json.loads(place.read_text(encoding="utf-8")))


def _json(said: str, run: Run) -> None:
    whole = json.loads(said)
    demand(_schema().is_valid(whole), "a result that breaks its schema", [str(e) for e in _schema().iter_errors(whole)])
    demand(len(whole["documents"]) == run.tally.documents, "documents", len(whole["documents"]))


def _sarif(said: str, run: Run) -> None:
    (only,) = json.loads(said)["runs"]
    rules = only["tool"]["driver"]["rules"]
    for one in only["results"]:
        demand(rules[one["ruleIndex"]]["id"] == one["ruleId"], "SARIF names another rule", one)


def _junit(said: str, run: Run) -> None:
    etree.fromstring(said.encode())


def _html(said: str, run: Run) -> None:
    demand(f"<{MARKER}" not in said.lower() and f'"{MARKER}=' not in said.lower(), "markup of the filing in the page")
    demand(f"'{MARKER}=" not in said.lower(), "markup of the filing in the page")


def _csv(said: str, run: Run) -> None:
    rows = list(csv.reader(StringIO(said.removeprefix("\ufeff"), newline=""), strict=True))
    demand(len({len(row) for row in rows}) == 1, "rows of several widths")
    formulas = [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    demand(not formulas, "a cell that a spreadsheet takes for a formula", formulas)


def _github(said: str, run: Run) -> None:
    begins = ("::error ", "::warning ", "::notice ", "exportreport: ", "GitHub annotates ")
    lines = said.removesuffix("\n").split("\n")
    demand(all(line.startswith(begins) and "\r" not in line for line in lines), "a line that is no command", lines)
    demand(all(line.count("::") in (0, 2) for line in lines), "a command in a command", lines)


def _text(said: str, run: Run) -> None:
    demand(bool(said.strip()), "nothing said")


def _acknowledgement(said: str, run: Run) -> None:
    """What we answer is accepted by our own validator, whatever was received."""
    (answer,) = pipeline.check(said.encode(), run.standard, Settings(max_findings=20))
    demand(answer.accepted and answer.kind == "Acknowledgement", "an answer that is not accepted", answer.findings[:3])
    again = xml_text.decode(xml_text.encode(answer.document or {}, run.standard), run.standard).value
    demand(json_text.digest(again) == json_text.digest(answer.document or {}), "another answer")  # type: ignore[arg-type]


_CHECKS: dict[str, Callable[[str, Run], None]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "html": _html,
    "csv": _csv,
    "github": _github,
    "acknowledgement-json": _acknowledgement,
    "acknowledgement-xml": _acknowledgement,
}
