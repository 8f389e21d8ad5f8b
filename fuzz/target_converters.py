"""The converters from national formats: whatever a table holds, each record is a report or a refusal, and accounted."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import jsonschema_rs

from exportreport.codec import json_text, xml_text
from exportreport.conversion import Conversion, Summary, convert, ledger_json, refusal_json
from exportreport.pipeline import Settings
from exportreport.standard import Standard
from exportreport_converters import FORMATS
from fuzz.oracles import demand
from fuzz.reach import Reach
from fuzz.seeds import ROOT
from fuzz.target_validate import Judge, Watched
from fuzz.targets import Take

_SCHEMAS = ROOT / "src" / "exportreport" / "conversion" / "schemas"


def take_of(known: Standard, reach: Reach) -> Take:
    """Every format is asked to read the input; what becomes a report is judged."""
    judge = Judge(known, reach)
    chosen = Settings(max_findings=0)
    rules = Watched(known, chosen)
    ledger, refused = (_schema(name) for name in ("ledger", "refused"))

    def take(data: bytes) -> None:
        rules.ran = False
        conversions = [
            one
            for form in FORMATS.values()
            for one in Summary().watch(convert(form, BytesIO(data), reported_at="2026-11-23T09:00:00Z"))
        ]
        if any(one.row for one in conversions):
            reach.count("decoding")
            reach.met(data)
        for one in conversions:
            _accounted(one, ledger, refused)
            if one.report is not None:
                _sound(one.report, judge, chosen, rules, known)
        if rules.ran:
            reach.count("rules")

    return take


def _schema(name: str) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(json.loads((_SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))


def _accounted(one: Conversion, ledger: jsonschema_rs.Draft7Validator, refused: jsonschema_rs.Draft7Validator) -> None:
    demand((one.report is None) != (one.refused is None), "neither report nor refusal, or both", one)
    cells = {record.cell(number) for record in one.records for number in range(1, len(record.texts) + 1)}
    told = {entry.cell for entry in one.ledger if entry.cell is not None}
    demand(told == cells, "the ledger has other cells than the records", one.row)
    for line in ledger_json(one):
        demand(ledger.is_valid(_plain(line)), "a ledger that breaks its schema", line)
    if one.refused is not None:
        demand(refused.is_valid(_plain(refusal_json(one.refused))), "a refusal that breaks its schema", one.refused)


def _plain(value: Any) -> Any:
    return json.loads(json_text.line(value))


def _sound(report: Any, judge: Judge, chosen: Settings, rules: Watched, known: Standard) -> None:
    before = rules.ran
    (result,) = judge.results(json_text.encode(report, known), chosen, rules)
    rules.ran = rules.ran or before
    broken = [one for one in result.findings if one.finding_code.startswith("ER-S")]
    demand(not broken and result.document == report, "a report whose structure is broken", broken)
    demand(xml_text.decode(xml_text.encode(report, known), known).value == report, "another report as XML")
