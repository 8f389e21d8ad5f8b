"""Fuzz all targets, print how far the inputs came, and keep those that show a fault: ``python -m fuzz.run``."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from exportreport import standard
from fuzz import reach
from fuzz.report import Counts, add, table
from fuzz.seeds import FOUND, ROOT, seeds
from fuzz.targets import TARGETS, Target

#: Runs a program as the child of a shell: the most memory that a process had counts for what it becomes, so that a
#: program started by a large one would seem as large from its start.
_OF_ITS_OWN = ("/bin/sh", "-c", '"$@"; exit $?', "sh")

#: The largest input, in bytes; and what one may take, in seconds and MiB.
_LONGEST, _SECONDS, _MEMORY = 8_192, 30, 1_024

_LOG = 1_500

#: Without what costs a fifth of the time: new code counts, not how often it ran, and any input may be taken up again.
_QUICK = ("-use_counters=0", "-entropic=0", "-verbosity=0")

#: How far apart the seeds are of processes that follow one that found a fault.
_APART = 10_000


@dataclass(frozen=True)
class Plan:
    """What a run is to do: so many ``seconds`` of all processes together, or so many ``runs``.

    The inputs to start with come before the runs. Of each target ``most_faults`` are looked for.
    """

    seconds: float
    runs: int | None
    seed: int
    processes: int
    found: Path
    timeout: int = _SECONDS
    program: tuple[str, ...] = ("-m", "fuzz.process")
    most_faults: int = 5


@dataclass(frozen=True)
class Outcome:
    """What one process came to: its counts, the inputs that showed a fault, and the end of its log if it failed."""

    target: str
    counts: Counts
    found: tuple[Path, ...] = ()
    log: str = ""


def fuzz(target: Target, plan: Plan, share: float, work: Path) -> list[Outcome]:
    """Fuzz ``target`` for its ``share`` of the plan: in one process, or in one more after each that found a fault."""
    begin, outcomes = time.monotonic(), list[Outcome]()
    runs, seconds = int((plan.runs or 0) * share), plan.seconds * share
    while True:
        outcomes.append(_fuzz(target, plan, runs or max(1, int(seconds)), plan.seed + _APART * len(outcomes), work))
        runs -= outcomes[-1].counts.get("inputs", 0)
        seconds = plan.seconds * share - (time.monotonic() - begin)
        if not outcomes[-1].log or len(outcomes) == plan.most_faults or (runs if plan.runs else seconds) < 1:
            return outcomes


def _fuzz(target: Target, plan: Plan, most: int, seed: int, work: Path) -> Outcome:
    folder = work / f"{target.name}-{seed}"
    corpus, artifacts, counts = folder / "corpus", folder / "artifacts", folder / "counts"
    for one in (corpus, artifacts):
        one.mkdir(parents=True)
    sown = _sow(target, corpus)
    limit = f"-runs={sown + most}" if plan.runs else f"-max_total_time={most}"
    options = [limit, f"-seed={seed}", f"-max_len={_LONGEST}", f"-timeout={plan.timeout}",
               f"-rss_limit_mb={_MEMORY}", *_QUICK, str(corpus)]  # fmt: skip
    command = [*_OF_ITS_OWN, sys.executable, *plan.program, target.name, str(counts), str(artifacts), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    said = reach.read(counts) if counts.exists() else {}
    found = tuple(_kept(target, path, plan.found) for path in sorted(artifacts.iterdir()))
    failed = bool(found) or done.returncode != 0
    said["faults"] = max(len(found), int(failed))
    return Outcome(target.name, said, found, done.stderr.decode(errors="replace")[-_LOG:] if failed else "")


def _sow(target: Target, corpus: Path) -> int:
    """Write the inputs to start with to the folder ``corpus``; how many there are."""
    kept = [path.read_bytes() for path in sorted(FOUND.glob(f"{target.name}-*"))]
    for seed in [*seeds(standard.load(), target.syntaxes), *kept]:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    return len(list(corpus.iterdir()))


def _kept(target: Target, path: Path, found: Path) -> Path:
    """Keep the input at ``path`` under the name of its target and its digest."""
    data = path.read_bytes()
    found.mkdir(parents=True, exist_ok=True)
    place = found / f"{target.name}-{hashlib.sha256(data).hexdigest()[:12]}"
    place.write_bytes(data)
    return place


def run(plan: Plan, targets: Sequence[Target]) -> list[Outcome]:
    """Fuzz all ``targets``, as many processes at a time as the plan has; the longest first."""
    total = sum(target.share for target in targets)
    jobs = sorted(targets, key=lambda one: -one.share)
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(plan.processes) as pool:
        started = [pool.submit(fuzz, target, plan, target.share / total, Path(name)) for target in jobs]
        return [outcome for one in started for outcome in one.result()]


def report_of(outcomes: Sequence[Outcome]) -> dict[str, Counts]:
    """The counts of each target."""
    return {
        name: add(one.counts for one in outcomes if one.target == name)
        for name in TARGETS
        if any(one.target == name for one in outcomes)
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 where no fault was found, else 1."""
    asked = _arguments().parse_args(arguments)
    plan = Plan(asked.minutes * 60 * asked.processes, asked.runs, asked.seed, asked.processes, asked.found)
    outcomes = run(plan, [TARGETS[name] for name in asked.targets])
    report = report_of(outcomes)
    print(table(report))
    if asked.report:
        asked.report.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for one in outcomes:
        if one.log:
            print(f"\n{one.target}: {', '.join(map(str, one.found)) or 'no input was kept'}\n{one.log}")
    return int(any(one.log for one in outcomes))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=4, help="how long, by the clock")
    parser.add_argument("--runs", type=int, help="so many inputs instead: the same seed gives the same ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--targets", nargs="+", choices=tuple(TARGETS), default=tuple(TARGETS))
    parser.add_argument("--found", type=Path, default=FOUND, help="where inputs that show a fault are kept")
    parser.add_argument("--report", type=Path, help="the counts, as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
