"""Values at the edges: some are sound in some places, others nowhere; which, the model's types tell."""

from __future__ import annotations

from typing import Any

#: What no result may say once it is redacted, and no page may take for markup.
MARKER = "q7secret"

_DATES = (
    "1900-01-01", "2199-12-31", "2200-01-01", "1899-12-31", "2000-02-29", "2024-02-29", "2100-02-29", "2026-02-30",
    "2026-11-23", "2026-11-24", "2025-12-31", "2021-09-09", "2023-01-01", "0000-01-01", "2026-1-1", "2026-13-01",
    "2026-11-23T24:00:00Z", "2026-11-23T00:00:00Z", "2026-11-23T23:59:59Z", "2026-11-23T23:59:60Z",
    "2026-11-23T09:00:00.5Z", "2026-11-23T09:00:00+01:00", "1900-01-01T00:00:00Z", "2199-12-31T23:59:59Z",
)  # fmt: skip

_DECIMALS = (
    "0", "-0", "0.0", "1", "1.0", "1.00", "-1", "100", "100.0", "0.000001", "0.1", "9" * 18, "-" + "9" * 18,
    "9" * 18 + ".999999", "9" * 19, "0.1234567", "01", "+1", ".5", "5.", "1e3", "1,5", "1 000", "NaN", "٣", "100000",
)  # fmt: skip

_CODES = (
    "NL", "DE", "US", "GB", "KP", "XK", "ZZ", "EU", "nl", "N", "NLD", "EUR", "USD", "HRK", "XXX", "KGM", "TNE", "H87",
    "6A003", "6A003.b.4.b", "5A001.f", "5A002.a.1", "5A002a1", "ML15", "ML22.a", "EAR99", "9A991", "0A501.a.1",
    "eu", "us", "uk", "surveillance", "wassenaar", "eu_annex_i", "wassenaar_dual_use", "us_ccl", "uk_consolidated",
    "1.0", "2.0", "sha256:" + "0" * 64, "sha256:" + "0" * 63, "k1", "k2", "item", "party", "a.b", "x:y", "-",
)  # fmt: skip

_TEXTS = (
    "", " ", "x", " x", "x ", "x\n", "a\nb", "a\tb", "a\rb", "a\x00b", "a\x1bb", "\x85", "\u2028", "\ufeff", "\ufffe",
    "\ud800", "e\u0301", "\u202eabc", "\u2066", "\U0001f6f0", "\U0010ffff", "暗号化装置", "Ω", "K", "ß" * 300,
    "x" * 256, "x" * 257, "x" * 4000, "x" * 4001, "a" * 70_000, "]]>", "<x/>", "&amp;", "&#0;", "\\u0000", '"', "'",
    "=1+1", "@x", "::error::x", "%0A", "{rule}", "{0}", "%s", "/", "~", "~1", "a/b~c", "null", "true", "false",
)  # fmt: skip

_MARKED = (
    MARKER, f"<{MARKER} onload=x>", f'"{MARKER}=1 x', f"'{MARKER}=1 x", f"k{MARKER}", f"</script><{MARKER}>",
    f"{MARKER} e\u0301", f"\u202e{MARKER}", f"\x1b[31m{MARKER}", f"={MARKER}", f"{MARKER}\n::error::{MARKER}",
)  # fmt: skip

_NUMBERS = (
    0, 1, -1, 2, 7, 30, 100, 365, 10**15, 10**15 - 1, 2**31, 2**53 - 1, 2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64,
    -(2**63), 1.0, 1.5, 1e2, 1e300, -0.0,
)  # fmt: skip

EDGES: tuple[Any, ...] = (*_DATES, *_DECIMALS, *_CODES, *_TEXTS, *_MARKED, *_NUMBERS, True, False)

#: What stands nowhere in a sound message, beside the edges that do not fit.
SHAPES: tuple[Any, ...] = (
    None, [], {}, [[]], [{}], [None], {"a": "b"}, {"a": {"b": ["c"]}}, ["x"], [1, "x", None], {"": ""},
    {MARKER: MARKER}, {"report_type": "DenialNotice"}, {"report_type": None}, [["x"] * 3] * 3,
)  # fmt: skip

#: Names that no class has: unknown, nearly known, hostile.
NAMES = (
    "x", "no_such_member", "repot_id", "licence_kind", "itmes", "Report_Id", "report-id", "", " ", "a/b", "~0", "é",
    "e\u0301", MARKER, f"<{MARKER}>", "xmlns", "xml:lang", "$ref", "__proto__", "constructor", "0", "-1", "report_type",
    "a" * 300, "\x00", "\ud83d\ude00", "items", "parties", "extensions", "as_of", "profiles",
)  # fmt: skip
