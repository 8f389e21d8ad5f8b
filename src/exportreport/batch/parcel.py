"""What became of a part of a run, as bytes: how a process tells another, and how a journal keeps it.

The bytes are JSON, so that reading them runs nothing; what is decoded equals what was encoded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from exportreport.finding import Finding, Position, Severity, SourceLine, Verdict
from exportreport.result.record import Result
from exportreport.rules.outcomes import Outcomes
from exportreport.rules.sets import rule_set

_SEVERITIES = tuple(Severity)
_SEVERITY = {severity.value: severity for severity in Severity}
_VERDICT = {verdict.value: verdict for verdict in Verdict}

#: How many fields there are of a result that is accepted and of which nothing else is to be said.
_PLAIN = 9


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
    results = [_of_result(places[name], result, documents) for name, result in parcel.results]
    return _dumped([list(places), results, parcel.outcomes.state(), dict(parcel.digests)])


def decoded(data: bytes) -> Parcel:
    """The parcel that ``data`` says."""
    names, results, outcomes, digests = _loaded(data)
    said = [(names[fields[0]], _to_result(fields)) for fields in results]
    return Parcel(said, Outcomes.from_state(outcomes, rule_set), digests)


def _of_result(place: int, result: Result, documents: bool) -> tuple[Any, ...]:
    """The fields of ``result``: few of one that is accepted and of which nothing else is to be said, as most are."""
    verdict, findings, totals, syntax, kind, number, line, document, digest, day, profiles = result
    known: Any = document
    if not documents and document is not None:
        known = document.get("report_id")
        known = known if known.__class__ is str else None
        if verdict is Verdict.ACCEPTED and not totals:
            return place, number, line, syntax, kind, digest, day, profiles, known
        known = {} if known is None else {"report_id": known}
    counts = [totals.get(severity, 0) for severity in _SEVERITIES] if totals else None
    found = [_of_finding(finding) for finding in findings]
    return place, number, line, syntax, kind, digest, day, profiles, known, verdict, counts, found


def _to_result(fields: list[Any]) -> Result:
    if len(fields) == _PLAIN:
        _, number, line, syntax, kind, digest, day, profiles, known = fields
        document = {} if known is None else {"report_id": known}
        return Result(Verdict.ACCEPTED, (), {}, syntax, kind, number, line, document, digest, day, tuple(profiles))
    _, number, line, syntax, kind, digest, day, profiles, known, verdict, counts, found = fields
    totals = {severity: count for severity, count in zip(_SEVERITIES, counts or (), strict=False) if count}
    findings = tuple(map(_to_finding, found))
    return Result(_VERDICT[verdict], findings, totals, syntax, kind, number, line, known, digest, day, tuple(profiles))


def _of_finding(finding: Finding) -> tuple[Any, ...]:
    *fields, position, caused_by, excerpt = finding
    return *fields, position and tuple(position), caused_by, [tuple(line) for line in excerpt]


def _to_finding(fields: list[Any]) -> Finding:
    code, severity, message, path, *rest, position, caused_by, excerpt = fields
    value, model_path, on_name, element, offset, xpath = rest
    return Finding(
        code, _SEVERITY[severity], message, None if path is None else tuple(path), value, model_path, on_name, element,
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
