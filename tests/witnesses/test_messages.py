"""Generated messages before all witnesses; in them every rule fires and passes often enough to mean something."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from exportreport import standard as standards
from tests.witnesses import catalogue, node_cel
from tests.witnesses.cases import placed
from tests.witnesses.cel_expr import ByCel
from tests.witnesses.corpus import messages, more
from tests.witnesses.documents import Document
from tests.witnesses.generated_python import ByPython
from tests.witnesses.hearing import Hearing, by_class
from tests.witnesses.schematron_engines import ByElementpath, BySaxon, numbered
from tests.witnesses.tally import TALLY
from tests.witnesses.test_cases import in_json, in_xml
from tests.witnesses.verdicts import Verdict

SEED = "reports"

#: So many mixed messages; to them come as many of one case each as it takes for every rule to fire and pass so often.
MIXED = 2_000
OFTEN = 20

#: elementpath is slow: it sees so many of the messages, and of the rules those that apply and as many others.
SAMPLE = 400

STANDARD = standards.load()
RULES = by_class(catalogue.rules())
CODES = [rule.code for rule in catalogue.rules()]

Heard = list[tuple[Document, Verdict]]


@pytest.fixture(scope="module")
def heard(by_cel: ByCel) -> Heard:
    """All messages, with what cel-expr-python says of each."""
    mixed = [(one, by_cel(one)) for one in messages(STANDARD, placed(), MIXED, SEED)]
    counts = counted(mixed)
    lacking = {(code, said): OFTEN - counts[code, said] for code in CODES for said in ("pass", "fail")}
    lacking = {key: count for key, count in lacking.items() if count > 0}
    return mixed + [(one, by_cel(one)) for one in more(STANDARD, placed(), lacking, SEED)]


def counted(heard: Heard) -> Counter[tuple[str, str]]:
    """How often each rule said what."""
    return Counter((code, said[0]) for _, verdict in heard for (code, _), said in verdict.items())


def test_every_rule_fires_and_passes_often(heard: Heard) -> None:
    reports = sum(len(one.get("reports", [one])) for one, _ in heard if one["report_type"] != "Acknowledgement")
    counts = counted(heard)
    fewest = {said: min(counts[code, said] for code in CODES) for said in ("pass", "fail")}
    TALLY.numbers |= {
        "generated messages": len(heard),
        "reports in them": reports,
        "times at least each rule fires": fewest["fail"],
        "times at least it passes": fewest["pass"],
    }
    assert reports >= 2_000
    assert [(key, counts[key]) for key in ((c, s) for c in CODES for s in fewest) if counts[key] < OFTEN] == []


def test_the_structure_of_every_message_is_sound(heard: Heard) -> None:
    from exportreport.build.rules.structure import structure_faults

    assert [fault for one, _ in heard for fault in structure_faults(one, STANDARD)] == []


def test_all_agree_on_every_message(heard: Heard, by_python: ByPython, by_saxon: BySaxon) -> None:
    in_javascript = node_cel.judged([one for one, _ in heard]) if node_cel.missing() is None else None
    disagreements = []
    for number, (one, verdict) in enumerate(heard):
        verdicts = {"cel-expr-python": verdict, "saxon": by_saxon(numbered(STANDARD, one))}
        if in_javascript is not None:
            verdicts["cel-js (Node.js)"] = in_javascript[number]
        told = {"generated Python, JSON": by_python(in_json(one)), "generated Python, XML": by_python(in_xml(one))}
        hearing = Hearing("generated messages", one, verdicts, told)
        disagreements += [f"message {number}: {what}" for what in hearing.disagreements(STANDARD, RULES)]
    assert disagreements == []


def test_elementpath_agrees_on_a_sample(heard: Heard, by_elementpath: ByElementpath) -> None:
    random = Random(SEED)
    for one, verdict in random.sample(heard, SAMPLE):
        applying = sorted({code for code, _ in verdict})
        codes = sorted({*applying, *random.sample(CODES, len(applying))})
        said = by_elementpath(numbered(STANDARD, one), codes)
        expected = {key: what for key, what in verdict.items() if key[0] in codes}
        TALLY.add("generated messages, sample", "elementpath", len(expected), len(expected.items() ^ said.items()))
        assert said == expected
