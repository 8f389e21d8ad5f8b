"""The tutorial, worked through: every file is made, every command run, every answer compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parents[2] / "docs" / "tutorial-new-format.md"
_BLOCK = re.compile(r"^```(\w+)(?: (file|append)=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    language: str
    verb: str
    path: str
    text: str


def blocks() -> Iterator[Block]:
    yield from (Block(*found) for found in _BLOCK.findall(PAGE.read_text(encoding="utf-8")))


def changed(text: str, diff: str) -> str:
    """``text`` with each group of lines that begin with - replaced by the lines after it that begin with +."""
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", diff, re.MULTILINE):
        before, after = ("\n".join(line[1:] for line in part.splitlines()) for part in (old, new))
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def answer(command: str) -> str:
    program, *arguments = command.split()
    start = {
        "exportreport": [sys.executable, "-c", "from exportreport.cli.main import main; main()"],
        "python": [sys.executable],
    }[program]
    more = ["-o", "addopts=", "-p", "no:cacheprovider"] if "pytest" in arguments else []
    done = subprocess.run(
        [*start, *arguments, *more], check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=os.environ | {"PYTHONUTF8": "1", "COLUMNS": "80"}, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


def test_the_tutorial_works(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    commands = 0
    for block in blocks():
        path = tmp_path / block.path
        if block.verb == "append":
            path.write_text(path.read_text(encoding="utf-8") + block.text, encoding="utf-8")
        elif block.language == "diff":
            path.write_text(changed(path.read_text(encoding="utf-8"), block.text), encoding="utf-8")
        elif block.verb == "file":
            path.write_text(block.text, encoding="utf-8")
        else:
            assert block.language == "console"
            command, _, expected = block.text.removeprefix("$ ").partition("\n")
            said = answer(command)
            assert said == expected or ("pytest" in command and expected.strip() in said), command
            commands += 1
    assert commands == 6
