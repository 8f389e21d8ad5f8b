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
from exportreport.codec import xml_reports, xml_writing
from exportreport.standard import Standard

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


def of_submission(path: Path, known: Standard, reports: int) -> tuple[int, int]:
    """Write an XML Submission of so many small reports; how many bytes it has, and how many reports there are."""
    kinds = ("LicenseFiling", "DenialNotice", "ReexportNotice")
    read = map(orjson.loads, corpus.filings(known, BLOCK, 600, 1300, wrong=False))
    models = [report for report in read if report["report_type"] in kinds]
    head = {
        "report_type": "Submission",
        "schema_version": "1.0",
        "report_id": "S",
        "reported_at": "2099-01-01T00:00:00Z",
    }
    begin, end = xml_writing.encode(head | {"reports": [{"report_type": kinds[0]}]}, known).split(
        b"    <LicenseFiling>"
    )
    with path.open("wb") as file:
        file.write(begin)
        for number, model in enumerate(islice(cycle(models), reports)):
            whole = head | {"reports": [model | {"report_id": f"R{number}"}]}
            file.write(xml_writing.encode(whole, known)[len(begin) :].rsplit(b"  </reports>", 1)[0])
        file.write(b"  " + end[end.index(b"</reports>") :])
    return path.stat().st_size, reports


def measure_submission(folder: Path, known: Standard, reports: int, rounds: int) -> None:
    """What an XML Submission of many reports takes above one of a few, and a report in it against one as a file."""
    long, short, files = folder / "long.xml", folder / "short.xml", folder / "single"
    size, _ = of_submission(long, known, reports)
    of_submission(short, known, 1)
    files.mkdir()
    number = min(reports, 5_000)
    some = folder / "some.xml"
    of_submission(some, known, number)
    for place, text in enumerate(single(some)):
        (files / f"{place:07}.xml").write_bytes(text)
    start, found = validated(short, 1), validated(long, 1)
    above = (sum(found.peaks) - sum(start.peaks)) / 1024
    print(
        f"an XML Submission of {reports:,} reports, {size / 1e6:,.0f} MB: {found.seconds:.1f} s, peak "
        f"{max(found.peaks) / 1024:.0f} MB, {above:.1f} MB above one of one report; "
        f"exit status {found.status}", flush=True,
    )  # fmt: skip
    ratios = sorted(
        (validated(some, 1).work - start.work) / (validated(files, 1).work - start.work) for _ in range(rounds)
    )
    print(
        f"  a report in a Submission of {number:,} takes {statistics.median(ratios):.2f} times what it takes as a file "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f}, processors' time)", flush=True,
    )  # fmt: skip


def single(path: Path) -> Iterator[bytes]:
    """The reports of the Submission at ``path``, each as an XML file of its own."""
    with path.open("rb") as file:
        reports = xml_reports.Reports(file.read(100_000), file.read, standard.load(), 1 << 30)
        for piece in reports:
            name, _, rest = piece.text[1:].partition(b">")
            yield b"<" + name + f' xmlns="{standard.load().namespace}">'.encode() + rest


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
    parser.add_argument("--reports", type=int, default=100_000, help="how many reports in one XML Submission")
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
        if asked.reports:
            measure_submission(folder, known, asked.reports, asked.rounds)
        if asked.gain:
            of_lines(lines, corpus.filings(known, BLOCK, 3500, 7500), asked.gain)
            measure_gain(lines, asked.rounds)


if __name__ == "__main__":
    main()
