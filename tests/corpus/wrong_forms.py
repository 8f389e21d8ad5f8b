"""Texts that do not have the form of their type, by type, and the code that is due to each.

Worked out from the section on values of the standard; no pattern is read here.
"""

from __future__ import annotations

#: The code of a text that does not have the form of its type; `FORM` for the others.
CODES = {
    "Date": "ER-S-020",
    "DateTime": "ER-S-021",
    "Decimal": "ER-S-022",
    "CountryCode": "ER-S-024",
    "CurrencyCode": "ER-S-025",
    "UnitCode": "ER-S-026",
    "ControlCode": "ER-S-027",
    "Digest": "ER-S-028",
    "SchemaVersion": "ER-S-018",
}
FORM = "ER-S-023"

CHARACTER, OUTER_BLANK, LINE_BREAK, TOO_LONG = "ER-S-013", "ER-S-014", "ER-S-015", "ER-S-016"

#: Types of free text, and those of them that stand on one line.
FREE = frozenset({"Text", "LongText", "Reference", "VersionText"})
ONE_LINE = frozenset({"Reference", "VersionText"})

#: What is wrong around a value that has a form: added to an ordinary one, for every such type.
_AROUND = {
    "a line feed at the end": "{}\n",
    "a carriage return at the end": "{}\r",
    "a blank at the end": "{} ",
    "a blank at the start": " {}",
    "a tab at the start": "\t{}",
    "a line feed at the start": "\n{}",
    "a no-break space at the start": "\u00a0{}",
    "a no-break space at the end": "{}\u00a0",
    "a zero-width space at the end": "{}\u200b",
    "a zero-width no-break space at the start": "\ufeff{}",
    "a right-to-left override at the start": "\u202e{}",
    "a line separator at the end": "{}\u2028",
    "a next line at the end": "{}\u0085",
    "a combining accent at the end": "{}\u0301",
    "an astral character at the end": "{}\U0001f6f0",
    "two values": "{0}\n{0}",
    "a bang at the start": "!{}",
    "a bang at the end": "{}!",
}

#: What no value with a form has in it.
_INSIDE = {"a line feed": "\n", "a bang": "!", "an Arabic-Indic digit": "٣", "a soft hyphen": "\u00ad"}

