"""Names that one of the parsers does not know: its letters are those of an edition of XML that came before them."""

from __future__ import annotations

from exportreport.pattern import pattern

#: The letters beyond ASCII that a name may begin with (XML 1.0, fifth edition, section 2.3).
_LETTERS = pattern(
    "[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]+"
)

#: What else beyond ASCII may stand in a name, and not begin it.
_SIGNS = pattern("[\u00b7\u0300-\u036f\u203f\u2040]+")

_ALPHABET = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TO_LETTERS = bytes(byte if byte < 128 else _ALPHABET[byte % 52] for byte in range(256))
_TO_DIGITS = bytes(byte if byte < 128 else b"0123456789"[byte % 10] for byte in range(256))


def in_ascii(text: bytes) -> bytes:
    """The UTF-8 ``text`` with as many letters and digits of ASCII for all bytes of what may stand in names.

    All else stays, and stays at its place: a parser that does not know a name finds the parts of this text where they
    are in the other, and refuses what is no name in any edition.
    """
    letters = _LETTERS.sub(lambda run: _translated(run[0], _TO_LETTERS), text.decode())
    return _SIGNS.sub(lambda run: _translated(run[0], _TO_DIGITS), letters).encode()


def _translated(run: str, table: bytes) -> str:
    return run.encode().translate(table).decode()
