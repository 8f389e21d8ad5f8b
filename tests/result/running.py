"""What the tests of results share: runs of the command, and documents that are wrong or hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from exportreport.cli.main import cli
from exportreport.result.forms import FORMS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"

#: A moment for acknowledgements, so that they are the same every day.
MOMENT = "2026-11-24T09:00:00Z"

EVERY_FORM = tuple(FORMS)

#: What a filing can hold to harm a terminal, a page, a spreadsheet, a build server or a reader.
HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07",
    "\u202eevil\u2066",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"'>&<!--]]>",
    "=HYPERLINK(\"http://x\")",
    "+1", "-1", "@SUM(A1)", "\t=1", "\r=1",
    "a%b\r\n::error file=x::gone,:",
    "\x00\x01\x85\u2028\ufffe\ufeff",
    "e\u0301\u00a0",
    " " * 9,
    "x" * 9_000,
)  # fmt: skip


def validate(*arguments: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(cli, ["validate", *map(str, arguments)], **more)


def as_form(form: str, *arguments: str | Path, **more: Any) -> str:
    """What the command writes to standard output in ``form``."""
    result = validate("-f", form, "--reported-at", MOMENT, *arguments, **more)
    assert result.exit_code in (0, 1, 3, 4), result.output
    return result.stdout


def write(path: Path, *documents: object) -> Path:
    path.write_text("\n".join(json.dumps(one) for one in documents), encoding="utf-8")
    return path
