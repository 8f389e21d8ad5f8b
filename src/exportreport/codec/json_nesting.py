"""Whether a decoded JSON value is nested deeper than the standard allows."""

from __future__ import annotations

import orjson

from exportreport.codec.limits import MAX_DEPTH
from exportreport.standard import Value

#: In an indented text, what stands 64 deep or deeper is indented by at least this much.
_DEEP_LINE = b"\n" + b"  " * MAX_DEPTH

#: Longer texts could swell too much when indented.
_INDENTED = 1_000_000


def may_be_too_deep(value: Value, text: bytes) -> bool:
    """Whether ``value``, decoded from ``text``, may be nested more than 64 deep; False is certain.

    Three ways, cheapest first: too few brackets; the indentation that the encoder writes, which costs a fifth of what
    a walk over the values costs; and that walk.
    """
    if text.count(b"{") + text.count(b"[") <= MAX_DEPTH:
        return False
    if len(text) > _INDENTED:
        return _has_level(value, MAX_DEPTH)
    try:
        return _DEEP_LINE in orjson.dumps(value, option=orjson.OPT_INDENT_2)
    except orjson.JSONEncodeError:
        return True  # the encoder itself stops at 254


def _has_level(value: Value, depth: int) -> bool:
    """Whether an object or list stands inside ``depth`` others."""
    level = [value]
    for _ in range(depth):
        entries = (x.values() if isinstance(x, dict) else x for x in level if isinstance(x, dict | list))
        level = [child for group in entries for child in group if isinstance(child, dict | list)]
    return bool(level)
