"""A run with a checkpoint that is cut off goes on where it was, and gives what an undisturbed run gives."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import orjson
import pytest
from click.testing import CliRunner, Result

from bench import corpus
from exportreport import standard
from exportreport.batch import journal, judging, ranges, units
from exportreport.batch.endings import CheckpointError
from exportreport.batch.journal import HEADING, Journal, opened
from exportreport.batch.judging import Answer
from exportreport.cli.main import cli
from exportreport.result.forms import FORMS
from tests.batch.running import PROGRAM

SAVED = [form for form in FORMS if form != "acknowledgement-xml"]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    filings = corpus.filings(standard.load(), 50, 900, 7500)
    lines = b"\n".join(filings) + b"\n"
    (folder / "lines.ndjson").write_bytes(lines * 3)
    (folder / "packed.gz").write_bytes(gzip.compress(lines * 2))
    (folder / "torn.gz").write_bytes(gzip.compress(lines * 2)[:-1000])
    with zipfile.ZipFile(folder / "several.zip", "w") as archive:
        archive.writestr("lines.ndjson", lines * 3)
        archive.writestr("large.json", orjson.dumps(corpus.long_report(600)))
        archive.writestr("small.json", filings[0])
    for number, filing in enumerate(filings[:40]):
        (folder / f"small-{number:03}.json").write_bytes(filing)
    return folder


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["validate", *map(str, arguments)])


def arguments(out: Path) -> list[str]:
    out.mkdir(exist_ok=True)
    saves = [word for form in SAVED for word in ("--save", f"{form}={out / form}")]
    return ["-v", *saves, "--as-of", "2026-11-25", "--reported-at", "2026-11-25T09:00:00Z"]


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.fixture(scope="module")
def whole(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, dict[str, bytes]]:
    """What an undisturbed run without a checkpoint says and writes."""
    out = tmp_path_factory.mktemp("whole")
    done = call(*arguments(out), inputs)
    return done.stdout, done.stderr, files(out)


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same inputs make more units, so that there is more between which to be cut off."""
    for room in (ranges, units):
        monkeypatch.setattr(room, "SIZE", 60_000)


class CutOffError(Exception):
    pass


