"""Messages as XML, right or wrong, and the oddities that only XML can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from exportreport.codec import xml_text
from exportreport.standard import Class, Slot, Standard
from fuzz.edges import MARKER
from fuzz.splicing import any_match, put

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,80}")
_TAG = re.compile(rb"<(/?)([A-Za-z_][^ />]{0,80})[^>]{0,200}>")
_START = re.compile(rb"<[A-Za-z_][^ />]{0,80}(?=[ />])")
_LEAF = re.compile(rb"<([a-z_]{1,60})>[^<]{0,400}</\1>")
_TEXT = re.compile(rb">([^<]{1,400})</")

_STRAYS = (
    b"<!-- x -->", b"<?pi x?>", b"stray", b" ", b"\n", b"\r\n", b"\t", b"\xc2\xa0", b"<![CDATA[x]]>", b"<![CDATA[]]>",
    b"&amp;", b"&nbsp;", b"&#13;", b"&#x202e;", b"&#0;", b"&", b"<", b"<x/>", b"<x>y</x>", b"<x:y/>", b"]]>",
    b'<x xmlns=""/>', b'<x xmlns="urn:x"><y/></x>', b"<report_type>x</report_type>", b"<!DOCTYPE x>", b"<?xml?>",
    b"<items><Item/></items>", b"<Item/>", b"\x00", b"\xff", b"\x0b", b"<a><b><c><d/></c></b></a>", b"<!-- -- -->",
    b"<" + MARKER.encode() + b"/>", b"<x>" * 63 + b"</x>" * 63, b"<\xc3\xa9/>", b"<\xf0\x90\x80\x80/>",
)  # fmt: skip

_INSIDE = (
    b"<!-- x -->", b"<?x?>", b"<![CDATA[<&]]>", b"&#65;", b"&#x41;", b"&lt;", b"&#13;", b"&#10;", b" ", b"\n", b"\r",
    b"\t", b"e\xcc\x81", b"\xe2\x80\xae", b"\xef\xbf\xbe", b"&#xD800;", b"&#x1F6F0;", b"<b/>", b"<b>x</b>", b"&x;",
)  # fmt: skip

_ATTRIBUTES = (
    b' a="b"', b' xml:lang="en"', b' xml:space="preserve"', b' xsi:nil="true"', b' xmlns:p="urn:p" p:a="b"',
    b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"', b' a="1" a="2"', b" a=b",
    b" a", b' a="<"',
    b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x x.xsd"', b' xmlns="urn:x"',
    b' xmlns=""', b' xml:base="x"', b' xml:id="i"', b' report_id="x"', b' xmlns:xml="urn:x"', b" xmlns:a='%'",
    b' ' + MARKER.encode() + b'="' + MARKER.encode() + b'"',
)  # fmt: skip

_HEADS = (
    b'<?xml version="1.0"?>', b'<?xml version="1.1"?>', b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
    b'<?xml version="1.0" encoding="windows-1252"?>', b'<?xml version="1.0" encoding="ISO-8859-1"?>',
    b'<?xml version="1.0" encoding="US-ASCII"?>', b'<?xml version="1.0" encoding="UTF-16"?>', b"<!-- x -->", b"\n",
    b'<?xml version="1.0" encoding="x"?>', b"<!DOCTYPE x>", b'<!DOCTYPE x [<!ENTITY e "v">]>', b"<?x y?>",
    b"\xef\xbb\xbf",
    b'<?xml-stylesheet href="x"?>', b"<?xml ", b"x",
)  # fmt: skip


def read(data: bytes, standard: Standard) -> Any:
    """The document in ``data``; ValueError where it cannot be read."""
    decoded = xml_text.decode(data, standard)
    if not decoded.readable:
        raise ValueError("not XML of the standard")
    return decoded.value


def write(message: Any, standard: Standard, random: Random) -> bytes:
    """``message`` as XML, as far as XML can say it; members in the order of the model, mostly."""
    kind = message.get("report_type") if isinstance(message, dict) else None
    name = kind if isinstance(kind, str) and _NAME.fullmatch(kind) else random.choice(standard.kinds)
    body = standard.classes.get(name)
    pretty = "" if random.random() < 0.6 else random.choice(("\n", "\r\n", "\n  ", "\n\t"))
    begin = f'{name} xmlns="{standard.namespace}"'
    ordered = random.random() < 0.96
    text = "".join(_element(begin, name, message, body, (standard, pretty, ordered)))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if random.random() < 0.7 else ""
    return (head + text).encode("utf-8", "replace")


_How = tuple[Standard, str, bool]


def _element(begin: str, name: str, value: Any, body: Class | None, how: _How) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"<{begin}>{_text(value)}</{name}>"
        return
    yield f"<{begin}>"
    slots = {} if body is None else body.by_name
    names = [one for one in slots if one in value] + [one for one in value if one not in slots]
    for member in names if how[2] else value:
        slot = slots.get(member)
        if _NAME.fullmatch(member) and not (slot is not None and slot.kind == "name"):
            yield how[1]
            yield from _member(member, value[member], slot, how)
    yield f"{how[1]}</{name}>"


def _member(name: str, value: Any, slot: Slot | None, how: _How) -> Iterator[str]:
    standard = how[0]
    body = standard.classes[slot.range] if slot is not None and slot.kind == "class" else None
    if not isinstance(value, list):
        yield from _element(name, name, value, body, how)
    elif body is None:
        for entry in value:
            yield from _element(name, name, entry, None, how)
    else:
        yield f"<{name}>"
        for entry in value:
            inner = _class(entry, body, standard)
            yield from _element(inner.name, inner.name, entry, inner, how)
        yield f"</{name}>"


def _class(entry: Any, body: Class, standard: Standard) -> Class:
    kind = entry.get("report_type") if body.abstract and isinstance(entry, dict) else None
    return standard.classes[kind] if isinstance(kind, str) and kind in standard.kinds else body


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, list):
        return ""
    return escape(_NOT_XML.sub("?", str(value)), {"\r": "&#13;"})


def odd(data: bytes, random: Random) -> bytes:
    """``data`` with something in it that JSON does not have."""
    return random.choice(_ODDITIES)(data, random)


def _stray(data: bytes, random: Random) -> bytes:
    found = any_match(_TAG, data, random)
    return put(data, random.choice(found.span()), random.choice(_STRAYS)) if found else data


def _harmless(data: bytes, random: Random) -> bytes:
    """What the standard passes over: comments, instructions, blanks."""
    found = any_match(_TAG, data, random)
    return put(data, found.start(), random.choice(_STRAYS[:2] + _STRAYS[3:7])) if found and found.start() else data


def _inside(data: bytes, random: Random) -> bytes:
    found = any_match(_TEXT, data, random)
    return put(data, random.randint(*found.span(1)), random.choice(_INSIDE)) if found else data


def _sections(data: bytes, random: Random) -> bytes:
    """The text of an element written as a CDATA section, or as references."""
    found = any_match(_TEXT, data, random)
    if found is None or b"&" in found[1]:
        return data
    as_references = b"".join(b"&#x%x;" % ord(sign) for sign in found[1].decode("utf-8", "replace"))
    piece = random.choice((b"<![CDATA[" + found[1] + b"]]>", as_references))
    return put(data, found.start(1), piece, found.end(1))


def _attribute(data: bytes, random: Random) -> bytes:
    found = any_match(_START, data, random)
    return put(data, found.end(), random.choice(_ATTRIBUTES)) if found else data


def _again(data: bytes, random: Random) -> bytes:
    """An element once more: beside itself, or elsewhere."""
    found = any_match(_LEAF, data, random)
    if found is None:
        return data
    other = any_match(_TAG, data, random) if random.random() < 0.4 else found
    return put(data, other.end(), found[0]) if other else data


def _removed(data: bytes, random: Random) -> bytes:
    found = any_match(random.choice((_LEAF, _LEAF, _TAG)), data, random)
    return put(data, found.start(), b"", found.end()) if found else data


def _renamed(data: bytes, random: Random) -> bytes:
    """The standard's namespace by a prefix, or elements by other names."""
    if random.random() < 0.5:
        prefixed = re.sub(rb"<(/?)(?=[A-Za-z_])", rb"<\1p:", data)
        return prefixed.replace(b" xmlns=", b" xmlns:p=", 1)
    found = any_match(_LEAF, data, random)
    return data.replace(found[1], random.choice((b"x", b"Item", b"party", found[1][:-1] or b"y"))) if found else data


