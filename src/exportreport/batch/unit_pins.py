"""What a unit is made from, as a digest: another one where a file was added, removed or changed meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import blake2b

from exportreport.batch.ranges import Range
from exportreport.batch.units import Files, Lines, Stream, Texts, Unit

#: How many bytes a digest has.
SIZE = 16


def pin_of(unit: Unit) -> bytes:
    """The digest of ``unit``: of the names, sizes and times of files; of what was read already, its bytes."""
    digest = blake2b(digest_size=SIZE)
    for part in _parts(unit):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def names_of(unit: Unit) -> tuple[str, ...]:
    """The names of the inputs of ``unit``."""
    match unit:
        case Files(names, _):
            return names
        case Texts(texts):
            return tuple(name for name, _ in texts)
        case Stream(content, _):
            return (content.name,)
    return (unit.name,)


def _parts(unit: Unit) -> Iterator[bytes]:
    yield type(unit).__name__.encode()
    yield from (name.encode(errors="surrogatepass") for name in names_of(unit))
    match unit:
        case Files(names, _):
            yield from (state_of(name).encode() for name in names)
        case Range(name, begin, end):
            yield f"{begin} {end} {state_of(name)}".encode()
        case Lines(_, number, lines):
            yield str(number).encode()
            yield from (line for _, line in lines)
        case Texts(texts):
            yield from (data for _, data in texts)
        case Stream(_, begin):
            yield begin.data


def state_of(name: str) -> str:
    """The size and the time of a file, as they are now."""
    try:
        state = os.stat(name)  # quicker than that of a Path, and there may be a million  # noqa: PTH116
    except OSError:
        return "not there"
    return f"{state.st_size} {state.st_mtime_ns}"
