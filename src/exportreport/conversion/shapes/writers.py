"""Writers by physical shape: records of named texts in, bytes out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from exportreport.conversion.form import Format
from exportreport.conversion.shapes.separated_writing import guarded, row_of
from exportreport.conversion.shapes.trees import in_order, order_of, tree_of
from exportreport.conversion.shapes.xml_writing import element_of

#: A record as it is written: its kind, and its texts by their names.
Flat = tuple[str, Mapping[str, str]]

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class FileWriter(Protocol):
    """Writes one file: what it begins with, the records of one report after another, what it ends with.

    ``open`` says that a record may have names that the format does not know.
    """

    open: bool

    def head(self) -> bytes:
        """What the file begins with."""

    def write(self, records: Iterable[Flat]) -> bytes:
        """The records of one report. Raises ValueError, with the reason, for a text that the shape cannot hold."""

    def tail(self) -> bytes:
        """What the file ends with; a shape that is written as a whole gives all of it here."""


class SeparatedText:
    """Separated text with the columns of a format."""

    open = False

    def __init__(self, form: Format) -> None:
        self._names = form.columns.usual

    def head(self) -> bytes:
        """The row of headings."""
        return row_of(self._names)

    def write(self, records: Iterable[Flat]) -> bytes:
        """A row for each record."""
        return b"".join(row_of([guarded(cells.get(name, "")) for name in self._names]) for _, cells in records)

    def tail(self) -> bytes:
        """Nothing."""
        return b""


class LinesOfJson:
    """Lines of JSON, one for each report; what the format says to be numbers are written as such where they are."""

    open = True

    def __init__(self, form: Format) -> None:
        self._numbers = frozenset(field.column for field in form.fields if field.number)
        self._order = order_of(form.columns.names)

    def head(self) -> bytes:
        """Nothing."""
        return b""

    def write(self, records: Iterable[Flat]) -> bytes:
        """The line of the records."""
        whole = [(kind, {name: self._value(name, text) for name, text in cells.items()}) for kind, cells in records]
        return (_json(in_order(tree_of(whole), self._order)) + "\n").encode("utf-8", "surrogatepass")

    def tail(self) -> bytes:
        """Nothing."""
        return b""

    def _value(self, name: str, text: str) -> str:
        return _Number(text) if name in self._numbers and _NUMBER.fullmatch(text) else text


class Elements:
    """XML: an element for each report, within one that holds them all."""

    open = True

    def __init__(self, form: Format) -> None:
        self._outer, _, self._each = form.element.rpartition("/")

    def head(self) -> bytes:
        """The declaration, and the start of the element that holds all."""
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + (f"<{self._outer}>\n".encode() if self._outer else b"")

    def write(self, records: Iterable[Flat]) -> bytes:
        """The element of the records."""
        return element_of(self._each, tree_of(records))

    def tail(self) -> bytes:
        """The end of the element that holds all."""
        return f"</{self._outer}>\n".encode() if self._outer else b""


class _Number(str):
    """A number as it is to be written, digit by digit."""

    __slots__ = ()


def _json(value: object) -> str:
    """``value`` as JSON on one line; numbers keep their digits, which a number of Python would not."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {_json(entry)}" for name, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
