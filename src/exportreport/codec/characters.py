"""Warnings about characters that look like others or hide something: the same for JSON and XML.

STANDARD section 4: text that is not in Unicode normalization form C, and bidirectional controls.
"""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.codec import faults
from exportreport.finding import Finding, Path, make
from exportreport.pattern import pattern
from exportreport.standard import Value

_BIDIRECTIONAL = pattern("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: The characters beyond ASCII that are never worth a warning, as the inside of a class of a pattern: what the
#: trade writes in (Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Persian, Georgian, Chinese, Japanese, Korean,
#: punctuation, signs, pictures), and nothing that combines or turns. A test holds them to the Unicode database.
USUAL = (
    "\xa0-\u02ff\u0388-\u03ff\u0400-\u0482\u048a-\u052f\u0531-\u058a\u05d0-\u05ea\u060c\u061b\u061f-\u064a\u0660-\u066f"
    "\u0671-\u06d3\u06f0-\u06ff\u10a0-\u10ff"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u2125\u2127-\u2129"
    "\u212c-\u2328\u232b-\u2adb\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff9d"
    "\U0001f000-\U0001faff"
)

#: A character that may be worth a warning.
UNUSUAL = pattern(f"[^\0-\x9f{USUAL}]")

#: The characters that join with an ASCII character before them in normalization form C, and more.
ON_ASCII = pattern("[\u0300-\u036f]")

_ASCII = bytes(range(128))


def any_unusual(text: bytes) -> bool:
    """Whether there is an unusual character in ``text``, of which nobody needs to know whether it is UTF-8."""
    rest = text.translate(None, _ASCII).decode(errors="ignore")
    return UNUSUAL.search(rest) is not None


def may_be_doubtful(text: bytes) -> bool:
    """Whether anything in the UTF-8 ``text``, in which no character is written as an escape, may be worth a warning.

    What is not in normalization form C keeps the whole from being in it; so names in Arabic or Thai, whose characters
    are unusual here and nothing else, are told from doubtful ones without a look at each text. Nor are the ASCII
    characters looked at, which are most, unless one of them may be joined with what follows it.
    """
    rest = text.translate(None, _ASCII).decode()
    if not rest or UNUSUAL.search(rest) is None:
        return False
    from unicodedata import is_normalized

    joined = text.decode() if ON_ASCII.search(rest) else rest
    return not is_normalized("NFC", joined) or _BIDIRECTIONAL.search(rest) is not None


def warnings(value: Value, text: bytes) -> Iterator[Finding]:
    """The warnings about the texts in ``value``, which is at most 64 deep.

    All their characters stand in the UTF-8 ``text``, and none is written there as an escape. Where none of them is
    unusual, which is nearly always, the texts are not looked at one by one.
    """
    if may_be_doubtful(text):
        for one, path in _texts(value):
            yield from _judge(one, path)


def _texts(value: Value) -> Iterator[tuple[str, Path]]:
    """The texts in ``value`` that are not ASCII, with their paths, in the order of the document."""
    if isinstance(value, str):
        yield value, ()
    steps: list[str | int] = []
    inside = [_entries(value)]
    while inside:
        for step, child in inside[-1]:
            if isinstance(child, str):
                if not child.isascii():
                    yield child, (*steps, step)
            elif isinstance(child, dict | list):
                steps.append(step)
                inside.append(_entries(child))
                break
        else:
            inside.pop()
            del steps[-1:]


def _entries(value: Value) -> Iterator[tuple[str | int, Value]]:
    if isinstance(value, dict):
        return iter(value.items())
    return enumerate(value) if isinstance(value, list) else iter(())


def _judge(text: str, path: Path) -> Iterator[Finding]:
    from unicodedata import is_normalized, name

    if not is_normalized("NFC", text):
        yield make(faults.NOT_NFC, path, value=text)
    if control := _BIDIRECTIONAL.search(text):
        words = f"U+{ord(control[0]):04X} ({name(control[0]).lower()})"
        yield make(faults.BIDIRECTIONAL, path, value=text, character=words)
