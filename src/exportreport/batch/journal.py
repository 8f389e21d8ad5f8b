"""The journal of a run: what became of each unit, so that a run that was cut off goes on where it was.

A journal is a heading and records. A record is its length, a checksum and its bytes, and is only ever appended: what a
crash left of the last one is told from a whole one, cut off, and done again. The first record says what the run is;
each other one is a parcel, with a digest of what its unit was made from.
"""

from __future__ import annotations

import json
import os
import struct
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from exportreport.batch.endings import CheckpointError
from exportreport.batch.judging import Answer

#: What a journal begins with; a new form of journal gets a new number.
HEADING = b"exportreport checkpoint 1\n"

_FRAME = struct.Struct(">II")

#: How many bytes the digest of a unit has (`unit_pins`).
_PIN = 16

#: What comes before a parcel: more of its unit follows, or it is the last.
_MORE, _LAST = b"+", b"."

#: After how many seconds what was written is brought to the disk for certain. A process that is killed loses nothing.
_SYNC = 5.0


class Record(NamedTuple):
    """A parcel of a run that was cut off, and the digest of what its unit was made from."""

    pin: bytes
    answer: Answer


class Journal:
    """The journal of a run in a file, opened by `opened`."""

    __slots__ = ("_begin", "_end", "_file", "_synced", "notes", "path")

    def __init__(self, path: Path, file: BinaryIO, begin: int, end: int, notes: Mapping[str, str]) -> None:
        self.path, self.notes = path, notes
        self._file, self._begin, self._end = file, begin, end
        self._synced = time.monotonic()

    @property
    def is_resumed(self) -> bool:
        """Whether an earlier run did a part of the work."""
        return self._end > self._begin

    def records(self) -> Iterator[Record]:
        """What the earlier run did, to the last unit that it finished."""
        with self.path.open("rb") as file:
            file.seek(self._begin)
            while file.tell() < self._end:
                payload = _read(file)
                if payload is None:
                    raise CheckpointError(f"{self.path} cannot be read to its end; its disk may be damaged.")
                pin, mark, data = payload[:_PIN], payload[_PIN : _PIN + 1], payload[_PIN + 1 :]
                yield Record(pin, Answer(data, mark == _LAST))

    def add(self, pin: bytes, answer: Answer) -> None:
        """Append a parcel. Once this returns it outlives the process; the power, after some seconds."""
        self._file.write(_framed(pin + (_LAST if answer.is_last else _MORE) + answer.data))
        self._file.flush()
        if time.monotonic() - self._synced > _SYNC:
            self.sync()

    def sync(self) -> None:
        """Bring to the disk what was added."""
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()

    def close(self) -> None:
        """Leave the journal as it is, to be gone on with."""
        self._file.close()

    def remove(self) -> None:
        """Remove the journal: the run is done."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def opened(path: Path, pins: Mapping[str, str], notes: Mapping[str, str]) -> Journal:
    """The journal in the file ``path``: a new one, or that of a run that was cut off and is gone on with.

    ``pins`` say, by the names that people know them by, what must be the same; ``notes`` are of the first run, and are
    given back when it is gone on with. Raises CheckpointError where the file cannot be used.
    """
    try:
        file = path.open("x+b")
        path.chmod(0o600)  # it says what the filings say
    except FileExistsError:
        if not path.is_file():
            raise CheckpointError(f"{path} is not a regular file; name another.") from None
        file = path.open("r+b")
    _lock(file, path)
    heading = file.read(len(HEADING))
    first = _read(file) if heading == HEADING else None
    if first is None:
        if not HEADING.startswith(heading):
            file.close()
            raise CheckpointError(f"{path} is not a checkpoint of exportreport; name another file.")
        return _begun(path, file, pins, notes)
    said = json.loads(first)
    if differences := list(_differences(said["pins"], pins)):
        file.close()
        raise CheckpointError(
            f"{path} is the checkpoint of another run:", *differences,
            "Give the same options and inputs to go on with it, or remove it to begin anew.",
        )  # fmt: skip
    begin = file.tell()
    end = _end_of_units(file, begin)
    file.truncate(end)
    file.seek(end)
    return Journal(path, file, begin, end, said["notes"])


def _begun(path: Path, file: BinaryIO, pins: Mapping[str, str], notes: Mapping[str, str]) -> Journal:
    file.seek(0)
    file.truncate()
    file.write(HEADING + _framed(json.dumps({"pins": dict(pins), "notes": dict(notes)}).encode()))
    file.flush()
    return Journal(path, file, file.tell(), file.tell(), notes)


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*before, *now)):
        if before.get(name) != now.get(name):
            yield f"  {name}: {before.get(name, 'not given')} then, {now.get(name, 'not given')} now"


def _end_of_units(file: BinaryIO, end: int) -> int:
    """Where the last record ends with which a unit does."""
    while (payload := _read(file)) is not None:
        if payload[_PIN : _PIN + 1] == _LAST:
            end = file.tell()
    return end


def _framed(payload: bytes) -> bytes:
    return _FRAME.pack(len(payload), crc32(payload)) + payload


def _read(file: BinaryIO) -> bytes | None:
    """The next record; None where there is none, or not a whole one."""
    frame = file.read(_FRAME.size)
    if len(frame) < _FRAME.size:
        return None
    length, checksum = _FRAME.unpack(frame)
    left = os.fstat(file.fileno()).st_size - file.tell()
    payload = file.read(length) if 0 < length <= left else b""
    return payload if payload and crc32(payload) == checksum else None


def _lock(file: BinaryIO, path: Path) -> None:
    """Make sure that no other run uses the journal; where the system cannot tell, nothing is made sure."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise CheckpointError(f"{path} is in use by another run; wait for it, or name another file.") from None
