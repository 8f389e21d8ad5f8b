"""What is extreme in correct JSON: numbers beyond those of any program, and texts longer than XML could carry them."""

from __future__ import annotations

import re
from math import isinf

from exportreport.codec import faults
from exportreport.codec.limits import MAX_TEXT
from exportreport.finding import Finding, make
from exportreport.pattern import pattern

#: Texts, and the numbers that may be too large: those with an exponent, and those of many digits.
_TOKEN = pattern(
    rb'"(?:[^"\\]++|\\.)*+"|(?P<number>-?(?:[0-9]{309}[0-9]*+(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)?(?=[eE]))'
    rb"(?:[eE][+-]?[0-9]++)?)",
    re.DOTALL,
)
_VALUE = pattern(rb'"(?:[^"\\]++|\\.)*+"|-?[0-9][0-9.eE+-]*+', re.DOTALL)

#: How many bytes are looked at in one place.
_LOOK = 4_096

#: Stands for a number that is too large: no number of the standard is a fraction or has an exponent, nor this one.
_LARGE = b"1e300"


def bounded(text: bytes) -> bytes:
    """``text``, every number in it that is larger than a program can hold replaced by one that is not.

    The standard has no such numbers, so that the document is refused for it, at its place, as it is in XML. What
    stands in the file is quoted from the file.
    """
    return _TOKEN.sub(_bounded, text)


def _bounded(token: re.Match[bytes]) -> bytes:
    number = token["number"]
    if number is None or not isinf(float(number)):
        return token[0]
    return b"-" + _LARGE if number.startswith(b"-") else _LARGE


def long_text(text: bytes) -> Finding | None:
    """The finding that a value of the sound JSON ``text`` is longer than any document may have; None where none is."""
    for token in _VALUE.finditer(text) if _may_be_long(text) else ():
        if len(token[0]) > MAX_TEXT and _length(token[0]) > MAX_TEXT:
            return make(faults.LONG_TEXT, (), offset=len(text[: token.start()].decode()))
    return None


def _may_be_long(text: bytes) -> bool:
    """Whether ``text`` may have so long a value; False is certain.

    Such a value has one of the places that are looked at inside it, where all quotation marks are escaped.
    """
    for at in range(0, len(text), MAX_TEXT // 2):
        end = at + _LOOK
        if text.count(b'"', at + 1, end) == text.count(b'\\"', at, end):
            return True
    return False


def _length(token: bytes) -> int:
    """How many bytes of UTF-8 the value written as ``token`` has."""
    import orjson

    return len(orjson.loads(token).encode()) if token.startswith(b'"') else len(token)
