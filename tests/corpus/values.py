"""Right values of each type: ordinary ones for small messages, and both ends of what the type allows."""

from __future__ import annotations

from typing import Any

_DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

#: Ordinary values, short and plain.
ORDINARY: dict[str, tuple[Any, ...]] = {
    "Text": ("Thermal camera, 9 Hz", "Warehouse at Gate 4", "Müller & Söhne", "a < b", "x"),
    "LongText": ("VP/AN: onbekend", "4 ≤ 5", "x"),
    "Reference": ("GBSIEL/2026/0000123/P", "NL0074CDIU0123456", "№ 12", "7"),
    "Token": ("2026-0001", "urn:filing:77", "A", "r/7(b)"),
    "Key": ("exporter", "party-2", "k", "Item_3"),
    "Decimal": ("25740", "1.50", "0", "-3.25"),
    "Integer": (1, 12, 365, 2026),
    "Boolean": (True, False),
    "Date": ("2026-03-31", "2024-02-29", "1999-12-01"),
    "DateTime": ("2026-03-31T14:05:00Z", "2024-02-29T23:59:59Z", "2026-01-01T00:00:00Z"),
    "Digest": (_DIGEST,),
    "CountryCode": ("NL", "KE", "XK"),
    "CurrencyCode": ("EUR", "USD"),
    "UnitCode": ("KGM", "NAR", "C62"),
    "CommodityDigits": ("852560", "8525890090"),
    "ControlCode": ("6A002.a.2.a", "ML15", "EAR99"),
    "LanguageTag": ("en", "nl-BE"),
    "VersionText": ("1.4.2", "2026.1 β"),
    "CasNumber": ("7664-39-3", "107-44-8"),
    "ListedCode": ("uk:G012", "hs"),
    "ProfileId": ("eu", "us"),
    "SchemaVersion": ("1.0",),
}
