"""A run's inputs cut into units of work, each for one process: always in the same way, however many there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import SEEK_END
from itertools import count
from typing import BinaryIO

from exportreport.batch.archives import Content, contents
from exportreport.batch.inputs import STDIN, Source
from exportreport.batch.ranges import LINES, SIZE, Range, ranges
from exportreport.batch.reading import Begun, begun, filled, numbered_lines, unopened, unread
from exportreport.codec.limits import Limits
from exportreport.codec.recognize import packing
from exportreport.codec.unpacking import UnpackingError
from exportreport.result.record import Result

#: The most files of a unit.
_FILES = 200

#: The largest document that is handed to another process, in bytes.
_HANDED = 4_000_000


@dataclass(frozen=True, slots=True)
class Files:
    """Inputs that are read where they are judged, and how many bytes they have together."""

    names: tuple[str, ...]
    size: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of JSON of the input ``name``, each with its number; the first is its document ``number``."""

    name: str
    number: int
    lines: tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Files from an archive or from standard input that are small: the name of each, and its bytes."""

    texts: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """A file that the process at hand reads: one large document in an archive or from standard input."""

    content: Content
    begin: Begun


@dataclass(frozen=True, slots=True)
class Told:
    """What is known without judging: that an input cannot be read, or not to its end."""

    name: str
    result: Result


Unit = Files | Range | Lines | Texts | Stream | Told

#: What only the process at hand can judge.
OWN = (Stream, Told)


def units(sources: Iterable[Source], limits: Limits, digests: dict[str, str] | None = None) -> Iterator[Unit]:
    """The units of ``sources`` in their order; a `Stream` is to be read before the next unit is asked for.

    The digests of the bytes of inputs that are read here are put into ``digests``, where they are wanted.
    """
    waiting: list[str] = []
    weight = 0
    for source in sources:
        size = _size_of_small(source)
        if size is None:
            if waiting:
                yield Files(tuple(waiting), weight)
                waiting, weight = [], 0
            yield from _of_input(source, limits, digests)
            continue
        waiting.append(source.name)
        weight += size
        if weight >= SIZE or len(waiting) >= _FILES:
            yield Files(tuple(waiting), weight)
            waiting, weight = [], 0
    if waiting:
        yield Files(tuple(waiting), weight)


def _size_of_small(source: Source) -> int | None:
    """The size of an input that is not worth being cut; None of others. What cannot be opened will be told of."""
    if source.name == STDIN:
        return None
    try:
        size = os.path.getsize(source.name)  # quicker than that of a Path, and there may be a million  # noqa: PTH202
    except OSError:
        return 0
    return size if size <= SIZE else None


def _of_input(source: Source, limits: Limits, digests: dict[str, str] | None) -> Iterator[Unit]:
    try:
        with source.open() as stream:
            if source.name == STDIN:
                yield from _bundled(_of_contents(contents(source.name, stream, limits, digests), limits))
                return
            begin = begun(stream, limits.document_bytes)
            stream.seek(0)
            if begin.is_lines:
                yield from _of_ranges(source.name, stream, limits, digests)
            elif packing(begin.data) is not None:
                yield from _bundled(_of_contents(contents(source.name, stream, limits, digests), limits))
            else:
                yield Files((source.name,), stream.seek(0, SEEK_END))
    except UnpackingError as error:
        yield Told(source.name, unread(error.finding))
    except OSError as error:
        yield Told(source.name, unopened(error))


def _of_ranges(name: str, file: BinaryIO, limits: Limits, digests: dict[str, str] | None) -> Iterator[Unit]:
    whole = sha256()
    yield from ranges(name, file, limits.document_bytes, None if digests is None else whole.update)
    if digests is not None:
        digests[name] = f"sha256:{whole.hexdigest()}"


def _of_contents(files: Iterable[Content], limits: Limits) -> Iterator[Unit]:
    for content in files:
        yield from _of_content(content, limits)


def _bundled(units: Iterable[Unit]) -> Iterator[Unit]:
    """The ``units``, those of small files together in units of about `SIZE` bytes."""
    waiting: list[tuple[str, bytes]] = []
    weight = 0
    for unit in units:
        if isinstance(unit, Texts):
            waiting += unit.texts
            weight += sum(len(data) for _, data in unit.texts)
            if len(waiting) < _FILES and weight < SIZE:
                continue
        if waiting:
            yield Texts(tuple(waiting))
            waiting, weight = [], 0
        if not isinstance(unit, Texts):
            yield unit
    if waiting:
        yield Texts(tuple(waiting))


def _of_content(content: Content, limits: Limits) -> Iterator[Unit]:
    number = count(1)
    try:
        begin = begun(content.stream, limits.document_bytes)
        if not begin.is_lines:
            yield _of_document(content, begin, limits)
            return
        for lines in _bundles(numbered_lines(begin.data, content.stream, limits.document_bytes)):
            first = next(number)
            number = count(first + len(lines))
            yield Lines(content.name, first, lines)
    except UnpackingError as error:
        yield Told(content.name, unread(error.finding, next(number)))


def _of_document(content: Content, begin: Begun, limits: Limits) -> Unit:
    """The unit of one document: handed over, where it is not so large that only the process at hand can hold it."""
    most = min(_HANDED, limits.document_bytes)
    data = begin.data if begin.is_whole else filled(begin.data, content.stream, most + 1)
    if begin.is_whole or len(data) <= most:
        return Texts(((content.name, data),))
    return Stream(content, begin._replace(data=data))


def _bundles(numbered: Iterator[tuple[int, bytes]]) -> Iterator[tuple[tuple[int, bytes], ...]]:
    """The lines in bundles of about `SIZE` bytes, and of no more than `LINES`."""
    bundle: list[tuple[int, bytes]] = []
    weight = 0
    try:
        for line in numbered:
            bundle.append(line)
            weight += len(line[1])
            if weight >= SIZE or len(bundle) >= LINES:
                yield tuple(bundle)
                bundle, weight = [], 0
    except UnpackingError:  # what was read before it is judged before it is told
        if bundle:
            yield tuple(bundle)
        raise
    if bundle:
        yield tuple(bundle)
