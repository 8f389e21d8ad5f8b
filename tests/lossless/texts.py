"""Strategies for the values of each type: its whole alphabet, its lengths, and what looks like something else."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import strategies as st

from exportreport.standard import Type

#: Characters that writers, parsers and normalization treat in ways of their own.
SIGNS = (
    "\t", "\n", " ", "\u00a0", "\u00ad", "\u1680", "\u2003", "\u2028", "\u2029", "\u3000", "\u200b", "\u200d",
    "\u0301", "\u0308", "\u00e9", "\u212b", "\u00c5", "\u1100", "\u1161", "\u11a8", "\uac00", "\ufb01", "\u0130",
    "\u0131", "\u00df", "\u05d0", "\u0627", "\u200e", "\u200f", "\u202e", "\u2066", "\u2069", "\u061c", "\u0663",
    "\uff11", "\ue000", "\ud7ff", "\ufdd0", "\ufeff", "\ufffc", "\ufffd", "\U00010000", "\U0001f6f0", "\U0001f1f3",
    "\U0001d7d8", "\U0002f800", "\U0001fffe", "\U000e0041", "\U0010ffff", "<", ">", "&", '"', "'", "\\", "/", "]", "}",
    "~", "!", "0", "a",
)  # fmt: skip

#: Texts that are something else to whoever reads them once too often.
LOOK_ALIKES = (
    "]]>", "<![CDATA[x]]>", "&amp;", "&amp;lt;", "&lt;b&gt;", "&#13;", "&#x41;", "&eacute;", "<!-- x -->", "-->",
    "<?xml version='1.0'?>", "<b/>", "</name>", "xmlns='u'", "\\n", "\\u0041", "\\u00e9", "\\ud83d\\ude80", "\\", '\\"',
    "{}", "[]", '{"a": 1}', '["x"]', '""', "null", "None", "true", "false", "True", "yes", "NO", "NaN", "Infinity",
    "-0", "0", "007", "+1", "1.0", "1.50", "1e5", "1,000", "12345678901234567890", "0x1F", "2026-02-31", "2026-11-24",
    "2026-11-24T00:00:00Z", "24:00", "a  b", "a\tb", "a\n\nb", "a\n b", "a \n b", "%0A", "${x}", "=1+1", "e\u0301",
    "\u00e9", "A\u030a", "\u00a0x\u00a0", "\u3000x\u2003", "\ufeffx\ufeff", "\u2028x", "\u1100\u1161", "\u0344",
)  # fmt: skip

#: Bounds of types, and their forms that mean the same number but are another text.
EDGES: dict[str, tuple[str, ...]] = {
    "Decimal": ("0", "-0", "0.0", "-0.000000", "1.5", "1.50", "1.500000", "10", "100", "999999999999999999.999999",
                "-999999999999999999.999999", "0.000001", "123456789012345678.10"),
    "Token": ("0", "A" * 128, "a._:/()-", "1.50", "007", "1e5"),
    "Key": ("a", "K" * 64, "true", "null", "a_-"),
    "Date": ("1900-01-01", "2199-12-31", "2000-02-29", "2096-02-29"),
    "DateTime": ("1900-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "2000-02-29T12:00:00Z"),
    "Digest": ("sha256:" + "0" * 64, "sha256:" + "f" * 64),
    "CountryCode": ("NO", "AA", "ZZ"),
    "UnitCode": ("00", "1E5", "KGM"),
    "CommodityDigits": ("00", "0000000000", "0100", "10"),
    "ControlCode": ("0", "1E5", "A" * 12 + ".Aa000000" * 9),
    "LanguageTag": ("no", "abc" + "-Aa000000" * 3),
    "CasNumber": ("00-00-0", "0000000-00-0"),
    "ListedCode": ("0", "1e5", "0.50", "A" * 64, "a._:-"),
    "ProfileId": ("0", "a" * 64),
}  # fmt: skip

_EDGE_INTEGERS = (0, 1, 10, 2**31, 2**32, 2**32 + 1, 999_999_999_999_999)


@cache
def of_type(kind: Type) -> st.SearchStrategy[str | int | bool]:
    """Values of the type ``kind``."""
    if kind.base == "boolean":
        return st.booleans()
    if kind.base == "integer":
        assert kind.minimum is not None
        return st.sampled_from(_EDGE_INTEGERS) | st.integers(kind.minimum, kind.maximum)
    assert kind.pattern is not None
    if kind.max_length:
        return _texts(kind.pattern, kind.max_length)
    by_form = st.from_regex(kind.pattern.removeprefix("^").removesuffix("$"), fullmatch=True)
    edges = EDGES.get(kind.name)
    return st.sampled_from(edges) | by_form if edges else by_form


def _texts(pattern: str, longest: int) -> st.SearchStrategy[str]:
    """Texts of ``pattern``: a few pieces in most cases, sometimes as long as can be."""
    form = re.compile(pattern)
    signs = [sign for sign in SIGNS if form.fullmatch(f"x{sign}x")]
    known = [text for text in LOOK_ALIKES if form.fullmatch(text)]
    any_sign = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    pieces = st.sampled_from(["a", *known, *signs]) | any_sign
    short = st.lists(pieces, min_size=1, max_size=6).map("".join)
    long = st.builds(_repeated, short, st.sampled_from((longest, longest - 1)))
    usual = st.one_of(short, short, short, short, short, st.sampled_from(known), st.sampled_from(known))
    return st.one_of(*[usual] * 12, long).map(lambda text: _fitted(text, longest))


def _repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _fitted(text: str, longest: int) -> str:
    """``text`` as the standard takes it: no blanks at its ends, as long after that as it was before."""
    inner = text.strip(" \t\n")
    if not inner:
        return "x"
    return inner + "x" * (len(text) - len(inner)) if len(text) >= longest - 1 else inner
