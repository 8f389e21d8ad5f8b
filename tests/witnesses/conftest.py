"""The witnesses, made once for all tests here, and the table of what they said."""

from __future__ import annotations

import pytest

from exportreport.standard import Standard
from tests.witnesses import catalogue, node_cel
from tests.witnesses.cel_expr import ByCel
from tests.witnesses.generated_python import ByPython, modules
from tests.witnesses.schematron_engines import ByElementpath, BySaxon, Schematron
from tests.witnesses.tally import TALLY


@pytest.fixture(scope="session")
def by_python(the_standard: Standard) -> ByPython:
    return ByPython(the_standard, modules(), {rule.code: rule.at for rule in catalogue.rules()})


@pytest.fixture(scope="session")
def by_cel(the_standard: Standard) -> ByCel:
    return ByCel(the_standard, catalogue.rules(), catalogue.signatures())


@pytest.fixture(scope="session")
def published() -> Schematron:
    return Schematron((catalogue.ARTIFACTS / "schematron" / "exportreport.sch").read_bytes())


@pytest.fixture(scope="session")
def by_saxon(published: Schematron) -> BySaxon:
    return BySaxon(published)


@pytest.fixture(scope="session")
def by_elementpath(published: Schematron) -> ByElementpath:
    return ByElementpath(published)


@pytest.fixture(scope="session")
def node() -> None:
    """Asks for the witness on Node.js, which is left out with a notice where it is missing."""
    if why := node_cel.missing():
        pytest.skip(why)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = TALLY.lines()
    if lines:
        terminalreporter.section("witnesses of the rules")
        for line in lines:
            terminalreporter.write_line(line)
