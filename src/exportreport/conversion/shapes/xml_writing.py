"""Trees as XML elements, one on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_ESCAPED = re.compile('[&<>"\r\n\t]')

#: What XML 1.0 cannot carry, in whatever way it is written.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def element_of(name: str, tree: Mapping[str, Any]) -> bytes:
    """``tree`` as one element called ``name``, on one line.

    Raises ValueError for a name that is no name of XML, and for a text with characters that XML cannot carry.
    """
    return ("".join(_element(name, tree)) + "\n").encode()


def _element(name: str, value: Any) -> Iterator[str]:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of an element")
    if isinstance(value, list):
        for entry in value:
            yield from _element(name, entry)
        return
    members = value if isinstance(value, dict) else {"#text": value}
    yield f"<{name}"
    for key, attribute in members.items():
        if key.startswith("@"):
            yield f' {key[1:]}="{_escaped(str(attribute))}"'
    yield ">"
    for key, member in members.items():
        if key == "#text":
            yield _escaped(str(member))
        elif not key.startswith("@"):
            yield from _element(key, member)
    yield f"</{name}>"


def _escaped(text: str) -> str:
    impossible = _IMPOSSIBLE.search(text)
    if impossible:
        raise ValueError(f"XML cannot carry the character {impossible[0]!r}")
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)
