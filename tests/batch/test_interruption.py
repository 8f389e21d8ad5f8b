"""Ctrl-C: the run ends with what was done, as a whole document of its form, and says that it is not all."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

import jsonschema
import pytest

from bench import corpus
from exportreport import explaining, standard
from exportreport.cli.interruption import Interruption
from exportreport.finding import Verdict
from exportreport.result.forms import FORMS, NothingReceivedError, writer
from exportreport.result.record import Result, Tally
from exportreport.result.run import Run
from tests.batch.running import PROGRAM, children, ended

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(scope="module")
def lines() -> bytes:
    return b"\n".join(corpus.filings(standard.load(), 300, 900, 7500)) + b"\n"


def feed(stream: IO[bytes], data: bytes) -> None:
    with suppress(BrokenPipeError):  # who is interrupted reads no more
        stream.write(data)


@contextmanager
def reading(data: bytes, *more: str) -> Iterator[tuple[subprocess.Popen[bytes], threading.Thread]]:
    """A run that reads ``data`` and then waits for more, in a group of its own as under a shell; and what feeds it."""
    call = [PROGRAM, "validate", "-", *more]
    running = subprocess.Popen(
        call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert running.stdin
    feeding = threading.Thread(target=feed, args=(running.stdin, data), daemon=True)
    feeding.start()  # it may have to write before it can read on
    try:
        yield running, feeding
    finally:
        running.kill()
        running.wait()
        feeding.join()
        for stream in (running.stdin, running.stdout, running.stderr):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]


def interrupted(running: subprocess.Popen[bytes], number: int = signal.SIGINT) -> tuple[bytes, bytes]:
    """What it wrote: the signal goes to all of its processes, as that of a terminal does."""
    os.killpg(running.pid, number)
    assert running.stdout and running.stderr
    out, said = running.stdout.read(), running.stderr.read()
    running.wait(timeout=60)
    assert b"Traceback" not in said
    assert said.count(b"\n") == 1
    return out, said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_waits_for_standard_input(lines: bytes, tmp_path: Path, number: int) -> None:
    page = tmp_path / "page.html"
    page.write_text("mine")
    with reading(lines * 2, "-f", "json", "--save", f"html={page}", "--force") as (running, _):
        assert running.stdout
        begin = running.stdout.read(65_536)  # results come while it reads
        out, said = interrupted(running, number)
    result = json.loads(begin + out)
    count = result["totals"]["documents"]
    assert running.returncode == 128 + number
    assert result["interrupted"] is True
    assert 0 < count == len(result["documents"]) <= 600
    assert f"interrupted after {count:,} documents".encode() in said
    assert page.read_text() == "mine"
    assert "was interrupted" in (tmp_path / "page.html.partial").read_text()


def test_a_run_on_several_processes(lines: bytes) -> None:
    with reading(lines * 2, "-f", "json", "--jobs", "2") as (running, feeding):
        theirs = children(running.pid)
        feeding.join(timeout=60)  # then a part was given out, and the rest waits for more
        out, _ = interrupted(running)
    result = json.loads(out)
    assert running.returncode == 130
    assert result["interrupted"] is True
    assert 0 < result["totals"]["documents"] == len(result["documents"]) < 600
    assert all(map(ended, theirs))


def test_the_second_signal_ends_at_once() -> None:
    with Interruption() as interruption:
        os.kill(os.getpid(), signal.SIGINT)
        assert interruption.is_asked()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_what_ends_by_itself_is_not_cut() -> None:
    with Interruption() as interruption:
        assert list(interruption.until(iter(range(3)), anywhere=True)) == [0, 1, 2]
        assert not interruption.cut
        items = interruption.until(iter(range(3)), anywhere=True)
        next(items)
        os.kill(os.getpid(), signal.SIGTERM)
        assert list(items) == []
        assert interruption.cut
        assert interruption.status == 143


def written(form: str, results: list[tuple[str, Result]]) -> bytes:
    tally = Tally()
    for _, result in results:
        tally.add(result)
    run = Run(
        standard.load(), tally, explaining.faults_of, interrupted=lambda: True, reported_at="2026-11-25T09:00:00Z"
    )
    return b"".join(writer(form)(iter(results), run))


RESULTS = [(name, Result(Verdict.ACCEPTED, received_digest=f"sha256:{name * 64}")) for name in "ab"]


def _annotations(data: bytes) -> bool:
    return b"::error title=exportreport::The run was interrupted" in data


TOLD: dict[str, Any] = {
    "text": lambda data: b"The run was interrupted" in data,
    "json": lambda data: json.loads(data)["interrupted"],
    "sarif": lambda data: not json.loads(data)["runs"][0]["invocations"][0]["executionSuccessful"],
    "junit": lambda data: (
        ElementTree.fromstring(data).find("testsuite/testcase/error[@type='interrupted']") is not None
    ),
    "html": lambda data: b"The run was interrupted" in data,
    "csv": lambda data: len(list(csv.reader(io.StringIO(data.decode())))) == 3,  # it has no place for it
    "github": _annotations,
    "acknowledgement-json": lambda data: b"sha256:aaa" in data and b"sha256:bbb" not in data,
    "acknowledgement-xml": lambda data: b"sha256:aaa" in data,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_whole_and_says_so_where_it_can(form: str) -> None:
    assert TOLD[form](written(form, RESULTS))


def test_nothing_is_acknowledged_of_what_was_not_read_to_its_end() -> None:
    with pytest.raises(NothingReceivedError):
        written("acknowledgement-json", RESULTS[:1])


def test_the_published_schema_knows_it() -> None:
    text = files("exportreport.result").joinpath("schemas", "result.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(json.loads(written("json", RESULTS)), json.loads(text))
