"""Whether a decoded JSON value is nested deeper than the standard allows; found while it is written anew."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson

from exportreport.codec.limits import MAX_DEPTH
from exportreport.standard import Value

#: In shorter texts it costs less to count brackets than to write them.
_SHORT = 2048

_HOLE = object()


def rewritten(value: Value, text: bytes) -> bytes | None:
    """The compact JSON of ``value``, decoded from ``text``; None where it is nested more than 64 deep.

    The encoder refuses what is nested deeper than a limit of its own. Inside so many lists that 64 levels are
    left, it therefore says what a walk over all values would say, for a tenth of the time.
    """
    if len(text) < _SHORT and text.count(b"{") + text.count(b"[") <= MAX_DEPTH:
        return orjson.dumps(value)
    shell, layers = _shell()
    try:
        return orjson.dumps(shell, default=lambda _: value)[layers:-layers]
    except orjson.JSONEncodeError:
        return None


@cache
def _shell() -> tuple[list[Any], int]:
    """Lists around a hole, and how many: 64 less than the encoder takes (254, says its documentation)."""
    shells: list[list[Any]] = [[_HOLE]]
    while len(shells) < 2000 and _can_be_written(shells[-1]):
        shells.append([shells[-1]])
    layers = len(shells) - 1 - MAX_DEPTH
    return shells[layers - 1], layers


def _can_be_written(shell: list[Any]) -> bool:
    try:
        return bool(orjson.dumps(shell, default=lambda _: 0))
    except orjson.JSONEncodeError:
        return False
