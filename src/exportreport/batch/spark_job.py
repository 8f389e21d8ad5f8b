"""Validate files on a Spark cluster: ``spark-submit -m`` or ``python -m exportreport.batch.spark_job INPUT OUTPUT``.

INPUT is what Spark can read: a folder, a pattern, an address of the cluster's storage. Its files are lines of JSON
(``--lines``, the default; packed ones are read by Spark), or whole documents in JSON or XML (``--files``). Under OUTPUT
the verdicts and the findings are written, and the exit status is that of ``exportreport validate``.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from exportreport.finding import Verdict
from exportreport.result.record import EXIT_STATUS, gravest

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FORMATS = ("parquet", "json", "csv")


def main(arguments: list[str] | None = None) -> int:
    """Run the job that ``arguments`` ask for, and return its exit status."""
    chosen = _parser().parse_args(arguments)
    from pyspark.sql import SparkSession

    from exportreport.batch import spark

    session = SparkSession.builder.appName("exportreport").getOrCreate()
    documents, column, keep = _documents(session, chosen)
    try:
        checked = spark.validate(
            documents, column, keep=keep, profiles=chosen.profile, as_of=chosen.as_of,
            max_findings=chosen.max_findings, redact=chosen.redact,
        )  # fmt: skip
    except ValueError as error:
        sys.stderr.write(f"exportreport: {error}\n")
        return 2
    results = checked.results.persist()
    _write(checked.verdicts, f"{chosen.output}/verdicts", chosen)
    _write(checked.findings, f"{chosen.output}/findings", chosen)
    counts = {Verdict(row["verdict"]): row["count"] for row in results.groupBy("verdict").count().collect()}
    results.unpersist()
    return _concluded(counts)


def _documents(session: SparkSession, chosen: argparse.Namespace) -> tuple[DataFrame, str, list[str]]:
    """The documents, the column that holds them, and the columns that say where they are from."""
    if chosen.files:
        return session.read.format("binaryFile").load(chosen.input), "content", ["path"]
    from pyspark.sql import functions

    lines = session.read.text(chosen.input, lineSep="\n").select("*", functions.input_file_name().alias("path"))
    return lines.where("btrim(value, ' \t\r') != ''"), "value", ["path"]


def _write(rows: DataFrame, place: str, chosen: argparse.Namespace) -> None:
    """Write ``rows``; CSV has no lists, so that there they are texts."""
    if chosen.format == "csv":
        from pyspark.sql import functions

        lists = [field.name for field in rows.schema if field.dataType.typeName() == "array"]
        for name in lists:
            rows = rows.withColumn(name, functions.array_join(name, " "))
    header = {"header": "true"} if chosen.format == "csv" else {}
    writer = rows.write.mode("overwrite" if chosen.force else "errorifexists").options(**header)
    writer.format(chosen.format).save(place)


def _concluded(counts: dict[Verdict, int]) -> int:
    words = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items()))
    sys.stderr.write(f"{sum(counts.values()):,} documents: {words or 'none'}\n")
    return EXIT_STATUS[gravest(counts)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="exportreport.batch.spark_job", description=__doc__.partition("\n\n")[2])
    parser.add_argument("input", help="what to read")
    parser.add_argument("output", help="where the folders “verdicts” and “findings” are written")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--lines", action="store_true", help="each line is a document (default)")
    shape.add_argument("--files", action="store_true", help="each file is a document")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="form of the output (default: parquet)")
    parser.add_argument("-p", "--profile", action="append", default=[], help="also check against this profile")
    parser.add_argument("--as-of", help="the day whose law and code lists count, as YYYY-MM-DD")
    parser.add_argument("--max-findings", type=int, default=1000, help="most findings kept of a document; 0: all")
    parser.add_argument("--redact", action="store_true", help="tell places and codes only")
    parser.add_argument("--force", action="store_true", help="replace output that is there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
