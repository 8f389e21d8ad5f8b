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
    number = 0
    for number, line in enumerate(whole.split(b"\n"), start=1):
        if line.strip():
            yield number, line.rstrip(b"\r")
    line = tail + stream.readline(max(1, limit + 2 - len(tail)))
    while line:
        number += 1
        if line.strip():
            yield number, line.rstrip(b"\r\n")
        while not line.endswith(b"\n") and line:
            line = stream.readline(_HEAD)
        line = stream.readline(limit + 2)
