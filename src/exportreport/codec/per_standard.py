"""What a codec makes of the standard once, and has at hand for as long as that standard is in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from exportreport.standard import Standard

Made = TypeVar("Made")


def per_standard(make: Callable[[Standard], Made]) -> Callable[[Standard], Made]:
    """``make``, called once for the standard in use, which is one; it is known by identity.

    Making takes about a millisecond, and hashing a standard more than a look-up may cost.
    """
    made: dict[int, tuple[Standard, Made]] = {}

    def known(standard: Standard) -> Made:
        kept = made.get(id(standard))
        if kept is None:
            made.clear()
            kept = made[id(standard)] = (standard, make(standard))
        return kept[1]

    known.__doc__ = make.__doc__
    return known
