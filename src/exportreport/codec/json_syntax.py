"""What is wrong with a text that is not correct JSON, or is nested too deep: the first fault and its place.

Called only when the parser has refused the text; its words are for programmers and change with its versions,
so the text is read again here.
"""

from __future__ import annotations

import re

from exportreport.codec import faults
from exportreport.codec.json_tokens import BLANKS, NUMBER, TEXT, WORD
from exportreport.codec.limits import MAX_DEPTH
from exportreport.finding import Fault, Finding, make
from exportreport.pattern import pattern

_CLOSING = {"{": "}", "[": "]"}
_NAMES = {"}": "closing brace", "]": "closing bracket", ",": "comma", ":": "colon"}
_WORDS = frozenset({"true", "false", "null"})
_NOT_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
_CUT_NUMBER = pattern(r"-?(?:[0-9]+(?:\.(?:[0-9]+(?:[eE][+-]?)?)?|[eE][+-]?)?)?", re.ASCII)
_CUT_ESCAPE = pattern(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_SOUND_BEGIN = pattern(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_ESCAPE = pattern(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\.")
_SURROGATE = pattern(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class _FaultError(Exception):
    """The first fault of a text; the reading ends with it."""

    def __init__(self, fault: Fault, offset: int, **words: str) -> None:
        super().__init__(fault.code)
        self.fault, self.offset, self.words = fault, offset, words


def first_fault(text: str) -> Finding | None:
    """What is first wrong in ``text``, with its offset; None where it is correct JSON, at most 64 deep."""
    try:
        _Reading(text).document()
    except _FaultError as found:
        return make(found.fault, (), offset=found.offset, **found.words)
    return None


def _broken(what: str, offset: int) -> _FaultError:
    return _FaultError(faults.MALFORMED_JSON, offset, what=what)


class _Reading:
    """A place in the text and the brackets that are open there."""

    __slots__ = ("at", "open", "text")

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.open: list[str] = []

    def document(self) -> None:
        self._value()
        while self.open:
            self._continue()
        self._skip_blanks()
        if self.at < len(self.text):
            raise _FaultError(faults.NUL if self.text[self.at] == "\0" else faults.TRAILING, self.at)

    def _skip_blanks(self) -> None:
        blanks = BLANKS.match(self.text, self.at)
        self.at = blanks.end() if blanks else self.at

    def _next(self) -> str:
        """The next character that is not blank; the text is cut off where there is none."""
        self._skip_blanks()
        if self.at == len(self.text):
            raise self._cut()
        return self.text[self.at]

    def _cut(self) -> _FaultError:
        return _FaultError(faults.TRUNCATED, len(self.text.rstrip(" \t\r\n")))

    def _continue(self) -> None:
        """Read what may follow a value: the end of the bracket, or a comma and the next entry."""
        inside, char = self.open[-1], self._next()
        if char == _CLOSING[inside]:
            self._close()
        elif char == ",":
            comma = self.at
            self.at += 1
            if self._next() in ("}", "]"):
                raise _broken("there is a comma after the last entry", comma)
            self._entry()
        elif char in ("}", "]"):
            raise _broken(f"a {_NAMES[_CLOSING[inside]]} is expected here, not a {_NAMES[char]}", self.at)
        else:
            raise self._unexpected("a comma between two entries is missing")

    def _unexpected(self, what: str) -> _FaultError:
        """The fault of the character here: NUL, or what is known of it, or else ``what``."""
        if self.text[self.at] == "\0":
            return _FaultError(faults.NUL, self.at)
        return _broken(self._oddity() or what, self.at)

    def _close(self) -> None:
        self.at += 1
        self.open.pop()

    def _entry(self) -> None:
        if self.open[-1] == "{":
            self._name()
        self._value()

    def _name(self) -> None:
        if self._next() != '"':
            raise self._unexpected("a field name in double quotes is expected here")
        self._text()
        if self._next() != ":":
            raise _broken("the colon between a field name and its value is missing", self.at)
        self.at += 1

    def _value(self) -> None:
        char = self._next()
        if char in _CLOSING:
            self._open(char)
        elif char == '"':
            self._text()
        elif char in _NAMES:
            raise _broken(f"a value is missing before the {_NAMES[char]}", self.at)
        else:
            self._word()

    def _open(self, bracket: str) -> None:
        if len(self.open) == MAX_DEPTH:
            raise _FaultError(faults.TOO_DEEP, self.at)
        self.open.append(bracket)
        self.at += 1
        if self._next() == _CLOSING[bracket]:
            self._close()
        else:
            self._entry()

    def _text(self) -> None:
        whole = TEXT.match(self.text, self.at)
        if whole is None:
            raise self._broken_text()
        for escape in _ESCAPE.finditer(whole[0]) if "\\" in whole[0] else ():
            half = len(escape[0]) == 2 and _SURROGATE.match(whole[0], escape.start())
            if half:
                raise _FaultError(faults.LONE_SURROGATE, self.at + escape.start(), value=half[0])
        self.at = whole.end()

    def _broken_text(self) -> _FaultError:
        sound = _SOUND_BEGIN.match(self.text, self.at)
        end = sound.end() if sound else self.at
        if not self.text[end:].strip(" \t\r\n") or _CUT_ESCAPE.match(self.text, end):
            return self._cut()
        if self.text[end] == "\\":
            return _broken("a backslash in a text is followed by a character that cannot follow it", end)
        if self.text[end] == "\0":
            return _FaultError(faults.NUL, end)
        return _broken("a line break, tab or control character stands unescaped in a text", end)

    def _word(self) -> None:
        number = NUMBER.match(self.text, self.at)
        word = number or WORD.match(self.text, self.at)
        if number is None and (word is None or word[0] not in _WORDS):
            raise self._broken_word(word[0] if word else "")
        self.at = word.end() if word else self.at

    def _broken_word(self, word: str) -> _FaultError:
        if word in _NOT_NUMBERS:
            return _FaultError(faults.NOT_A_NUMBER, self.at, value=word)
        if word and self.at + len(word) == len(self.text) and self._is_cut(word):
            return self._cut()
        return self._unexpected("a value is expected here, and texts are written in double quotes")

    def _is_cut(self, word: str) -> bool:
        begins = any(whole.startswith(word) for whole in (*_WORDS, *_NOT_NUMBERS))
        return begins or _CUT_NUMBER.fullmatch(word) is not None

    def _oddity(self) -> str:
        """What people and other languages write, and JSON does not know; an empty text for anything else."""
        rest = self.text[self.at : self.at + 9]
        if rest[0] in "'‘’“”„«»`":
            return "texts are written in straight double quotes"
        if rest.startswith(("//", "/*", "#")):
            return "JSON has no comments"
        if (rest[0] in "+-." or rest[0].isdigit()) and not NUMBER.match(self.text, self.at):
            return "a number is written in a form that JSON does not know"
        if rest.startswith(("True", "False", "None", "undefined")):
            return "true, false and null are written in small letters"
        return "this character cannot stand here" if not rest[0].isprintable() else ""
