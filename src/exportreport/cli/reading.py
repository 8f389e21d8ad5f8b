"""From an input to results: whole documents, or lines of JSON as they come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from exportreport.cli.inputs import Source
from exportreport.codec import faults
from exportreport.codec.recognize import recognize
from exportreport.finding import make
from exportreport.pipeline import Settings, check, check_lines
from exportreport.result.record import Result
from exportreport.standard import Standard

#: How much of an input is looked at to tell lines of JSON from a single document.
_HEAD = 65_536


def results_of(source: Source, standard: Standard, settings: Settings) -> Iterator[Result]:
    """The results of the documents of ``source``; one that cannot be opened is a result like any other."""
    try:
        with source.open() as stream:
            yield from _results(stream, standard, settings)
    except OSError as error:
        finding = make(faults.CANNOT_OPEN, cause=error.strerror or str(error))
        yield Result(faults.CANNOT_OPEN.verdict, (finding,), {finding.severity: 1})


def _results(stream: BinaryIO, standard: Standard, settings: Settings) -> Iterator[Result]:
    head = stream.read(_HEAD)
    if len(head) == _HEAD and b"\n" in head and recognize(head) == "ndjson":
        yield from check_lines(_lines(head, stream, settings.limits.document_bytes), standard, settings)
        return
    limit = settings.limits.document_bytes
    data = head + stream.read(max(0, limit + 1 - len(head))) if len(head) == _HEAD else head
    yield from check(data, standard, settings)


def _lines(head: bytes, stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """The non-blank lines of ``head`` and of what follows it, numbered; what exceeds ``limit`` is cut just after it."""
    whole, _, tail = head.rpartition(b"\n")
    number = 1
    for line in whole.split(b"\n"):
        if line.strip():
            yield number, line.rstrip(b"\r")
        number += 1 + _lone_returns(line)
    line = tail + stream.readline(max(1, limit + 2 - len(tail)))
    while line:
        if line.strip():
            yield number, line.rstrip(b"\r\n")
        number += 1 + _lone_returns(line)
        while line and not line.endswith(b"\n"):
            line = stream.readline(_HEAD)
        line = stream.readline(limit + 2)


def _lone_returns(line: bytes) -> int:
    """How many carriage returns inside ``line`` end a line of their own, as positions count them."""
    inner = line.rstrip(b"\r\n")
    return inner.count(b"\r") - inner.count(b"\r\n")
