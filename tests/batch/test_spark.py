"""Validation on Spark, in local mode, with real PySpark and Java: what it finds is what one process finds."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest

import exportreport
from bench import corpus
from bench.spark import Said, told, told_by_spark
from exportreport import pipeline, standard
from exportreport.codec import xml_text
from exportreport.rules.evaluation import Rules
from exportreport.rules.outcomes import RuleOutcome

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
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.sql.adaptive.enabled", "false")
        builder = builder.config("spark.sql.codegen.wholeStage", "false")  # to compile takes longer than to run
        builder = builder.config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        quiet = builder.config("spark.log.level", "ERROR").config("spark.sql.shuffle.partitions", "2")
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
        path.read_bytes()
        for folder in ("against-rules", "invalid", "valid")
        for path in sorted((EXAMPLES / folder).rglob("*.*"))
        if path.suffix in (".json", ".xml") and not path.name.endswith(".expected.json")
    ]
    return [*filings, *lines, *packed, *xml, *files, *HOSTILE]


def frame(session: Any, documents: list[bytes | None], partitions: int) -> Any:
    rows = [(place, None if data is None else bytearray(data)) for place, data in enumerate(documents)]
    return session.createDataFrame(rows, "place int, value binary").repartition(partitions)


@pytest.fixture(scope="module")
def expected(documents: list[bytes | None]) -> dict[int, list[Said]]:
    return {place: told(data) for place, data in enumerate(documents)}


@pytest.fixture(scope="module")
def outcomes(documents: list[bytes | None]) -> dict[str, RuleOutcome]:
    known = standard.load()
    rules = Rules(known)
    for data in documents:
        list(pipeline.check(data or b"", known, pipeline.DEFAULTS, rules))
    return rules.outcomes.rules()


@pytest.mark.parametrize("partitions", [1, 7])
def test_what_is_found_is_what_one_process_finds(
    session: Any, documents: list[bytes | None], partitions: int, expected: dict[int, list[Said]], outcomes: Any
) -> None:
    from exportreport.batch import spark

    checked = spark.validate(frame(session, documents, partitions), keep=["place"])
    results = checked.results.persist()
    found = told_by_spark(results.collect())
    assert found == expected
    assert {said[1] for each in found.values() for said in each} >= {"accepted", "rejected", "unreadable"}
    assert {row[0]: tuple(row)[1:] for row in checked.rules.collect()} == outcomes
    assert all(any(outcome[end] for outcome in outcomes.values()) for end in (0, 1, 2, 3))
    results.unpersist()


def test_counts_of_a_task_that_was_given_up_are_forgotten(documents: list[bytes | None]) -> None:
    import pyarrow

    from exportreport.batch import spark_rows

    judge = spark_rows.Judge.at_hand(spark_rows.Options(max_findings=7))
    batch = pyarrow.RecordBatch.from_pydict({"value": [documents[0], documents[1]]})
    (first,) = spark_rows.rows_of(batch, "value", (), judge)
    list(judge.results(documents[2] or b""))
    (again,) = spark_rows.rows_of(batch, "value", (), judge)
    assert again.equals(first)
    assert first.column("outcomes").to_pylist()[-1]


def test_a_document_beyond_the_limit_is_not_decided() -> None:
    import pyarrow

    from exportreport.batch import spark_rows

    batch = pyarrow.RecordBatch.from_pydict({"value": [b"[" * 70_000_000]})
    (rows,) = spark_rows.rows_of(batch, "value", (), spark_rows.Judge.at_hand(spark_rows.Options()))
    (row,) = rows.to_pylist()
    assert row["verdict"] == "undecided"
    assert [finding["finding_code"] for finding in row["findings"]] == ["ER-D-901"]


def test_columns_that_go_along_may_have_any_name_and_type(session: Any) -> None:
    from exportreport.batch import spark

    made = "SELECT '{}' value, 1 `a.b c`, named_struct('x y', array(1.5D)) `of``it`, timestamp'2026-01-01' at, null no"
    given = session.sql(made)
    names = ["a.b c", "of`it", "at", "no"]
    checked = spark.validate(given, keep=names)
    own = given.select([spark._quoted(name) for name in names]).first()
    assert [tuple(row)[:4] for row in checked.findings.collect()] == [tuple(own)] * checked.findings.count() != []
    assert checked.verdicts.schema[:4] == given.select([spark._quoted(name) for name in names]).schema[:4]


def test_verdicts_and_findings_are_views_of_the_results(session: Any, documents: list[bytes | None]) -> None:
    from exportreport.batch import spark

    checked = spark.validate(frame(session, documents[60:90], 3), keep=["place"], max_findings=1)
    results = checked.results.persist()
    rows = results.collect()
    assert checked.verdicts.count() == len(rows)
    assert not {"findings", "outcomes"} & set(checked.verdicts.columns)
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
        ("value", ["Number"], {}),
        ("value", [], {"profiles": ["none"]}),
        ("value", [], {"as_of": "2026-02-31"}),
        ("value", [], {"max_findings": -1}),
    ],
)
def test_what_cannot_be_done_is_refused_at_once(session: Any, column: str, keep: list[str], options: Any) -> None:
    from exportreport.batch import spark

    number = next((name for name in keep if name.lower() == "number"), "number")
    rows = session.createDataFrame([(1, "{}", 2)], f"place int, value string, {number} int")
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

    lines = [data for data in documents[40:80] if data]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ndjson").write_bytes(b"\n".join(lines[:25]) + b"\n\n \n")
    (tmp_path / "in" / "b.ndjson").write_bytes(b"\r\n".join(lines[25:]))
    call = [str(tmp_path / "in"), str(tmp_path / "out")]
    assert spark_job.main(call) == 1
    verdicts = session.read.parquet(f"{tmp_path}/out/verdicts").collect()
    expected = [result for line in lines for result in exportreport.validate_all(line)]
    assert sorted(row.verdict for row in verdicts) == sorted(str(result.verdict) for result in expected)
    assert session.read.parquet(f"{tmp_path}/out/findings").count() == sum(len(result.findings) for result in expected)
    assert {Path(row.path).name for row in verdicts} == {"a.ndjson", "b.ndjson"}
    assert session.read.parquet(f"{tmp_path}/out/rules").where("passed > 0").count() > 100


def test_cells_of_csv_are_no_formulas(session: Any, tmp_path: Path) -> None:
    from exportreport.batch import spark_job

    message = {"report_type": "DenialNotice", "report_id": '=cmd|"/c calc"!A1', "denial_kind": "-1\n\r,;"}
    (tmp_path / "in.ndjson").write_bytes(orjson.dumps(message))
    call = [f"{tmp_path}/in.ndjson", f"{tmp_path}/out", "--format", "csv"]
    assert spark_job.main(call) == 1
    rows = list(csv.DictReader(StringIO(text_in(tmp_path / "out" / "findings"))))
    assert {row["report_id"] for row in rows} == {'\'=cmd|"/c calc"!A1'}
    assert "'-1\\n\\r,;" in {row["value"] for row in rows}
    assert spark_job.main([*call, "--redact", "--force"]) == 1
    assert text_in(tmp_path / "out" / "findings").count("\n") == len(rows) + 1
    assert "calc" not in text_in(tmp_path / "out" / "findings") + text_in(tmp_path / "out" / "verdicts")


def text_in(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.csv"))


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["nowhere/*", "out"], 3, "nowhere/*"),
        (["in", "out"], 2, "--force"),
        (["in", "elsewhere", "--as-of", "soon"], 2, "soon"),
        (["in", "elsewhere", "--max-findings", "-1"], 2, "-1"),
    ],
)
def test_a_job_that_cannot_be_done_says_why(
    session: Any, tmp_path: Path, capsys: Any, arguments: list[str], status: int, words: str
) -> None:
    from exportreport.batch import spark_job

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ndjson").write_bytes(b"{}")
    (tmp_path / "out" / "verdicts").mkdir(parents=True)
    source, target, *options = arguments
    assert spark_job.main([f"{tmp_path}/{source}", f"{tmp_path}/{target}", *options]) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("exportreport: ")
    assert words in line


def test_a_job_that_breaks_is_no_rejection(session: Any, tmp_path: Path, capsys: Any) -> None:
    from exportreport.batch import spark_job

    (tmp_path / "a.ndjson.gz").write_bytes(b"\x1f\x8b not packed at all")
    assert spark_job.main([f"{tmp_path}/a.ndjson.gz", f"{tmp_path}/out"]) == 70
    assert capsys.readouterr().err.splitlines()[-1].startswith("exportreport: ")


def test_without_the_extra_the_job_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['pyspark'] = None\n"
        "from exportreport.batch import spark_job\n"
        "sys.exit(spark_job.main(['in', 'out']))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "pip install 'exportreport[spark]'" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_example_of_the_page_prints_what_it_says(session: Any, capsys: Any) -> None:
    from exportreport.batch import spark

    page = (EXAMPLES.parent / "docs" / "spark.md").read_text(encoding="utf-8")
    ((program, output),) = re.findall(r"```python\n(files = .*?)```.*?```text\n(.*?)```", page, re.DOTALL)
    exec(program.replace('"examples', f'"{EXAMPLES}'), {"session": session, "spark": spark})
    assert capsys.readouterr().out.strip() == output.strip()


def test_the_job_reads_whole_files(session: Any, tmp_path: Path) -> None:
    from exportreport.batch import spark_job

    call = [str(EXAMPLES / "valid" / "DenialNotice" / "*.xml"), str(tmp_path / "out"), "--files", "--format", "json"]
    assert spark_job.main(call) == 0
    rows = session.read.json(f"{tmp_path}/out/verdicts").collect()
    assert len(rows) == len(list((EXAMPLES / "valid" / "DenialNotice").glob("*.xml")))
    assert {row.syntax for row in rows} == {"xml"}
    assert spark_job.main([*call, "-p", "nowhere"]) == 2
