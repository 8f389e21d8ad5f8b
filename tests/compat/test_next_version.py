"""A synthetic 1.1: what changed since 1.0, what version that asks for, and which documents change their verdict."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport.cli.main import cli
from tests.messages import example

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)


def test_a_minor_version_is_enough_for_it(next_version: Path) -> None:
    result = run("compat", "current", next_version, "-f", "json")
    record = json.loads(result.output)
    assert result.exit_code == 0
    assert record["bump"] == {"asked": "minor", "declared": "minor", "enough": True}
    assert {(one["kind"], one["element"]) for one in record["changes"]} == {
        ("version.added", "type SchemaVersion"),
        ("slot.added.optional", "slot Address.district"),
        ("rule.withdrawn", "rule ER-C-501"),
        ("rule.severity.lowered", "rule ER-C-403"),
        ("rule.expression", "rule ER-C-332"),
        ("code.added", "code transport_modes/X"),
    }


@pytest.mark.parametrize("version", ["1.0.0", "1.0.7"])
def test_a_smaller_one_is_not(version: str, next_version: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(next_version, tmp_path / "small"))
    model = json.loads((folder / "model.json").read_bytes())
    (folder / "model.json").write_text(json.dumps(model | {"version": version}), encoding="utf-8")
    result = run("compat", "current", folder)
    assert result.exit_code == 1
    assert "raise the version" in result.output


def test_back_is_breaking_and_goes_back(next_version: Path) -> None:
    record = json.loads(run("compat", next_version, "current", "-f", "json").output)
    assert record["bump"]["asked"] == "major"
    assert not record["bump"]["enough"]


def unplaced() -> dict[str, Any]:
    report = example("ReexportNotice/" + sorted((ROOT / "examples/valid/ReexportNotice").glob("*.json"))[0].stem)
    del report["transaction"]["country_of_location"]
    return report | {"report_id": "unplaced"}


def in_a_district() -> dict[str, Any]:
    report = example("LicenseFiling/thermal-cameras-drawdowns")
    report["parties"][0]["addresses"] = [{"lines": ["1"], "country": "NL", "district": "Mitte"}]
    return report | {"report_id": "district"}


def unnamed_criterion() -> dict[str, Any]:
    report = example("DenialNotice/denial-revoked-later")
    report["reasons"] = [{"criterion": "7", "reason_text": "Diversion."}]
    return report | {"report_id": "criterion"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    made: tuple[Callable[[], dict[str, Any]], ...] = (unplaced, in_a_district, unnamed_criterion)
    lines = "".join(json.dumps(one()) + "\n" for one in made)
    (folder / "reports.ndjson").write_text(lines, encoding="utf-8")
    (folder / "same.json").write_text(json.dumps(example("DenialNotice/denial-revoked-later")), encoding="utf-8")
    (folder / "unreadable").write_bytes(b"hello")
    return folder


def test_the_documents_whose_verdict_changes_are_named_and_counted_by_rule(next_version: Path, corpus: Path) -> None:
    result = run("impact", "--old", "current", "--new", next_version, corpus, "-f", "json")
    record = json.loads(result.output)
    assert result.exit_code == 1
    assert record["documents"] == 5
    changes = {one["report_id"]: one for one in record["changes"]}
    assert {name: one["verdict"] for name, one in changes.items()} == {
        "unplaced": {"old": "rejected", "new": "accepted"},
        "district": {"old": "rejected", "new": "accepted"},
        "criterion": {"old": "accepted_with_warnings", "new": "accepted"},
    }
    assert changes["unplaced"]["lost"] == {"ER-C-501": 1}
    assert not any(one["gained"] for one in changes.values())
    assert record["rules"]["ER-C-501"] == {"gained": 0, "lost": 1, "documents": 1}
    assert record["verdicts_changed"] == sum(one["documents"] for one in record["verdicts"]) == 3


def test_the_other_way_round_the_same_is_gained(next_version: Path, corpus: Path) -> None:
    result = run("impact", "--old", next_version, "--new", "current", corpus)
    assert result.exit_code == 1
    assert "+ER-C-501 x1" in result.output
    assert "accepted -> rejected" in result.output


def test_what_a_folder_holds_beside_the_records_is_not_run(next_version: Path, corpus: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(next_version, tmp_path / "part"))
    shutil.rmtree(folder / "evaluation")
    shutil.rmtree(folder / "engine")
    result = run("impact", "--old", next_version, "--new", folder, corpus / "same.json")
    assert result.exit_code == 0


def test_nothing_changes_between_a_standard_and_itself(corpus: Path) -> None:
    result = run("impact", "--old", "current", "--new", "current", corpus)
    assert result.exit_code == 0
    assert "5 documents" in result.output


def test_a_standard_that_cannot_judge_is_told(next_version: Path, corpus: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(next_version, tmp_path / "part"))
    rules = (folder / "rules" / "rules.json").read_text(encoding="utf-8")
    (folder / "rules" / "rules.json").write_text(rules.replace("has(this.", "had(this.", 1), encoding="utf-8")
    result = run("impact", "--old", "current", "--new", folder, corpus)
    assert result.exit_code == 3
    assert "part" in result.output


@pytest.mark.parametrize(("given", "status"), [(("-",), 2), (("nowhere",), 3)])
def test_what_cannot_be_a_corpus_ends_the_command(given: tuple[str, ...], status: int) -> None:
    assert run("impact", "--old", "current", "--new", "current", *given).exit_code == status
