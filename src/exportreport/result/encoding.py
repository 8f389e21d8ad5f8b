"""JSON text in which nothing hides: what a terminal or an editor would not show is an escape."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from exportreport.pattern import pattern

#: What is worth a look: everything but ASCII, of which JSON escapes what is not printable by itself.
_UNUSUAL = pattern("[\x7f-\U0010ffff]")


def encoded(value: Any) -> bytes:
    """``value`` as JSON in UTF-8."""
    data = orjson.dumps(value)
    if data.isascii() and b"\x7f" not in data:
        return data
    text = data.decode()
    return data if text.isprintable() else _UNUSUAL.sub(_shown, text).encode()


def _shown(character: re.Match[str]) -> str:
    return character[0] if character[0].isprintable() else json.dumps(character[0])[1:-1].replace("\x7f", "\\u007f")
