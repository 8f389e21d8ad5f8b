"""Where the keys and values of a TOML text stand, which Python's reader does not tell.

The text has been read without fault before, so that nothing here need be refused.
"""

from __future__ import annotations

import re
from collections import Counter

#: A place in the parsed data: names of members and indexes of lists.
Keys = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_INLINE_BLANK = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}\n#]*")
_QUOTES = ('"""', "'''", '"', "'")
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[ \t]*\n\s*|.)")


class TomlPlaces:
    """The places in ``text``: of each key or table header (``keys``) and of each value (``values``), from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: dict[Keys, int] = {(): 0}
        self.values: dict[Keys, int] = {}
        self._next = 0
        self._counts: Counter[Keys] = Counter()
        self._read()

    def inside(self, keys: Keys, index: int) -> int:
        """Where the character ``index`` of the text that is the value of ``keys`` is written."""
        at = self.values[keys]
        quote = _quote(self.text, at)
        at += len(quote)
        if len(quote) == 3 and self.text[at] == "\n":
            at += 1
        escapes = quote[0] == '"'
        at = self._after_folding(at, escapes)
        for _ in range(index):
            escape = _ESCAPE.match(self.text, at) if escapes else None
            at = self._after_folding(escape.end() if escape else at + 1, escapes)
        return at

    def _after_folding(self, at: int, escapes: bool) -> int:
        """After a backslash at the end of a line and the blanks that it swallows."""
        while escapes and (escape := _ESCAPE.match(self.text, at)) and escape[0][1:].strip(" \t")[:1] == "\n":
            at = escape.end()
        return at

    def _read(self) -> None:
        table: Keys = ()
        while self._skip(_BLANK) < len(self.text):
            if self.text[self._next] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Keys:
        at = self._next
        repeated = self.text.startswith("[[", at)
        self._next += 2 if repeated else 1
        *outer, last = self._dotted()
        table = self._current(tuple(outer))
        self._next = self.text.index("]", self._next) + (2 if repeated else 1)
        if repeated:
            self._counts[(*table, last)] += 1
        table = self._current((*outer, last))
        self.keys.setdefault(table, at)
        return table

    def _current(self, names: tuple[str, ...]) -> Keys:
        """The table that ``names`` mean here: of repeated tables the last one."""
        keys: Keys = ()
        for name in names:
            keys = (*keys, name)
            if self._counts[keys]:
                keys = (*keys, self._counts[keys] - 1)
        return keys

    def _pair(self, table: Keys) -> None:
        at = self._next
        keys = table
        for name in self._dotted():
            keys = (*keys, name)
            self.keys.setdefault(keys, at)
        self._next = self.text.index("=", self._next) + 1
        self._skip(_INLINE_BLANK)
        self._value(keys)

    def _dotted(self) -> tuple[str, ...]:
        names = [self._name()]
        while self.text[self._skip(_INLINE_BLANK)] == ".":
            self._next += 1
            names.append(self._name())
        return tuple(names)

    def _name(self) -> str:
        at = self._skip(_INLINE_BLANK)
        bare = _BARE_KEY.match(self.text, at)
        if bare:
            self._next = bare.end()
            return bare[0]
        self._string(_quote(self.text, at))
        return self.text[at + 1 : self._next - 1]

    def _value(self, keys: Keys) -> None:
        at = self._next
        self.values[keys] = at
        self.keys.setdefault(keys, at)
        first = self.text[at]
        if first in "\"'":
            self._string(_quote(self.text, at))
        elif first == "[":
            self._array(keys)
        elif first == "{":
            self._table(keys)
        else:
            self._skip(_PLAIN)

    def _array(self, keys: Keys) -> None:
        self._next += 1
        number = 0
        while self.text[self._skip(_BLANK)] != "]":
            self._value((*keys, number))
            number += 1
            if self.text[self._skip(_BLANK)] == ",":
                self._next += 1
        self._next += 1

    def _table(self, keys: Keys) -> None:
        self._next += 1
        while self.text[self._skip(_BLANK)] != "}":
            self._pair(keys)
            if self.text[self._skip(_BLANK)] == ",":
                self._next += 1
        self._next += 1

    def _string(self, quote: str) -> None:
        at = self._next + len(quote)
        while not self.text.startswith(quote, at):
            at += 2 if self.text[at] == "\\" and quote[0] == '"' else 1
        at += len(quote)
        while len(quote) == 3 and self.text.startswith(quote[0], at):
            at += 1
        self._next = at

    def _skip(self, blank: re.Pattern[str]) -> int:
        found = blank.match(self.text, self._next)
        self._next = found.end() if found else self._next
        return self._next


def _quote(text: str, at: int) -> str:
    return next(quote for quote in _QUOTES if text.startswith(quote, at))
