"""What a Spark worker does with a batch of documents: Arrow in, Arrow out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow

from exportreport import standard
from exportreport.explaining import faults_of
from exportreport.finding import Finding, Severity
from exportreport.pipeline import Settings, check
from exportreport.result.record import Result
from exportreport.result.redaction import redactor
from exportreport.rules.evaluation import Rules

#: The columns of a finding, as Spark names types. ``pointer`` is a JSON Pointer; ``line`` and ``column`` count from 1,
#: in code points, within the text of the row.
FINDING = (
    "finding_code string, severity string, message string, pointer string, xpath string, line int, column int, "
    "model_path string, value string, caused_by string"
)

#: The columns of what a rule came to: how often, over the objects that it is about.
OUTCOME = "rule string, passed long, failed long, not_applicable long, not_run long, broke long"

_VERDICT = (
    "number int, syntax string, kind string, report_id string, verdict string, fatal int, error int, warning int, "
    "info int, as_of string, profiles array<string>"
)


def _array(columns: str) -> str:
    return f"array<struct<{columns.replace(' ', ':').replace(',:', ',')}>>"


#: The columns of a result. ``outcomes`` are those of several documents, and stand at the last of them.
RESULT = f"{_VERDICT}, findings {_array(FINDING)}, outcomes {_array(OUTCOME)}"

_TYPES = {
    "int": pyarrow.int32(),
    "long": pyarrow.int64(),
    "string": pyarrow.string(),
    "array<string>": pyarrow.list_(pyarrow.string()),
}


def _typed(columns: str) -> list[tuple[str, pyarrow.DataType]]:
    return [(name, _TYPES[kind]) for name, kind in (column.split() for column in columns.split(", "))]


_RESULT = [
    *_typed(_VERDICT),
    ("findings", pyarrow.list_(pyarrow.struct(_typed(FINDING)))),
    ("outcomes", pyarrow.list_(pyarrow.struct(_typed(OUTCOME)))),
]

#: How many rows, each with its findings, are given back at once.
_ROWS = 2_000

_MOST_FINDINGS = 20_000


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are judged: what a run tells its workers."""

    profiles: tuple[str, ...] = ()
    as_of: str | None = None
    max_findings: int = 1000
    redact: bool = False

    @property
    def settings(self) -> Settings:
        """The same for the pipeline."""
        return Settings(max_findings=self.max_findings, as_of=self.as_of, profiles=self.profiles)


class Judge(NamedTuple):
    """The compiled standard with the settings and rules of a run, ready to judge."""

    known: standard.Standard
    settings: Settings
    rules: Rules
    redacted: bool

    @classmethod
    def at_hand(cls, options: Options) -> Judge:
        """The judge of this process for ``options``, made when it is first asked for."""
        return _judge(options)

    def results(self, data: bytes) -> Iterator[Result]:
        """The results of the documents in ``data``."""
        results = check(data, self.known, self.settings, self.rules)
        return map(redactor(self.known, faults_of), results) if self.redacted else results

    def outcomes(self) -> list[dict[str, Any]]:
        """What the rules came to since this was asked last."""
        return [{"rule": code, **outcome._asdict()} for code, outcome in self.rules.taken().rules().items()]


@lru_cache(4)
def _judge(options: Options) -> Judge:
    known = standard.load()
    settings = options.settings
    return Judge(known, settings, Rules(known, settings.as_of, settings.profiles), options.redact)


def rows_of(
    batch: pyarrow.RecordBatch, column: str, keep: tuple[str, ...], judge: Judge
) -> Iterator[pyarrow.RecordBatch]:
    """The results of the documents in the binary ``column`` of ``batch``; its first columns go along as ``keep``."""
    judge.outcomes()  # those of a task that Spark gave up are not ours
    places: list[int] = []
    rows: list[dict[str, Any]] = []
    weight = 0
    for place in range(batch.num_rows):
        for result in judge.results(batch.column(column)[place].as_py() or b""):
            places.append(place)
            rows.append(_row(result))
            weight += len(result.findings)
            if len(rows) >= _ROWS or weight >= _MOST_FINDINGS:
                rows[-1]["outcomes"] = judge.outcomes()
                yield _batch(batch, places, rows, keep)
                places, rows, weight = [], [], 0
    if rows:
        rows[-1]["outcomes"] = judge.outcomes()
        yield _batch(batch, places, rows, keep)


def _batch(
    batch: pyarrow.RecordBatch, places: list[int], rows: list[dict[str, Any]], keep: tuple[str, ...]
) -> pyarrow.RecordBatch:
    kept = [batch.column(place).take(pyarrow.array(places)) for place in range(len(keep))]
    made = [pyarrow.array([row.get(name) for row in rows], kind) for name, kind in _RESULT]
    return pyarrow.RecordBatch.from_arrays([*kept, *made], [*keep, *(name for name, _ in _RESULT)])


def _row(result: Result) -> dict[str, Any]:
    return {
        **{str(severity): result.totals.get(severity, 0) for severity in Severity},
        "number": result.number,
        "syntax": result.syntax,
        "kind": result.kind,
        "report_id": _text(result.report_id),
        "verdict": str(result.verdict),
        "as_of": result.as_of,
        "profiles": list(result.profiles),
        "findings": [_finding(finding) for finding in result.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    line, column = finding.position or (None, None)
    return {
        "finding_code": finding.finding_code,
        "severity": str(finding.severity),
        "message": _text(finding.message),
        "pointer": _text(finding.pointer),
        "xpath": _text(finding.xpath),
        "line": line,
        "column": column,
        "model_path": finding.model_path,
        "value": _text(finding.value),
        "caused_by": finding.caused_by,
    }


def _text(text: str | None) -> str | None:
    """``text`` with halves of characters, which no column can hold, written as escapes."""
    return text if text is None else text.encode("utf-8", "backslashreplace").decode()