def _head(data: bytes, random: Random) -> bytes:
    body = re.sub(rb"\A<\?xml[^>]*\?>\s*", b"", data)
    return random.choice(_HEADS) + random.choice((b"", b"\n")) + body


def _encoded(data: bytes, random: Random) -> bytes:
    text = re.sub(r"\A<\?xml[^>]*\?>\s*", "", data.decode(errors="replace"))
    encoding = random.choice(("utf-16", "utf-16-le", "utf-8-sig", "iso-8859-1", "us-ascii", "utf-32", "cp500"))
    name = random.choice((encoding.removesuffix("-sig"), encoding.upper(), "UTF-8", "UTF-16"))
    head = f'<?xml version="1.0" encoding="{name}"?>\n' if random.random() < 0.8 else ""
    return (head + text).encode(encoding, errors="xmlcharrefreplace" if encoding != "utf-7" else "replace")


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _more(data: bytes, random: Random) -> bytes:
    return data + random.choice((b"x", b"<x/>", b"<!-- x -->", b"\x00", data[:60], b"</x>", b"\n\n", b"&"))


_ODDITIES = (
    _stray, _stray, _harmless, _harmless, _inside, _inside, _sections, _sections, _attribute, _attribute, _again,
    _removed, _renamed, _head, _encoded, _cut, _more,
)  # fmt: skip
