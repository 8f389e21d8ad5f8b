"""Validate files on a Spark cluster: ``spark-submit .../spark_job.py INPUT OUTPUT``, or with ``python -m``.

INPUT is what Spark can read: a folder, a pattern, an address of the cluster's storage. Its files are lines of JSON
(``--lines``, the default; packed ones are read by Spark), or whole documents in JSON or XML (``--files``). Under OUTPUT
the verdicts, the findings and what the rules came to are written, and the exit status is that of ``exportreport
validate``.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from typing import TYPE_CHECKING

from exportreport.finding import Verdict
from exportreport.result.record import EXIT_STATUS, gravest

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

    from exportreport.batch.spark import Checked

FORMATS = ("parquet", "json", "csv")

_UNREADABLE = EXIT_STATUS[Verdict.UNREADABLE]
_WRONG_USE = 2
_FAILED = 70

#: What a spreadsheet takes for the beginning of a formula, as in the tables of ``exportreport validate``.
_FORMULA = "^[=+\\-@\t\r\n＝＋－＠]"


def main(arguments: list[str] | None = None) -> int:
    """Run the job that ``arguments`` ask for, and return its exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        from exportreport.batch import spark  # noqa: F401
    except ImportError as error:
        return _refused(str(error), _WRONG_USE)
    try:
        return _run(chosen)
    except Exception:
        traceback.print_exc()
        return _refused("The job did not end; what is above says why. What it wrote is not complete.", _FAILED)


def _run(chosen: argparse.Namespace) -> int:
    from pyspark.errors import AnalysisException
    from pyspark.sql import SparkSession

    from exportreport.batch import spark

    session = SparkSession.builder.appName("exportreport").getOrCreate()
    try:
        documents, column, keep = _documents(session, chosen)
        checked = spark.validate(
            documents, column, keep=keep, profiles=chosen.profile, as_of=chosen.as_of,
            max_findings=chosen.max_findings, redact=chosen.redact,
        )  # fmt: skip
        return _concluded(_written(checked, chosen))
    except ValueError as error:
        return _refused(str(error), _WRONG_USE)
    except AnalysisException as error:
        known = _REFUSALS.get(error.getCondition() or "")
        if known is None:
            raise
        return _refused(known[0].format(chosen), known[1])


#: What Spark may refuse before anything is judged: our words, and the exit status.
_REFUSALS = {
    "PATH_NOT_FOUND": ("There is nothing at {0.input}; check the path or the pattern.", _UNREADABLE),
    "PATH_ALREADY_EXISTS": ("There is something at {0.output} already; write elsewhere, or --force.", _WRONG_USE),
}


def _refused(words: str, status: int) -> int:
    sys.stderr.write(f"exportreport: {words}\n")
    return status


def _documents(session: SparkSession, chosen: argparse.Namespace) -> tuple[DataFrame, str, list[str]]:
    """The documents, the column that holds them, and the columns that say where they are from."""
    if chosen.files:
        whole = session.read.format("binaryFile").option("recursiveFileLookup", "true")
        return whole.load(chosen.input), "content", ["path"]
    from pyspark.sql import functions

    lines = session.read.text(chosen.input, lineSep="\n", recursiveFileLookup=True)
    named = lines.select("*", functions.input_file_name().alias("path"))
    return named.where("btrim(value, ' \t\r') != ''"), "value", ["path"]


def _written(checked: Checked, chosen: argparse.Namespace) -> dict[Verdict, int]:
    """Write what was found, judging once; how many documents have which verdict."""
    results = checked.results.persist()
    try:
        for name in ("verdicts", "findings", "rules"):
            _write(getattr(checked, name), f"{chosen.output}/{name}", chosen)
        return {Verdict(row["verdict"]): row["count"] for row in results.groupBy("verdict").count().collect()}
    finally:
        results.unpersist()


def _write(rows: DataFrame, place: str, chosen: argparse.Namespace) -> None:
    options = {"header": "true", "escape": '"'} if chosen.format == "csv" else {}
    told = rows.select(*_cells(rows)) if chosen.format == "csv" else rows
    writer = told.write.mode("overwrite" if chosen.force else "errorifexists").options(**options)
    writer.format(chosen.format).save(place)


def _cells(rows: DataFrame) -> list[Column]:
    """The columns of ``rows`` for CSV: no lists, no ends of lines, and nothing that a spreadsheet takes for a formula.

    The ends of lines are those in values; messages have none.
    """
    from pyspark.sql import functions

    cells = []
    for field in rows.schema:
        cell = functions.col(field.name)
        if field.dataType.typeName() == "array":
            cell = functions.array_join(cell, " ")
        elif field.dataType.typeName() == "string":
            marked = functions.concat(functions.lit("'"), cell)
            cell = functions.when(cell.rlike(_FORMULA), marked).otherwise(cell)
            for end, escape in (("\r", "\\r"), ("\n", "\\n")):
                cell = functions.replace(cell, functions.lit(end), functions.lit(escape))
        cells.append(cell.alias(field.name))
    return cells


def _concluded(counts: dict[Verdict, int]) -> int:
    words = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items()))
    sys.stderr.write(f"{sum(counts.values()):,} documents: {words or 'none'}\n")
    return EXIT_STATUS[gravest(counts)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="exportreport.batch.spark_job", description=__doc__.partition("\n\n")[2])
    parser.add_argument("input", help="what to read")
    parser.add_argument("output", help="where the folders “verdicts”, “findings” and “rules” are written")
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
