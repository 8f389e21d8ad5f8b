"""`exportreport build` prints every fault of every rule and profile, and writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from exportreport.cli.build import command
from tests.build.rules.authored import RULE, rule

SCHEMA = Path(__file__).resolve().parents[3] / "schema"


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """The schema without its rules and profiles."""
    copied = tmp_path / "schema"
    shutil.copytree(SCHEMA, copied, ignore=lambda folder, names: {"rules", "profiles"} & set(names))
    return copied


def run(schema: Path) -> tuple[int, str]:
    result = CliRunner().invoke(command, ["--schema", str(schema), "--artifacts", str(schema.parent / "made")])
    return result.exit_code, result.output


def test_every_fault_of_every_file_is_printed_and_nothing_written(schema: Path) -> None:
    (schema / "rules").mkdir()
    for code, each in (("ER-C-901", "Party"), ("ER-C-902", "Partie"), ("ER-C-903", "Partei")):
        (schema / "rules" / f"{code}.toml").write_text(rule(code, code, each=f'"{each}"', severity='"bad"'))
    status, output = run(schema)
    assert status == 1
    for code, line in (("901", 3), ("902", 3), ("902", 5), ("903", 3), ("903", 5)):
        assert f"ER-C-{code}.toml:{line}:1: " in output
    assert "nothing was written" in output
    assert not (schema.parent / "made").exists()


def test_a_schema_without_rules_and_one_with_a_sound_rule_build(schema: Path) -> None:
    assert run(schema)[0] == 0
    (schema / "rules").mkdir()
    (schema / "rules" / "ER-C-901.toml").write_text(RULE)
    status, output = run(schema)
    assert status == 0, output
