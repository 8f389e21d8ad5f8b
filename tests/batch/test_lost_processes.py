"""Processes that end before their work does: said in a sentence, with exit status 70, and nothing hangs or stays."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import corpus
from exportreport import standard
from exportreport.batch import processes
from exportreport.batch.endings import FailedProcessError, LostProcessError
from exportreport.batch.inputs import Source
from exportreport.batch.judging import Answer, Judge, Task
from exportreport.batch.units import Files, Unit, units
from exportreport.codec.limits import DEFAULT_LIMITS
from exportreport.pipeline import Settings
from tests.batch.running import PROGRAM, children, ended, started

JUDGE = Judge(standard.load(), Task(Settings()))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lines") / "lines.ndjson"
    path.write_bytes(b"\n".join(corpus.filings(standard.load(), 300, 900, 7500) * 10))
    return path


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up as Linux shows them")
def test_a_killed_process_ends_the_run_with_words(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started([PROGRAM, "validate", "--jobs", "2", "-o", str(out), str(lines)]) as running:
        victim = children(running.pid, after=0.2)[-1]
        os.kill(victim, signal.SIGKILL)
        said = running.communicate(timeout=60)[1]
    assert running.returncode == 70
    assert b"signal 9" in said and b"--jobs 1" in said and b"Traceback" not in said and said.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []
    assert ended(victim)


def test_a_stop_ends_the_answers_and_all_processes(lines: Path) -> None:
    said: list[tuple[Unit, Answer]] = []
    theirs: list[int] = []
    for one in processes.answers(units([Source(str(lines))], DEFAULT_LIMITS), JUDGE, 2, lambda: bool(said)):
        theirs += children(os.getpid()) if sys.platform == "linux" and not theirs else []
        said.append(one)
    assert 0 < len(said) < len(list(units([Source(str(lines))], DEFAULT_LIMITS)))
    assert all(map(ended, theirs))


def test_a_fault_of_ours_is_told_with_its_place() -> None:
    wrong = Files(names=(0.5,))  # type: ignore[arg-type]
    with pytest.raises(FailedProcessError, match=r"(?s)Traceback.*TypeError"):
        list(processes.answers([wrong], JUDGE, 2))


def test_a_fault_in_the_plan_ends_the_processes() -> None:
    def plan() -> Iterator[Unit]:
        yield Files(("missing",))
        raise LostProcessError("here")

    with pytest.raises(LostProcessError):
        list(processes.answers(plan(), JUDGE, 2))
