"""CEL in JavaScript: the package under ``node``, installed by ``npm ci``, run once for many documents."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.witnesses import catalogue
from tests.witnesses.documents import Document
from tests.witnesses.verdicts import PASS, Verdict

FOLDER = Path(__file__).parent / "node"


def missing() -> str | None:
    """Why this witness cannot be heard; None where it can."""
    if shutil.which("node") is None:
        return "there is no Node.js: the rules are not judged by CEL in JavaScript"
    if not (FOLDER / "node_modules").is_dir():
        return "the package in tests/witnesses/node is not installed: run npm ci there, or make test"
    return None


def judged(documents: Sequence[Document]) -> list[Verdict]:
    """What CEL in JavaScript says of each document."""
    lines = _run("judge", "\n".join(map(json.dumps, documents)))
    return [{(code, pointer): _said(*said) for code, pointer, *said in line} for line in lines]


def failing_vectors() -> list[dict[str, Any]]:
    """The vectors of functions.json that the functions in JavaScript do not give."""
    [vectors] = _run("vectors", "")
    return list(vectors)


def _said(status: str, at: str = "") -> tuple[str, ...]:
    return PASS if status == "pass" else (status, at)


def _run(task: str, lines: str) -> list[Any]:
    command = ["node", str(FOLDER / "judge.mjs"), str(catalogue.ARTIFACTS), task]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]
