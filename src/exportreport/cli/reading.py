"""From an input to results: whole documents, or lines of JSON as they come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from exportreport.cli.inputs import Source
from exportreport.codec import faults
from exportreport.codec.recognize import lines, recognize
from exportreport.finding import make
from exportreport.pipeline import Settings, check, check_lines
from exportreport.result.record import Result
from exportreport.rules.evaluation import Rules
from exportreport.standard import Standard

#: How much of an input is looked at to tell lines of JSON from a single document.
_HEAD = 65_536


def results_of(
    source: Source,
    standard: Standard,
    settings: Settings,
    rules: Rules | None = None,
    digests: dict[str, str] | None = None,
) -> Iterator[Result]:
    """The results of the documents of ``source``; one that cannot be opened is a result like any other.

    The ``rules`` of the run count what they come to. The digest of all its bytes is put into ``digests`` under its
    name, when the last result was taken.
    """
    try:
        with source.open() as stream:
            if digests is None:
                yield from _results(stream, standard, settings, rules)
            else:
                hashed = _Hashed(stream)
                yield from _results(cast(BinaryIO, hashed), standard, settings, rules)
                digests[source.name] = hashed.digest()
    except OSError as error:
        finding = make(faults.CANNOT_OPEN, cause=error.strerror or str(error))
        yield Result(faults.CANNOT_OPEN.verdict, (finding,), {finding.severity: 1})


class _Hashed:
    """A stream that remembers the digest of what was read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._hash = stream, hashlib.sha256()

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, or what is left."""
        data = self._stream.read(size)
        self._hash.update(data)
        return data

    def readline(self, size: int) -> bytes:
        """The rest of the line, at most ``size`` bytes."""
        data = self._stream.readline(size)
        self._hash.update(data)
        return data

    def digest(self) -> str:
        """The digest of the whole stream, of which the rest is read now."""
        while self.read(_HEAD):
            pass
        return f"sha256:{self._hash.hexdigest()}"


def _results(stream: BinaryIO, standard: Standard, settings: Settings, rules: Rules | None) -> Iterator[Result]:
    limit = settings.limits.document_bytes
    head = stream.read(_HEAD)
    if len(head) == _HEAD and b"\n" not in head:
        head += stream.readline(max(0, limit + 2 - len(head)))
    more = stream.read(_HEAD) if len(head) >= _HEAD else b""
    if more and recognize(head + more) == "ndjson":
        yield from check_lines(_numbered(_lines(head + more, stream, limit)), standard, settings, rules)
        return
    data = head + more
    if more:
        data += stream.read(max(0, limit + 1 - len(data)))
    yield from check(data, standard, settings, rules)


def _lines(head: bytes, stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines of ``head`` and of what follows it, with their ends; of a longer one just over ``limit`` bytes."""
    whole, feed, tail = head.rpartition(b"\n")
    if feed:
        yield from (line + b"\n" for line in whole.split(b"\n"))
    line = tail + stream.readline(max(1, limit + 2 - len(tail)))
    while line:
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(_HEAD)
        line = stream.readline(limit + 2)


def _numbered(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank with their numbers, as `recognize.lines` gives those of a whole input."""
    number = 1
    for piece in pieces:
        for line, content in lines(piece):
            yield number + line - 1, content
        number += max(1, piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n"))
