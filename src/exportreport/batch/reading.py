"""From an input to results: whole documents, or lines of JSON as they come, packed or not."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple, Self

from exportreport.batch.archives import Content, contents
from exportreport.batch.inputs import Source
from exportreport.codec import faults
from exportreport.codec.faults import FAULTS
from exportreport.codec.recognize import lines, recognize
from exportreport.codec.unpacking import Readable, UnpackingError
from exportreport.finding import Finding, make
from exportreport.pipeline import Settings, check, check_lines
from exportreport.result.record import Result
from exportreport.rules.evaluation import Rules
from exportreport.standard import Standard

#: How much of an input is looked at to tell lines of JSON from a single document.
_HEAD = 65_536

#: How much is read at a time of what is read whole: room for all of it is taken beforehand.
_BLOCK = 67_108_865


def results_of(
    source: Source,
    standard: Standard,
    settings: Settings,
    rules: Rules | None = None,
    digests: dict[str, str] | None = None,
) -> Iterator[tuple[str, Result]]:
    """The results of the documents of ``source``, each with the name of its file; of an archive, those of its files.

    What cannot be opened or unpacked is a result like any other. The ``rules`` of the run count what they come to.
    The digests of all bytes of a file are put into ``digests`` under its name, when its last result was taken.
    """
    try:
        with source.open() as stream:
            for content in contents(source.name, stream, settings.limits, digests):
                yield from _unpacked(content, standard, settings, rules)
    except UnpackingError as error:
        yield source.name, unread(error.finding)
    except OSError as error:
        yield source.name, unopened(error)


def _unpacked(
    content: Content, standard: Standard, settings: Settings, rules: Rules | None
) -> Iterator[tuple[str, Result]]:
    """The results of one file, the last of which may be that the rest of it cannot be unpacked."""
    try:
        begin = begun(content.stream, settings.limits.document_bytes)
    except UnpackingError as error:
        yield content.name, unread(error.finding)
        return
    yield from results_from(content, begin, standard, settings, rules)


def results_from(
    content: Content, begin: Begun, standard: Standard, settings: Settings, rules: Rules | None
) -> Iterator[tuple[str, Result]]:
    """The results of a file of which ``begin`` was read already; the last may be that its rest cannot be unpacked."""
    number = 0
    try:
        for result in _results(begin, content.stream, standard, settings, rules):
            number = result.number
            yield content.name, result
    except UnpackingError as error:
        yield content.name, unread(error.finding, number + 1)


def unread(finding: Finding, number: int = 1) -> Result:
    """The result of what cannot be opened or unpacked, in place of the document of that ``number``."""
    return Result(FAULTS[finding.finding_code].verdict, (finding,), {finding.severity: 1}, number=number)


def unopened(error: OSError) -> Result:
    """The result of a file that cannot be opened, or not be read to its end."""
    return unread(make(faults.CANNOT_OPEN, cause=error.strerror or str(error)))


def _results(
    begin: Begun, stream: Readable, standard: Standard, settings: Settings, rules: Rules | None
) -> Iterator[Result]:
    limit = settings.limits.document_bytes
    if begin.is_lines:
        yield from check_lines(numbered_lines(begin.data, stream, limit), standard, settings, rules)
        return
    if begin.is_whole or settings.documents or recognize(begin.data) != "xml":
        data = begin.data if begin.is_whole else filled(begin.data, stream, limit + 1)
        yield from check(data, standard, settings, rules)
        return
    from exportreport.submission import check_submission

    with _Copied(begin.data, stream, limit + 1) as copied:
        result = check_submission(begin.data, copied.read, standard, settings, rules)
        if result is not None:
            yield result._replace(received_digest=copied.digest()) if settings.digests else result
            return
        data = copied.whole()
    yield from check(data, standard, settings, rules)


def results_of_text(data: bytes, standard: Standard, settings: Settings, rules: Rules | None) -> Iterator[Result]:
    """The results of ``data``, as of a file that holds it."""
    stream = BytesIO(data)
    return _results(begun(stream, settings.limits.document_bytes), stream, standard, settings, rules)


class _Copied:
    """A stream of which ``head`` was read, of whose first ``most`` bytes a copy is kept on disk as it is read."""

    def __init__(self, head: bytes, stream: Readable, most: int) -> None:
        from hashlib import sha256
        from tempfile import SpooledTemporaryFile

        self._stream, self._most, self._hash = stream, most, sha256(head)
        self._copy = SpooledTemporaryFile(_HEAD * 32)  # noqa: SIM115  closed by `__exit__`
        self._copy.write(head[:most])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._copy.close()

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, or what is left."""
        data = self._stream.read(size)
        self._hash.update(data)
        if (room := self._most - self._copy.tell()) > 0:
            self._copy.write(data[:room])
        return data

    def digest(self) -> str:
        """The digest of the whole stream, of which the rest is read now."""
        while self.read(_HEAD):
            pass
        return f"sha256:{self._hash.hexdigest()}"

    def whole(self) -> bytes:
        """All that may be read whole, from the beginning."""
        while self._copy.tell() < self._most and self.read(_HEAD):
            pass
        self._copy.seek(0)
        return self._copy.read()


