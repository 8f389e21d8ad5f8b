"""Warnings about characters that look like others or hide something: the same for JSON and XML.

STANDARD section 4: text that is not in Unicode normalization form C, and bidirectional controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import is_normalized, name

from exportreport.codec import faults
from exportreport.finding import Finding, Path, make
from exportreport.standard import Value

_BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: The bytes of UTF-8 that cannot be part of anything worth a warning: ASCII, what follows a first byte, and the first
#: bytes of blocks without such characters: U+0080-02FF, U+0400-047F, U+4000-9FFF, U+B000-CFFF. (Words of the trade:
#: Latin, Cyrillic, Chinese and Korean.) A test holds this to the Unicode database.
HARMLESS = bytes([*range(0xC0), *range(0xC2, 0xCC), 0xD0, 0xD1, *range(0xE4, 0xEA), 0xEB, 0xEC])


def warnings(value: Value, data: bytes, escape: bytes) -> Iterator[Finding]:
    """The warnings about the texts in ``value``, at most 64 deep, which was decoded from ``data``.

    ``data`` is UTF-8; ``escape`` is what a character escape begins with there. Where neither has anything unusual,
    which is nearly always, the texts are not looked at.
    """
    if escape in data or not (data.isascii() or not data.translate(None, HARMLESS)):
        for text, path in _texts(value):
            yield from _judge(text, path)


def _texts(value: Value) -> Iterator[tuple[str, Path]]:
    """The texts in ``value`` that are not ASCII, with their paths, in the order of the document."""
    open_places: list[tuple[Value, Path]] = [(value, ())]
    while open_places:
        place, path = open_places.pop()
        if isinstance(place, str):
            yield place, path
            continue
        entries = place.items() if isinstance(place, dict) else enumerate(place) if isinstance(place, list) else ()
        inner = [(child, (*path, step)) for step, child in entries if _may_matter(child)]
        open_places.extend(reversed(inner))


def _may_matter(child: Value) -> bool:
    return not child.isascii() if isinstance(child, str) else isinstance(child, dict | list)


def _judge(text: str, path: Path) -> Iterator[Finding]:
    if not is_normalized("NFC", text):
        yield make(faults.NOT_NFC, path, value=text)
    if control := _BIDIRECTIONAL.search(text):
        words = f"U+{ord(control[0]):04X} ({name(control[0]).lower()})"
        yield make(faults.BIDIRECTIONAL, path, value=text, character=words)
