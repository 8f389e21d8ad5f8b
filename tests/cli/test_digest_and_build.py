"""`exportreport digest` and `exportreport build`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from exportreport.cli.main import cli
from exportreport.codec import xml_text
from exportreport.standard import Standard
from tests.corpus.generate import document

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    "command",
    [
        ["validate"],
        ["digest"],
        ["convert", "--to", "xml"],
        ["diff", "-"],
        ["impact", "--old", "current", "--new", "current"],
    ],
)
def test_an_input_that_is_not_there_has_the_same_status_everywhere(command: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, [*command, str(tmp_path / "absent")])
    assert result.exit_code == 3
    assert "absent" in result.output


def test_the_digest_is_the_same_from_both_syntaxes_and_any_layout(tmp_path: Path, the_standard: Standard) -> None:
    made = document(the_standard, "LicenseFiling", 4)
    (tmp_path / "a").write_text(json.dumps(made, indent=7))
    (tmp_path / "b").write_text(json.dumps(dict(reversed(made.items())), ensure_ascii=True))
    (tmp_path / "c").write_bytes(xml_text.encode(made, the_standard))
    result = CliRunner().invoke(cli, ["digest", *(str(tmp_path / name) for name in "abc")])
    assert result.exit_code == 0
    assert len({line.split()[0] for line in result.stdout.splitlines()}) == 1
    assert len(result.stdout.splitlines()) == 3


def test_what_is_rejected_has_no_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_text('{"report_type": "Submission"}')
    result = CliRunner().invoke(cli, ["digest", str(tmp_path / "a")])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "ER-S-001" in result.stderr


def test_build_check_tells_stale_from_current(tmp_path: Path) -> None:
    artifacts = tmp_path / "artifacts"
    artifacts.mkdir()
    common = ["build", "--schema", str(ROOT / "schema"), "--artifacts", str(artifacts)]
    assert CliRunner().invoke(cli, [*common, "--check"]).exit_code == 1
    assert CliRunner().invoke(cli, common).exit_code == 0
    assert CliRunner().invoke(cli, [*common, "--check"]).exit_code == 0
    (artifacts / "model.json").write_text("{}")
    result = CliRunner().invoke(cli, [*common, "--check"])
    assert result.exit_code == 1
    assert "stale: model.json" in result.stdout


def test_an_unsound_model_is_refused_with_every_fault(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    module = tmp_path / "schema" / "modules" / "denial.yaml"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace("    range: DenialKind", "    ifabsent: x"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["build", "--schema", str(tmp_path / "schema"), "--artifacts", str(tmp_path)])
    assert result.exit_code == 1
    assert "no range" in result.stderr
    assert "ifabsent" in result.stderr


def test_build_outside_a_checkout_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["build"]).exit_code == 2
