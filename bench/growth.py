"""Measure how time and memory grow with the number of documents, and with the items of one report.

``python -m bench.growth [--out FILE]``. Each round runs the program once for each size, the sizes after one another;
figures are medians over the rounds, above what the same command takes for one document or a report of one item. Time is
the processors'. Growth is what one more document or item costs in the last decade against the one before: 1 is linear.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from bench import corpus, field
from bench.scale import BLOCK, Measured, of_lines, validated
from exportreport import standard
from exportreport.codec import xml_text

#: Growth beyond this is not linear.
MOST = 1.2

#: The limits of a run, raised so far that nothing here meets them.
RAISED = ("--max-bytes", "4000000000", "--max-delimiters", "1000000000")

#: Writes an input of a number of documents or items to a file.
Write = Callable[[Path, int], None]


def sizes(least: int, most: int) -> list[int]:
    """The powers of ten from ``least`` to ``most``."""
    return [10**power for power in range(20) if least <= 10**power <= most]


def series(name: str, unit: str, write: Write, counts: list[int], rounds: int) -> dict[str, Any]:
    """The figures of one kind of input; every input is written before the first is measured."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {count: Path(folder) / f"{count}{Path(name).suffix}" for count in (1, *counts)}
        for count, path in paths.items():
            write(path, count)
        validated(paths[1], 1, *RAISED)
        found = [{count: validated(path, 1, *RAISED) for count, path in paths.items()} for _ in range(rounds)]
        bytes_of = {count: path.stat().st_size for count, path in paths.items()}
    points = [point(count, bytes_of[count], found) for count in counts]
    ratios = [growth(one, counts) for one in found]
    middle = {"growth": statistics.median(ratios), "least": min(ratios), "most": max(ratios)}
    return {"name": Path(name).stem, "unit": unit, "points": points, **middle}


def point(count: int, size: int, found: list[dict[int, Measured]]) -> dict[str, Any]:
    """The medians for one size: seconds of the processors and MiB, both above start."""
    return {
        "count": count, "bytes": size,
        "seconds": statistics.median(one[count].work - one[1].work for one in found),
        "memory": statistics.median(sum(one[count].peaks) - sum(one[1].peaks) for one in found) / 1024,
        "documents": found[0][count].documents, "rejected": found[0][count].rejected,
        "status": max(one[count].status for one in found),
    }  # fmt: skip


def growth(found: dict[int, Measured], counts: list[int]) -> float:
    """What one more costs in the last decade against the decade before."""
    first, middle, last = (1, *counts)[-3:]
    before = (found[middle].work - found[first].work) / (middle - first)
    return (found[last].work - found[middle].work) / (last - middle) / before


def inputs(known: standard.Standard) -> list[tuple[str, str, Write]]:
    block = corpus.filings(known, BLOCK, 600, 1300)

    def lines(path: Path, count: int) -> None:
        of_lines(path, block, count)

    def in_json(path: Path, count: int) -> None:
        path.write_bytes(orjson.dumps(corpus.long_report(count)))

    def in_xml(path: Path, count: int) -> None:
        path.write_bytes(xml_text.encode(corpus.long_report(count), known))

    return [
        ("lines of JSON.ndjson", "document", lines),
        ("one report in JSON.json", "item", in_json),
        ("one report in XML.xml", "item", in_xml),
    ]


def run(documents: int, items: int, rounds: int) -> dict[str, Any]:
    most = {"document": sizes(1_000, documents), "item": sizes(10, items)}
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, check=True, text=True).stdout
    found: dict[str, Any] = {"machine": field.machine(), "load": os.getloadavg()[2], "commit": commit.strip()}
    found |= {"rounds": rounds, "series": []}
    for name, unit, write in inputs(standard.load()):
        found["series"].append(series(name, unit, write, most[unit], rounds))
        show(found["series"][-1])
    return found


def is_linear(one: dict[str, Any]) -> bool:
    """Does one more cost no more than a fifth more than before? Below nothing is noise, and says nothing."""
    return 0 < float(one["growth"]) <= MOST


def show(one: dict[str, Any]) -> None:
    for at in one["points"]:
        each = at["seconds"] / at["count"] * 1e6
        figures = f"{at['seconds']:9.2f} s {each:9.1f} us each {at['memory']:9.1f} MiB above start"
        print(f"{one['name']:20} {at['count']:>9,} {one['unit']}s {figures}", flush=True)
    linear = "linear" if is_linear(one) else "NOT LINEAR"
    print(f"{'':20} growth {one['growth']:.2f} ({one['least']:.2f} to {one['most']:.2f}): {linear}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000, help="how many lines at most; from 10,000")
    parser.add_argument("--items", type=int, default=10_000, help="how many items at most; from 100")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="also write the figures here, as JSON")
    asked = parser.parse_args()
    if asked.documents < 10_000 or asked.items < 100:
        parser.error("growth needs two decades: at least 10,000 documents and 100 items")
    found = run(asked.documents, asked.items, asked.rounds)
    if asked.out:
        asked.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
