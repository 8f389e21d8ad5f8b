"""Faults for the measurements, by kind: a sound document and a seed in, the document with exactly one fault out.

Each fault is one by construction: the standard forbids it whatever the document says, so that nobody's verdict decides
whether it is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

import orjson

from exportreport.standard import Standard
from tests.corpus.generate import break_one

#: Changes the text of an XML document.
Change = Callable[[bytes], bytes]


def _put(find: bytes, put: bytes) -> Change:
    """Put ``put`` in the place of the first ``find``; both are expressions."""

    def change(data: bytes) -> bytes:
        made, changed = re.subn(find, put, data, count=1)
        if not changed:
            raise LookupError(f"nothing to break: {find!r}")
        return made

    return change


#: What may be wrong with an XML document; elements that every report has, and the sender every report has.
XML: dict[str, Change] = {
    "a required element left out": _put(rb"<reported_at>[^<]*</reported_at>", b""),
    "an empty element": _put(rb"(<report_id>)[^<]*<", rb"\1<"),
    "a month that no year has": _put(rb"(<reported_at>[0-9]{4}-)[0-9]{2}", rb"\g<1>13"),
    "a zone missing from a time": _put(rb"(<reported_at>[^<Z]*)Z<", rb"\1<"),
    "a country of three letters": _put(rb"(<country>[A-Z]{2})<", rb"\1X<"),
    "a state in small letters": _put(rb"(<reporting_state>)[A-Z]{2}<", rb"\1nl<"),
    "a number in words": _put(rb"(<revision>)[^<]*<", rb"\1one<"),
    "a number with a plus sign": _put(rb"(<revision>)", rb"\1+"),
    "blanks around a code": _put(rb"(<reporting_state>)([A-Z]{2})<", rb"\1 \2 <"),
    "an unknown code": _put(rb"(<sensitivity>)[^<]*<", rb"\1nonsense<"),
    "an unknown element": _put(rb"(</report_id>)", rb"\1<nobody_knows>1</nobody_knows>"),
    "an element twice": _put(rb"(<report_id>[^<]*</report_id>)", rb"\1\1"),
    "two elements in the wrong order": _put(
        rb"(<report_id>[^<]*</report_id>)\s*(<reported_at>[^<]*</reported_at>)", rb"\2\1"
    ),
    "an attribute": _put(rb"<sender>", b'<sender note="1">'),
    "text between elements": _put(rb"(<sender>)", rb"\1stray"),
    "an element of another namespace": _put(rb"<report_id>", b'<report_id xmlns="urn:x">'),
    "an end tag missing": _put(rb"</sender>", b""),
    "a bare ampersand": _put(rb"(<sender>\s*<name>)", rb"\1A & B "),
    "cut off": lambda data: data[: len(data) * 2 // 3],
}


def in_json(known: Standard, report: dict[str, Any], random: Random) -> tuple[bytes, str]:
    """The report with one fault, as JSON, and the kind of fault."""
    own, said = break_one(known, orjson.loads(orjson.dumps(report)), random)
    return orjson.dumps(own), _kind(said)


def _kind(said: str) -> str:
    """What was changed, without where."""
    if said.startswith("unknown member"):
        return "an unknown member"
    if said.endswith(" removed"):
        return "a required member left out"
    value = said.split(" = ", 1)[1].strip("\"'")
    return {
        "None": "null", "[]": "an empty list", "{}": "an empty object", "": "an empty text",
    }.get(value, "another value of a wrong type or form")  # fmt: skip
