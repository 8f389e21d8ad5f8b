"""How the place of a document and of a finding is named, the same in every form."""

from __future__ import annotations

from exportreport.finding import Finding, visible
from exportreport.result.record import Result


def document(name: str, result: Result) -> str:
    """The name of the input, and which of its documents is meant where that is not the only one."""
    name = visible(name)
    if result.number == 1 and result.line == 1:
        return name
    return f"{name}, document {result.number}" + (f" (line {result.line})" if result.line > 1 else "")


def position(finding: Finding) -> str:
    """Line and column, as compilers write them; empty where there is none."""
    return f"{finding.position.line}:{finding.position.column}" if finding.position else ""


def uri(name: str) -> str:
    """The URI reference of the input called ``name``: relative as the name is, everything unusual encoded."""
    from urllib.parse import quote

    slashes = name.replace("\\", "/") if _is_windows(name) else name
    encoded = quote(_bytes(slashes), safe="/")
    if _is_windows(name):
        return f"file:///{slashes[0]}:{encoded[4:]}"
    return f"file:///{encoded.lstrip('/')}" if encoded.startswith("/") else encoded


def _is_windows(name: str) -> bool:
    return name[1:3] == ":\\" and name[0].isascii() and name[0].isalpha()


def _bytes(name: str) -> bytes:
    """The bytes of a file name; those that are no UTF-8 stand in it as halves of characters."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")
