"""Measure the validator against what the parsers alone need for the same bytes: ratios, medians, one run."""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from lxml import etree

from bench import conversion, corpus
from bench.exchange import conversions
from exportreport import pipeline, standard
from exportreport.artifacts.evaluation import base
from exportreport.codec import xml_text
from exportreport.rules.evaluation import Rules

Work = Callable[[], object]


def seconds(work: Work) -> float:
    gc.collect()
    gc.disable()
    begin = time.perf_counter()
    work()
    spent = time.perf_counter() - begin
    gc.enable()
    return spent


def ratio(work: Work, yardstick: Work, rounds: int) -> tuple[float, float, float]:
    """Median, smallest and largest ratio of ``work`` to ``yardstick`` over interleaved rounds."""
    work()
    yardstick()
    found = sorted(seconds(work) / seconds(yardstick) for _ in range(rounds))
    return statistics.median(found), found[0], found[-1]


def each(act: Callable[[bytes], object], data: list[bytes]) -> Work:
    """The work of doing ``act`` to each of ``data``, keeping nothing: kept documents would cost the yardstick more."""

    def work() -> None:
        for one in data:
            act(one)

    return work


def show(what: str, found: tuple[float, float, float], aim: str) -> None:
    print(f"{what:<66} {found[0]:6.2f}  ({found[1]:.2f} to {found[2]:.2f})   {aim}")


def structure(known: standard.Standard, data: list[bytes]) -> Work:
    settings = pipeline.Settings(repeated_names=False, rules=False)
    numbered = list(enumerate(data, start=1))

    def work() -> int:
        return sum(not result.accepted for result in pipeline.check_lines(numbered, known, settings))

    return work


def measure_structure(known: standard.Standard, count: int, rounds: int) -> None:
    sizes = (("about 5 KB", 3500, 7500, "must 3, aim 2.5"), ("under 1 KB", 700, 1000, "must 3.5, aim 3"))
    for name, smallest, largest, aim in sizes:
        data = corpus.lines(known, count, smallest, largest)
        mean = sum(map(len, data)) // len(data)
        wrong = structure(known, data)()
        found = ratio(structure(known, data), each(orjson.loads, data), rounds)
        show(f"structure with positions, {name} ({mean:,} bytes, {wrong} of {count} wrong)", found, aim)


def measure_everything(known: standard.Standard, count: int, rounds: int) -> None:
    """Structure, repeated names, every rule, every code list, and positions, on reports that follow the rules."""
    for name, smallest, largest, aim in (("about 5 KB", 3500, 7500, "must 7, aim 4"), ("about 1 KB", 600, 1300, "")):
        data = corpus.filings(known, count, smallest, largest)
        mean = sum(map(len, data)) // len(data)
        numbered, rules = list(enumerate(data, start=1)), pipeline.rules_of(known)

        def work(numbered: list[tuple[int, bytes]] = numbered, rules: Rules | None = rules) -> int:
            return sum(not r.accepted for r in pipeline.check_lines(numbered, known, rules=rules))

        wrong = work()
        found = ratio(work, each(orjson.loads, data), rounds)
        show(f"everything, {name} ({mean:,} bytes, {wrong} of {count} wrong)", found, aim)


def measure_wrong(known: standard.Standard, count: int, rounds: int) -> None:
    """One hostile report with ``count`` parties that are all wrong: alike, each by other names, and in their values."""
    said = {"report_type": "LicenseFiling", "report_id": "1"}
    for name, entries in (
        ("alike", [{"a": 1}] * count),
        ("by a value", [{"key": f" {n}", "roles": ["agent"]} for n in range(count)]),
        ("by values in them", [{"key": "a", "roles": [n]} for n in range(count)]),
    ):
        data = orjson.dumps(said | {"parties": entries})
        found = []
        for _ in range(rounds):
            begin = time.process_time()
            (result,) = pipeline.check(data, known)
            found.append((time.process_time() - begin) / len(data) * 1_000_000)
        (errors,) = result.totals.values()
        what = f"{count:,} parties wrong {name} ({errors:,} errors), CPU seconds for each MB"
        show(what, (statistics.median(found), min(found), max(found)), "must 3 s" if count == 200_000 else "")


