"""What a gzip file holds (RFC 1952), unpacked piece by piece; of several members one after the other."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator

from exportreport.codec.unpacking import PIECE, Budget, Readable, damaged

#: How many packed bytes are read at a time. Few: what follows a member is copied for each member.
_PACKED = 8_192

#: Tells zlib to expect the header and the checksum of gzip.
_GZIP = 16 + zlib.MAX_WBITS


def unpacked(stream: Readable, budget: Budget) -> Iterator[bytes]:
    """The unpacked bytes of ``stream``; UnpackingError where it is damaged, or beyond the ``budget``.

    Zero bytes after the last member are padding, as tapes have it.
    """
    packed = stream.read(_PACKED)
    while packed:
        packed = yield from _member(packed, stream, budget)
        packed = packed or stream.read(_PACKED)
        while packed and not packed.strip(b"\0"):
            packed = stream.read(_PACKED)


def _member(packed: bytes, stream: Readable, budget: Budget) -> Generator[bytes, None, bytes]:
    """The pieces of one member that begins with ``packed``; returns what was read beyond its end."""
    member = zlib.decompressobj(_GZIP)
    while not member.eof:
        try:
            piece = member.decompress(packed, PIECE)
        except zlib.error:
            raise damaged("its content or its checksum is wrong, or something else follows it") from None
        budget.spend(len(packed) - len(member.unconsumed_tail) - len(member.unused_data), len(piece))
        if piece:
            yield piece
        if member.unconsumed_tail or len(piece) == PIECE:
            packed = member.unconsumed_tail
        elif not member.eof and not (packed := stream.read(_PACKED)):
            raise damaged("it ends too early")
    return member.unused_data
