"""What a start loads: each of these costs more than many a file takes to judge."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import exportreport

GOOD = str(Path(__file__).resolve().parents[2] / "examples" / "valid" / "DenialNotice" / "denial-revoked-later.json")

#: Without what the environment itself loads at a start, which would hide what the command does.
_PATHS = [*sys.path, str(Path(exportreport.__file__).parents[1])]

#: Asks the command in a process of its own and says on the last line what it loaded.
_ASK = """
import sys
from exportreport.cli.main import main
before = set(sys.modules)
try:
    main()
except SystemExit as ended:
    print(ended.code, *sorted(set(sys.modules) - before))
"""


def loaded(*arguments: str) -> tuple[str, list[str]]:
    """What the command says, and its exit status with the modules that it loaded."""
    call = [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {_PATHS!r}\n{_ASK}", *arguments]
    out = subprocess.run(call, capture_output=True, check=True, text=True).stdout.splitlines()
    return "\n".join(out[:-1]), out[-1].split()


def test_the_version_is_said_with_nothing_loaded() -> None:
    said, (status, *modules) = loaded("--version")
    assert (said, status, modules) == (f"exportreport {exportreport.__version__}", "0", [])


@pytest.mark.parametrize("name", ["email.utils", "pathlib", "tempfile", "shutil", "hashlib", "zipfile", "lxml"])
def test_a_sound_file_needs_none_of_these(name: str) -> None:
    said, (status, *modules) = loaded("validate", GOOD)
    assert status == "0"
    assert "accepted" in said
    assert "jsonschema_rs" in modules
    assert name not in modules


def test_who_asks_for_mail_later_gets_the_real_module() -> None:
    ask = "from exportreport.cli.engine_import import import_engine; import_engine(); import email.utils as m; "
    call = [sys.executable, "-c", f"{ask}print(m.formatdate(0), m.parsedate_to_datetime(m.formatdate(0)).year)"]
    assert subprocess.run(call, capture_output=True, check=True, text=True).stdout.endswith("1970\n")
