"""Identifiers of reports: made from the record's own number, the same in every run, and never given twice."""

from __future__ import annotations

import re
from hashlib import blake2b, sha256
from struct import unpack

#: Numbers that an identifier can show as they are; a colon is left to the parts of the identifier.
_LONGEST = 64
_PLAIN = re.compile(rf"[A-Za-z0-9._/()-]{{1,{_LONGEST}}}")

_BITS = 1 << 25

#: How many numbers are remembered as they are.
_FEW = 4_096


class Identities:
    """Report identifiers for the records of one file.

    A number that stands again gets its row added. The first few thousand numbers are remembered as they are; what was
    met after them is remembered in 4 MiB however long the file is (a Bloom filter). The price is that a row may be
    added to a number that was new: with a hundred thousand records the chance of it is under one in ten million for
    each.
    """

    def __init__(self, format_id: str) -> None:
        self._format = format_id
        self._few: set[str] = set()
        self._met = bytearray()

    def give(self, number: str, row: int, word: str = "") -> tuple[str, bool]:
        """The identifier of the record ``number`` on ``row``, and whether the row had to be added.

        A ``word`` stands before the number where reports of several kinds have the same.
        """
        plain = (number.isascii() and number.isalnum() and len(number) <= _LONGEST) or _PLAIN.fullmatch(number)
        name = number if plain else "digest:" + sha256(number.encode("utf-8")).hexdigest()[:32]
        whole = f"{self._format}:{word}:{name}" if word else f"{self._format}:{name}"
        again = self._meet(f"{word}:{number}" if word else number)
        return f"{whole}:row-{row}" if again else whole, again

    def _meet(self, number: str) -> bool:
        """Whether ``number`` was met before, or seems so; it is met now."""
        if number in self._few:
            return True
        if len(self._few) < _FEW:
            self._few.add(number)
            return False
        return self._mark(number)

    def _mark(self, number: str) -> bool:
        """The same by the filter: whether all its bits for ``number`` are set; they are set now."""
        if not self._met:
            self._met = bytearray(_BITS // 8)
        again = True
        for place in unpack("<4I", blake2b(number.encode("utf-8"), digest_size=16).digest()):
            byte, bit = (place % _BITS) >> 3, 1 << (place & 7)
            if not self._met[byte] & bit:
                again = False
                self._met[byte] |= bit
        return again
