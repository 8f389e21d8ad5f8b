"""The ways in which one message is set in type: what changes where its parts stand, and nothing of what it says."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: The namespaces that attributes as written may use without declaring them.
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a message is written. Without ``indent`` nothing begins a new line; ``newline`` ends one.

    ``odd`` sets varied white space around all tokens, in XML also inside of tags. ``escapes`` writes characters of
    texts, and in JSON of names, as escapes; in XML as references and CDATA, with comments among them. ``remarks``
    are written before each element, in XML alone. ``prefix`` is that of the standard's namespace, empty for the
    default. ``encoding`` and ``mark`` (a byte order mark) are those of the file.
    """

    name: str
    indent: str | None = None
    newline: str = "\n"
    odd: bool = False
    escapes: bool = False
    remarks: tuple[str, ...] = ()
    prefix: str = ""
    encoding: str = "UTF-8"
    mark: bytes = b""


PRETTY = Layout("pretty", "  ")
MINIFIED = Layout("minified")

_COMMON = (
    PRETTY,
    MINIFIED,
    Layout("crlf", "  ", "\r\n"),
    Layout("cr", "  ", "\r"),
    Layout("tabs", "\t"),
    Layout("odd", odd=True),
    Layout("escaped", " ", escapes=True),
    Layout("escaped minified", escapes=True),
    Layout("mark", "  ", mark=b"\xef\xbb\xbf"),
)

JSON_LAYOUTS: tuple[Layout, ...] = _COMMON

XML_LAYOUTS: tuple[Layout, ...] = (
    *_COMMON,
    Layout(
        "multibyte",
        remarks=("<!--\U0001f6f0\ufe0f e\u0301 \u202eabc\u202c-->", "<?\u00e9\u4e00 \U0001f1f3\U0001f1f1?>"),
    ),
    replace(PRETTY, name="prefix", prefix="er"),
    Layout("odd prefix", odd=True, prefix="er"),
    Layout("utf-16-le", "  ", "\r\n", encoding="UTF-16", mark=b"\xff\xfe"),
    Layout("utf-16-be", remarks=("<!-- \U0001f6f0 -->",), encoding="UTF-16", mark=b"\xfe\xff"),
    replace(PRETTY, name="latin", encoding="ISO-8859-1"),
    replace(MINIFIED, name="ascii", encoding="US-ASCII"),
)
