"""The directory of a zip archive: which files it holds, and where (APPNOTE 6.3, sections 4.3 and 4.4).

Read one entry at a time, so that a directory of any length takes no more memory than one entry.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from exportreport.codec.unpacking import damaged

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_EXTRA = struct.Struct("<2H")
_UTF8, _SHORT, _LONG = 0x800, 0xFFFF, 0xFFFF_FFFF
_LONGEST_COMMENT = 65_535


class Directory(NamedTuple):
    """Where the directory of an archive stands, and how many files it says it has."""

    start: int
    end: int
    files: int


class Entry(NamedTuple):
    """One file of an archive, as the directory describes it.

    ``name`` is for people, ``raw_name`` as it is written. ``mode`` is that of POSIX systems, 0 where none is given.
    """

    name: str
    raw_name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    unpacked: int
    mode: int
    offset: int


def locate(file: BinaryIO) -> Directory:
    """Where the directory of the archive ``file`` is; UnpackingError where it cannot be trusted.

    It ends with the file, and begins where it says: anything else could be read as another archive by others.
    """
    size = file.seek(0, 2)
    start = max(0, size - _END.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read(size - start)
    at = _end_of(tail)
    _, disk, first_disk, here, count, length, offset, _ = _END.unpack_from(tail, at)
    end = start + at
    if _SHORT in (disk, first_disk, here, count) or _LONG in (length, offset):
        disk, first_disk, here, count, length, offset, end = _located_64(file, end)
    if disk or first_disk or here != count:
        raise damaged("it is one of several parts, and the others are not there")
    if offset + length != end:
        raise damaged("its directory does not stand where it says; perhaps something was put before or behind it")
    return Directory(offset, end, count)


def _end_of(tail: bytes) -> int:
    """Where in ``tail``, the last bytes of an archive, the record stands that ends it."""
    at = len(tail)
    while (at := tail.rfind(b"PK\x05\x06", 0, at)) >= 0:
        if len(tail) - at >= _END.size and at + _END.size + _END.unpack_from(tail, at)[-1] == len(tail):
            return at
        at += 3
    raise damaged("the directory at its end is missing; perhaps it ends too early")


def _located_64(file: BinaryIO, end: int) -> tuple[int, int, int, int, int, int, int]:
    """The same of an archive with numbers of 64 bits; the record that refers to them stands at ``end``."""
    file.seek(max(0, end - _LOCATOR.size))
    locator = file.read(_LOCATOR.size)
    if end < _LOCATOR.size or not locator.startswith(b"PK\x06\x07"):
        raise damaged("its directory is missing")
    _, _, at, parts = _LOCATOR.unpack(locator)
    file.seek(min(at, end))
    record = file.read(_END_64.size)
    if len(record) < _END_64.size or not record.startswith(b"PK\x06\x06") or parts > 1:
        raise damaged("its directory is missing")
    _, _, _, _, disk, first_disk, here, count, length, offset = _END_64.unpack(record)
    return disk, first_disk, here, count, length, offset, at


def entries(file: BinaryIO, directory: Directory) -> Iterator[Entry]:
    """The entries of ``directory`` in its order; UnpackingError at the first that is damaged."""
    at = directory.start
    for _ in range(directory.files):
        file.seek(at)
        head = file.read(_ENTRY.size)
        if len(head) < _ENTRY.size or not head.startswith(b"PK\x01\x02"):
            raise damaged("its directory is cut or garbled")
        fields = _ENTRY.unpack(head)
        lengths = fields[10:13]
        at += _ENTRY.size + sum(lengths)
        if at > directory.end:
            raise damaged("its directory is cut or garbled")
        yield _entry(fields, file.read(lengths[0]), file.read(lengths[1]))
    if at != directory.end:
        raise damaged("its directory holds more than it says")


def _entry(fields: tuple[int, ...], name: bytes, extra: bytes) -> Entry:
    _, _, _, flags, method, _, _, checksum, packed, unpacked, *_, attributes, offset = fields
    if _LONG in (packed, unpacked, offset):
        unpacked, packed, offset = _longer(extra, unpacked, packed, offset)
    shown = name.decode("utf-8" if flags & _UTF8 else "cp437", "backslashreplace")
    return Entry(shown, name, flags, method, checksum, packed, unpacked, attributes >> 16, offset)


def _longer(extra: bytes, *numbers: int) -> list[int]:
    """The ``numbers``, those that did not fit into 32 bits taken from ``extra``."""
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        if kind == 1:
            given = iter(struct.unpack_from(f"<{min(length, len(extra) - at) // 8}Q", extra, at))
            return [next(given, number) if number == _LONG else number for number in numbers]
        at += length
    return list(numbers)
