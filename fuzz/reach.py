"""How far inputs came: counts in a file that is always current, however a process ends."""

from __future__ import annotations

import mmap
from pathlib import Path
from zlib import crc32

STAGES = ("inputs", "decoding", "structure", "rules", "distinct", "microseconds", "slowest", "start_kib", "peak_kib")

#: Of these the largest counts, where counts are added up.
LARGEST = frozenset({"slowest", "start_kib", "peak_kib"})

#: The number of marks by which inputs that came before are told: two inputs share one by chance, never the other way,
#: so that ``distinct`` counts too few, if anything.
_MARKS = 1 << 27

_WIDTH = 8


class Reach:
    """The counts of one process: of all inputs, of those that came so far, and of their time in microseconds.

    ``decoding``: a decoder was given the input. ``structure``: it read the input, whose kind of message is known, and
    the check of the structure ran. ``rules``: rules were run on a message, or on one of the messages in it.
    ``distinct`` counts the different inputs among those that reached the structure.
    """

    def __init__(self, path: Path | None = None) -> None:
        size = _WIDTH * len(STAGES)
        if path is None:
            self._counts = memoryview(bytearray(size)).cast("Q")
        else:
            path.write_bytes(bytes(size))
            with path.open("r+b") as file:
                self._counts = memoryview(mmap.mmap(file.fileno(), size)).cast("Q")
        self._seen: bytearray | None = bytearray(_MARKS // 8) if path else None

    def count(self, stage: str, by: int = 1) -> None:
        """Count that an input came to ``stage``."""
        self._counts[STAGES.index(stage)] += by

    def spent(self, microseconds: int) -> None:
        """Count the time that an input took."""
        self.count("microseconds", microseconds)
        self.largest("slowest", microseconds)

    def largest(self, stage: str, value: int) -> None:
        """Keep ``value`` where it is larger than all before."""
        place = STAGES.index(stage)
        self._counts[place] = max(self._counts[place], value)

    def met(self, data: bytes) -> None:
        """Count ``data`` as an input that reached the structure, and as a different one if it never came before."""
        self.count("structure")
        mark = (crc32(data) ^ (len(data) * 0x9E3779B1)) % _MARKS
        if self._seen is not None and not self._seen[mark >> 3] & (1 << (mark & 7)):
            self._seen[mark >> 3] |= 1 << (mark & 7)
            self.count("distinct")

    def counts(self) -> dict[str, int]:
        """All counts by their names."""
        return dict(zip(STAGES, self._counts, strict=True))


def read(path: Path) -> dict[str, int]:
    """The counts that a process left in the file at ``path``."""
    return dict(zip(STAGES, memoryview(path.read_bytes()).cast("Q"), strict=True))
