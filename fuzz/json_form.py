"""Messages as JSON text, in every layout, and the oddities that only a text can have."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

import orjson

from fuzz.splicing import any_match, put

_BEFORE = re.compile(rb"[{\[,:]")
_NUMBER = re.compile(rb"(?<=[:,\[ ])-?[0-9]+(?=[,}\]\s])")
_MEMBER = re.compile(rb'"[^"\\]{1,40}" ?: ?(?:"[^"\\]{0,80}"|[0-9]{1,9}|true|false)')
_STRING = re.compile(rb'"[^"\\]{0,200}"')

_NUMBERS = (
    b"1.0", b"1e2", b"+1", b"01", b"-0", b".5", b"1.", b"NaN", b"Infinity", b"-Infinity", b"9007199254740993",
    b"18446744073709551616", b"1" * 400, b"1e400", b"-1", b"0x1", b"1_0", b"null", b"1E+2", b"0.1e-400",
)  # fmt: skip

_STRAYS = (
    b" ", b"\n", b"\r", b"\r\n", b"\t", b"\x0c", b"\xc2\xa0", b"// x\n", b"/* x */", b"#x\n", b",", b":", b"[", b"]",
    b"{", b"}", b'"', b"'", b"\\", b"\x00", b"\xff", b"\xef\xbb\xbf", b"null", b"true", b"tru", b"nul", b"1", b'"x"',
    b'"a":1,', b'{"a":1}', b"[[[[", b"<x>", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80",
)  # fmt: skip

_ESCAPES = (
    b"\\u0000", b"\\ud800", b"\\ud83d\\udef0", b"\\u202e", b"\\u000d", b"\\u003a", b"\\/", b"\\n", b"\\x", b"\\u12",
    b"\\", b"\x01", b"\x1f", b"\x7f", b"e\xcc\x81", b"\xe2\x80\xae", b"\\u0065\\u0301", b"\\\\", b'\\"', b"\\uDFFF",
)  # fmt: skip


def read(data: bytes) -> Any:
    """The value of ``data``; ValueError where it is not JSON."""
    return orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))


def write(value: Any, random: Random) -> bytes:
    """``value`` as JSON, mostly as programs write it."""
    choice = random.random()
    try:
        if choice < 0.55:
            return orjson.dumps(value)
        pretty = orjson.dumps(value, option=orjson.OPT_INDENT_2)
    except (TypeError, orjson.JSONEncodeError):
        return json.dumps(value).encode()
    if choice < 0.75:
        return pretty
    if choice < 0.85:
        return json.dumps(value, indent=random.choice((None, 1, "\t"))).encode()
    if choice < 0.95:
        return pretty.replace(b"\n", random.choice((b"\r\n", b"\r")))
    return b"\xef\xbb\xbf" + pretty


def several(value: Any, other: Any, random: Random) -> bytes:
    """Two messages or more: as an array or as lines."""
    parts = [value, other] * random.choice((1, 1, 2))
    if random.random() < 0.4:
        return write(parts, random)
    try:
        lines = [orjson.dumps(part) for part in parts]
    except (TypeError, orjson.JSONEncodeError):
        lines = [json.dumps(part).encode() for part in parts]
    return random.choice((b"\n", b"\r\n", b"\n\n", b"\n \n")).join(lines) + random.choice((b"", b"\n"))


def odd(data: bytes, random: Random) -> bytes:
    """``data`` with something in it that a value cannot have."""
    return random.choice(_ODDITIES)(data, random)


def _stray(data: bytes, random: Random) -> bytes:
    found = any_match(_BEFORE, data, random)
    return put(data, found.end(), random.choice(_STRAYS)) if found else data


def _blank(data: bytes, random: Random) -> bytes:
    found = any_match(_BEFORE, data, random)
    return put(data, found.end(), random.choice(_STRAYS[:5]) * random.choice((1, 3))) if found else data


def _number(data: bytes, random: Random) -> bytes:
    found = any_match(_NUMBER, data, random)
    return put(data, found.start(), random.choice(_NUMBERS), found.end()) if found else data


def _again(data: bytes, random: Random) -> bytes:
    """A name twice, sometimes with another value, sometimes written otherwise."""
    found = any_match(_MEMBER, data, random)
    if found is None:
        return data
    name, _, value = found[0].partition(b":")
    if random.random() < 0.3:
        name = b'"\\u%04x' % name[1] + name[2:]
    piece = name + b":" + random.choice((value, b'"x"', b"null", b"[]", b'{"a":1,"a":2}'))
    return put(data, found.end(), b"," + piece)


def _escape(data: bytes, random: Random) -> bytes:
    found = any_match(_STRING, data, random)
    return put(data, random.randint(found.start() + 1, found.end() - 1), random.choice(_ESCAPES)) if found else data


def _escaped(data: bytes, random: Random) -> bytes:
    """A character of a text or a name written as an escape."""
    found = any_match(_STRING, data, random)
    if found is None or len(found[0]) < 3:
        return data
    at = random.randint(found.start() + 1, found.end() - 2)
    return put(data, at, b"\\u%04x" % data[at], at + 1) if data[at] < 128 else data


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _more(data: bytes, random: Random) -> bytes:
    return data + random.choice((b"x", b"{}", data[:50], b"\x00", b"]", b"\n{}", b" \n", b"\n" + data))


def _encoded(data: bytes, random: Random) -> bytes:
    encoding = random.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "latin-1", "utf-7"))
    return data.decode(errors="replace").encode(encoding, errors="replace")


_ODDITIES = (_stray, _blank, _blank, _number, _again, _again, _escape, _escape, _escaped, _cut, _more, _encoded)
