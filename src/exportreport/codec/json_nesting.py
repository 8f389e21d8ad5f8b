"""Whether a decoded JSON value is nested deeper than the standard allows."""

from __future__ import annotations

from exportreport.codec.limits import MAX_DEPTH
from exportreport.standard import Value


def is_too_deep(value: Value) -> bool:
    """Whether an object or list in ``value`` stands inside 64 others (STANDARD section 4)."""
    level = [value]
    for _ in range(MAX_DEPTH):
        entries = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [child for group in entries for child in group if isinstance(child, dict | list)]
        if not level:
            return False
    return True
