"""Bytes in any encoding that a list may come in, as physical lines of text with their numbers."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from exportreport.codec.unpacking import Readable

#: What files come as: pieces of bytes, or something to read them from.
Stream = Iterable[bytes] | Readable

#: The longest line that is kept, in bytes. What is beyond it is counted, never stored.
MAX_LINE = 1_048_576

#: The most that is given as one text of several lines, in bytes.
MAX_AHEAD = 65_536

_CHUNK = 65_536
_PIECE = 32_768
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
    been read; ``number`` is that of the last line that was given.
    """

    def __init__(self, stream: Stream) -> None:
        self.encoding = "UTF-8"
        self.number = 0
        self._settled = False
        self._blocks = _blocks(self._without_mark(_pieces(chunks(stream))))
        self._waiting: deque[bytes] = deque()
        self._dropped = 0

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        if not self._waiting:
            block, self._dropped = next(self._blocks)
            self._waiting.extend(block.splitlines(keepends=True))
        raw = self._waiting.popleft()
        size, self._dropped = len(raw) + self._dropped, 0
        raw = raw[:MAX_LINE]
        self.number += 1
        # a cut line may end within a character and says nothing about the encoding
        return Line(self.number, raw, None if size > len(raw) else self._decode(raw), size)

    def ahead(self) -> str:
        """Some of the next lines as one text, without going on to them; empty where they are to be taken one by one:
        at the end, and where a line is long or its encoding in doubt."""
        if not self._waiting:
            block, self._dropped = next(self._blocks, (b"", 0))
            self._waiting.extend(block.splitlines(keepends=True))
        block = b"".join(self._waiting)
        if self._dropped or len(block) > MAX_AHEAD:
            return ""
        if block.isascii():
            return block.decode("ascii")
        return self._sure(block)

    def skip(self, count: int) -> None:
        """Go on by ``count`` of the lines that `ahead` gave."""
        self.number += count
        self._waiting = deque(islice(self._waiting, count, None))

    def _sure(self, block: bytes) -> str:
        """The text of lines in UTF-8; empty where they are not, or where the file is in another encoding."""
        if self.encoding == "Windows-1252":
            return ""
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError:
            return ""
        self._settled = True
        return text

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


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in small pieces."""
    for chunk in chunks:
        if len(chunk) <= _PIECE:
            yield chunk
        else:
            yield from (chunk[at : at + _PIECE] for at in range(0, len(chunk), _PIECE))


def _blocks(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Whole lines together, and how many bytes of the first of them are dropped; of a long line little more than
    ``MAX_LINE`` bytes are kept."""
    rest, dropped = b"", 0
    for chunk in chunks:
        data = rest + chunk
        # a CR at the end may be the first half of CRLF
        end = max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1
        if end:
            yield data[:end], dropped
            dropped = 0
        rest = data[end:]
        if len(rest) > MAX_LINE + 1:
            dropped += len(rest) - MAX_LINE - 1
            rest = rest[:MAX_LINE] + rest[-1:]
    if rest:
        yield rest, dropped