#: What is wrong in a value of one type.
_OWN: dict[str, dict[str, str]] = {
    "Token": {
        "an inner blank": "a b",
        "a letter with an accent": "é1",
        "a point at the start": ".a",
        "a hyphen at the start": "-a",
        "129 characters": "a" * 129,
        "an inner backslash": "a\\b",
        "Arabic-Indic digits": "٣٤",
        "an inner astral character": "a\U0001f600b",
        "a full-width letter": "Ａ1",
        "an inner line feed": "a\nb",
    },
    "Key": {
        "a digit at the start": "1a",
        "an inner point": "a.b",
        "an underscore at the start": "_a",
        "65 characters": "k" * 65,
        "an Arabic-Indic digit": "k٣",
        "a Cyrillic letter": "кey",
        "an inner blank": "a b",
        "a long s": "ſ1",
        "a Kelvin sign": "\u212a1",
    },
    "Decimal": {
        "a plus": "+1",
        "no digit before the point": ".5",
        "no digit behind the point": "1.",
        "an exponent": "1e3",
        "a zero in front": "01",
        "two zeros": "00",
        "a minus and a zero in front": "-01",
        "seven decimals": "1.0000000",
        "nineteen digits": "1" * 19,
        "a decimal comma": "1,5",
        "points between thousands": "2.308.000",
        "commas between thousands": "25,740",
        "blanks between thousands": "25 740",
        "apostrophes between thousands": "25'740",
        "an inner underscore": "1_000",
        "two signs": "--1",
        "a sign alone": "-",
        "a minus sign of mathematics": "−1",
        "a sign behind": "1-",
        "not a number": "NaN",
        "infinity": "INF",
        "a word": "many",
        "a hexadecimal number": "0x1F",
        "Arabic-Indic digits": "٣",
        "full-width digits": "１２",
        "an Arabic decimal separator": "1\u066b5",
        "a superscript": "2²",
        "a fraction": "½",
        "a per cent sign": "10%",
        "a currency sign": "€5",
    },
    "Date": {
        "the 31st of February": "2026-02-31",
        "the 30th of February": "2024-02-30",
        "the 29th of February of a common year": "2023-02-29",
        "the 29th of February of 1900": "1900-02-29",
        "the 29th of February of 2100": "2100-02-29",
        "the 31st of April": "2026-04-31",
        "the 31st of November": "2026-11-31",
        "the 32nd of January": "2026-01-32",
        "day 0": "2026-03-00",
        "month 0": "2026-00-10",
        "month 13": "2026-13-01",
        "year 0": "0000-01-01",
        "the year 1899": "1899-12-31",
        "the year 2200": "2200-01-01",
        "the year 10000": "10000-01-01",
        "a year before Christ": "-2026-01-01",
        "a plus before the year": "+2026-01-01",
        "two digits of the year": "26-03-31",
        "one digit of the month": "2026-3-31",
        "one digit of the day": "2026-03-1",
        "no hyphens": "20260331",
        "slashes": "2026/03/31",
        "day first": "31-03-2026",
        "a zone": "2026-03-31Z",
        "a zone offset": "2026-03-31+01:00",
        "a time": "2026-03-31T00:00:00Z",
        "an ordinal day": "2026-090",
        "a week": "2026-W14-2",
        "a month alone": "2026-03",
        "Arabic-Indic digits": "٢٠٢٦-٠٣-٣١",
        "one Arabic-Indic digit": "2026-03-3١",
        "hyphens of typography": "2026\u201003\u201031",
        "a word": "today",
    },
    "DateTime": {
        "24:00:00": "2026-03-31T24:00:00Z",
        "a leap second": "2026-06-30T23:59:60Z",
        "minute 60": "2026-03-31T14:60:00Z",
        "hour 25": "2026-03-31T25:00:00Z",
        "an offset of zero": "2026-03-31T14:05:00+00:00",
        "an offset": "2026-03-31T14:05:00+01:00",
        "an offset behind the zone": "2026-03-31T14:05:00Z+01:00",
        "a negative offset of zero": "2026-03-31T14:05:00-00:00",
        "no zone": "2026-03-31T14:05:00",
        "a lower-case zone": "2026-03-31T14:05:00z",
        "a lower-case t": "2026-03-31t14:05:00Z",
        "a blank for the T": "2026-03-31 14:05:00Z",
        "a fraction": "2026-03-31T14:05:00.5Z",
        "a fraction of zero": "2026-03-31T14:05:00.000Z",
        "no seconds": "2026-03-31T14:05Z",
        "a date alone": "2026-03-31",
        "one digit of the hour": "2026-03-31T4:05:00Z",
        "the 31st of February": "2026-02-31T14:05:00Z",
        "the 29th of February of a common year": "2025-02-29T14:05:00Z",
        "year 0": "0000-01-01T00:00:00Z",
        "the year 1899": "1899-12-31T23:59:59Z",
        "the year 2200": "2200-01-01T00:00:00Z",
        "Arabic-Indic digits": "2026-03-31T١٤:05:00Z",
        "no colons": "20260331T140500Z",
        "a word": "now",
    },
    "Digest": {
        "capital digits": "sha256:" + "9F" * 32,
        "63 digits": "sha256:" + "a" * 63,
        "65 digits": "sha256:" + "a" * 65,
        "no name": "a" * 64,
        "another name": "sha512:" + "a" * 64,
        "a capital name": "SHA256:" + "a" * 64,
        "an inner g": "sha256:" + "a" * 31 + "g" + "a" * 32,
        "an Arabic-Indic digit": "sha256:" + "a" * 63 + "٣",
        "an inner line feed": "sha256:\n" + "a" * 64,
    },
    "CountryCode": {
        "lower case": "nl",
        "mixed case": "Nl",
        "one letter": "N",
        "three letters": "NLD",
        "a digit": "N1",
        "a name": "Kenya",
        "full-width letters": "ＮＬ",
        "a Greek letter": "ΝL",
        "flags": "\U0001f1f3\U0001f1f1",
        "an inner blank": "N L",
    },
    "CurrencyCode": {
        "lower case": "eur",
        "two letters": "EU",
        "four letters": "EURO",
        "a sign": "€",
        "a digit": "EU1",
        "full-width letters": "ＥＵＲ",
    },
    "UnitCode": {
        "lower case": "kgm",
        "one character": "K",
        "four characters": "KILO",
        "an Arabic-Indic digit": "C٦٢",
        "an inner hyphen": "K-M",
        "a letter with an accent": "KÉM",
    },
    "CommodityDigits": {
        "one digit": "8",
        "eleven digits": "85258900901",
        "inner points": "8525.89",
        "inner blanks": "8525 89",
        "a letter": "85258X",
        "Arabic-Indic digits": "٨٥٢٥٦٠",
        "one Arabic-Indic digit": "85256٠",
        "full-width digits": "８５",
        "a sign": "-85",
    },
    "ControlCode": {
        "lower case": "6a002",
        "an inner blank": "6A002 a",
        "no point before the segment": "6A002a",
        "two points": "6A002..a",
        "a point at the end": "6A002.",
        "a point at the start": ".6A002",
        "a segment of nine": "6A002.abcdefghi",
        "an entry of thirteen": "A" * 13,
        "ten segments": "6A002" + ".a" * 10,
        "an Arabic-Indic digit": "6A00٢",
        "a segment with an accent": "6A002.é",
        "a hyphen": "6A-002",
    },
    "LanguageTag": {
        "a capital": "Nl",
        "one letter": "n",
        "four letters": "dutc",
        "an underscore": "nl_BE",
        "a subtag of one": "nl-B",
        "a subtag of nine": "nl-abcdefghi",
        "four subtags": "nl-aa-bb-cc-dd",
        "a hyphen at the end": "nl-",
        "a letter with an accent": "né",
        "an Arabic-Indic digit": "nl-٤١٩",
    },
    "CasNumber": {
        "one digit in front": "7-39-3",
        "eight digits in front": "12345678-39-3",
        "two digits behind": "7664-39-33",
        "no digit behind": "7664-39-",
        "no hyphens": "7664393",
        "a letter": "7664-3A-3",
        "Arabic-Indic digits": "٧٦٦٤-39-3",
        "hyphens of typography": "7664\u201339\u20133",
    },
    "SchemaVersion": {
        "another version": "2.0",
        "a minor version": "1.1",
        "another character for the point": "1x0",
        "one digit": "1",
        "a third number": "1.0.0",
        "a zero more": "1.00",
        "Arabic-Indic digits": "١.٠",
        "a letter in front": "v1.0",
        "a word": "latest",
    },
}
_OWN["ListedCode"] = {
    "an inner slash": "a/b",
    "an inner bracket": "a(b",
    "a colon at the start": ":a",
    "an inner blank": "a b",
    "65 characters": "a" * 65,
    "a letter with an accent": "hś",
    "Arabic-Indic digits": "٣",
    "a long s": "ſa",
    "an inner line feed": "a\nb",
}
_OWN["ProfileId"] = _OWN["ListedCode"]

