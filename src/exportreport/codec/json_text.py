"""JSON: bytes to values, values to bytes, and the digests that identify them (STANDARD sections 2 and 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import orjson

from exportreport.codec import characters, faults, json_extremes
from exportreport.codec.decoded import Decoded, readable, unreadable
from exportreport.codec.json_nesting import is_too_deep
from exportreport.codec.limits import DEFAULT_LIMITS, MAX_DEPTH, MAX_TEXT, Limits
from exportreport.codec.member_order import in_order
from exportreport.finding import Finding, make
from exportreport.pattern import pattern
from exportreport.standard import Document, Standard, Value

BOM = b"\xef\xbb\xbf"

_BLANKS = b" \t\n\r"

#: A text in quotes: what stands in it is no delimiter.
_QUOTED = pattern(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


def parsed(data: bytes) -> Value:
    """The value of ``data``; None where it cannot be read without looking closer, which `decode` does."""
    try:
        value: Value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return value


def repeats_no_name(data: bytes, value: Value) -> bool:
    """Whether it is certain at a glance that no name is repeated in ``data``, the text of ``value``."""
    again = _rewritten(value)
    return again == data or not _may_repeat(data, again)


def is_unremarkable(data: bytes, value: Value, *, repeated_names: bool, unusual: bool) -> bool:
    """Whether it is certain at a glance that `decode` has nothing to say of ``data``, a small text of ``value``.

    ``unusual`` says whether any of its characters is.
    """
    if _has_escapes(data) or (unusual and characters.may_be_doubtful(data)):
        return False
    return not repeated_names or repeats_no_name(data, value)


def decode(
    data: bytes, limits: Limits = DEFAULT_LIMITS, *, repeated_names: bool = True, depth: bool = True,
    value: Value = None,
) -> Decoded:  # fmt: skip
    """The value of ``data`` (a message, a list of messages or anything else) and what its text is like.

    Never raises. Without ``repeated_names`` the last value of a repeated name counts, and nothing is said. Without
    ``depth`` the caller asks `nesting` of what it refuses: nothing that follows the standard is nested too deep. A
    ``value`` is what `parsed` gave.
    """
    size = len(data)
    if (size > limits.delimiters or size > limits.document_bytes) and (over := _over(data, limits)):
        return unreadable(over)
    text = data[len(BOM) :] if data[:1] == BOM[:1] and data.startswith(BOM) else data
    if value is None:
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            found = _read_again(text, error.pos)
            if isinstance(found, Finding):
                return unreadable(found)
            value = found
    if size > MAX_TEXT and (long := json_extremes.long_text(text)):
        return unreadable(long)
    if depth and (deep := nesting(value, data)):
        return unreadable(deep)
    if value == []:
        return unreadable(make(faults.EMPTY_ARRAY, ()))
    again = _rewritten(value) if repeated_names or _has_escapes(text) else text
    repeats = repeated_names and again != text and _may_repeat(text, again)
    if text is data and not repeats and (again.isascii() or not characters.may_be_doubtful(again)):
        return Decoded(value)
    return readable(value, _remarks(data, text, again, value, repeats))


def _has_escapes(text: bytes) -> bool:
    """Whether characters are written as escapes in ``text``; a single backslash is found many times faster than two."""
    return b"\\" in text and b"\\u" in text


def nesting(value: Value, data: bytes) -> Finding | None:
    """The finding that ``value``, decoded from ``data``, is nested more than 64 deep; None where it is not."""
    brackets = data.count(b"{") + data.count(b"[")
    if brackets <= MAX_DEPTH or not is_too_deep(value):
        return None
    from exportreport.codec.json_syntax import first_fault

    return first_fault(data.removeprefix(BOM).decode())


def _rewritten(value: Value) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return b""  # nested deeper than it writes, so deeper than the standard allows


def _over(data: bytes, limits: Limits) -> Finding | None:
    if len(data) > limits.document_bytes:
        return make(faults.TOO_LARGE, limit=f"{limits.document_bytes:,}")
    if len(data) > limits.delimiters and _exceeds(data, limits.delimiters):
        return make(faults.TOO_MANY_DELIMITERS, limit=f"{limits.delimiters:,}")
    return None


def _exceeds(data: bytes, limit: int) -> bool:
    """Whether ``data`` has more than ``limit`` delimiters, those in texts not counted."""
    count = _delimiters(data)
    for text in _QUOTED.finditer(data) if count > limit else ():
        count -= _delimiters(text[0])
        if count <= limit:
            return False
    return count > limit


def _delimiters(data: bytes) -> int:
    return data.count(b"{") + data.count(b"[") + data.count(b",")


def _read_again(text: bytes, stopped: int) -> Value | Finding:
    """Why the parser refused ``text``; or its value, where that is only because of numbers that are too large."""
    if not text.strip(_BLANKS):
        return make(faults.EMPTY)
    try:
        from exportreport.codec.json_syntax import first_fault

        found = first_fault(text.decode())
    except UnicodeDecodeError as error:
        return make(faults.NOT_UTF8, (), offset=len(text[: error.start].decode()))
    if found is not None:
        return found
    try:
        value: Value = orjson.loads(json_extremes.bounded(text))
    except orjson.JSONDecodeError:
        return make(faults.MALFORMED_JSON, (), offset=stopped, what="it cannot be read on from here")
    return value


def _may_repeat(text: bytes, again: bytes) -> bool:
    """Whether ``text``, which differs from its value written ``again``, may repeat names; False is certain.

    A lost member is a lost colon. An escaped colon is one more in the text written anew, and so may hide the
    loss.
    """
    return text.count(b":") != again.count(b":") or b"\\u003" in text


def _remarks(data: bytes, text: bytes, again: bytes, value: Value, repeats: bool) -> Iterator[Finding]:
    if len(text) < len(data):
        yield make(faults.BYTE_ORDER_MARK, (), offset=0)
    if repeats:
        from exportreport.codec.json_repeats import repeated

        yield from repeated(text.decode())
    yield from characters.warnings(value, again)


def encode(document: Document, standard: Standard, *, indent: bool = True, ordered: bool = False) -> bytes:
    """``document`` as JSON in UTF-8, members in the model's order, with a newline at the end.

    Members that the model does not know come last. Without ``indent`` it is one line. ``ordered`` says that its
    members stand in that order already, as in every document read from sound XML.
    """
    option = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if indent else 0)
    return orjson.dumps(document if ordered else in_order(document, standard), option=option)


def canonical(document: Document) -> bytes:
    """The canonical JSON of ``document`` (RFC 8785): the same bytes for equal documents.

    The names of the standard are ASCII and its numbers are integers below 2**53; for such documents, sorting
    by code points and writing digits is what the RFC asks for.
    """
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def digest(document: Document) -> str:
    """The identity of ``document``, the same from JSON and XML: ``sha256:`` and 64 hexadecimal digits."""
    return received_digest(canonical(document))


def received_digest(data: bytes) -> str:
    """The identity of the bytes as they came: ``sha256:`` and 64 hexadecimal digits."""
    from hashlib import sha256

    return "sha256:" + sha256(data).hexdigest()


def line(value: object) -> bytes:
    """``value`` as one line of JSON with its line feed."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
