"""The files of a zip archive, unpacked one after the other in the memory of one piece; or why one is refused.

Names are for people only: none is ever used as a path.
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from hashlib import blake2b
from typing import BinaryIO

from exportreport.codec import archive_faults as faults
from exportreport.codec.faults import OFFICE
from exportreport.codec.limits import Limits
from exportreport.codec.unpacking import PIECE, Budget, UnpackingError, damaged
from exportreport.codec.zip_directory import Directory, Entry, entries, locate
from exportreport.pattern import pattern

_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_METHODS = {9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "zstd", 95: "xz", 98: "PPMd"}
_SEALED = 0x2041  # encrypted, strongly encrypted, directory masked
_SPECIAL = {
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}
_SEPARATORS = pattern(r"[/\\]")


class Archive:
    """A zip archive whose directory was seen to be whole.

    Raises UnpackingError for one that is damaged, has too many files, or is an office document, which only those who
    read such ask for (``office``).
    """

    __slots__ = ("_budget", "_directory", "_ends", "_file", "_names", "_office", "_starts")

    def __init__(self, file: BinaryIO, limits: Limits, *, office: bool = False) -> None:
        self._file, self._directory, self._office = file, locate(file), office
        self._budget = Budget(limits, file.seek(0, 2))
        self._starts, self._ends = array("Q"), array("Q")
        self._names: set[bytes] = set()
        _look_over(file, self._directory, limits.members, office=office)

    def entries(self) -> Iterator[Entry]:
        """The files in the order of the directory; folders, hidden files and what macOS puts beside them left out.

        Of an office document all of them: there hidden files are parts like others.
        """
        return (entry for entry in entries(self._file, self._directory) if self._office or not _is_left_out(entry))

    @property
    def is_spent(self) -> bool:
        """Whether so much was unpacked that nothing more will be."""
        return self._budget.is_spent

    def unpacked(self, entry: Entry) -> Iterator[bytes]:
        """The bytes of ``entry``, a piece at a time; UnpackingError where it is refused or damaged."""
        self._refuse(entry)
        start = self._start_of(entry)
        self._claim(entry.offset, start + entry.packed)
        packed = self._packed(start, entry.packed)
        length, checksum = 0, 0
        for piece in packed if entry.method == _STORED else self._inflated(packed):
            length, checksum = length + len(piece), zlib.crc32(piece, checksum)
            if entry.method == _STORED:
                self._budget.spend(len(piece), len(piece))
            if length > entry.unpacked:
                break
            yield piece
        if length != entry.unpacked:
            raise damaged("a file in it is longer or shorter than it says")
        if checksum != entry.checksum:
            raise damaged("the content of a file in it does not have the checksum that it says")

    def _refuse(self, entry: Entry) -> None:
        """Raise for what is never unpacked."""
        if entry.flags & _SEALED:
            raise UnpackingError(faults.ENCRYPTED)
        kind = stat.S_IFMT(entry.mode)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise UnpackingError(faults.SPECIAL, what=_SPECIAL.get(kind, "something else"))
        if entry.method not in (_STORED, _DEFLATED):
            raise UnpackingError(faults.METHOD, what=_METHODS.get(entry.method, f"number {entry.method}"))
        name = blake2b(shown_name(entry).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if name in self._names:
            raise UnpackingError(faults.NAMED_TWICE)
        self._names.add(name)

    def _start_of(self, entry: Entry) -> int:
        """Where the content of ``entry`` begins, after a head that agrees with the directory."""
        self._file.seek(min(entry.offset, self._directory.start))
        head = self._file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
            raise damaged("a file is not where its directory says")
        _, _, _, method, _, _, _, _, _, name, extra = _LOCAL.unpack(head)
        if method != entry.method or self._file.read(name) != entry.raw_name:
            raise damaged("a file is named or packed in another way than its directory says")
        return entry.offset + _LOCAL.size + int(name) + int(extra)

    def _claim(self, start: int, end: int) -> None:
        """Take the bytes from ``start`` to ``end`` for one file; no other may have any of them."""
        at = bisect_right(self._starts, start)
        behind = at < len(self._starts) and self._starts[at] < end
        if end > self._directory.start or (at and self._ends[at - 1] > start) or behind:
            raise damaged("two files in it share the same bytes")
        self._starts.insert(at, start)
        self._ends.insert(at, end)

    def _packed(self, start: int, length: int) -> Iterator[bytes]:
        end = start + length
        while start < end:
            self._file.seek(start)
            piece = self._file.read(min(PIECE, end - start))
            if not piece:
                raise damaged("it ends too early")
            start += len(piece)
            yield piece

    def _inflated(self, packed: Iterator[bytes]) -> Iterator[bytes]:
        member = zlib.decompressobj(-zlib.MAX_WBITS)
        for some in packed:
            while some or not member.eof:
                try:
                    piece = member.decompress(some, PIECE)
                except zlib.error:
                    raise damaged("the content of a file in it is garbled") from None
                self._budget.spend(len(some) - len(member.unconsumed_tail), len(piece))
                yield piece
                some = member.unconsumed_tail  # noqa: PLW2901
                if not some and len(piece) < PIECE:
                    break
            if member.unused_data:
                raise damaged("a file in it is shorter than it says")
        if not member.eof:
            raise damaged("a file in it is cut off")


def _look_over(file: BinaryIO, directory: Directory, most: int, *, office: bool) -> None:
    """Read the whole ``directory`` once: one that is not whole, too long or of an office document is refused."""
    if directory.files > most:
        raise UnpackingError(faults.TOO_MANY_MEMBERS, limit=f"{most:,}")
    for number, entry in enumerate(entries(file, directory)):
        if entry.raw_name == b"[Content_Types].xml" and not office:
            raise UnpackingError(OFFICE, what="Excel, Word or similar")
        if number == 0 and entry.raw_name == b"mimetype":
            raise UnpackingError(OFFICE, what="OpenDocument or similar")


def _is_left_out(entry: Entry) -> bool:
    """Whether ``entry`` is a folder, or a file that would be left out of a folder."""
    parts = _SEPARATORS.split(entry.name)
    if not parts[-1] and not entry.unpacked:
        return True
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return hidden or parts[0] == "__MACOSX"


def shown_name(entry: Entry) -> str:
    """The name of ``entry`` for people: steps out of a folder are written so that no program takes them."""
    parts = re.split(r"([/\\])", entry.name)
    return "".join(r"\x2e" * len(part) if part and not part.strip(".") else part for part in parts)
