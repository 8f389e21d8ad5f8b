"""Measure large runs: time and memory of a stream of documents and of a folder of small files, on one process and more.

Memory is the peak of each process of a run, and what all of them together take above what the same command takes for
one document. The counts of every run are held against what was put in.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import orjson

from bench import corpus
from exportreport import standard

PROGRAM = str(Path(sys.executable).with_name("exportreport"))

#: As a program is installed: its modules are compiled once.
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

#: How many different documents a corpus has; one in ten is wrong.
BLOCK = 2_000


class Measured(NamedTuple):
    """A run: its seconds, those of all its processors, the peaks of its processes in kB, what it said, and its exit
    status."""

    seconds: float
    work: float
    peaks: list[int]
    documents: int
    rejected: int
    status: int


def validated(path: Path, jobs: int, *more: str) -> Measured:
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    call = [PROGRAM, "validate", str(path), "--jobs", str(jobs), "--max-findings", "1", "-f", "text", *more]
    peaks: dict[int, int] = {}
    with tempfile.TemporaryFile() as out, subprocess.Popen(call, stdout=out, env=COMPILED) as running:
        while running.poll() is None:
            for pid in family(running.pid):
                peaks[pid] = max(peaks.get(pid, 0), peak(pid))
            time.sleep(0.02)
        seconds = time.perf_counter() - begin
        out.seek(max(0, out.seek(0, os.SEEK_END) - 4_000))
        said = out.read().decode(errors="replace")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    numbers = re.search(r"([0-9,]+) documents? in .*?: (.*)", said)
    rejected = re.search(r"([0-9,]+) rejected", numbers[2]) if numbers else None
    return Measured(seconds, work, sorted(peaks.values()), count(numbers), count(rejected), running.returncode)


def count(found: re.Match[str] | None) -> int:
    return int(found[1].replace(",", "")) if found else 0


def family(pid: int) -> Iterator[int]:
    """The process and those that it started, but for the one that Python keeps for shared memory."""
    yield pid
    for child in read(f"/proc/{pid}/task/{pid}/children").split():
        if "resource_tracker" not in read(f"/proc/{child}/cmdline"):
            yield from family(int(child))


def peak(pid: int) -> int:
    found = re.search(r"VmHWM:\s+([0-9]+)", read(f"/proc/{pid}/status"))
    return int(found[1]) if found else 0


def read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def of_lines(path: Path, block: list[bytes], documents: int) -> None:
    with path.open("wb") as file:
        whole = b"\n".join(block) + b"\n"
        for _ in range(documents // len(block)):
            file.write(whole)
        file.writelines(line + b"\n" for line in block[: documents % len(block)])


def of_files(folder: Path, block: list[bytes], files: int) -> None:
    folder.mkdir()
    for number, data in enumerate(islice(cycle(block), files)):
        (folder / f"report-{number:07}.json").write_bytes(data)


def wrong_of(block: list[bytes], folder: Path) -> list[int]:
    """Of how many of the first documents of ``block`` are rejected, for each number of them."""
    path = folder / "block.ndjson"
    of_lines(path, block, len(block))
    call = [PROGRAM, "validate", str(path), "-f", "json"]
    told = orjson.loads(subprocess.run(call, capture_output=True, check=False).stdout)["documents"]
    sums = [0]
    for document in told:
        sums.append(sums[-1] + (document["verdict"] == "rejected"))
    return sums


def show(what: str, jobs: int, found: Measured, start: Measured, expected: tuple[int, int]) -> None:
    above = (sum(found.peaks) - sum(start.peaks)) / 1024
    each = " ".join(f"{kilobytes / 1024:.0f}" for kilobytes in found.peaks)
    exact = "exact" if (found.documents, found.rejected) == expected else f"NOT {expected}"
    print(
        f"{what}, --jobs {jobs}: {found.seconds:.1f} s ({found.documents / found.seconds:,.0f} a second, "
        f"processors {found.work:.1f} s); peaks {each} MB, all together {above:.1f} MB above start; "
        f"{found.documents:,} documents, {found.rejected:,} rejected: {exact}", flush=True,
    )  # fmt: skip


def measure_memory(what: str, path: Path, one: Path, jobs: list[int], expected: tuple[int, int]) -> None:
    for number in jobs:
        show(what, number, validated(path, number), validated(one, number), expected)


def measure_gain(path: Path, rounds: int) -> None:
    """How much faster two processes are than one, by the clock, and what they cost more of the processors."""
    found = [(validated(path, 1), validated(path, 2)) for _ in range(rounds)]
    gains = sorted(one.seconds / two.seconds for one, two in found)
    costs = sorted(two.work / one.work for one, two in found)
    median = statistics.median(gains)
    print(f"two processes against one, {found[0][0].documents:,} documents of about 5 KB, {rounds} interleaved rounds:")
    print(f"  by the clock {median:.2f} times as fast ({gains[0]:.2f} to {gains[-1]:.2f}); must 1.6, aim 1.8")
    cost = statistics.median(costs)
    print(f"  they take {cost:.2f} times the processors' time: {2 / cost:.2f} times as fast where two are free")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000, help="how many lines of JSON")
    parser.add_argument("--files", type=int, default=100_000, help="how many small files in one folder")
    parser.add_argument("--gain", type=int, default=20_000, help="how many documents for the gain of two processes")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", help="where to put what is read; several GB for the default numbers")
    asked = parser.parse_args()
    known = standard.load()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        block = corpus.filings(known, BLOCK, 600, 1300)
        wrong = wrong_of(block, folder)

        def expected(number: int) -> tuple[int, int]:
            whole, rest = divmod(number, BLOCK)
            return number, whole * wrong[-1] + wrong[rest]

        one, lines = folder / "one.json", folder / "lines.ndjson"
        one.write_bytes(block[0])
        if asked.documents:
            of_lines(lines, block, asked.documents)
            what = f"a stream of {lines.stat().st_size / 1e6:,.0f} MB"
            measure_memory(what, lines, one, asked.jobs, expected(asked.documents))
        if asked.files:
            of_files(folder / "files", block, asked.files)
            measure_memory("a folder of small files", folder / "files", one, asked.jobs, expected(asked.files))
        if asked.gain:
            of_lines(lines, corpus.filings(known, BLOCK, 3500, 7500), asked.gain)
            measure_gain(lines, asked.rounds)


if __name__ == "__main__":
    main()
