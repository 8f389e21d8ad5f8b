"""Rules about each entry of a list: their findings point to the entries that are wrong, to all of them, to no other."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from exportreport.build.rules.cases import Case, completed
from exportreport.build.rules.culprits import culprits
from exportreport.build.rules.records import RuleSource
from exportreport.finding import Finding, Path
from exportreport.pipeline import Settings, check
from exportreport.standard import Document
from tests.messages import example
from tests.rules.test_profiles import RULES, SOURCES, STANDARD

ABOUT_ENTRIES = [rule for rule in RULES.values() if culprits(rule.checked.assertion, rule.at)]
FAILING = [(rule, case) for rule in ABOUT_ENTRIES for case in rule.cases if case.expect == "fail"]


def findings(rule: RuleSource, document: Document) -> list[Finding]:
    settings = Settings(max_findings=0, profiles=tuple(one.id for one in SOURCES.profiles if rule.code in one.rules))
    (result,) = check(json.dumps(document).encode(), STANDARD, settings)
    return [finding for finding in result.findings if finding.finding_code == rule.code]


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def without(document: Document, paths: set[Path]) -> Document:
    """A copy without the entries at ``paths``, and without their list where none is left."""
    made = copy.deepcopy(document)
    for path in sorted(paths, key=lambda path: path[-1], reverse=True):
        entries = at(made, path[:-1])
        del entries[path[-1]]
        if not entries:
            del at(made, path[:-2])[path[-2]]
    return made


def test_many_rules_are_about_entries() -> None:
    assert len(ABOUT_ENTRIES) > 50
    assert {f"ER-C-{number}" for number in range(111, 117)} <= {rule.code for rule in ABOUT_ENTRIES}


@pytest.mark.parametrize(("rule", "case"), FAILING, ids=lambda one: one.code if isinstance(one, RuleSource) else "")
def test_the_entries_that_are_wrong_are_those_pointed_to(rule: RuleSource, case: Case) -> None:
    """Without them the rule is content; with any one of them alone it is not, unless it compares entries."""
    document, _ = completed(case, rule, STANDARD, SOURCES.sample(rule))
    found = findings(rule, document)
    wrong = {finding.path for finding in found if finding.path and isinstance(finding.path[-1], int)}
    assert found
    if not wrong:  # the list is not there, or what it is held against is not
        return
    assert all(path[-2] == rule.at for path in wrong)
    assert not {finding.path for finding in findings(rule, without(document, wrong))} & {p[:-1] for p in wrong}
    compares_entries = rule.assertion.count(f"this.{rule.at}") > 1
    for path in wrong if not compares_entries else ():
        assert findings(rule, without(document, wrong - {path}))


def test_each_unknown_key_is_named_at_its_place() -> None:
    notice = example("DenialNotice/denial-revoked-later")
    known = notice["parties"][0]["key"]
    notice["denied_parties"] = [known, "nobody", known, "no-one"]
    found = findings(RULES["ER-C-404"], notice)
    assert [(finding.pointer, finding.value) for finding in found] == [
        ("/denied_parties/1", "nobody"),
        ("/denied_parties/3", "no-one"),
    ]
    assert all(str(finding.value) in finding.message for finding in found)


def test_many_unknown_keys_take_time_in_proportion() -> None:
    """Each party is looked at once: the keys of the parties are gathered once for all entries."""
    notice = example("DenialNotice/denial-revoked-later")
    notice["denied_parties"] = [f"k{number}" for number in range(20_000)]
    notice["parties"] = [notice["parties"][0] | {"key": f"p{number}"} for number in range(20_000)]
    assert len(findings(RULES["ER-C-404"], notice)) == 20_000
