"""An open reporting standard for export controls, and its validator.

```python
import exportreport

result = exportreport.validate(data)
result.accepted
result.findings
```

What a document may cost is bounded; `Limits` changes that, as in `validate(data, limits=Limits(delimiters=5_000_000))`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from exportreport.codec.limits import Limits
    from exportreport.codec.unpacking import Readable
    from exportreport.conversion import Conversion, Writing
    from exportreport.pipeline import Settings
    from exportreport.result.record import Result
    from exportreport.rules.evaluation import Rules
    from exportreport.standard import Document, Standard

    Run = tuple[Settings, Rules | None]

__version__ = "0.1.0"

__all__ = [
    "Limits",
    "Written",
    "__version__",
    "convert",
    "convert_to",
    "digest",
    "dump",
    "load",
    "validate",
    "validate_all",
    "validate_files",
    "validate_lines",
]


def __getattr__(name: str) -> Any:
    """`Limits`, which is loaded when it is asked for."""
    if name == "Limits":
        from exportreport.codec.limits import Limits

        return Limits
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def validate(
    data: bytes,
    *,
    profiles: Iterable[str] = (),
    as_of: str | None = None,
    limits: Limits | None = None,
    max_findings: int = 1000,
) -> Result:
    """The verdict on one message in JSON or XML, with the findings that explain it.

    ``profiles`` are used besides those that a report names; ``as_of``, a day such as "2026-11-23", beats the day that
    it names for itself. Beyond ``limits`` (None: the documented ones) nothing is decided; ``max_findings`` are kept of
    a message, 0 for all, while ``totals`` count all. Raises ValueError for a profile that does not exist, for what is
    no day, and for a negative number of findings.

    Never raises on bad input: what cannot be read is a result with a fatal finding. Of several messages (an array or
    lines of JSON) the gravest result is given; `validate_all` gives each.
    """
    from exportreport.result.record import GRAVITY

    results = validate_all(data, profiles=profiles, as_of=as_of, limits=limits, max_findings=max_findings)
    return max(results, key=lambda result: GRAVITY.index(result.verdict))


def validate_all(
    data: bytes,
    *,
    profiles: Iterable[str] = (),
    as_of: str | None = None,
    limits: Limits | None = None,
    max_findings: int = 1000,
) -> Iterator[Result]:
    """The verdict on each message in ``data``: one message, an array, or lines of JSON; in their order."""
    from exportreport import pipeline

    yield from pipeline.check(bytes(data), _standard(), *_run(profiles, as_of, limits, max_findings))


def validate_lines(
    lines: Iterable[bytes],
    *,
    profiles: Iterable[str] = (),
    as_of: str | None = None,
    limits: Limits | None = None,
    max_findings: int = 1000,
) -> Iterator[Result]:
    """The verdict on each line of JSON as it comes: for streams of any length, in the memory of one line."""
    from exportreport import pipeline

    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    yield from pipeline.check_lines(numbered, _standard(), *_run(profiles, as_of, limits, max_findings))


def validate_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    jobs: int = 1,
    profiles: Iterable[str] = (),
    as_of: str | None = None,
    limits: Limits | None = None,
    max_findings: int = 1000,
) -> Iterator[tuple[str, Result]]:
    """The verdict on each document of files, of folders with all that is in them, and of zip and gzip archives.

    Each comes with the name of its file, in the order of ``paths``, on any number of processes (``jobs``): a stream of
    any length, in little memory. Of its document a result holds the ``report_id`` alone. What cannot be opened is a
    result like any other. With several processes a script has to begin its work under ``if __name__ == "__main__":``,
    as Python asks of every program that starts processes; a process that is killed raises
    ``exportreport.batch.endings.LostProcessError``.
    """
    from exportreport.batch.inputs import sources
    from exportreport.batch.judging import Task
    from exportreport.batch.run import Course, results

    if jobs < 1:
        raise ValueError(f"There cannot be {jobs} processes.")
    settings, _ = _run(profiles, as_of, limits, max_findings)
    found = sources([os.fspath(path) for path in paths])
    return results(found, _standard(), Task(settings), Course(), jobs)


def load(data: bytes, *, limits: Limits | None = None) -> Document:
    """The one message in ``data`` as plain values, the same from JSON and from XML.

    Raises ValueError for several messages, and with the first finding's words for one whose structure is broken. The
    rules are not asked: what they find wrong can be read all the same.
    """
    from exportreport.codec.limits import DEFAULT_LIMITS
    from exportreport.pipeline import Settings, check

    settings = Settings(limits=limits or DEFAULT_LIMITS, rules=False)
    results = list(islice(check(bytes(data), _standard(), settings), 2))
    if len(results) > 1:
        raise ValueError("There are several messages; use validate_all.")
    result = results[0]
    if not result.accepted or result.document is None:
        finding = result.findings[0]
        place = f" (line {finding.position.line}, column {finding.position.column})" if finding.position else ""
        raise ValueError(f"{finding.finding_code}: {finding.message}{place}")
    return result.document


def dump(document: Document, syntax: str = "json") -> bytes:
    """``document`` as a file in ``syntax``, "json" or "xml". Raises ValueError for another syntax."""
    if syntax == "json":
        from exportreport.codec import json_text

        return json_text.encode(document, _standard())
    if syntax == "xml":
        from exportreport.codec import xml_text

        return xml_text.encode(document, _standard())
    raise ValueError(f"There is no syntax {syntax!r}; use 'json' or 'xml'.")


def convert(
    data: bytes | Iterable[bytes] | Readable, source: str, *, reported_at: str | None = None,
    handling: str | None = None, reporting_state: str | None = None,
) -> Iterator[Conversion]:  # fmt: skip
    """What becomes of each record of ``data``, a file in the national format ``source``: as it is read, whatever its
    size.

    Each has a ``report`` or is ``refused``, with ``findings``, and a ``ledger`` that accounts for every cell and every
    value. ``source`` is the name of a format or of a layout of one (``exportreport formats``), or the folder of a
    mapping. ``reported_at`` is the moment of the reports, in UTC (``2026-11-23T09:00:00Z``); without it, now. Raises
    LookupError for a format that does not exist, and ValueError for an option that no report can hold. Bad records
    never raise.
    """
    from datetime import UTC, datetime

    from exportreport import conversion
    from exportreport_converters import layouts_of

    stream = (data,) if isinstance(data, bytes) else data
    moment = reported_at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return conversion.convert(
        layouts_of(source), stream, reported_at=moment, handling=handling, reporting_state=reporting_state
    )


class Written(NamedTuple):
    """A file in a national format, and what became of each report: what was written of it, or why it was refused, with
    the ledger of its values, those that the format has no place for among them."""

    data: bytes
    reports: tuple[Writing, ...]


def convert_to(reports: Iterable[Document], target: str, *, shape: str | None = None) -> Written:
    """``reports`` as a file in the national format ``target``; ``shape`` is "xlsx" or another that the format also has.

    Raises LookupError for a format that does not exist, and ValueError for one that is read only, for a shape that it
    does not have, and for a report whose structure is broken.
    """
    import json

    from exportreport.conversion import Writer
    from exportreport_converters import layouts_of

    writer = Writer(layouts_of(target), shape)
    sound = (load(json.dumps(report).encode()) for report in reports)
    written = tuple(writer.write(sound))
    return Written(writer.head() + b"".join(one.data for one in written) + writer.tail(), written)


def digest(document: Document) -> str:
    """The identity of ``document``: ``sha256:`` and the SHA-256 of its canonical JSON (RFC 8785)."""
    from exportreport.codec import json_text

    return json_text.digest(document)


@cache
def _standard() -> Standard:
    from exportreport import standard

    return standard.load()


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return str(date.fromisoformat(text)) == text
    except ValueError:
        return False


def _run(profiles: Iterable[str], as_of: str | None, limits: Limits | None, max_findings: int) -> Run:
    from exportreport.rules import catalogue

    asked = tuple(profiles)
    unknown = [name for name in asked if name not in catalogue.profiles()]
    if unknown:
        raise ValueError(f"There is no profile {unknown[0]!r}; there are {', '.join(catalogue.profiles())}.")
    if as_of is not None and not _is_day(as_of):
        raise ValueError(f"{as_of!r} is no day; write it as YYYY-MM-DD.")
    if max_findings < 0:
        raise ValueError(f"There cannot be {max_findings} findings; 0 keeps all.")
    return _prepared(asked, as_of, limits, max_findings)


@lru_cache(8)
def _prepared(profiles: tuple[str, ...], as_of: str | None, limits: Limits | None, max_findings: int) -> Run:
    """The settings and the compiled rules for these ``profiles``, this day and these ``limits``."""
    from exportreport.codec.limits import DEFAULT_LIMITS
    from exportreport.pipeline import Settings, rules_of

    limits = limits or DEFAULT_LIMITS
    settings = Settings(limits, max_findings, as_of=as_of, profiles=profiles, documents=False)
    return settings, rules_of(_standard(), settings)
