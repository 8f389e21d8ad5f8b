"""An open reporting standard for export controls, and its validator.

```python
import exportreport

result = exportreport.validate(data)
result.accepted
result.findings
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exportreport.pipeline import Settings
    from exportreport.result.record import Result
    from exportreport.rules.evaluation import Rules
    from exportreport.standard import Document, Standard

    Run = tuple[Settings, Rules | None]

__version__ = "0.1.0"

__all__ = ["__version__", "digest", "dump", "load", "validate", "validate_all", "validate_lines"]


def validate(data: bytes, *, profiles: Iterable[str] = (), as_of: str | None = None) -> Result:
    """The verdict on one message in JSON or XML, with the findings that explain it.

    ``profiles`` are used besides those that a report names; ``as_of``, a day such as "2026-11-23", beats the day that
    it names for itself. Raises ValueError for a profile that does not exist and for what is no day.

    Never raises on bad input: what cannot be read is a result with a fatal finding. Of several messages (an array or
    lines of JSON) the gravest result is given; `validate_all` gives each.
    """
    from exportreport.result.record import GRAVITY

    return max(validate_all(data, profiles=profiles, as_of=as_of), key=lambda result: GRAVITY.index(result.verdict))


def validate_all(data: bytes, *, profiles: Iterable[str] = (), as_of: str | None = None) -> Iterator[Result]:
    """The verdict on each message in ``data``: one message, an array, or lines of JSON; in their order."""
    from exportreport import pipeline

    yield from pipeline.check(bytes(data), _standard(), *_run(profiles, as_of))


def validate_lines(
    lines: Iterable[bytes], *, profiles: Iterable[str] = (), as_of: str | None = None
) -> Iterator[Result]:
    """The verdict on each line of JSON as it comes: for streams of any length, in the memory of one line."""
    from exportreport import pipeline

    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    yield from pipeline.check_lines(numbered, _standard(), *_run(profiles, as_of))


def load(data: bytes) -> Document:
    """The one message in ``data`` as plain values, the same from JSON and from XML.

    Raises ValueError for several messages, and with the first finding's words for one whose structure is broken. The
    rules are not asked: what they find wrong can be read all the same.
    """
    from exportreport.pipeline import Settings, check

    results = list(islice(check(bytes(data), _standard(), Settings(rules=False)), 2))
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


def digest(document: Document) -> str:
    """The identity of ``document``: ``sha256:`` and the SHA-256 of its canonical JSON (RFC 8785)."""
    from exportreport.codec import json_text

    return json_text.digest(document)


@cache
def _standard() -> Standard:
    from exportreport import standard

    return standard.load()


def _run(profiles: Iterable[str], as_of: str | None) -> Run:
    from datetime import date

    from exportreport.rules import catalogue

    asked = tuple(profiles)
    unknown = [name for name in asked if name not in catalogue.profiles()]
    if unknown:
        raise ValueError(f"There is no profile {unknown[0]!r}; there are {', '.join(catalogue.profiles())}.")
    if as_of is not None and str(date.fromisoformat(as_of)) != as_of:
        raise ValueError(f"{as_of!r} is not a day written as YYYY-MM-DD.")
    return _prepared(asked, as_of)


@lru_cache(8)
def _prepared(profiles: tuple[str, ...], as_of: str | None) -> Run:
    """The settings and the compiled rules for these ``profiles`` and this day."""
    from exportreport.pipeline import Settings, rules_of

    settings = Settings(as_of=as_of, profiles=profiles)
    return settings, rules_of(_standard(), settings)
