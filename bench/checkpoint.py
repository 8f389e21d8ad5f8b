"""Kill a run with a checkpoint at random moments, go on with it, and compare what it wrote with an undisturbed run.

Each moment is the time from a start of the command to `kill -9` of all its processes. A start that comes to its end
before its moment is compared, and the next one begins anew; after the last kill the run is let come to its end.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from bench import corpus
from bench.scale import BLOCK, PROGRAM, of_files, of_lines
from exportreport import standard

FORMS = ("json", "text", "csv", "sarif", "html", "acknowledgement-json")


def command(inputs: Path, out: Path, *more: str) -> list[str]:
    saves = [word for form in FORMS for word in ("--save", f"{form}={out / form}")]
    fixed = ["--as-of", "2026-11-25", "--reported-at", "2026-11-25T09:00:00Z", "-v"]
    return [PROGRAM, "validate", str(inputs), *fixed, *saves, *more]


def run(call: list[str], killed_after: float | None = None) -> tuple[int, bytes, float]:
    """Exit status, what was said on standard error, and seconds; killed with all its processes, where that is asked."""
    begin = time.perf_counter()
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as running:
        try:
            said = running.communicate(timeout=killed_after)[1]
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            said = running.communicate()[1]
    return running.returncode, said, time.perf_counter() - begin


def digests(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in sorted(out.iterdir())}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000, help="half of them lines, half of them small files")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2, help="every other start is on one process")
    parser.add_argument("--seed", type=int, default=6)
    asked = parser.parse_args()
    chance = Random(asked.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs, whole, cut = folder / "inputs", folder / "whole", folder / "cut"
        for one in (inputs, whole, cut):
            one.mkdir()
        block = corpus.filings(standard.load(), BLOCK, 900, 7500)
        of_lines(inputs / "lines.ndjson", block, asked.documents // 2)
        of_files(inputs / "small", block, asked.documents // 2)
        status, said, seconds = run(command(inputs, whole))
        print(f"undisturbed, without a checkpoint: exit status {status}, {seconds:.1f} s", flush=True)
        checkpoint, kills, starts, differing = folder / "checkpoint", 0, 0, 0
        is_done = False
        while not is_done:
            starts += 1
            jobs = (1, asked.jobs)[starts % 2]
            moment = None if kills == asked.kills else chance.uniform(0.3, seconds)
            call = command(inputs, cut, "--checkpoint", str(checkpoint), "--jobs", str(jobs))
            status, again, _ = run(call, moment)
            if status == -signal.SIGKILL:
                kills += 1
                size = checkpoint.stat().st_size if checkpoint.exists() else 0
                print(f"kill {kills} after {moment:.2f} s on {jobs}: the checkpoint has {size:,} bytes", flush=True)
                continue
            equal = compared(digests(whole), digests(cut)) and said == again and not checkpoint.exists()
            print(f"start {starts} came to its end: " + ("all is equal" if equal else "SOMETHING DIFFERS"), flush=True)
            differing += not equal
            is_done = kills == asked.kills
            for path in cut.iterdir():
                path.unlink()
        return int(differing > 0)


def compared(expected: dict[str, str], found: dict[str, str]) -> bool:
    for form, digest in expected.items():
        print(f"  {form:<22} {digest}  {'equal' if found.get(form) == digest else 'DIFFERS'}")
    return expected == found


if __name__ == "__main__":
    sys.exit(main())
