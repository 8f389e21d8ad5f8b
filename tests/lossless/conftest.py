"""The product on trial, and the table of the round trips."""

from __future__ import annotations

import pytest

from exportreport.standard import Standard
from tests.lossless.tally import TALLY
from tests.lossless.trips import Product, product


@pytest.fixture(scope="session")
def trial(the_standard: Standard) -> Product:
    return product(the_standard)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = TALLY.lines()
    if lines:
        terminalreporter.section("round trips")
        for line in lines:
            terminalreporter.write_line(line)