#: What is wrong with any free text, and its code.
_FREE: dict[str, tuple[str, str]] = {
    "a blank at the start": (" x", OUTER_BLANK),
    "a blank at the end": ("x ", OUTER_BLANK),
    "a line feed at the end": ("x\n", OUTER_BLANK),
    "a tab at the start": ("\tx", OUTER_BLANK),
    "a line feed at the start": ("\nx", OUTER_BLANK),
    "a tab at the end": ("two words\t", OUTER_BLANK),
    "a blank alone": (" ", OUTER_BLANK),
    "a line feed alone": ("\n", OUTER_BLANK),
    "a carriage return": ("a\rb", CHARACTER),
    "a carriage return and line feed": ("a\r\nb", CHARACTER),
    "a carriage return at the end": ("x\r", CHARACTER),
    "a next line": ("a\u0085b", CHARACTER),
    "a next line at the end": ("x\u0085", CHARACTER),
    "a control of C1": ("\u009bx", CHARACTER),
    "a delete": ("a\u007fb", CHARACTER),
}

_LINES: dict[str, tuple[str, str]] = {
    "an inner line feed": ("a\nb", LINE_BREAK),
    "an inner tab": ("a\tb", LINE_BREAK),
}

#: Characters that XML cannot carry, as JSON and XML would write them; the first of a text.
NOT_IN_XML = {
    "U+0000": ("\\u0000", "&#0;"),
    "U+0001": ("\\u0001", "&#1;"),
    "U+001B": ("\\u001b", "&#x1B;"),
    "U+FFFE": ("\\ufffe", "&#xFFFE;"),
    "U+FFFF": ("\uffff", "\uffff"),
}

#: Free texts that are right, and the warning that is due to each.
DOUBTFUL = {
    "a letter and an accent apart": ("Curac\u0327ao", "ER-D-202"),
    "an accent at the start": ("\u0344x", "ER-D-202"),
    "a unit that is a letter elsewhere": ("5 \u2126", "ER-D-202"),
    "Hangul in parts": ("\u1112\u1161\u11ab", "ER-D-202"),
    "a right-to-left override": ("invoice\u202efdp.exe", "ER-D-203"),
    "a right-to-left mark": ("x\u200f y", "ER-D-203"),
    "an isolate": ("\u2067x\u2069", "ER-D-203"),
    "an Arabic letter mark": ("x\u061cy", "ER-D-203"),
}


def wrong_forms(type_name: str, right: str) -> dict[str, tuple[str, str]]:
    """What can be wrong with a text of the type, each with such a text and its code; ``right`` is one in order."""
    if type_name in FREE:
        return _FREE | (_LINES if type_name in ONE_LINE else {})
    code = CODES.get(type_name, FORM)
    around = {what: form.format(right) for what, form in _AROUND.items()}
    middle = len(right) // 2
    inside = {f"{what} in the middle": right[:middle] + sign + right[middle:] for what, sign in _INSIDE.items()}
    return {what: (text, code) for what, text in (_OWN[type_name] | around | inside).items()}


_CODES = FREE | {"Token", "ListedCode", "ProfileId"}

#: The types that a few texts are right values of.
_FITS = {
    "12": FREE
    | {"Token", "Decimal", "CommodityDigits", "ListedCode", "ProfileId", "UnitCode", "ControlCode", "Integer"},
    "true": FREE | {"Token", "Key", "ListedCode", "ProfileId", "Boolean"},
    "yes": FREE | {"Token", "Key", "ListedCode", "ProfileId", "LanguageTag"},
    "1": FREE | {"Token", "Decimal", "ListedCode", "ProfileId", "ControlCode", "Integer"},
}


def in_xml(type_name: str, text: str) -> str | None:
    """The code for one of a few texts as a value of the type in XML, where all is text; None where it is right."""
    if type_name in _FITS[text]:
        return None
    return {"Integer": "ER-S-010", "Boolean": "ER-S-012"}.get(type_name) or CODES.get(type_name, FORM)