@pytest.mark.usefixtures("small_units")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_cut_off_again_and_again(
    inputs: Path, whole: tuple[str, str, dict[str, bytes]], tmp_path: Path, jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each parcel or two, and with a part of a record left behind."""
    chance, add = Random(6), Journal.add
    left = [0]

    def once_more(self: Journal, pin: bytes, answer: Answer) -> None:
        if not left[0]:
            self.path.write_bytes(self.path.read_bytes() + b"\0\0\0\x50torn"[: chance.randrange(9)])
            raise CutOffError
        left[0] -= 1
        add(self, pin, answer)

    monkeypatch.setattr(Journal, "add", once_more)
    out, checkpoint = tmp_path / "out", tmp_path / "checkpoint"
    attempts = 0
    while True:
        left[0] = chance.randrange(3, 9) if jobs == "1" else 12
        done = call(*arguments(out), "--checkpoint", checkpoint, "--jobs", jobs, inputs)
        attempts += 1
        if not isinstance(done.exception, CutOffError):
            break
        assert all(name.endswith(".partial") for name in files(out))
    assert attempts > 1
    assert (done.stdout, done.stderr, files(out)) == whole
    assert not checkpoint.exists()


def test_a_unit_may_have_many_parcels(
    inputs: Path, whole: tuple[str, str, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "_HELD", 3)
    out = tmp_path / "out"
    done = call(*arguments(out), "--checkpoint", tmp_path / "checkpoint", inputs)
    assert (done.stdout, done.stderr, files(out)) == whole


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    out, lines, chance = tmp_path / "out", tmp_path / "lines", Random(os.getpid())
    lines.write_bytes(b"\n".join(corpus.filings(standard.load(), 700, 900, 7500)))
    whole = call(*arguments(out), lines)
    expected = files(out)
    for path in out.iterdir():
        path.unlink()
    checkpoint = tmp_path / "checkpoint"
    run = [PROGRAM, "validate", *arguments(out), "--force", "--checkpoint", str(checkpoint), str(lines)]
    with subprocess.Popen([*run, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None and (not checkpoint.exists() or checkpoint.stat().st_size < 5_000):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        running.send_signal(signal.SIGKILL)
    done = subprocess.run(run, capture_output=True, check=False, timeout=60)
    assert (done.stdout.decode(), done.stderr.decode(), files(out)) == (whole.stdout, whole.stderr, expected)


@pytest.fixture
def begun(inputs: Path, tmp_path: Path, small_units: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs that are interrupted when two units are done; then what ``call`` gives with the same checkpoint."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("lines.ndjson", "small-001.json", "small-002.json"):
        (folder / name).write_bytes((inputs / name).read_bytes())
    add, left = Journal.add, [2]

    def twice(self: Journal, pin: bytes, answer: Answer) -> None:
        if not left[0]:
            raise CutOffError
        left[0] -= 1
        add(self, pin, answer)

    monkeypatch.setattr(Journal, "add", twice)

    def again(*more: str | Path) -> Result:
        left[0] = 10_000
        return call("--checkpoint", tmp_path / "c", "-o", tmp_path / "out", *more)

    assert isinstance(call("--checkpoint", tmp_path / "c", "-o", tmp_path / "out", folder).exception, CutOffError)
    return again


def test_other_options_are_refused_with_words(begun: Callable[..., Result], tmp_path: Path) -> None:
    done = begun("--max-findings", "3", "--as-of", "2026-11-25", tmp_path / "inbox")
    assert done.exit_code == 2
    assert "--max-findings: 100 then, 3 now" in done.output
    assert "--as-of: not given then, 2026-11-25 now" in done.output
    assert "--jobs" not in done.output
    assert begun(tmp_path / "inbox", "--jobs", "2").exit_code == 1
    assert not (tmp_path / "c").exists()


def change_done(inbox: Path) -> None:
    os.utime(inbox / "lines.ndjson", (1, 1))


def add_before(inbox: Path) -> None:
    (inbox / "a.json").write_bytes(b"{}")


def remove(inbox: Path) -> None:
    (inbox / "lines.ndjson").unlink()


@pytest.mark.parametrize("change", [change_done, add_before, remove])
def test_other_files_are_refused_with_words(
    begun: Callable[..., Result], tmp_path: Path, change: Callable[[Path], None]
) -> None:
    change(tmp_path / "inbox")
    done = begun(tmp_path / "inbox")
    assert done.exit_code == 2
    assert "one was added, removed or changed since" in done.output
    assert (tmp_path / "c").exists()
    assert not (tmp_path / "out").exists()


def test_files_that_were_not_judged_yet_may_come(begun: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "inbox" / "z.json").write_bytes(b"{}")
    assert begun(tmp_path / "inbox").exit_code == 3
    assert "z.json" in (tmp_path / "out").read_text()


def test_what_cannot_be_used_is_refused_with_a_reason(tmp_path: Path) -> None:
    inbox, other = tmp_path / "inbox", tmp_path / "other"
    inbox.mkdir()
    (inbox / "a").write_text("{}")
    other.write_text("something else")
    for words, name, more in (
        ("Standard input cannot be read again", tmp_path / "c", ["-"]),
        ("is not a checkpoint", other, [inbox]),
        ("is not a regular file", inbox.parent, [inbox / "a"]),
        ("write the checkpoint somewhere else", inbox / "c", [inbox]),
        ("write the output somewhere else", tmp_path / "c", [inbox, "-o", inbox / "out"]),
    ):
        done = call("--checkpoint", name, *more)
        assert done.exit_code == 2, words
        assert words in " ".join(done.output.split())
    assert other.read_text() == "something else"
    assert not (tmp_path / "c").exists()


def test_the_moment_of_an_acknowledgement_is_that_of_the_first_run(tmp_path: Path) -> None:
    first = opened(tmp_path / "c", {"a": "1"}, {"reported_at": "then"})
    first.close()
    with closing(opened(tmp_path / "c", {"a": "1"}, {"reported_at": "now"})) as again:
        assert again.notes == {"reported_at": "then"}


def test_two_runs_do_not_share_a_journal(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    first = opened(tmp_path / "c", {}, {})
    with pytest.raises(CheckpointError, match="in use"):
        opened(tmp_path / "c", {}, {})
    first.close()
    opened(tmp_path / "c", {}, {}).close()


ANSWERS = [Answer(b"a" * 50, False), Answer(b"b", True), Answer(b"c", True), Answer(b"d", False)]


def test_a_journal_ends_with_the_last_whole_unit_wherever_it_is_cut(tmp_path: Path) -> None:
    path, pin = tmp_path / "c", b"p" * journal._PIN
    kept = opened(path, {"a": "é"}, {})
    sizes = []
    for answer in ANSWERS:
        kept.add(pin, answer)
        sizes.append(path.stat().st_size)
    kept.close()
    data = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    for length in range(len(data) + 1):
        path.write_bytes(data[:length])
        again = opened(path, {"a": "é"}, {})
        known = [record.answer for record in again.records()]
        assert known == ANSWERS[: 3 if length >= sizes[2] else 2 if length >= sizes[1] else 0]
        again.add(pin, Answer(b"more", True))
        again.close()
        with closing(opened(path, {"a": "é"}, {})) as gone_on:
            assert list(gone_on.records())[-1] == (pin, Answer(b"more", True))


def test_a_flipped_bit_ends_what_is_believed(tmp_path: Path) -> None:
    path, pin = tmp_path / "c", b"p" * journal._PIN
    kept = opened(path, {}, {})
    kept.add(pin, Answer(b"first", True))
    size = path.stat().st_size
    kept.add(pin, Answer(b"second", True))
    kept.close()
    data = bytearray(path.read_bytes())
    data[size + 12] ^= 1
    path.write_bytes(data)
    with closing(opened(path, {}, {})) as again:
        assert [record.answer.data for record in again.records()] == [b"first"]
    assert data.startswith(HEADING)