class Begun(NamedTuple):
    """What was read of a stream to tell what it holds: lines of JSON or one document, and whether that was all."""

    data: bytes
    is_lines: bool
    is_whole: bool


def begun(stream: Readable, limit: int) -> Begun:
    """The beginning of ``stream``, of which a document has at most ``limit`` bytes."""
    head = stream.read(_HEAD)
    if len(head) == _HEAD and b"\n" not in head and recognize(head) != "xml":
        head += stream.readline(max(0, limit + 2 - len(head)))
    more = stream.read(_HEAD) if len(head) >= _HEAD else b""
    return Begun(head + more, bool(more) and recognize(head + more) == "ndjson", not more)


def filled(data: bytes, stream: Readable, size: int) -> bytes:
    """``data`` and what follows it in ``stream``, at most ``size`` bytes; never more room is taken than is needed."""
    while len(data) < size and (more := stream.read(min(size - len(data), _BLOCK))):
        data += more
    return data


def _lines(head: bytes, stream: Readable, limit: int) -> Iterator[bytes]:
    """The lines of ``head`` and of what follows it, with their ends; of a longer one just over ``limit`` bytes."""
    whole, feed, tail = head.rpartition(b"\n")
    if feed:
        yield from ((line + b"\n")[: limit + 2] for line in whole.split(b"\n"))
    line = tail + stream.readline(max(1, limit + 2 - len(tail)))
    while line:
        yield line[: limit + 2]
        while line and not line.endswith(b"\n"):
            line = stream.readline(_HEAD)
        line = stream.readline(limit + 2)


def numbered_lines(head: bytes, stream: Readable, limit: int, number: int = 1) -> Iterator[tuple[int, bytes]]:
    """The lines of ``head`` and of what follows it in ``stream`` that are not blank; the first line has ``number``.

    They are those that `recognize.lines` gives of a whole input, but that of a line only a little more than ``limit``
    bytes is read.
    """
    for piece in _lines(head, stream, limit):
        for line, content in lines(piece):
            yield number + line - 1, content
        number += _ends(piece)


def counted_lines(stream: Readable, limit: int) -> tuple[int, int]:
    """How many lines of ``stream`` are not blank, and how many lines there are, as `numbered_lines` counts them."""
    full = every = 0
    for piece in _lines(b"", stream, limit):
        full += sum(1 for _ in lines(piece))
        every += _ends(piece)
    return full, every


def _ends(piece: bytes) -> int:
    """How many lines end in a line of JSON: one, and one more for each CR that stands alone."""
    if b"\r" not in piece:
        return 1
    return max(1, piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n"))
