"""What a run came to, as a table: ``python -m fuzz.report FILE...`` adds up the reports of several runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from fuzz.reach import LARGEST

#: Of each target its counts; and under "faults" how many inputs were found that show a fault.
Counts = dict[str, int]

_COLUMNS = ("inputs", "decoding", "structure", "rules", "distinct")


def add(parts: Iterable[Mapping[str, int]]) -> Counts:
    """The counts of several processes together."""
    total: Counts = {}
    for part in parts:
        for name, value in part.items():
            total[name] = max(total.get(name, 0), value) if name in LARGEST else total.get(name, 0) + value
    return total


def together(reports: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, Counts]:
    """The reports of several runs as one."""
    found: dict[str, list[Mapping[str, int]]] = {}
    for report in reports:
        for target, counts in report.items():
            found.setdefault(target, []).append(counts)
    return {target: add(parts) for target, parts in found.items()}


def table(report: Mapping[str, Mapping[str, int]]) -> str:
    """The table: a line for each target, and one for all."""
    head = ("target", *_COLUMNS, "inputs/s", "slowest ms", "memory MiB", "faults")
    rows = [_row(target, counts) for target, counts in report.items()]
    return "\n".join(map(_line, [head, *rows, _row("all", add(report.values()))]))


def _row(target: str, counts: Mapping[str, int]) -> tuple[str, ...]:
    rate = counts["inputs"] / (counts["microseconds"] / 1_000_000 or 1)
    grown = f"{counts['start_kib'] // 1024}-{counts['peak_kib'] // 1024}"
    numbers = [f"{counts[name]:,}" for name in _COLUMNS]
    return (target, *numbers, f"{rate:,.0f}", f"{counts['slowest'] / 1_000:,.0f}", grown, str(counts.get("faults", 0)))


def _line(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:<11}" + "".join(f"{cell:>12}" for cell in cells[1:])


if __name__ == "__main__":
    print(table(together(json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:])))
