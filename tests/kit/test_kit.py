"""The implementers' kit: what is in it, that it is always the same, and that somebody else's program passes it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from exportreport import codelists
from exportreport.rules import catalogue
from exportreport.standard import load
from tests.witnesses import node_cel


def read(kit: Path, name: str) -> Any:
    return json.loads(kit.joinpath(name).read_bytes())


def run(kit: Path) -> dict[str, Any]:
    """What the runner in JavaScript says of the kit."""
    missing = node_cel.missing()
    if missing:
        pytest.skip(missing)
    command = ["node", str(node_cel.FOLDER / "kit.mjs"), str(kit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if said["differences"] else 0)
    return said


def test_the_same_sources_give_the_same_bytes(archives: list[Path]) -> None:
    first, second = archives
    assert first.name == second.name == f"exportreport-kit-{load().version}.zip"
    assert first.read_bytes() == second.read_bytes()


def test_what_is_in_it_is_published_and_nothing_else(kit: Path) -> None:
    files = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    assert {name.rpartition(".")[2] for name in files if "." in name} == {
        *("json", "md", "py", "sch", "ts", "xml", "xsd", "xsl")
    }
    assert {"README.md", "LICENSES.md", "manifest.json", "cases.json", "standard/kosit/scenarios.xml"} <= files
    cases = {one["file"] for case in read(kit, "cases.json")["cases"] for one in case["documents"]}
    assert cases == {name for name in files if name.startswith("cases/")}


def test_the_links_of_its_pages_lead_to_files_in_it(kit: Path) -> None:
    for page in kit.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (kit / target).is_file(), (page.name, target)


def test_every_rule_and_list_has_its_cases(kit: Path) -> None:
    cases = read(kit, "cases.json")["cases"]
    expected = Counter((case["about"]["finding_code"], case["about"]["expect"]) for case in cases if "about" in case)
    assert {code for code, _ in expected} == set(catalogue.rules())
    assert all(expected[code, "pass"] and expected[code, "fail"] for code in catalogue.rules())
    asked = {case["id"].partition("/")[2] for case in cases if case["id"].startswith("codelists/")}
    assert {name for name in codelists.known() if not any(one.startswith(f"{name}-") for one in asked)} == set()
    said = {finding["finding_code"] for case in cases for one in case["documents"] for finding in one["findings"]}
    assert {"ER-CL-001", "ER-CL-002", "ER-CL-003", "ER-CL-004"} <= said


def test_a_case_of_a_rule_has_the_outcome_that_its_author_wrote(kit: Path) -> None:
    for case in read(kit, "cases.json")["cases"]:
        if "about" in case:
            code, pointer = case["about"]["finding_code"], case["about"]["pointer"]
            for document in case["documents"]:
                told = [one for one in document["findings"] if one["finding_code"] == code]
                here = [one for one in told if one.get("pointer", "").startswith(pointer)]
                assert bool(here) == (case["about"]["expect"] == "fail"), case["id"]


def test_a_program_in_javascript_passes_all_of_it(kit: Path) -> None:
    said = run(kit)
    assert said["wrong"] == []
    documents = [one for case in read(kit, "cases.json")["cases"] for one in case["documents"]]
    sound = sum(one["structure"] == "sound" for one in documents)
    assert said["counts"]["rules"] == said["counts"]["code lists"] == sound
    assert said["counts"]["structure, json"] + said["counts"]["structure, xml"] == len(documents)
    assert said["counts"]["verdict"] == len(documents)
    assert said["counts"]["places, json"] > 20
    assert said["counts"]["manifests"] > len(documents)


def test_the_runner_sees_what_is_planted(kit: Path, tmp_path: Path) -> None:
    """A kit of a few cases with a wrong outcome at each level."""
    small = tmp_path / "kit"
    shutil.copytree(kit, small, ignore=shutil.ignore_patterns("cases", "genericode"))
    names = (
        "rules/ER-C-101/01",
        "rules/ER-C-101/03",
        "codelists/units-ended",
        "examples/invalid/wrong-order-xml",
        "examples/invalid/truncated-json",
        "examples/invalid/decimal-thousands-json",
    )
    cases = {case["id"]: case for case in read(kit, "cases.json")["cases"] if case["id"] in names}
    for case in cases.values():
        for document in case["documents"]:
            target = small / document["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(kit / document["file"], target)
    first, second, units, broken, unreadable, decimal = (cases[name]["documents"] for name in names)
    first[0]["findings"].append({"finding_code": "ER-C-101", "severity": "error", "pointer": "/parties/0/key"})
    second[1]["findings"] = [one for one in second[1]["findings"] if one["finding_code"] != "ER-C-101"]
    units[0]["findings"] = [one for one in units[0]["findings"] if one["finding_code"] != "ER-CL-003"]
    units[1]["verdict"] = "accepted"
    broken[0]["structure"] = "sound"
    unreadable[0]["verdict"] = "rejected"
    decimal[0]["findings"][0]["pointer"] = "/items/0/description"
    entries = {"standard": "1.0.0", "cases": list(cases.values())}
    (small / "cases.json").write_text(json.dumps(entries), encoding="utf-8")
    wrong = {(one["level"], one["file"]) for one in run(small)["wrong"] if one["level"] != "manifests"}
    assert wrong == {
        ("rules", "cases/rules/ER-C-101/01.json"),
        ("rules", "cases/rules/ER-C-101/03.xml"),
        ("code lists", "cases/codelists/units-ended.json"),
        ("verdict", "cases/codelists/units-ended.xml"),
        ("structure, xml", "cases/examples/invalid/wrong-order-xml.xml"),
        ("verdict", "cases/examples/invalid/truncated-json.json"),
        ("places, json", "cases/examples/invalid/decimal-thousands-json.json"),
    }
