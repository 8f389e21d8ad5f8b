"""`rules` and `explain`: every code is found, shown and explained in both syntaxes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport import standard
from exportreport.cli import published
from exportreport.cli.explain import _examples, _faults
from exportreport.cli.main import cli
from exportreport.cli.rules import EXPORTS
from exportreport.codec import json_text, xml_text
from exportreport.explaining import faults_of
from tests.test_bad_input import NOTICE

RULES = published.rules()
PROFILES = published.profiles()
FAULTS = _faults()
EXAMPLES = _examples()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def listed(*arguments: str) -> dict[str, dict[str, Any]]:
    result = run("rules", "list", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    return {rule["code"]: rule for rule in json.loads(result.stdout)}


def test_list_names_every_rule_once() -> None:
    lines = run("rules", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == list(RULES)
    assert lines[-1] == f"{len(RULES)} rules."
    assert list(listed()) == list(RULES)


@pytest.mark.parametrize("profile", PROFILES)
def test_list_of_a_profile_holds_its_own_rules_and_those_it_raises(profile: str) -> None:
    raises = PROFILES[profile].get("raises", {})
    found = listed("--profile", profile)
    assert set(found) == set(PROFILES[profile]["rules"]) | set(raises)
    assert {code: found[code]["severity"] for code in raises} == raises
    assert {found[code].get("profile") for code in PROFILES[profile]["rules"]} == {profile}


def test_list_of_a_kind_holds_what_can_be_said_of_it() -> None:
    found = {rule["each"] for rule in listed("--kind", "denialnotice").values()}
    assert {"DenialNotice", "Item"} <= found
    assert not found & {"LicenseFiling", "ReexportNotice", "Authorization", "Acknowledgement"}


def test_list_of_a_severity_holds_only_that() -> None:
    assert {rule["severity"] for rule in listed("--severity", "warning").values()} == {"warning"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--profile", "eus"),
        ("list", "--kind", "Licence"),
        ("show", "EU-C-999"),
        ("show", "ER-S-020"),
    ],
)
def test_what_does_not_exist_is_wrong_use(arguments: tuple[str, ...]) -> None:
    assert run("rules", *arguments).exit_code == 2


@pytest.mark.parametrize("code", RULES)
def test_show_holds_the_whole_record(code: str) -> None:
    rule = RULES[code]
    said = " ".join(run("rules", "show", code.lower()).stdout.split())
    parts = [rule["title"], rule["reason"], rule["resolution"], rule["assert"], rule.get("when", ""), rule["message"]]
    parts += rule.get("basis", []) + [case["name"] for case in rule["cases"]]
    for part in parts:
        assert " ".join(part.split()) in said
    assert json.loads(run("rules", "show", code, "-f", "json").stdout) == rule


@pytest.mark.parametrize("form", EXPORTS)
def test_export_writes_what_is_published(form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert run("rules", "export", "--to", form, "-o", str(target)).exit_code == 0
    assert target.read_bytes() == published.artifact(EXPORTS[form])
    assert run("rules", "export", "--to", form, "-o", str(target)).exit_code == 2


@pytest.mark.parametrize("syntax", ["json", "xml"])
@pytest.mark.parametrize("code", [*RULES, *FAULTS])
def test_every_code_is_explained(code: str, syntax: str) -> None:
    result = run("explain", code, "--syntax", syntax)
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    told = RULES[code] if code in RULES else {"reason": FAULTS[code].reason, "resolution": FAULTS[code].resolution}
    assert all(" ".join(str(told[member]).split()) in said for member in ("reason", "resolution"))
    assert all(" ".join(source.split()) in said for source in told.get("basis", ()))


@pytest.mark.parametrize("code", ["ER-S-999", "ER-C-1", "UK_C_001", ""])
def test_an_unknown_code_is_wrong_use(code: str) -> None:
    assert run("explain", code).exit_code == 2


@pytest.mark.parametrize(("typed", "near"), [("ER-S-20", "ER-S-020"), ("EUC-013", "EU-C-013"), ("UK-C-1", "UK-C-001")])
def test_near_misses_are_named(typed: str, near: str) -> None:
    assert near in run("explain", typed).stderr


def test_the_examples_are_of_all_codes_that_are_no_rules() -> None:
    assert set(EXAMPLES) == set(FAULTS)


@pytest.mark.parametrize("code", [*RULES, *(code for code in FAULTS if not code.startswith("ER-K"))])
def test_what_a_validation_can_say_can_be_explained(code: str) -> None:
    assert set(faults_of([code])) == {code}


def codes_of(data: bytes) -> set[str]:
    done = CliRunner().invoke(cli, ["validate", "-", "--format", "json", "--max-findings", "0"], input=data)
    (document,) = json.loads(done.stdout)["documents"]
    return {finding["finding_code"] for finding in document["findings"]}


def whole(members: str) -> dict[str, Any]:
    """A notice with the ``members`` of an example."""
    return NOTICE | {"denial_kind": "refused"} | json.loads("{" + members + "}")


@pytest.mark.parametrize(
    "code",
    [code for code in EXAMPLES if code[:4] in {"ER-S", "ER-C"} and EXAMPLES[code].get("bad", "{")[0] != "{"],
)
def test_the_example_of_a_structural_finding_or_of_a_code_gives_it(code: str) -> None:
    found = EXAMPLES[code]
    assert code in codes_of(json.dumps(whole(found["bad"])).encode())
    assert code not in codes_of(json.dumps(whole(found["good"])).encode())


@pytest.mark.parametrize("code", RULES)
def test_the_examples_of_a_rule_are_the_same_in_both_syntaxes(code: str) -> None:
    """What `explain` shows in XML can be read, and is the object shown in JSON."""
    from exportreport.cli.rule_words import case_for, example, judged

    known = standard.load()
    rule = RULES[code]
    case = case_for(rule, "fail")
    assert json.loads(example(rule, case, "json", known)) == judged(case)
    said = example(rule, case, "xml", known)
    if rule["each"] in known.kinds:
        head, rest = said.split(">", 1)
        read = xml_text.decode(f'{head} xmlns="{known.namespace}">{rest}'.encode(), known)
        assert isinstance(read.value, dict)
        report = {name: value for name, value in read.value.items() if name != "report_type"}
        shown = {name: value for name, value in judged(case).items() if name != "report_type"}
        assert json_text.canonical(report) == json_text.canonical(shown)
