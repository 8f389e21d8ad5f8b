"""Words of Markdown: text that stays what it is, tables, code in two syntaxes side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: Signs that Markdown or HTML would take for more than themselves.
_SIGNS = re.compile(r"[\\`*_\[\]|{}#]")

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def plain(text: str) -> str:
    """The text as it is, on one line, whatever signs it has."""
    joined = " ".join(text.split())
    return _SIGNS.sub(r"\\\g<0>", html(joined))


def html(text: str) -> str:
    """The text within HTML."""
    return "".join(_HTML.get(sign, sign) for sign in text)


def code(text: str) -> str:
    """The text as code within a line or a table."""
    return f"<code>{html(text).replace('|', '&#124;').replace('*', '&#42;').replace('_', '&#95;')}</code>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def fenced(language: str, text: str) -> str:
    """A block of code."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def both(json: str, xml: str) -> str:
    """The same in both syntaxes, side by side where there is room."""
    sides = (("JSON", "json", json), ("XML", "xml", xml))
    columns = (f'<div markdown="1">\n\n**{name}**\n\n{fenced(lexer, text)}\n</div>' for name, lexer, text in sides)
    return '<div class="both" markdown="1">\n\n' + "\n\n".join(columns) + "\n\n</div>\n"


def page(title: str, *parts: str) -> str:
    """A page with its heading."""
    return "\n\n".join([f"# {title}", *(part.strip("\n") for part in parts if part.strip())]) + "\n"
