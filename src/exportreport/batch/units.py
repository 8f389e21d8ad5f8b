"""A run's inputs cut into units of work, each for one process: always in the same way, however many there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from exportreport.batch.archives import Content, contents
from exportreport.batch.inputs import STDIN, Source
from exportreport.batch.reading import Begun, begun, numbered_lines, unread
from exportreport.codec import faults
from exportreport.codec.limits import Limits
from exportreport.codec.recognize import packing
from exportreport.codec.unpacking import UnpackingError
from exportreport.finding import make
from exportreport.result.record import Result

#: About how many bytes a unit holds: some dozens of milliseconds of work, and little to keep under way.
SIZE = 1_000_000

#: The most files of a unit.
_FILES = 200


@dataclass(frozen=True, slots=True)
class Files:
    """Inputs that are read where they are judged."""

    names: tuple[str, ...]


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
    """A file that only the process at hand can read: one large document in an archive or from standard input."""

    content: Content
    begin: Begun


@dataclass(frozen=True, slots=True)
class Told:
    """What is known without judging: that an input cannot be read, or not to its end."""

    name: str
    result: Result


Unit = Files | Lines | Texts | Stream | Told


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
                yield Files(tuple(waiting))
                waiting, weight = [], 0
            yield from _of_input(source, limits, digests)
            continue
        waiting.append(source.name)
        weight += size
        if weight >= SIZE or len(waiting) >= _FILES:
            yield Files(tuple(waiting))
            waiting, weight = [], 0
    if waiting:
        yield Files(tuple(waiting))


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
            if source.name != STDIN and not _is_cut(source, limits):
                yield Files((source.name,))
                return
            yield from _bundled(_of_contents(contents(source.name, stream, limits, digests), limits))
    except UnpackingError as error:
        yield Told(source.name, unread(error.finding))
    except OSError as error:
        yield Told(source.name, unread(make(faults.CANNOT_OPEN, cause=error.strerror or str(error))))


def _is_cut(source: Source, limits: Limits) -> bool:
    """Whether a file holds lines of JSON, or is packed: a whole document is for one process alone to read."""
    with source.open() as stream:
        begin = begun(stream, limits.document_bytes)
        return begin.is_lines or packing(begin.data) is not None


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
        if begin.is_lines:
            for lines in _bundles(numbered_lines(begin.data, content.stream, limits.document_bytes)):
                first = next(number)
                number = count(first + len(lines))
                yield Lines(content.name, first, lines)
        else:
            yield Texts(((content.name, begin.data),)) if begin.is_whole else Stream(content, begin)
    except UnpackingError as error:
        yield Told(content.name, unread(error.finding, next(number)))


def _bundles(numbered: Iterator[tuple[int, bytes]]) -> Iterator[tuple[tuple[int, bytes], ...]]:
    """The lines in bundles of about `SIZE` bytes."""
    bundle: list[tuple[int, bytes]] = []
    weight = 0
    try:
        for line in numbered:
            bundle.append(line)
            weight += len(line[1])
            if weight >= SIZE:
                yield tuple(bundle)
                bundle, weight = [], 0
    except UnpackingError:  # what was read before it is judged before it is told
        if bundle:
            yield tuple(bundle)
        raise
    if bundle:
        yield tuple(bundle)
