"""Pieces put into the bytes of an input, at a place that a pattern finds."""

from __future__ import annotations

import re
from random import Random

#: How far into an input is looked.
_FARTHEST = 60_000


def put(data: bytes, at: int, piece: bytes, until: int | None = None) -> bytes:
    """``data`` with ``piece`` at the place ``at``, instead of what stands from there to ``until``."""
    return data[:at] + piece + data[at if until is None else until :]


def any_match(pattern: re.Pattern[bytes], data: bytes, random: Random) -> re.Match[bytes] | None:
    """One of the places in ``data`` that ``pattern`` finds; None where there is none."""
    found = list(pattern.finditer(data, 0, _FARTHEST))
    return random.choice(found) if found else None
