"""Separated text (CSV), written: one row after another, as other programs read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What a spreadsheet would take for a formula, also behind the mark that keeps it from doing so.
_FORMULA = re.compile(r"'*[=+@-]")

_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')


def row_of(texts: Sequence[str]) -> bytes:
    """One row in UTF-8 with its line end; cells are quoted where they must be."""
    return (",".join(map(_cell, texts)) + "\r\n").encode("utf-8", "surrogatepass")


def guarded(text: str) -> str:
    """``text`` with a mark before it where a spreadsheet would take it for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