def measure_growth(known: standard.Standard, rounds: int) -> None:
    """The rules of one report with ten times as many items, parties and limits."""
    few, many = corpus.long_report(1_000), corpus.long_report(10_000)
    rules = Rules(known)
    found = ratio(lambda: rules.judge(many, many["report_type"]), lambda: rules.judge(few, few["report_type"]), rounds)
    show("the rules of one report of 10,000 items, against 1,000 items", found, "must 12")


def measure_xml(known: standard.Standard, count: int, rounds: int) -> None:
    lines = corpus.filings(known, count, 3500, 7500, wrong=False)
    data = [xml_text.encode(orjson.loads(line), known) for line in lines]
    rules = pipeline.rules_of(known)
    check = ratio(
        each(lambda one: list(pipeline.check(one, known, rules=rules)), data), each(etree.fromstring, data), rounds
    )
    show("XML, everything, all valid, against lxml parsing", check, "must 6, aim 4.5")


def measure_exchange(known: standard.Standard, count: int, rounds: int) -> None:
    aims = {"XML to JSON": "must 3.5, aim 5", "JSON to XML": "must 8, aim 12"}
    for name, ratios in conversions(known, count, rounds).items():
        show(f"{name}, times as fast as xmltodict", (statistics.median(ratios), min(ratios), max(ratios)), aims[name])


def measure_rules(count: int, rounds: int) -> None:
    """The standard's rules alone, over the examples, which are what filings look like: chance fills too much."""
    reports = [report for path in sorted(Path("examples/valid").rglob("*.json")) for report in reports_in(path)]
    data = [line for report in reports if len(line := orjson.dumps(report)) > 3000]
    data *= max(1, count // len(data))
    documents = [orjson.loads(line) for line in data]
    counters = [0] * base.COUNTERS

    def work() -> None:
        for report in documents:
            base.check(report, report["report_type"], report["reported_at"][:10], counters, [])

    mean = sum(map(len, data)) // len(data)
    found = ratio(work, each(orjson.loads, data), rounds)
    show(f"the {len(base.RULES)} rules of the standard alone ({mean:,} bytes)", found, "must 4, aim 2")


def reports_in(path: Path) -> list[dict[str, Any]]:
    message = orjson.loads(path.read_bytes())
    return [report for report in message.get("reports", [message]) if "revision" in report]


def run(call: list[str], folder: str) -> object:
    """Run a program as it is installed: with its modules compiled."""
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(call, cwd=folder, capture_output=True, check=True, env=compiled)


def measure_process(rounds: int) -> None:
    example = next(iter(sorted(Path("examples/valid").rglob("*.json"))))
    program = str(Path(sys.executable).with_name("exportreport"))
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments, aim in (
            ("exportreport --version, whole process", ["--version"], "must 0.10 s, aim 0.06"),
            ("validate one small file, whole process", ["validate", str(example.resolve())], "must 0.15 s, aim 0.09"),
        ):
            call = [program, *arguments]
            run(call, folder)  # the first run compiles the modules, which pip does when it installs them
            times = sorted(seconds(lambda c=call: run(c, folder)) for _ in range(rounds))
            print(f"{name:<66} {statistics.median(times):6.3f}s ({times[0]:.3f} to {times[-1]:.3f})   {aim}")


def measure_conversion(count: int, rounds: int) -> None:
    lists = (("a made list", conversion.list_of(count)), ("the published list", conversion.real_list()))
    for name, data in lists:
        if data is not None:
            found = ratio(partial(conversion.reports, data), partial(conversion.rows_alone, data), rounds)
            show(f"nl_cdiu, {name}, to reports, against csv.DictReader alone", found, "must 10")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer documents and rounds")
    quick = parser.parse_args().quick
    count, rounds = (200, 5) if quick else (2000, 15)
    known = standard.load()
    print(f"Python {platform.python_version()}, {platform.machine()}; ratios to orjson.loads of the same bytes,")
    print(f"median (smallest to largest) of {rounds} interleaved rounds over {count} documents, one core.\n")
    measure_structure(known, count, rounds)
    measure_rules(count // 4, rounds)
    measure_everything(known, count // 2, rounds)
    measure_growth(known, min(rounds, 5))
    measure_wrong(known, 20_000 if quick else 200_000, min(rounds, 3))
    measure_xml(known, count // 4, rounds)
    measure_exchange(known, count // 4, rounds)
    measure_conversion(count, rounds)
    measure_process(rounds)


if __name__ == "__main__":
    main()
