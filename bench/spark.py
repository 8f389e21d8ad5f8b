"""Spark against one process: the same verdicts and findings, and at what rate. By hand: ``python -m bench.spark``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import orjson

import exportreport
from bench import corpus
from exportreport import standard
from exportreport.codec import xml_text
from exportreport.finding import Finding

#: What is said of a document: number, verdict, identifier, how many findings of each severity, and the findings.
Said = tuple[Any, ...]

#: What nobody should send: too large, nested without end, nothing, and no text.
HOSTILE = (b"[" * 70_000_000, b"[" * 100_000, b"", b"\xff\xfe<\x00", b'{"a":"\xff"}')

_SEVERITIES = ("fatal", "error", "warning", "info")


def told(data: bytes | None, **options: Any) -> list[Said]:
    """What one process says of the documents in ``data``."""
    return [
        (
            r.number, str(r.verdict), r.syntax, r.kind, r.report_id, r.as_of, list(r.profiles),
            *(r.totals.get(severity, 0) for severity in _SEVERITIES), [_said(finding) for finding in r.findings],
        )
        for r in exportreport.validate_all(data or b"", **options)
    ]  # fmt: skip


def _said(finding: Finding) -> Said:
    line, column = finding.position or (None, None)
    code, severity, message = finding.finding_code, str(finding.severity), finding.message
    place = finding.pointer, finding.xpath, line, column, finding.model_path
    return code, severity, message, *place, finding.value, finding.caused_by


def told_by_spark(rows: Iterable[Any]) -> dict[int, list[Said]]:
    """The same from the rows of ``Checked.results``, by their ``place``."""
    found: dict[int, list[Said]] = {}
    for row in rows:
        kind = row["number"], row["verdict"], row["syntax"], row["kind"], row["report_id"], row["as_of"]
        totals = [row[severity] for severity in _SEVERITIES]
        findings = [tuple(finding) for finding in row["findings"]]
        found.setdefault(row["place"], []).append((*kind, row["profiles"], *totals, findings))
    return {place: sorted(results, key=lambda said: int(said[0])) for place, results in found.items()}


def mixed(count: int) -> list[bytes]:
    """``count`` documents, one in ten wrong in either syntax; every fifth is XML."""
    known = standard.load()
    made = corpus.filings(known, count - count // 2, 900, 7500) + corpus.lines(known, count // 2, 700, 6000)
    return [_in_xml(data, number, known) if number % 5 == 3 else data for number, data in enumerate(made)]


def _in_xml(data: bytes, number: int, known: standard.Standard) -> bytes:
    xml = xml_text.encode(orjson.loads(data), known)
    if number % 100 == 3:
        return xml[: len(xml) * 2 // 3]
    return xml.replace(b"</", b"<unknown/></", 1) if number % 100 == 53 else xml


def _session(cores: int) -> Any:
    os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    return builder.config("spark.log.level", "ERROR").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()


def _stored(documents: list[bytes], folder: str) -> None:
    """The ``documents`` as a table that Spark reads, in parts of about a thousand."""
    import pyarrow
    from pyarrow import parquet

    for first in range(0, len(documents), 1000):
        part = documents[first : first + 1000]
        places = pyarrow.array(range(first, first + len(part)), pyarrow.int32())
        table = pyarrow.table({"place": places, "value": pyarrow.array(part, pyarrow.binary())})
        parquet.write_table(table, Path(folder) / f"{first:09}.parquet", compression="none")


def _seconds(work: Any) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    documents = [*mixed(asked.documents), *HOSTILE]
    session = _session(asked.cores)
    with TemporaryDirectory() as folder:
        _stored(documents, folder)
        differences = _compared(session, documents, folder, asked)
    session.stop()
    return 1 if differences else 0


def _compared(session: Any, documents: list[bytes], folder: str, asked: argparse.Namespace) -> int:
    from exportreport.batch import spark

    results = spark.validate(session.read.parquet(folder), keep=["place"]).results
    found = told_by_spark(results.toLocalIterator())
    own = {place: told(data) for place, data in enumerate(documents)}
    differences = sum(found.get(place) != said for place, said in own.items()) + len(found.keys() - own.keys())
    findings = sum(len(said[-1]) for each in own.values() for said in each)
    size = sum(map(len, documents))
    print(f"documents {len(documents):,} ({size / 1e6:,.1f} MB), findings {findings:,}, differences {differences}")
    here, there = [], []
    for _ in range(asked.rounds):
        here.append(_seconds(lambda: [sum(1 for _ in exportreport.validate_all(data)) for data in documents]))
        there.append(_seconds(lambda: results.write.format("noop").mode("overwrite").save()))
    local, spread = len(documents) / median(here), len(documents) / median(there)
    print(f"documents per second: one process {local:,.0f}; Spark on {asked.cores} cores {spread:,.0f}")
    print(f"Spark is {spread / local:.2f} times one process")
    return differences


if __name__ == "__main__":
    sys.exit(main())
