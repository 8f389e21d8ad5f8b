"""The ten-minute pages, worked through in order: each command is run, and the page shows what it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("start-*.md"))

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def answer(command: str, folder: Path) -> str:
    program, *arguments = command.split()
    assert program == "exportreport"
    start = [sys.executable, "-c", "from exportreport.cli.main import main; main()"]
    done = subprocess.run(
        [*start, *arguments], check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder,
        env=os.environ | {"PYTHONUTF8": "1", "COLUMNS": "80"}, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout
    return done.stdout


def worked(block: str, folder: Path) -> str:
    """The block with what its commands print now."""
    commands = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
    assert commands
    return "".join(f"$ {command}\n{answer(command, folder)}" for command in commands)


def test_there_is_a_page_for_each_audience() -> None:
    assert [path.stem for path in PAGES] == ["start-agency", "start-editor", "start-vendor"]
    start = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert all(f"({path.name})" in start for path in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_works(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for name in ("examples", "releases"):
        (tmp_path / name).symlink_to(ROOT / name)
    text = page.read_text(encoding="utf-8")
    made = _BLOCK.sub(lambda found: f"```console\n{worked(found[1], tmp_path)}```", text)
    if request.config.getoption("--golden"):
        page.write_text(made, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == made
