"""The bar that shows how much was read: on a terminal, for work that takes a while, and nowhere else."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from exportreport.cli import progress
from exportreport.cli.progress import Progress, line, size_of


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Terminal]:
    """Makes standard error a terminal; in the test itself, for pytest sets it anew before each."""

    def make(patience: float = 0.0) -> Terminal:
        made = Terminal()
        monkeypatch.setattr(sys, "stderr", made)
        monkeypatch.setattr(progress, "PATIENCE", patience)
        return made

    return make


def read_all(bar: Progress, data: bytes = b"x" * 10_000) -> bytes:
    with bar:
        stream = bar.over(io.BytesIO(data))
        return b"".join(iter(lambda: stream.read(100), b""))


def test_the_bar_counts_what_is_read_and_is_taken_away(terminal: Callable[[float], Terminal]) -> None:
    error = terminal(0.0)
    assert read_all(Progress(10_000, quiet=False)) == b"x" * 10_000
    shown = error.getvalue()
    assert "100%" in shown and "50%" in shown and shown.endswith("\r\033[K")


def test_lines_count_too(terminal: Callable[[float], Terminal]) -> None:
    error = terminal(0.0)
    with Progress(4, quiet=False) as bar:
        stream = bar.over(io.BytesIO(b"a\nb\n"))
        assert [stream.readline(9), stream.readline(9)] == [b"a\n", b"b\n"]
    assert "100%" in error.getvalue()


@pytest.mark.parametrize(("total", "quiet"), [(10_000, True), (0, False)])
def test_nothing_is_shown_when_quiet_or_without_a_size(
    terminal: Callable[[float], Terminal], total: int, quiet: bool
) -> None:
    error = terminal(0.0)
    read_all(Progress(total, quiet=quiet))
    assert error.getvalue() == ""


def test_short_work_shows_nothing(terminal: Callable[[float], Terminal]) -> None:
    error = terminal(60.0)
    read_all(Progress(10_000, quiet=False))
    assert error.getvalue() == ""


def test_more_than_was_said_does_not_go_beyond_the_end(terminal: Callable[[float], Terminal]) -> None:
    error = terminal(0.0)
    read_all(Progress(5_000, quiet=False))
    assert "100%" in error.getvalue() and "200%" not in error.getvalue()


def test_rate_and_time_left_are_said() -> None:
    assert line(250_000_000, 1_000_000_000, 10.0).endswith("  25%  250 MB of 1.0 GB  25.0 MB/s  0:30 left")
    assert line(1, 7_200_000, 1.0).endswith("1 bytes of 7.2 MB  1 bytes/s  1999:59:59 left")
    assert line(900, 600, 0.0).endswith("100%  600 bytes of 600 bytes  0 bytes/s")


def test_sizes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    assert size_of([str(tmp_path / "a"), str(tmp_path / "a")]) == 6
    assert size_of(["-", str(tmp_path / "none")]) == 0


HEADER = (
    "Datum afgifte,nummer,SG-Post,Omschrijving goederen,Opgegeven eindgebruik,D/T,"
    "Land van eindbestemming,Land van herkomst,Waarde(€),Datum verval\n"
)


def test_a_conversion_on_a_terminal_shows_it_and_leaves_the_output_alone(tmp_path: Path) -> None:
    """The command itself, on a pseudo-terminal; its patience is taken away, so that a small file will do."""
    source = tmp_path / "list.csv"
    row = '05-01-2004,{},6A002a2a,Buizen,Nachtzicht,D,Chili,Nederland,"25,740",31-01-2005\n'
    source.write_text(HEADER + "".join(row.format(20_000_000 + n) for n in range(3_000)), encoding="utf-8")
    code = (
        "import exportreport.cli.progress as p; p.PATIENCE = 0; from exportreport.cli.main import cli; "
        f"cli(['convert', '--from', 'nl_cdiu', '--to', 'ndjson', {str(source)!r}, '-o', {str(tmp_path / 'out')!r}])"
    )
    leader, follower = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", code], stderr=follower, stdout=subprocess.PIPE) as process:
        os.close(follower)
        shown = b""
        try:
            while piece := os.read(leader, 65_536):
                shown += piece
        except OSError:
            pass  # the end of a pseudo-terminal
        os.close(leader)
        assert process.stdout is not None and process.stdout.read() == b""
    assert process.returncode == 0
    assert b"reading" in shown and b"100%" in shown and b"3,000 records: 3,000 converted" in shown
    assert len((tmp_path / "out").read_bytes().splitlines()) == 3_000
