"""Whether a decoded JSON value is nested deeper than the standard allows."""

from __future__ import annotations

from typing import Any

from exportreport.codec.limits import MAX_DEPTH
from exportreport.standard import Value

_HOLDERS = frozenset({dict, list})


def is_too_deep(value: Value, inside: int = 0) -> bool:
    """Whether an object or list in ``value``, which ``inside`` others hold, stands inside 64 (STANDARD section 4)."""
    level: list[Any] = [[value]]
    for _ in range(MAX_DEPTH + 1 - inside):
        groups = [one.values() if type(one) is dict else one for one in level]
        level = [child for group in groups for child in group if type(child) in _HOLDERS]
        if not level:
            return False
    return True
