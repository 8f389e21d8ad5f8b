"""Identifiers of reports: made from the record's own number, the same in every run, and never given twice."""

from __future__ import annotations

import re
from hashlib import blake2b, sha256

#: Numbers that an identifier can show as they are; a colon is left to the parts of the identifier.
_PLAIN = re.compile(r"[A-Za-z0-9._/()-]{1,64}")

_BITS = 1 << 25


class Identities:
    """Report identifiers for the records of one file.

    A number that stands again gets its row added. What was met is remembered in 4 MiB however long the file
    is (a Bloom filter); the price is that a row may be added to a number that was new: with a hundred
    thousand records the chance of it is under one in ten million for each.
    """

    def __init__(self, format_id: str) -> None:
        self._format = format_id
        self._met = bytearray(_BITS // 8)

    def give(self, number: str, row: int) -> tuple[str, bool]:
        """The identifier of the record ``number`` on ``row``, and whether the row had to be added."""
        plain = _PLAIN.fullmatch(number)
        name = number if plain else "digest:" + sha256(number.encode("utf-8")).hexdigest()[:32]
        again = self._meet(number)
        return f"{self._format}:{name}:row-{row}" if again else f"{self._format}:{name}", again

    def _meet(self, number: str) -> bool:
        """Whether ``number`` was met before, or seems so; it is met now."""
        digest = int.from_bytes(blake2b(number.encode("utf-8"), digest_size=16).digest(), "big")
        again = True
        for _ in range(4):
            digest, place = divmod(digest, _BITS)
            byte, bit = place >> 3, 1 << (place & 7)
            if not self._met[byte] & bit:
                again = False
                self._met[byte] |= bit
        return again
