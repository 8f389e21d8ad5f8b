"""Archives written by hand, so that they can say what no program would write."""

from __future__ import annotations

import gzip
import struct
import zlib
from dataclasses import dataclass, replace
from typing import Any

STORED, DEFLATED = 0, 8


@dataclass(frozen=True)
class Member:
    """A file of an archive: what its head and the directory say of it. None: the truth."""

    name: bytes
    content: bytes = b""
    method: int = DEFLATED
    flags: int = 0x800
    mode: int = 0
    checksum: int | None = None
    unpacked: int | None = None
    packed: int | None = None
    offset: int | None = None
    local_name: bytes | None = None
    written: bool = True
    data_after: bytes = b""
    level: int = 9

    @property
    def data(self) -> bytes:
        if self.method == STORED:
            return self.content
        squeezed = zlib.compressobj(self.level, zlib.DEFLATED, -15)
        return squeezed.compress(self.content) + squeezed.flush() + self.data_after


def member(name: str, content: bytes = b"{}", **said: Any) -> Member:
    return Member(name.encode(), content, **said)


def local(one: Member) -> bytes:
    """The head and the content of ``one``, as they stand among the files."""
    name = one.name if one.local_name is None else one.local_name
    sizes = (zlib.crc32(one.content), len(one.data), len(one.content))
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, one.flags, one.method, 0, 0x21, *sizes, len(name), 0)
    return head + name + one.data


def _said(value: int | None, truth: int) -> int:
    return truth if value is None else value


def _entry(one: Member, offset: int) -> bytes:
    checksum = _said(one.checksum, zlib.crc32(one.content))
    packed, unpacked = _said(one.packed, len(one.data)), _said(one.unpacked, len(one.content))
    numbers = (checksum, packed, unpacked, len(one.name), 0, 0, 0, 0, one.mode << 16, _said(one.offset, offset))
    return struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 0x314, 20, one.flags, one.method, 0, 0x21, *numbers) + one.name


def zipped(*members: Member, comment: bytes = b"", count: int | None = None, disk: int = 0) -> bytes:
    """An archive of ``members``; those that are not written stand in the directory alone."""
    parts, entries, at = [], [], 0
    for one in members:
        entries.append(_entry(one, at))
        parts.append(local(one) if one.written else b"")
        at += len(parts[-1])
    files, directory = b"".join(parts), b"".join(entries)
    number = _said(count, len(members)) & 0xFFFF
    numbers = (disk, disk, number, number, len(directory), len(files), len(comment))
    return files + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", *numbers) + comment


def zip64(*members: Member, count: int | None = None) -> bytes:
    """The same, all its numbers written with 64 bits."""
    files, directory = b"", b""
    for one in members:
        sizes = struct.pack("<2H3Q", 1, 24, len(one.content), len(one.data), len(files))
        entry = _entry(replace(one, packed=0xFFFFFFFF, unpacked=0xFFFFFFFF, offset=0xFFFFFFFF), 0)
        directory += entry[:30] + struct.pack("<H", len(sizes)) + entry[32:] + sizes
        files += local(one)
    at = len(files) + len(directory)
    count = _said(count, len(members))
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), len(files))
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return files + directory + record + locator + end


def overlapping(inner: Member, *, times: int, inner_first: bool) -> bytes:
    """An archive whose files quote each other's heads, so that all share the content of ``inner``."""
    files = [local(inner)]
    for number in range(1, times):
        files.append(local(member(f"{number}.json", b"", method=STORED)) + files[-1])
    whole = files[-1]
    quoted = [
        member(
            f"{number}.json", files[number - 1], method=STORED, written=False, offset=len(whole) - len(files[number])
        )
        for number in range(times - 1, 0, -1)
    ]
    own = replace(inner, written=False, offset=len(whole) - len(files[0]))
    directory = zipped(own, *quoted) if inner_first else zipped(*quoted, own)
    end = directory.rindex(b"PK\x05\x06")
    record = list(struct.unpack("<4s4H2LH", directory[end:]))
    record[6] = len(whole)
    return whole + directory[:end] + struct.pack("<4s4H2LH", *record)


def gzipped(*contents: bytes, level: int = 9) -> bytes:
    """A gzip file of these members."""
    return b"".join(gzip.compress(content, level, mtime=0) for content in contents)
