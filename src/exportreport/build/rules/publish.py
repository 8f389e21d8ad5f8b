"""What is published of the rules for other evaluators: the records as written, the functions with their vectors."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from exportreport.build.rules.membership import CodeList
from exportreport.build.rules.records import STANDARD_LAYER, RuleSource
from exportreport.build.rules.schematron import Pattern, Phase, schematron
from exportreport.build.rules.sources import Sources
from exportreport.build.rules.svrl import stylesheet
from exportreport.standard import Standard

#: How many vectors a function needs at least.
VECTORS = 10


class FunctionsError(Exception):
    """schema/functions.toml breaks its form; the text says where and what to do."""


def published(schema: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The files for evaluators of the expressions themselves: their names and what they hold.

    Raises `FunctionsError` where schema/functions.toml breaks its form.
    """
    yield "rules/rules.json", {"rules": records(schema / "rules")}
    yield "rules/profiles.json", {"profiles": records(schema / "profiles")}
    yield "rules/functions.json", {"functions": functions(schema / "functions.toml")}


def as_schematron(
    standard: Standard, sources: Sources, code_lists: Sequence[CodeList], note: str
) -> Iterator[tuple[str, str]]:
    """All rules for Schematron engines, over the XML form: as Schematron, and compiled for engines of XSLT."""
    lists = {one["id"]: one for one in code_lists}
    known = {rule.code: _pattern(rule) for rule in sources.rules}
    base = [known[rule.code] for rule in sources.rules if rule.layer == STANDARD_LAYER]
    phases = [
        Phase(
            one.id,
            one.title,
            one.condition,
            [known[code] for code in one.rules],
            one.valid_from,
            one.valid_until,
            {code: severity.value for code, severity in one.raises.items()},
        )
        for one in sources.profiles
    ]
    made = schematron(standard, base, phases, lists, note)
    yield "schematron/exportreport.sch", made.text
    yield "schematron/exportreport.xsl", stylesheet(standard, made, note)


def _pattern(rule: RuleSource) -> Pattern:
    checked = rule.checked
    severity = rule.severity.value
    return Pattern(rule.code, rule.title, severity, rule.each, checked.when, checked.assertion, rule.message, rule.at)


def records(folder: Path) -> list[dict[str, Any]]:
    """The records in ``folder`` as their authors wrote them, in the order of their names."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]


def functions(path: Path) -> dict[str, Any]:
    """The functions that rules may call, by name: signature, meaning and vectors.

    Raises `FunctionsError` where the file is not of that form.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise FunctionsError(f"{path}: this is not TOML: {error}") from error
    for name, body in found.items():
        _check(path, name, body)
    return found


def _check(path: Path, name: str, body: Mapping[str, Any]) -> None:
    lacking = {"signature", "meaning", "vectors"} - set(body)
    if lacking:
        raise FunctionsError(f"{path}: {name} has no {min(lacking)}; write it")
    if len(body["vectors"]) < VECTORS:
        raise FunctionsError(f"{path}: {name} has {len(body['vectors'])} vectors; it needs {VECTORS}")
    for number, vector in enumerate(body["vectors"], start=1):
        if not {"arguments", "result"} <= set(vector) <= {"arguments", "result", "note"}:
            raise FunctionsError(f"{path}: vector {number} of {name} needs arguments and result, and may have a note")
