"""The elements of an XML text with their places: one pass of a parser that knows them, and light arrays."""

from __future__ import annotations

from array import array
from collections.abc import Set
from dataclasses import dataclass, field
from pyexpat import ExpatError, ParserCreate
from typing import Any

from exportreport.codec.xml_names import in_ascii
from exportreport.pattern import pattern

_BLANKS = " \t\r\n"
_NAME = pattern(rb"<(?:[^\s/>:]*:)?([^\s/>]*)")


@dataclass(slots=True)
class Children:
    """The children of an element in their order, by local name, and how many there are of each full name."""

    ordered: list[int] = field(default_factory=list)
    by_local: dict[str, list[int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


class Elements:
    """Elements by their numbers, from 0, in the order of their start tags; as many as come before a fault.

    ``starts`` are the offsets, in bytes, of their ``<``; ``names`` are ``namespace}local``. ``texts`` gives,
    for the elements of ``texts_in``, where the first text that is not blank stands directly in them.
    """

    def __init__(self, text: bytes, texts_in: Set[int] = frozenset()) -> None:
        self.names: list[str] = []
        self._texts_in = texts_in
        self._children: dict[int, Children] = {}
        if not self._parse(text) and not text.isascii() and (plain := in_ascii(text)) != text:
            self._parse(plain)
            self.names = [self._named(text, *named) for named in zip(self.starts, self.names, strict=True)]
        #: The number, from 1, of each element among its siblings of the same name, once their parent was
        #: looked into.
        self.ranks = array("q", bytes(8 * len(self.names)))

    def _parse(self, text: bytes) -> bool:
        """Take up the elements of ``text``, anew; whether there was no fault in it."""
        self.starts, self.parents = array("q"), array("q")
        self.first, self.next = array("q"), array("q")
        self.names = []
        self.texts: dict[int, int] = {}
        self._open: list[int] = []
        self._last_child: list[int] = []
        self._parser: Any = ParserCreate("utf-8", "}")
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        if self._texts_in:
            self._parser.CharacterDataHandler = self._characters
        try:
            self._parser.Parse(text, True)
        except ExpatError:
            return False
        finally:
            del self._parser
        return True

    def _named(self, text: bytes, start: int, name: str) -> str:
        """The full ``name`` of the element at ``start`` as it is written in ``text``."""
        namespace, brace, _ = name.rpartition("}")
        written = _NAME.match(text, start)
        return namespace + brace + written[1].decode() if written else name

    def _start(self, name: str, attributes: object) -> None:
        number = len(self.names)
        self.names.append(name)
        self.starts.append(self._parser.CurrentByteIndex)
        self.parents.append(self._open[-1] if self._open else -1)
        self.first.append(-1)
        self.next.append(-1)
        if self._open:
            elder = self._last_child[-1]
            if elder < 0:
                self.first[self._open[-1]] = number
            else:
                self.next[elder] = number
            self._last_child[-1] = number
        self._open.append(number)
        self._last_child.append(-1)

    def _end(self, name: str) -> None:
        self._open.pop()
        self._last_child.pop()

    def _characters(self, text: str) -> None:
        element = self._open[-1]
        if element in self._texts_in and element not in self.texts and text.strip(_BLANKS):
            blanks = len(text) - len(text.lstrip(_BLANKS))
            self.texts[element] = self._parser.CurrentByteIndex + blanks

    def local(self, element: int) -> str:
        """The name of ``element`` without its namespace."""
        return self.names[element].rpartition("}")[2]

    def children(self, parent: int) -> Children:
        """The children of the element ``parent``, looked up once."""
        known = self._children.get(parent)
        if known is None:
            known = self._children[parent] = Children()
            child = self.first[parent]
            while child >= 0:
                self._add(child, known)
                child = self.next[child]
        return known

    def _add(self, child: int, siblings: Children) -> None:
        name = self.names[child]
        siblings.ordered.append(child)
        siblings.by_local.setdefault(self.local(child), []).append(child)
        self.ranks[child] = siblings.counts[name] = siblings.counts.get(name, 0) + 1
