"""Bytes in any encoding that a list may come in, as physical lines of text with their numbers."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from exportreport.codec.unpacking import Readable

#: What files come as: pieces of bytes, or something to read them from.
Stream = Iterable[bytes] | Readable

#: The longest line that is kept, in bytes. What is beyond it is counted, never stored.
MAX_LINE = 1_048_576

_CHUNK = 65_536
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Line(NamedTuple):
    """One physical line with its end. ``text`` is None where the bytes are not text in the file's encoding.

    ``size`` is the length of the whole line in bytes; it is more than ``raw`` has where the line was cut.
    """

    number: int
    raw: bytes
    text: str | None
    size: int

    @property
    def cut(self) -> bool:
        """Whether the line was too long to be kept whole."""
        return self.size > len(self.raw)


class Lines:
    """The physical lines of ``stream``: ended by LF, CRLF or CR, decoded, numbered from 1.

    The encoding is UTF-8, or UTF-16 where the file begins with its mark. A file that has bytes outside ASCII
    which are not UTF-8, before any that are, is Windows-1252. ``encoding`` says which, as far as the file has
    been read.
    """

    def __init__(self, stream: Stream) -> None:
        self.encoding = "UTF-8"
        self._settled = False
        self._numbered = enumerate(_split(self._without_mark(chunks(stream))), 1)

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        number, (raw, size) = next(self._numbered)
        # a cut line may end within a character and says nothing about the encoding
        return Line(number, raw, None if size > len(raw) else self._decode(raw), size)

    def _without_mark(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        start = b""
        for chunk in chunks:
            start += chunk
            if len(start) >= 3:
                break
        if start[:2] in _UTF16:
            self.encoding, self._settled = "UTF-16", True
            yield from _from_utf16(_UTF16[start[:2]], start[2:], chunks)
            return
        marked = start.startswith(codecs.BOM_UTF8)
        self._settled = marked
        yield start[3:] if marked else start
        yield from chunks

    def _decode(self, raw: bytes) -> str | None:
        if raw.isascii():
            return raw.decode("ascii")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return self._decode_western(raw)
        if self.encoding == "Windows-1252":
            return None  # UTF-8 in the midst of Windows-1252: two encodings in one file
        self._settled = True
        return text

    def _decode_western(self, raw: bytes) -> str | None:
        if self._settled and self.encoding != "Windows-1252":
            return None
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            return None
        self.encoding, self._settled = "Windows-1252", True
        return text


def _from_utf16(codec: str, start: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same text in UTF-8; lone surrogates and a cut last character stay bytes that are no UTF-8."""
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    yield decoder.decode(start).encode("utf-8", "surrogatepass")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
    if decoder.getstate()[0]:
        yield b"\xff"


def chunks(stream: Stream) -> Iterator[bytes]:
    """The bytes of ``stream``, a piece at a time."""
    if not hasattr(stream, "read"):  # a file could also be iterated, line by line, however long a line is
        return iter(stream)
    return iter(lambda: stream.read(_CHUNK), b"")


def _split(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Each line with its end and its size; at most ``MAX_LINE`` bytes of it are kept."""
    rest, dropped = b"", 0
    for chunk in chunks:
        pieces = (rest + chunk).splitlines(keepends=True)
        # the last piece may go on in the next chunk; so may a CR that is the first half of CRLF
        rest = pieces.pop() if pieces and not pieces[-1].endswith(b"\n") else b""
        for piece in pieces:
            yield piece[:MAX_LINE], len(piece) + dropped
            dropped = 0
        if len(rest) > MAX_LINE + 1:
            dropped += len(rest) - MAX_LINE - 1
            rest = rest[:MAX_LINE] + rest[-1:]
    if rest:
        yield rest[:MAX_LINE], len(rest) + dropped
