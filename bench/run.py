"""Measure the validator against what parsing alone needs, and beside others: ``python -m bench.run [--out FILE]``.

All is ratios of interleaved rounds in one run, with medians and spread; `bench.aims` says what is wanted of each.
``--quick`` takes fewer documents and rounds, and leaves the table of others out.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from lxml import etree

from bench import conversion, corpus, exchange, field, scale
from bench.aims import AIMS, Aim
from bench.corpus import Given
from exportreport import pipeline, standard
from exportreport.artifacts.evaluation import base
from exportreport.codec import xml_text
from exportreport.codec.limits import Limits
from exportreport.rules.evaluation import Rules

Work = Callable[[], object]

#: A row by its key, with the figures of all rounds.
Row = tuple[str, list[float]]

ABOUT_5, UNDER_1 = field.SIZES, (600, 1000)


class Extent(NamedTuple):
    """How much is measured: documents, rounds, items of the huge report, lines streamed, documents for two processes,
    documents for slow peers, and parties of the hostile report."""

    documents: int
    rounds: int
    items: int
    streamed: int
    gained: int
    slow: int
    hostile: int


WHOLE, QUICK = Extent(1000, 7, 10_000, 200_000, 20_000, 200, 200_000), Extent(100, 3, 1_000, 10_000, 6_000, 40, 20_000)


def seconds(work: Work, clock: Callable[[], float] = time.process_time) -> float:
    """The time of ``work``: that of the processor, which others on the machine disturb less than that of the wall."""
    gc.collect()
    gc.disable()
    begin = clock()
    work()
    spent = clock() - begin
    gc.enable()
    return spent


def ratios(work: Work, yardstick: Work, rounds: int) -> list[float]:
    """The ratio of ``work`` to ``yardstick`` in each of some interleaved rounds."""
    work()
    yardstick()
    return [seconds(work) / seconds(yardstick) for _ in range(rounds)]


def each(act: Callable[[Any], object], data: list[Any]) -> Work:
    """The work of doing ``act`` to each of ``data``, keeping nothing: kept documents would cost the yardstick more."""

    def work() -> None:
        for one in data:
            act(one)

    return work


def judging(known: standard.Standard, lines: list[bytes], *, whole: bool) -> Work:
    """The judging of lines of JSON: of their structure, or as a ``whole``."""
    settings = pipeline.DEFAULTS if whole else pipeline.Settings(repeated_names=False, rules=False)
    numbered, rules = list(enumerate(lines, start=1)), pipeline.rules_of(known, settings)

    def work() -> int:
        return sum(not result.accepted for result in pipeline.check_lines(numbered, known, settings, rules))

    return work


def exact(work: Work, given: list[Given]) -> Work:
    """The ``work``, after it was seen to reject as many documents as are wrong."""
    wrong, rejected = sum(bool(one.fault) for one in given), work()
    if rejected != wrong:
        raise SystemExit(
            f"{wrong} faults were put in, and {rejected} documents rejected: no figure would mean anything"
        )
    return work


def of_json(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    """Structure, and everything, of the examples with one in ten wrong; structure also of documents by chance."""
    for size, limits, times in (("5", ABOUT_5, 1), ("1", UNDER_1, 4)):
        given = corpus.mixed(known, extent.documents * times, *limits)
        lines = [one.data for one in given]
        for name, whole in (("structure", False), ("everything", True)):
            work = exact(judging(known, lines, whole=whole), given)
            yield f"{name}-{size}", ratios(work, each(orjson.loads, lines), extent.rounds)
    for size, limits in (("5", ABOUT_5), ("1", (700, 1000))):
        lines = corpus.lines(known, extent.documents, *limits)
        yield f"chance-{size}", ratios(judging(known, lines, whole=False), each(orjson.loads, lines), extent.rounds)


def of_xml(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    given = corpus.mixed_xml(known, extent.documents // 2, *ABOUT_5)
    data, rules = [one.data for one in given], pipeline.rules_of(known)

    def work() -> int:
        return sum(not result.accepted for one in data for result in pipeline.check(one, known, rules=rules))

    yield "xml-everything", ratios(exact(work, given), each(_tree, data), extent.rounds)


def _tree(data: bytes) -> None:
    try:  # noqa: SIM105  a context manager would cost the yardstick time
        etree.fromstring(data)
    except etree.XMLSyntaxError:
        pass


def of_one_huge(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    """One report with thousands of items, parties and limits, in JSON and in XML; and how its rules grow."""
    few, many = corpus.long_report(extent.items // 10), corpus.long_report(extent.items)
    settings = pipeline.Settings(limits=Limits(delimiters=100_000_000))
    rules, parser = pipeline.rules_of(known, settings), etree.XMLParser(huge_tree=True)
    written: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
        "everything-huge": (orjson.dumps(many), orjson.loads),
        "xml-everything-huge": (xml_text.encode(many, known), partial(etree.fromstring, parser=parser)),
    }
    for name, (data, parse) in written.items():
        work = partial(_accepted, data, known, settings, rules)
        yield name, ratios(work, partial(parse, data), min(extent.rounds, 5))
    judge = Rules(known)
    kind = many["report_type"]
    growth = ratios(lambda: judge.judge(many, kind), lambda: judge.judge(few, kind), min(extent.rounds, 5))
    yield "rules-growth", growth


def _accepted(data: bytes, known: standard.Standard, settings: pipeline.Settings, rules: Rules | None) -> None:
    (result,) = pipeline.check(data, known, settings, rules)
    if not result.accepted:
        raise SystemExit(f"a report that follows the rules was rejected: {result.findings[0]}")


def of_wrong(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    """One hostile report whose parties are all wrong: alike, by a value of each, and by values in them; for each MB."""
    said, numbers = {"report_type": "LicenseFiling", "report_id": "1"}, range(extent.hostile)
    for name, entries in (
        ("alike", [{"a": 1} for _ in numbers]),
        ("by-value", [{"key": f" {n}", "roles": ["agent"]} for n in numbers]),
        ("by-values", [{"key": "a", "roles": [n]} for n in numbers]),
    ):
        data = orjson.dumps(said | {"parties": entries})
        work = partial(_rejected, data, known)
        yield f"wrong-{name}", [seconds(work) / len(data) * 1_000_000 for _ in range(min(extent.rounds, 3))]


def _rejected(data: bytes, known: standard.Standard) -> None:
    (result,) = pipeline.check(data, known)
    if result.accepted:
        raise SystemExit("a report of wrong parties was accepted")


def of_rules(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    """The standard's rules alone, over the examples, which are what filings look like: chance fills too much."""
    data = corpus.filings(known, extent.documents // 4, 3000, 20_000, wrong=False)
    documents = [orjson.loads(line) for line in data]
    counters = [0] * base.COUNTERS

    def work() -> None:
        for report in documents:
            base.check(report, report["report_type"], report["reported_at"][:10], counters, [])

    yield "rules", ratios(work, each(orjson.loads, data), extent.rounds)


def of_conversions(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    """Between the syntaxes, against xmltodict where it is installed; and from a national list."""
    if find_spec("xmltodict"):
        for name, figures in exchange.conversions(known, extent.documents // 4, extent.rounds).items():
            yield name.lower().replace(" ", "-"), figures
    data = conversion.list_of(extent.documents)
    work, alone = partial(conversion.reports, data), partial(conversion.rows_alone, data)
    yield "conversion", ratios(work, alone, extent.rounds)


def of_validators(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    """Against the validators in Python, on documents of which both say the same."""
    for name, package in (("jsonschema", "jsonschema"), ("linkml.validator", "linkml")):
        if find_spec(package):
            yield package, field.advantage(known, extent.slow, min(extent.rounds, 5), name)


def of_runs(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    """The program over a stream, in memory; and on two processes against one."""
    with tempfile.TemporaryDirectory() as folder:
        path, one = Path(folder, "lines.ndjson"), Path(folder, "one.json")
        block = corpus.filings(known, scale.BLOCK, *UNDER_1)
        one.write_bytes(block[0])
        scale.of_lines(path, block, extent.streamed)
        above = sum(scale.validated(path, 1).peaks) - sum(scale.validated(one, 1).peaks)
        yield "memory", [max(0, above) / 1024]
        scale.of_lines(path, corpus.filings(known, scale.BLOCK, *ABOUT_5), extent.gained)
        yield (
            "processes",
            [scale.validated(path, 1).seconds / scale.validated(path, 2).seconds for _ in range(min(extent.rounds, 5))],
        )


def of_starts(extent: Extent) -> Iterator[Row]:
    """Whole processes, as the program is installed: with its modules compiled."""
    example = next(iter(sorted(corpus.EXAMPLES.rglob("*.json"))))
    for name, arguments in (("version", ["--version"]), ("small-file", ["validate", str(example)])):
        call = [scale.PROGRAM, *arguments]
        start = partial(subprocess.run, call, capture_output=True, check=True, env=scale.COMPILED)
        start()  # the first run compiles the modules, which pip does when it installs them
        yield name, [seconds(start, time.perf_counter) for _ in range(2 * extent.rounds)]


def rows(known: standard.Standard, extent: Extent) -> Iterator[Row]:
    """All rows, as they are measured."""
    yield from of_starts(extent)
    yield from of_json(known, extent)
    yield from of_rules(known, extent)
    yield from of_xml(known, extent)
    yield from of_one_huge(known, extent)
    yield from of_wrong(known, extent)
    yield from of_conversions(known, extent)
    yield from of_validators(known, extent)
    yield from of_runs(known, extent)


def told(aim: Aim, found: dict[str, float]) -> str:
    """A row for people: what was found, and how that stands to what must hold."""
    limits = f"({aim.figure(found['least'])} to {aim.figure(found['most'])})"
    line = f"{aim.what:<66} {aim.figure(found['found']):>9}  {limits:<22}"
    if aim.must is None:
        return line
    state = "reached" if aim.is_reached(found["found"]) else "holds" if aim.holds(found["found"]) else "MISSED"
    wanted = f"must {aim.figure(aim.must)}" + (f", aim {aim.figure(aim.aim)}" if aim.aim else "")
    return f"{line}  {wanted:<24} {found['found'] / aim.must:.2f} of it: {state}"


class Watch:
    """How busy others kept the processors between its making and the asking."""

    def __init__(self) -> None:
        self.begin, self.busy, self.own = time.monotonic(), *_spent()

    def others(self) -> float:
        """The processors that others used, on average."""
        busy, own = _spent()
        return max(0.0, (busy - self.busy) - (own - self.own)) / (time.monotonic() - self.begin)


def _spent() -> tuple[float, float]:
    """The processors' seconds of everyone, and of this process and those it started."""
    user, nice, system, _, _, *further = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9])
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    everyone = (user + nice + system + sum(further)) / os.sysconf("SC_CLK_TCK")
    return everyone, sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measured(extent: Extent) -> dict[str, Any]:
    """The figures of the table; each is told as it is found."""
    known, aims = standard.load(), {aim.key: aim for aim in AIMS}
    found: dict[str, Any] = {}
    for key, figures in rows(known, extent):
        found[key] = field.spread(figures) | {"rounds": len(figures)}
        print(told(aims[key], found[key]), flush=True)
    for key in aims.keys() - found.keys():
        print(f"not measured, since what it is held against is not installed: {aims[key].what}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer documents and rounds, and nothing of others")
    parser.add_argument("--out", type=Path, help="also write the figures here, as JSON")
    asked = parser.parse_args()
    extent, watch = QUICK if asked.quick else WHOLE, Watch()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, check=False, text=True).stdout
    found: dict[str, Any] = {"machine": field.machine(), "commit": commit.strip(), "extent": extent._asdict()}
    found["table"] = measured(extent)
    if not asked.quick:
        found |= field.run(standard.load(), extent.documents, min(extent.rounds, 5))
        field.show(found)
    found["others"] = watch.others()
    print(f"Others used {found['others']:.1f} of {os.cpu_count()} processors meanwhile.")
    if asked.out:
        asked.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
