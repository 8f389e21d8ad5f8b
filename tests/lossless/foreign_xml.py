"""Messages as XML written without the product: an element tree by the model, and layouts that mean the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from exportreport.standard import Slot, Standard


@dataclass(frozen=True, slots=True)
class Element:
    """An element with a text, or with elements."""

    name: str
    content: str | list[Element]


def tree(document: dict[str, Any], standard: Standard) -> Element:
    """The elements of ``document``."""
    return Element(document["report_type"], _content(document, document["report_type"], standard))


def _content(value: dict[str, Any], name: str, standard: Standard) -> list[Element]:
    slots = [slot for slot in standard.classes[name].slots if slot.name in value and slot.kind != "name"]
    return [element for slot in slots for element in _elements(value[slot.name], slot, standard)]


def _elements(value: Any, slot: Slot, standard: Standard) -> Iterator[Element]:
    if slot.kind != "class":
        entries = value if slot.many else [value]
        yield from (Element(slot.name, entry if isinstance(entry, str) else str(entry).lower()) for entry in entries)
    elif not slot.many:
        yield Element(slot.name, _content(value, slot.range, standard))
    else:
        kinds = [entry.get("report_type", slot.range) for entry in value]
        inner = [Element(k, _content(entry, k, standard)) for k, entry in zip(kinds, value, strict=True)]
        yield Element(slot.name, inner)


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _commented(text: str) -> str:
    """Each character apart, with a comment or an instruction behind it."""
    return "".join(escape(sign) + ("<!-- - -->", "<?p ]]> ?>")[n % 2] for n, sign in enumerate(text))


def _mixed(text: str) -> str:
    ways: tuple[Callable[[str], str], ...] = (escape, _cdata, _decimal, _hexadecimal)
    return "".join(ways[n % 4](sign) for n, sign in enumerate(text))


def _decimal(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


def _hexadecimal(text: str) -> str:
    return "".join(f"&#x{ord(sign):X};" for sign in text)


def _entities(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&apos;"})


def _returns(text: str) -> str:
    """Line ends as Windows writes them, which XML reads as line feeds."""
    return escape(text).replace("\n", "\r\n")


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to write a message: how texts are written, what stands between elements, names and the encoding."""

    text: Callable[[str], str] = escape
    between: str = ""
    prefix: str = ""
    head: str = '<?xml version="1.0" encoding="UTF-8"?>'
    encoding: str = "utf-8"
    attributes: str = ""


_XSI = ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="https://w3id.org/exportreport/1 a.xsd"'
_UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>'

LAYOUTS = {
    "minified": Layout(head=""),
    "by tabs and CRLF": Layout(between="\r\n\t", head='<?xml version="1.0"?>\r\n'),
    "comments between": Layout(between="<!-- a -- b -->".replace(" -- ", " - ") + "\n<?p x?>"),
    "byte order mark": Layout(encoding="utf-8-sig"),
    "UTF-16, little end first": Layout(head="\ufeff" + _UTF_16, encoding="utf-16-le"),
    "UTF-16, big end first": Layout(head="\ufeff" + _UTF_16, encoding="utf-16-be", between="\n"),
    "ISO-8859-1": Layout(head='<?xml version="1.0" encoding="ISO-8859-1"?>', encoding="iso-8859-1"),
    "US-ASCII": Layout(head='<?xml version="1.0" encoding="US-ASCII"?>', encoding="ascii"),
    "CDATA": Layout(text=_cdata),
    "comments in values": Layout(text=_commented),
    "decimal references": Layout(text=_decimal),
    "hexadecimal references": Layout(text=_hexadecimal, encoding="ascii"),
    "all ways mixed": Layout(text=_mixed, between="\n\n"),
    "all five entities": Layout(text=_entities),
    "line ends of Windows in values": Layout(text=_returns),
    "prefix": Layout(prefix="er:"),
    "place of a schema": Layout(attributes=_XSI, between=" "),
}


def written(root: Element, standard: Standard, layout: Layout) -> bytes:
    """The message ``root`` in a ``layout``; a character that the encoding lacks is written as a reference."""
    name = "xmlns" + (":" + layout.prefix.removesuffix(":") if layout.prefix else "")
    body = _written(root, layout, f' {name}="{standard.namespace}"{layout.attributes}')
    return (layout.head + body).encode(layout.encoding, errors="xmlcharrefreplace")


def _written(element: Element, layout: Layout, attributes: str = "") -> str:
    name = layout.prefix + element.name
    if isinstance(element.content, str):
        return f"<{name}>{layout.text(element.content)}</{name}>"
    inner = layout.between.join(("", *(_written(child, layout) for child in element.content), ""))
    return f"<{name}{attributes}>{inner}</{name}>"
