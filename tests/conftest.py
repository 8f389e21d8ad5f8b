"""What all tests share: where real data is, the standard, and the rule that continuous integration skips nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from exportreport import standard
from tests.messages import example

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write expected results anew instead of comparing")


@pytest.fixture(scope="session")
def the_standard() -> standard.Standard:
    return standard.load()


@pytest.fixture
def good() -> dict[str, Any]:
    """A report that the standard accepts, rules and all."""
    return example("DenialNotice/denial-revoked-later")


@pytest.fixture
def bad(good: dict[str, Any]) -> dict[str, Any]:
    """The same with a value that is not on its list."""
    return good | {"denial_kind": "refusd"}


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files in national layouts, where the variable EXPORTREPORT_DATA names one."""
    folder = os.environ.get("EXPORTREPORT_DATA")
    if not folder or not Path(folder, "real").is_dir():
        pytest.skip("EXPORTREPORT_DATA names no folder with real files")
    return Path(folder)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("EXPORTREPORT_NO_SKIPS"):
        reporter.write_line("Skipped tests are failures here (EXPORTREPORT_NO_SKIPS).", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
