"""What an input holds: itself, or the files packed in it, each as a stream of bytes with the name it goes by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import BinaryIO, NamedTuple

from exportreport.codec import archive_faults
from exportreport.codec.faults import OFFICE
from exportreport.codec.limits import Limits
from exportreport.codec.recognize import packing
from exportreport.codec.unpacking import PIECE, Budget, Pieces, Readable, UnpackingError, pieces_of

#: Stands between the name of an archive and that of a file in it.
WITHIN = "!/"

#: How much of a stream tells by what it is packed.
_HEAD = 4_096


class Content(NamedTuple):
    """One file to be read: the name it goes by, and its bytes."""

    name: str
    stream: Readable


class Hashed:
    """A stream that remembers the digest of what was read from it."""

    __slots__ = ("_hash", "_stream")

    def __init__(self, stream: Readable) -> None:
        from hashlib import sha256

        self._stream, self._hash = stream, sha256()

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, or what is left."""
        data = self._stream.read(size)
        self._hash.update(data)
        return data

    def readline(self, size: int) -> bytes:
        """The rest of the line, at most ``size`` bytes."""
        data = self._stream.readline(size)
        self._hash.update(data)
        return data

    def digest(self) -> str:
        """The digest of the whole stream, of which the rest is read now."""
        while self.read(PIECE):
            pass
        return f"sha256:{self._hash.hexdigest()}"


class _Begun:
    """A stream of which ``head`` was read already."""

    __slots__ = ("_head", "_stream")

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, or what is left."""
        if not self._head:
            return self._stream.read(size)
        data, self._head = self._head[:size], self._head[size:]
        return data + self._stream.read(size - len(data)) if len(data) < size else data

    def readline(self, size: int) -> bytes:
        """The rest of the line, at most ``size`` bytes."""
        if not self._head:
            return self._stream.readline(size)
        end = self._head.find(b"\n", 0, size) + 1
        data, self._head = self._head[: end or size], self._head[end or size :]
        return data if end or len(data) == size else data + self._stream.readline(size - len(data))


def contents(name: str, stream: BinaryIO, limits: Limits, digests: dict[str, str] | None = None) -> Iterator[Content]:
    """The files in ``stream``, the input called ``name``: itself, what it holds as a gzip file, or the files of a zip.

    Each is to be read before the next is asked for; beyond a limit of the whole archive there is no next. The digest of
    the input as it came, and that of each file of an archive, is put into ``digests`` under its name when it was read;
    of a file that cannot be unpacked, that of its archive: those are the bytes that were received. What cannot be
    unpacked raises UnpackingError: here, where it is about the whole archive, and when the stream is read, where it is
    about one file.
    """
    received: Readable = stream if digests is None else Hashed(stream)
    head = received.read(_HEAD)
    how = packing(head)
    if how == "zip":
        yield from _of_zip(name, head, stream, limits, digests)
        return
    begun = _Begun(head, received)
    if how == "gzip":
        from exportreport.codec.gzip_pieces import unpacked

        yield Content(name, _unnested(Pieces(unpacked(begun, Budget(limits)))))
    else:
        yield Content(name, begun)
    if digests is not None and isinstance(received, Hashed):
        digests[name] = received.digest()


@contextmanager
def only_file(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Readable]:
    """The one file in ``stream``: itself, or what it holds as a gzip file or a zip of one file. An office document is
    a file by itself, though it is packed as a zip.

    Raises UnpackingError as `contents` does, and for a zip of several files.
    """
    head = stream.read(_HEAD)
    how = packing(head)
    begun = _Begun(head, stream)
    if how == "gzip":
        from exportreport.codec.gzip_pieces import unpacked

        yield _unnested(Pieces(unpacked(begun, Budget(limits))))
    elif how == "zip":
        from exportreport.codec.zip_members import Archive

        with _seekable(head, stream, limits) as file:
            try:
                archive = Archive(file, limits)
            except UnpackingError as error:
                if error.finding.finding_code != OFFICE.code:
                    raise
                file.seek(0)
                yield file
                return
            found = list(islice(archive.entries(), 2))
            if len(found) != 1:
                raise UnpackingError(archive_faults.SEVERAL_FILES if found else archive_faults.NO_FILES)
            yield _unnested(Pieces(archive.unpacked(found[0])))
    else:
        yield begun


def _of_zip(
    name: str, head: bytes, stream: BinaryIO, limits: Limits, digests: dict[str, str] | None
) -> Iterator[Content]:
    from exportreport.codec.zip_members import Archive, shown_name

    with _seekable(head, stream, limits) as file:
        if digests is not None:
            file.seek(0)
            digests[name] = Hashed(file).digest()
        archive, number = Archive(file, limits), 0
        for number, entry in enumerate(archive.entries(), start=1):  # noqa: B007
            shown, content = name + WITHIN + shown_name(entry), _unnested(Pieces(archive.unpacked(entry)))
            hashed = None if digests is None else Hashed(content)
            yield Content(shown, hashed or content)
            is_spent = archive.is_spent
            if hashed and digests is not None:
                digests[shown] = _digest(hashed) or digests[name]
            if is_spent:
                return
        if not number:
            raise UnpackingError(archive_faults.NO_FILES)


def _digest(stream: Hashed) -> str | None:
    """The digest of all of ``stream``; None where it cannot be unpacked to its end."""
    try:
        return stream.digest()
    except UnpackingError:
        return None


def _unnested(stream: Pieces) -> Readable:
    """``stream``, which stops at its first byte where it is packed once more."""
    return Pieces(_checked(stream))


def _checked(stream: Pieces) -> Iterator[bytes]:
    head = stream.read(_HEAD)
    if (how := packing(head)) is not None:
        raise UnpackingError(archive_faults.NESTED, what=how)
    yield head
    yield from pieces_of(stream)


@contextmanager
def _seekable(head: bytes, stream: BinaryIO, limits: Limits) -> Iterator[BinaryIO]:
    """``stream``, of which ``head`` was read, as a file whose parts can be read in any order."""
    if stream.seekable():
        yield stream
        return
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(head)
        size = len(head)
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limits.unpacked_bytes:
                raise UnpackingError(archive_faults.TOO_MUCH_UNPACKED, limit=f"{limits.unpacked_bytes:,}")
            file.write(piece)
        yield file
