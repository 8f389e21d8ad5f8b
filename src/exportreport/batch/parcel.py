"""What became of a part of a run, as bytes: how a process tells another, and how a journal keeps it.

The bytes are JSON, so that reading them runs nothing; what is decoded equals what was encoded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from exportreport.finding import Finding, Position, Severity, SourceLine, Verdict
from exportreport.result.record import Result
from exportreport.rules.outcomes import Outcomes
from exportreport.rules.sets import rule_set

_SEVERITIES = tuple(Severity)


class Parcel(NamedTuple):
    """The results of a unit with the names of their inputs, and what the rules came to.

    ``digests`` are of the bytes of the inputs that were read for it, by name, where they were wanted.
    """

    results: Sequence[tuple[str, Result]]
    outcomes: Outcomes
    digests: Mapping[str, str] = {}


def encoded(parcel: Parcel, *, documents: bool) -> bytes:
    """``parcel`` as bytes; without ``documents`` only what identifies a document is kept of it."""
    places = {name: place for place, name in enumerate(dict.fromkeys(name for name, _ in parcel.results))}
    results = [[places[name], *_of_result(result, documents)] for name, result in parcel.results]
    return _dumped([list(places), results, parcel.outcomes.state(), dict(parcel.digests)])


def decoded(data: bytes) -> Parcel:
    """The parcel that ``data`` says."""
    names, results, outcomes, digests = _loaded(data)
    said = [(names[place], _to_result(*fields)) for place, *fields in results]
    return Parcel(said, Outcomes.from_state(outcomes, rule_set), digests)


def _of_result(result: Result, documents: bool) -> Iterator[Any]:
    document = result.document
    if not documents and document is not None:
        document = {"report_id": result.report_id} if result.report_id is not None else {}
    yield from (result.verdict, [_of_finding(finding) for finding in result.findings])
    yield [result.totals.get(severity, 0) for severity in _SEVERITIES] if result.totals else None
    yield from (result.syntax, result.kind, result.number, result.line, document)
    yield from (result.received_digest, result.as_of, result.profiles)


def _to_result(verdict: str, findings: list[list[Any]], totals: list[int] | None, *rest: Any) -> Result:
    syntax, kind, number, line, document, digest, day, profiles = rest
    counts = {severity: count for severity, count in zip(_SEVERITIES, totals or (), strict=False) if count}
    found = tuple(_to_finding(*one) for one in findings)
    facts = (syntax, kind, number, line, document, digest, day, tuple(profiles))
    return Result(Verdict(verdict), found, counts, *facts)


def _of_finding(finding: Finding) -> list[Any]:
    *fields, excerpt = finding
    return [*fields, [list(line) for line in excerpt]]


def _to_finding(code: str, severity: str, message: str, path: list[str | int] | None, *rest: Any) -> Finding:
    value, model_path, on_name, element, offset, xpath, position, caused_by, excerpt = rest
    return Finding(
        code, Severity(severity), message, None if path is None else tuple(path), value, model_path, on_name, element,
        offset, xpath, position and Position(*position), caused_by, tuple(SourceLine(*line) for line in excerpt),
    )  # fmt: skip


def _dumped(value: Any) -> bytes:
    try:
        return orjson.dumps(value, default=list)
    except TypeError:  # a half of a character, which only escapes can carry
        return json.dumps(value, default=list).encode()


def _loaded(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return json.loads(data)
