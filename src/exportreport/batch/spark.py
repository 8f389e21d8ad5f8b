"""Validation on a Spark cluster: a DataFrame of documents in, DataFrames of verdicts and findings out.

```python
from exportreport.batch import spark

checked = spark.validate(documents, column="value", keep=["path"])
checked.verdicts.groupBy("verdict").count().show()
checked.findings.where("severity = 'error'").show()
```

Needs the extra ``spark`` (PySpark, pyarrow) and Java. Each Python worker loads the compiled standard once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, cast

try:
    import pyarrow
    from pyspark.sql import functions
    from pyspark.sql.types import StructField, StructType
except ImportError as error:
    raise ImportError(
        "Validation on Spark needs PySpark and pyarrow; install them with: pip install 'exportreport[spark]'"
    ) from error

import exportreport
from exportreport.batch.spark_rows import FINDING, OUTCOME, RESULT, Judge, Options, rows_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: About how many bytes of documents `spread` puts into a partition: some seconds of work for one core.
PARTITION = 33_554_432


class Checked(NamedTuple):
    """What was found, as DataFrames, none of them computed before it is used.

    ``results`` has a row for each document, its ``findings`` in an array. ``verdicts`` is the same without them;
    ``findings`` has a row for each finding. Each has the columns that were kept, and ``number``, the document's place
    in its row from 1. ``rules`` says of each rule how often it passed, failed, did not apply, was not run and broke.
    Where several are used, ``results.persist()`` spares judging the documents again for each.
    """

    results: DataFrame
    verdicts: DataFrame
    findings: DataFrame
    rules: DataFrame


def validate(  # noqa: PLR0913
    documents: DataFrame, column: str = "value", *, keep: Sequence[str] = (), profiles: Iterable[str] = (),
    as_of: str | None = None, max_findings: int = 1000, redact: bool = False,
) -> Checked:  # fmt: skip
    """The verdicts and findings of ``documents``, whose ``column`` (string or binary) holds JSON or XML.

    A row holds one message, an array, or lines of JSON; null counts as an empty text. The columns ``keep`` go along.
    ``profiles``, ``as_of`` and ``max_findings`` are those of `exportreport.validate`; with ``redact`` nothing is told
    that a document says. Raises ValueError for a column that is not there, is kept under a name of ours, or holds
    neither text nor bytes, and for what `exportreport.validate` refuses.
    """
    options = Options(tuple(profiles), as_of, max_findings, redact)
    exportreport.validate(b"", profiles=options.profiles, as_of=as_of, max_findings=max_findings)  # refuses nonsense
    _refuse_columns(documents, column, keep)
    kept = [_quoted(name) for name in keep]
    # PySpark trips over points and quotation marks in names, so that those of the kept are given afterwards.
    plain = [functions.col(name).alias(f"_kept{place}") for place, name in enumerate(kept)]
    given = documents.select(*plain, functions.col(_quoted(column)).cast("binary").alias(_DOCUMENT))
    fields = StructType([*(documents.schema[name] for name in keep), *_fields_of(RESULT)])
    results = given.mapInArrow(partial(_judged, tuple(keep), options), fields)
    verdicts = results.drop("findings", "outcomes")
    return Checked(results, verdicts, _findings(results, kept), _rules(results))


def spread(documents: DataFrame, column: str = "value", size: int = PARTITION) -> DataFrame:
    """``documents`` in partitions of about ``size`` bytes each; to find how many that are, it reads them once."""
    total = documents.select(functions.sum(functions.octet_length(_quoted(column)))).first()
    return documents.repartition(max(1, ceil(((total and total[0]) or 0) / size)))


def _findings(results: DataFrame, kept: list[str]) -> DataFrame:
    each = results.select(*kept, "number", "report_id", functions.posexplode("findings").alias("_at", "_finding"))
    return each.select(*kept, "number", "report_id", (functions.col("_at") + 1).alias("finding"), "_finding.*")


def _rules(results: DataFrame) -> DataFrame:
    """What each rule came to: the sum of what the batches said."""
    name, *counts = (column.split()[0] for column in OUTCOME.split(", "))
    each = results.select(functions.explode("outcomes").alias("_outcome")).select("_outcome.*")
    return each.groupBy(name).agg(*(functions.sum(count).alias(count) for count in counts))


#: The name of the column of documents on its way to the workers.
_DOCUMENT = "_document"


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def _fields_of(columns: str) -> list[StructField]:
    return cast(StructType, StructType.fromDDL(columns)).fields


def _refuse_columns(documents: DataFrame, column: str, keep: Sequence[str]) -> None:
    missing = [name for name in (column, *keep) if name not in documents.columns]
    if missing:
        raise ValueError(f"There is no column {missing[0]!r}; there are {', '.join(documents.columns)}.")
    kind = documents.schema[column].dataType.simpleString()
    if kind not in ("string", "binary"):
        raise ValueError(f"The column {column!r} is of type {kind}; documents are string or binary.")
    ours = {field.split()[0] for field in (*RESULT.split(", "), *FINDING.split(", "))} | {"finding", _DOCUMENT}
    taken = [name for name in keep if name.lower() in ours]
    if taken:
        raise ValueError(f"The column {taken[0]!r} has a name that the results use; rename it before.")


def _judged(
    keep: tuple[str, ...], options: Options, batches: Iterable[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    """The results of the documents in ``batches``: what a worker does."""
    judge = Judge.at_hand(options)
    for batch in batches:
        yield from rows_of(batch, _DOCUMENT, keep, judge)
