"""Every case of every rule, in JSON and in XML, before all witnesses: the expected status and the same pointers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from exportreport.codec import json_text, xml_text
from exportreport.standard import Standard, load
from tests.witnesses import catalogue, node_cel
from tests.witnesses.cases import PlacedCase, placed
from tests.witnesses.cel_expr import ByCel
from tests.witnesses.documents import Document
from tests.witnesses.generated_python import ByPython
from tests.witnesses.hearing import Hearing, by_class
from tests.witnesses.schematron_engines import ByElementpath, BySaxon, Schematron, numbered
from tests.witnesses.tally import TALLY
from tests.witnesses.verdicts import Summary, Verdict, status

STANDARD = load()
CODES = [rule.code for rule in catalogue.rules()]


@cache
def by_rule() -> dict[str, list[tuple[int, PlacedCase]]]:
    TALLY.numbers |= {"rules": len(CODES), "cases": len(placed())}
    found: dict[str, list[tuple[int, PlacedCase]]] = {code: [] for code in CODES}
    for number, case in enumerate(placed()):
        found[case.code].append((number, case))
    return found


@pytest.fixture(scope="session")
def in_javascript() -> list[Verdict] | None:
    if node_cel.missing():
        return None
    return node_cel.judged([case.document for case in placed()])


@pytest.mark.usefixtures("node")
def test_javascript_is_heard() -> None:
    """Skipped with the reason where it is not."""


def in_json(document: Document) -> Document:
    return decoded(json_text.decode(json_text.encode(document, STANDARD)))


def in_xml(document: Document) -> Document:
    return decoded(xml_text.decode(xml_text.encode(document, STANDARD), STANDARD))


def decoded(read: json_text.Decoded) -> Document:
    assert read.readable and isinstance(read.value, dict)
    return read.value


def wrong(case: PlacedCase, verdicts: dict[str, Verdict], told: dict[str, Summary]) -> Iterator[str]:
    """The witnesses that do not say of the case what it expects."""
    for who, verdict in verdicts.items():
        if status(verdict, case.code, case.pointer) != case.expect:
            yield who
    for who, said in told.items():
        failing, passing = said.get(case.code, ((), 0))
        here = any(pointer == case.pointer or pointer.rpartition("/")[0] == case.pointer for pointer in failing)
        fitting = {"pass": passing and not here, "fail": here, "not_applicable": not here}
        if not fitting[case.expect]:
            yield who


@pytest.mark.parametrize("code", CODES)
def test_every_case(
    code: str,
    by_python: ByPython,
    by_cel: ByCel,
    by_saxon: BySaxon,
    by_elementpath: ByElementpath,
    in_javascript: list[Verdict] | None,
) -> None:
    rules = by_class(catalogue.rules())
    for number, case in by_rule()[code]:
        elements = numbered(STANDARD, case.document)
        verdicts = {"cel-expr-python": by_cel(in_json(case.document)), "saxon": by_saxon(elements)}
        if in_javascript is not None:
            verdicts["cel-js (Node.js)"] = in_javascript[number]
        told = {
            "generated Python, JSON": by_python(in_json(case.document)),
            "generated Python, XML": by_python(in_xml(case.document)),
        }
        assert Hearing("cases", case.document, verdicts, told).disagreements(STANDARD, rules) == [], case.name
        alone = by_elementpath(elements, [code])
        TALLY.add("cases, own rule", "elementpath", len(alone), 0)
        assert alone == {key: said for key, said in verdicts["saxon"].items() if key[0] == code}, case.name
        assert list(wrong(case, {**verdicts, "elementpath": alone}, told)) == [], case.name


@pytest.mark.parametrize("code", [CODES[0], CODES[-1]])
@pytest.mark.parametrize("expect", ["pass", "fail"])
def test_a_planted_wrong_expectation_is_seen(
    code: str, expect: str, by_python: ByPython, by_cel: ByCel, by_saxon: BySaxon
) -> None:
    case = next(case for _, case in by_rule()[code] if case.expect not in (expect, "not_applicable"))
    verdicts = {"cel-expr-python": by_cel(case.document), "saxon": by_saxon(numbered(STANDARD, case.document))}
    told = {"generated Python": by_python(case.document)}
    assert list(wrong(case, verdicts, told)) == []
    assert list(wrong(replace(case, expect=expect), verdicts, told)) == [*verdicts, *told]
    assert list(wrong(replace(case, expect="not_applicable"), verdicts, {})) == [*verdicts]


def test_a_planted_wrong_assert_is_a_disagreement(the_standard: Standard, published: Schematron, by_cel: ByCel) -> None:
    case = next(case for _, case in by_rule()["ER-C-101"] if case.expect == "fail")
    first = published.root.find(".//{*}pattern[@id='ER-C-101']//{*}assert")
    assert first is not None
    before = first.get("test")
    first.set("test", "true()")
    planted = BySaxon(Schematron(published.text()))
    first.set("test", before)
    verdicts = {"cel-expr-python": by_cel(case.document), "planted": planted(numbered(the_standard, case.document))}
    hearing = Hearing("planted", case.document, verdicts, {})
    assert f"planted: ER-C-101 at {case.pointer}" in hearing.disagreements(the_standard, {})
    TALLY.heard.pop(("planted", "planted"))
    TALLY.heard.pop(("planted", "cel-expr-python"))
