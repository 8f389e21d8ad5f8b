"""The tokens of a JSON text (RFC 8259), for the rare passes that need them. No pattern backtracks."""

from __future__ import annotations

import re

from exportreport.pattern import pattern

BLANKS = pattern(r"[ \t\n\r]*+")

#: A text in quotes, with correct escapes and no control characters.
TEXT = pattern(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"')

#: A number, unless what follows makes it a form that other languages or people have: 1_000, 1'000, 0x1F, 5%.
NUMBER = pattern(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+(?![\w.+%'’-])")

WORD = pattern(r"[^\s\[\]{}:,\"]++")

#: In a correct text: what stands between two brackets, texts with brackets in them included.
TO_BRACKET = pattern(r'[^{}\[\]"]*+(?:"(?:[^"\\]++|\\.)*+"[^{}\[\]"]*+)*+', re.DOTALL)

#: In a correct text: a value that is neither object nor list.
SCALAR = pattern(r'"(?:[^"\\]++|\\.)*+"|[^,\]}\s]++', re.DOTALL)


def end_of_value(text: str, start: int) -> int:
    """The offset after the value that begins at ``start`` of the correct ``text``, or its end."""
    if text[start : start + 1] not in ("{", "["):
        scalar = SCALAR.match(text, start)
        return scalar.end() if scalar else len(text)
    depth, at = 1, start + 1
    while depth:
        bracket = TO_BRACKET.match(text, at)
        at = bracket.end() if bracket else len(text)
        if at >= len(text):
            return len(text)
        depth += 1 if text[at] in "{[" else -1
        at += 1
    return at


def unescaped(name: str) -> str:
    """The member name that ``name``, as it stands between its quotes, means."""
    if "\\" not in name:
        return name
    import json

    found: str = json.loads(f'"{name}"', strict=False)
    return found
