"""HTML in which every text is escaped: only what these functions made is taken as markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from exportreport.finding import visible

_VOID = frozenset({"input", "meta"})


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = str | Iterable["Content"] | None


def element(name: str, content: Content = None, /, **attributes: str | int | bool | None) -> Markup:
    """The element called ``name``; of the attributes those that are neither None nor False.

    A name that is a word of Python has an underscore at its end; inside, underscores stand for hyphens.
    """
    said = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    begin = f"<{name}{said}>"
    return Markup(begin if name in _VOID else f"{begin}{text(content)}</{name}>")


def text(content: Content) -> Markup:
    """``content`` as HTML: texts escaped, and what is invisible in them made visible."""
    if content is None or isinstance(content, Markup):
        return content or Markup()
    if isinstance(content, str):
        return Markup(escape(visible(content)))
    return Markup("".join(map(text, content)))


def source(content: str) -> Markup:
    """``content`` as it stands in a file; escapes of what is invisible are told from escapes that stand there."""
    if content.isprintable():
        return text(content)
    return Markup("".join(text(c) if c.isprintable() else element("i", visible(c), class_="hidden") for c in content))


def _attribute(name: str, value: str | int | bool) -> str:
    name = name.rstrip("_").replace("_", "-")
    if isinstance(value, bool):
        return f" {name}" if value else ""
    return f' {name}="{escape(visible(str(value)))}"'
