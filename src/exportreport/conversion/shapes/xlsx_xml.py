"""The XML of a workbook's parts, piece by piece: no document types, nothing of other namespaces, no endless tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol
from xml.parsers import expat

from exportreport.codec.limits import MAX_DEPTH

#: The longest tag or other piece of markup, in bytes: the parser keeps it in memory until it ends.
MAX_TOKEN = 1_048_576

#: How many names of elements are remembered without their namespaces.
_REMEMBERED = 100

_OWN = frozenset((
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/content-types",
    "http://schemas.openxmlformats.org/package/2006/relationships",
))  # fmt: skip
_REFERENCES = frozenset((
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
))  # fmt: skip


class PartError(Exception):
    """A part of a workbook is not sound; the text says why."""


class Taker(Protocol):
    """Takes what stands in a part, in its order. Names have no namespace; of a reference it is ``r:``."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some of the text of an element."""


def parse(pieces: Iterable[bytes], taker: Taker) -> Iterator[None]:
    """Hand the XML in ``pieces`` to ``taker``; yields after each piece. Raises PartError where it is not sound."""
    source = _Source(taker)
    fed = 0
    try:
        for piece in pieces:
            source.parser.Parse(piece, False)
            fed += len(piece)
            if fed - source.parser.CurrentByteIndex > MAX_TOKEN + len(piece):
                raise PartError(f"a tag in it is longer than {MAX_TOKEN} bytes")
            yield
        source.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise PartError(f"{expat.ErrorString(error.code)} (line {error.lineno})") from error
    yield


def parse_all(pieces: Iterable[bytes], taker: Taker) -> None:
    """Hand the whole XML in ``pieces`` to ``taker``."""
    for _ in parse(pieces, taker):
        pass


class _Source:
    """A parser that leaves out what is of other namespaces."""

    def __init__(self, taker: Taker) -> None:
        self._taker = taker
        self._depth, self._outside = 0, 0
        self._names: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise PartError("it has a document type, which may change what stands in it")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise PartError(f"its elements are nested more than {MAX_DEPTH} deep")
        local = self._names.get(name)
        if self._outside or local is None:
            namespace, _, local = name.rpartition(" ")
            if self._outside or namespace not in _OWN:
                self._outside = self._outside or self._depth
                return
            if len(self._names) < _REMEMBERED:
                self._names[name] = local
        plain = " " not in "".join(attributes)
        self._taker.start(local, attributes if plain else dict(_attributes(attributes)))

    def _end(self, name: str) -> None:
        if not self._outside:
            self._taker.end(self._names.get(name) or name.rpartition(" ")[2])
        elif self._outside == self._depth:
            self._outside = 0
        self._depth -= 1

    def _text(self, text: str) -> None:
        if not self._outside:
            self._taker.text(text)


def _attributes(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in attributes.items():
        namespace, _, local = name.rpartition(" ")
        if not namespace:
            yield local, value
        elif namespace in _REFERENCES:
            yield f"r:{local}", value
