"""JSON of the same meaning, written in other ways: escapes, order of members, blanks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Document = dict[str, Any]


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _reversed(child) for name, child in reversed(value.items())}
    return [_reversed(child) for child in value] if isinstance(value, list) else value


def _spaced(text: str) -> str:
    """``text``, written by `json.dumps` with one sign a line, with blanks of all kinds around what is on each."""
    return "\r\n \t" + text.replace("\n", " \r\n\t\n ") + " \t\r\n"


def _escaped(value: Any) -> str:
    """Every character of every text and name as an escape, surrogate pairs included."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_escaped(name)}:{_escaped(child)}" for name, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_escaped, value)) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    units = value.encode("utf-16-be")
    return '"' + "".join(f"\\u{units[n]:02x}{units[n + 1]:02X}" for n in range(0, len(units), 2)) + '"'


LAYOUTS: dict[str, Callable[[Document], str]] = {
    "minified": lambda document: json.dumps(document, ensure_ascii=False, separators=(",", ":")),
    "ASCII": lambda document: json.dumps(document, ensure_ascii=True),
    "indented": lambda document: json.dumps(document, ensure_ascii=False, indent=4),
    "indented by tabs, line ends of Windows": lambda document: json.dumps(document, indent="\t").replace("\n", "\r\n"),
    "blanks everywhere": lambda document: _spaced(json.dumps(document, indent=1, separators=(" ,", " : "))),
    "members in reverse": lambda document: json.dumps(_reversed(document), ensure_ascii=False),
    "members by name": lambda document: json.dumps(document, sort_keys=True),
    "every character escaped": _escaped,
    "escaped slashes": lambda document: json.dumps(document).replace("/", "\\/"),
    "byte order mark": lambda document: "\ufeff" + json.dumps(document, ensure_ascii=False),
}
