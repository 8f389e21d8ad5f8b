"""The comparison, run once for all tests here, and its table."""

from __future__ import annotations

import pytest

from exportreport.standard import Standard
from tests.corpus.constraints import constraints
from tests.equivalence import java, running, tally

_TABLE = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def all_constraints(the_standard: Standard) -> frozenset[str]:
    return frozenset(constraint.id for constraint in constraints(the_standard))


@pytest.fixture(scope="session")
def outcome(pytestconfig: pytest.Config, all_constraints: frozenset[str]) -> tally.Tally:
    """What a run over the whole corpus came to."""
    figures = running.run()
    pytestconfig.stash[_TABLE] = [*tally.lines(figures, all_constraints), java.missing() or ""]
    return figures


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if lines := config.stash.get(_TABLE, []):
        terminalreporter.section("equivalence of the two syntaxes")
        for line in lines:
            terminalreporter.write_line(line)
