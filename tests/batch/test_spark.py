"""Validation on Spark, in local mode, with real PySpark and Java: what it finds is what one process finds."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

import exportreport
from bench import corpus
from exportreport import standard
from exportreport.codec import xml_text
from exportreport.finding import Finding

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DEEP = [b"[" * 100_000, b'{"a":' * 70 + b"1" + b"}" * 70]
HOSTILE = [None, b"", b" \n", *DEEP, b"\xff\xfe<\x00", b'{"a":"\xff"}', b"null"]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        quiet = builder.config("spark.log.level", "ERROR").config("spark.sql.shuffle.partitions", "4")
        made = quiet.getOrCreate()
        yield made
        made.stop()


@pytest.fixture(scope="module")
def documents() -> list[bytes | None]:
    """Documents in both syntaxes, sound and wrong, several in one text, and what nobody should send."""
    known = standard.load()
    filings = corpus.filings(known, 60, 900, 7500)
    lines = corpus.lines(known, 60, 700, 6000)
    packed = [b"[" + b",".join(filings[:5]) + b"]", b"\n".join(lines[:20])]
    xml = [xml_text.encode(orjson.loads(line), known) for line in filings[::6]]
    files = [
        path.read_bytes() for folder in ("against-rules", "invalid") for path in (EXAMPLES / folder).rglob("*.*ml")
    ]
    return [*filings, *lines, *packed, *xml, *files, *HOSTILE]


def told(data: bytes | None, **options: Any) -> list[tuple[Any, ...]]:
    """What one process says of ``data``: of each document its number, verdict and findings."""
    return [
        (r.number, str(r.verdict), r.report_id, sum(r.totals.values()), [said(finding) for finding in r.findings])
        for r in exportreport.validate_all(data or b"", **options)
    ]


def said(finding: Finding) -> tuple[Any, ...]:
    line, column = finding.position or (None, None)
    code, severity, message = finding.finding_code, str(finding.severity), finding.message
    return code, severity, message, finding.pointer, finding.xpath, line, column, finding.value


def told_by_spark(rows: Iterable[Any]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        findings = [
            (f.finding_code, f.severity, f.message, f.pointer, f.xpath, f.line, f.column, f.value) for f in row.findings
        ]
        total = row.fatal + row.error + row.warning + row["info"]
        found.setdefault(row.place, []).append((row["number"], row.verdict, row.report_id, total, findings))
    return {place: sorted(results) for place, results in found.items()}


def frame(session: Any, documents: list[bytes | None], partitions: int) -> Any:
    rows = [(place, None if data is None else bytearray(data)) for place, data in enumerate(documents)]
    return session.createDataFrame(rows, "place int, value binary").repartition(partitions)


@pytest.mark.parametrize("partitions", [1, 7])
def test_the_findings_are_those_of_one_process(session: Any, documents: list[bytes | None], partitions: int) -> None:
    from exportreport.batch import spark

    checked = spark.validate(frame(session, documents, partitions), keep=["place"])
    found = told_by_spark(checked.results.collect())
    assert found == {place: told(data) for place, data in enumerate(documents)}
    assert {verdict for results in found.values() for _, verdict, *_ in results} >= {
        "accepted",
        "rejected",
        "unreadable",
    }


def test_verdicts_and_findings_are_views_of_the_results(session: Any, documents: list[bytes | None]) -> None:
    from exportreport.batch import spark

    checked = spark.validate(frame(session, documents[-30:], 3), keep=["place"], max_findings=1)
    results = checked.results.persist()
    rows = results.collect()
    assert checked.verdicts.count() == len(rows)
    assert "findings" not in checked.verdicts.columns
    single = checked.findings.collect()
    assert len(single) == sum(len(row.findings) for row in rows)
    assert max(len(row.findings) for row in rows) == 1 < max(row.error for row in rows)
    assert {(row.place, row["number"], row.finding) for row in single} == {
        (row.place, row["number"], place) for row in rows for place in range(1, len(row.findings) + 1)
    }
    results.unpersist()


def test_options_go_to_the_workers(session: Any, documents: list[bytes | None]) -> None:
    from exportreport.batch import spark

    some = documents[:60]
    options: dict[str, Any] = {"profiles": ("surveillance", "eu"), "as_of": "2001-01-01"}
    found = told_by_spark(spark.validate(frame(session, some, 2), keep=["place"], **options).results.collect())
    assert found == {place: told(data, **options) for place, data in enumerate(some)}
    assert found != {place: told(data) for place, data in enumerate(some)}


def test_redacted_findings_say_nothing_of_the_documents(session: Any) -> None:
    from exportreport.batch import spark

    secret = b'{"report_type":"DenialNotice","denial_kind":"Palmyra","Palmyra":"Palmyra"}'
    rows = spark.validate(frame(session, [secret], 1), redact=True).results.collect()
    assert [finding for row in rows for finding in row.findings]
    assert "Palmyra" not in str(rows)
    assert "Palmyra" in str(spark.validate(frame(session, [secret], 1)).results.collect())


def loads_of_a_worker(batches: Iterable[Any]) -> Iterator[Any]:
    """For each batch the process, and how often it made a judge."""
    import pyarrow

    from exportreport.batch import spark_rows

    for batch in batches:
        judge = spark_rows.Judge.at_hand(spark_rows.Options())
        list(spark_rows.rows_of(batch, "value", ("place",), judge))
        made = spark_rows._judge.cache_info().misses
        yield pyarrow.RecordBatch.from_arrays(
            [pyarrow.array([os.getpid()]), pyarrow.array([made])], ["process", "made"]
        )


def test_a_worker_loads_the_standard_once(session: Any, documents: list[bytes | None]) -> None:
    loads = frame(session, documents[:48], 12).mapInArrow(loads_of_a_worker, "process long, made long").collect()
    assert len(loads) == 12
    processes = {row.process for row in loads}
    assert len({(row.process, row.made) for row in loads}) == len(processes) < 12


@pytest.mark.parametrize(
    ("column", "keep", "options"),
    [
        ("text", [], {}),
        ("place", [], {}),
        ("value", ["nowhere"], {}),
        ("value", ["number"], {}),
        ("value", [], {"profiles": ["none"]}),
        ("value", [], {"as_of": "2026-02-31"}),
        ("value", [], {"max_findings": -1}),
    ],
)
def test_what_cannot_be_done_is_refused_at_once(session: Any, column: str, keep: list[str], options: Any) -> None:
    from exportreport.batch import spark

    rows = session.createDataFrame([(1, "{}", 2)], "place int, value string, number int")
    with pytest.raises(ValueError, match=r"no|type|name"):
        spark.validate(rows, column, keep=keep, **options)


def test_text_is_spread_by_its_size(session: Any, documents: list[bytes | None]) -> None:
    from exportreport.batch import spark

    given = frame(session, documents, 1)
    size = sum(len(data or b"") for data in documents)
    assert spark.spread(given, size=size // 5).rdd.getNumPartitions() in (5, 6)
    assert spark.spread(given.limit(0)).rdd.getNumPartitions() == 1


def test_the_job_writes_what_it_found(session: Any, documents: list[bytes | None], tmp_path: Path) -> None:
    from exportreport.batch import spark_job

    lines = [data for data in documents[:120] if data]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ndjson").write_bytes(b"\n".join(lines[:70]) + b"\n\n \n")
    (tmp_path / "in" / "b.ndjson").write_bytes(b"\r\n".join(lines[70:]))
    call = [str(tmp_path / "in"), str(tmp_path / "out")]
    assert spark_job.main(call) == 1
    verdicts = session.read.parquet(f"{tmp_path}/out/verdicts").collect()
    expected = [result for line in lines for result in exportreport.validate_all(line)]
    assert sorted(row.verdict for row in verdicts) == sorted(str(result.verdict) for result in expected)
    assert session.read.parquet(f"{tmp_path}/out/findings").count() == sum(len(result.findings) for result in expected)
    assert {Path(row.path).name for row in verdicts} == {"a.ndjson", "b.ndjson"}
    assert spark_job.main([*call, "--format", "csv", "--redact", "--force"]) == 1
    assert session.read.csv(f"{tmp_path}/out/verdicts", header=True).count() == len(lines)


def test_the_job_reads_whole_files(session: Any, tmp_path: Path) -> None:
    from exportreport.batch import spark_job

    call = [str(EXAMPLES / "valid" / "DenialNotice" / "*.xml"), str(tmp_path / "out"), "--files", "--format", "json"]
    assert spark_job.main(call) == 0
    rows = session.read.json(f"{tmp_path}/out/verdicts").collect()
    assert len(rows) == len(list((EXAMPLES / "valid" / "DenialNotice").glob("*.xml")))
    assert {row.syntax for row in rows} == {"xml"}
    assert spark_job.main([*call, "-p", "nowhere"]) == 2
