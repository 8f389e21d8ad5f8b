"""Messages written in both syntaxes and many layouts, by a writer that knows where it puts what.

It shares nothing with the product, so that it can tell whether the product finds the places. What one syntax cannot
say raises UnsayableError; attributes, namespaces and stray text are left out in JSON.
"""

from __future__ import annotations

import re
from itertools import cycle

from exportreport.standard import Standard
from tests.corpus.layouts import XSI, Layout
from tests.corpus.page import Page, UnsayableError, Written
from tests.corpus.source import List, Member, Node, Object, Text, Token

__all__ = ["UnsayableError", "Written", "json_text", "xml_text"]

#: White space of many kinds, in an order that puts each before and after each kind of token.
_BLANKS = (" ", "\n", "", "\t", "\r\n  ", "\r", "\n\n\t", "  ", "\r\r\n")

_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}

_ESCAPED = re.compile('["\\\\\0-\x1f\ud800-\udfff]')

#: A text that needs nothing of what follows: most do not.
_PLAIN = re.compile("[ -%'-;=?-~]*")

#: What is never in a text of XML 1.0, and the names that its fifth edition allows, without a colon.
_NO_TEXT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGIN = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(f"[{_BEGIN}][{_BEGIN}0-9.\u00b7\u0300-\u036f\u203f\u2040-]*")


def json_text(root: Node, layout: Layout) -> Written:
    """``root`` as JSON. An object that is a message gets ``report_type`` as its first member."""
    writer = _Json(layout)
    writer.document(root)
    return writer.written()


def xml_text(root: Object, layout: Layout, standard: Standard) -> Written:
    """``root`` as XML: its element is named by its class."""
    writer = _Xml(layout, standard.namespace)
    writer.document(root)
    return writer.written()


class _Writer:
    """What both syntaxes have in common: a page and the white space between what stands on it."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.page = layout, Page()
        self.put, self._odd = self.page.put, cycle(_BLANKS)

    def line(self, depth: int) -> str:
        """What stands before that which stands ``depth`` deep."""
        if self.layout.indent is not None:
            return self.layout.newline + self.layout.indent * depth + self.blank()
        return self.blank()

    def blank(self, usual: str = "") -> str:
        """White space where ``usual`` stands."""
        if self.layout.odd:
            return next(self._odd)
        return usual if self.layout.indent is not None else ""

    def written(self) -> Written:
        encoding = {"UTF-16": "utf-16-le" if self.layout.mark == b"\xff\xfe" else "utf-16-be"}.get(self.layout.encoding)
        try:
            data = self.page.text().encode(encoding or self.layout.encoding)
        except UnicodeEncodeError as error:
            raise UnsayableError(f"A name, token or attribute cannot be written in {self.layout.encoding}.") from error
        return Written(self.layout.mark + data, self.page.spots)


class _Json(_Writer):
    def document(self, root: Node) -> None:
        self.put(self.blank())
        self._value(root, 0)
        self.put(self.line(0))

    def _value(self, node: Node, depth: int) -> None:
        self.page.mark(node)
        if isinstance(node, Text | Token):
            text = self._quoted(node.value) if isinstance(node, Text) else node.json
            self.page.mark(node, "content", ahead=text[:1] == '"')
            self.put(text)
        elif isinstance(node, List):
            self._group("[]", node.entries, depth)
        else:
            kind = [Member("report_type", Text(node.name))] if node.message else []
            self._group("{}", kind + node.members, depth)
            if kind:
                self.page.spots[node, "kind"] = self.page.spots[kind[0], "value"]

    def _group(self, brackets: str, entries: list[Node] | list[Member], depth: int) -> None:
        self.put(brackets[0])
        for index, entry in enumerate(entries):
            self.put((self.blank() + "," if index else "") + self.line(depth + 1))
            if isinstance(entry, Member):
                self._member(entry, depth + 1)
            else:
                self._value(entry, depth + 1)
        self.put((self.line(depth) if entries else self.blank()) + brackets[1])

    def _member(self, member: Member, depth: int) -> None:
        self.page.mark(member, "name")
        self.put(f"{self._quoted(member.name)}{self.blank()}:{self.blank(' ')}")
        self.page.mark(member)
        self._value(member.value, depth)

    def _quoted(self, text: str) -> str:
        if not self.layout.escapes and not _ESCAPED.search(text):
            return f'"{text}"'
        return '"' + "".join(self._character(i, c) for i, c in enumerate(text)) + '"'

    def _character(self, index: int, character: str) -> str:
        escaped = self.layout.escapes and index % 3 == 0
        if escaped or character < " " or "\ud800" <= character <= "\udfff":
            return _SHORT[character] if not escaped and character in _SHORT else _units(character, index)
        if self.layout.escapes and character == "/":
            return "\\/"
        return _SHORT.get(character, character)


def _units(character: str, index: int) -> str:
    """The UTF-16 units of ``character`` as escapes, in small or capital digits."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    units = units.upper() if index % 2 else units
    return "".join("\\u" + units[i : i + 4] for i in range(0, len(units), 4))


class _Xml(_Writer):
    def __init__(self, layout: Layout, namespace: str) -> None:
        super().__init__(layout)
        self.namespace = namespace
        self._prefix = layout.prefix + ":" * bool(layout.prefix)
        self._outside = False
        self._remarks, self._dress = cycle(layout.remarks or ("",)), cycle(_DRESSES)

    def document(self, root: Object) -> None:
        if self.layout.indent is not None or self.layout.encoding != "UTF-8":
            self.put(f'<?xml version="1.0" encoding="{self.layout.encoding}"?>')
        self.put(self.line(0))
        declared = f'xmlns{self._prefix and ":"}{self.layout.prefix}="{self.namespace}"'
        if root.namespace == "" and not self._prefix:
            declared = ""
        self._entry(root, 0, root.name, declared)
        self.put(self.line(0))

    def _entry(self, node: Node, depth: int, name: str, attributes: str = "") -> None:
        """An element in a list of objects: named by its class, or by ``name`` if it is no object."""
        self.put(next(self._remarks))
        self.page.mark(node, "value", "kind")
        own = node if isinstance(node, Object) else None
        attributes, namespace = (f"{attributes} {own.attributes}", own.namespace) if own else (attributes, None)
        self._element(own.name if own else name, node, depth, attributes, namespace)

    def _member(self, member: Member, depth: int) -> None:
        value = member.value
        if not isinstance(value, List) or value.wrapped:
            attributes = value.attributes if isinstance(value, Object) else ""
            self._named(member, value, depth, f"{member.attributes} {attributes}")
            return
        for index, entry in enumerate(value.entries):
            if index:
                self.put(self.line(depth))
            self._named(member, entry, depth, member.attributes if not index else "")

    def _named(self, member: Member, value: Node, depth: int, attributes: str) -> None:
        self.put(next(self._remarks))
        self.page.mark(member, "value", "name")
        for node in (member.value, value):
            self.page.mark(node)
        self._element(member.name, value, depth, attributes, member.namespace)

    def _element(self, name: str, value: Node, depth: int, attributes: str, namespace: str | None = None) -> None:
        if not _NAME.fullmatch(name):
            raise UnsayableError(f"{name!r} is no name in XML.")
        name, declared = self._qualified(name, namespace)
        attributes = self._attributes(f"{attributes.strip()} {declared}")
        if isinstance(value, Object) and not (value.members or value.stray) and self.layout.indent is None:
            self.put(f"<{name}{attributes}{self.blank()}/>")
            return
        self.put(f"<{name}{attributes}{self.blank()}>")
        around, self._outside = self._outside, namespace == "" and not self._prefix
        self._content(value, depth)
        self._outside = around
        self.put(f"</{name}{self.blank()}>")

    def _qualified(self, name: str, namespace: str | None) -> tuple[str, str]:
        """The name of an element and what must be declared with it. Its children are the standard's again."""
        if namespace is None:
            return self._prefix + name, f'xmlns="{self.namespace}"' if self._outside else ""
        if namespace:
            return f"other:{name}", f'xmlns:other="{namespace}"'
        return name, "" if self._prefix else 'xmlns=""'

    def _attributes(self, attributes: str) -> str:
        """``attributes`` as they follow the name in a start tag."""
        attributes = attributes.strip()
        if "xsi:" in attributes and "xmlns:xsi" not in attributes:
            attributes = f'xmlns:xsi="{XSI}" {attributes}'
        if not attributes:
            return ""
        return (next(self._odd) or " " if self.layout.odd else " ") + attributes

    def _content(self, value: Node, depth: int) -> None:
        if isinstance(value, Token):
            self.page.mark(value, "content")
            self.put(value.xml)
        elif isinstance(value, Text):
            self._text(value.value, value, "content")
        elif isinstance(value, List) and not value.wrapped:
            raise UnsayableError("A list of values cannot stand in a list.")
        else:
            self._children(value, depth)

    def _children(self, value: Object | List, depth: int) -> None:
        for child in value.members if isinstance(value, Object) else value.entries:
            self.put(self.line(depth + 1))
            if isinstance(child, Member):
                self._member(child, depth + 1)
            else:
                self._entry(child, depth + 1, value.name if isinstance(value, List) else "")
        if value.stray:
            self.put(self.line(depth + 1))
            self._text(value.stray, value, "stray")
        self.put(self.line(depth))

    def _text(self, text: str, part: Node, on: str) -> None:
        """Write ``text``, and mark its first character; the first that is not blank of a stray text."""
        if bad := _NO_TEXT.search(text):
            raise UnsayableError(f"XML cannot carry U+{ord(bad[0]):04X}.")
        first = len(text) - len(text.lstrip(" \t\r\n")) if on == "stray" else 0
        if not first and not self.layout.escapes and _PLAIN.fullmatch(text):
            self.page.mark(part, on)
            self.put(text)
            return
        for index, character in enumerate(text):
            before, written, after = self._dressed(character)
            self.put(before)
            if index == first:
                self.page.mark(part, on)
            self.put(written + after)

    def _dressed(self, character: str) -> tuple[str, str, str]:
        dress = next(self._dress) if self.layout.escapes else ""
        if dress == "cdata" and character != "\r" and self._fits(character):
            return "<![CDATA[", self._broken(character), "]]>"
        if character == "\r" or not self._fits(character) or dress == "decimal":
            return "", f"&#{ord(character)};", ""
        if dress == "hexadecimal":
            return "", f"&#x{ord(character):X};", ""
        entity = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(character)
        return dress if dress.startswith("<") else "", entity or self._broken(character), ""

    def _broken(self, character: str) -> str:
        """A line feed as the layout ends lines: readers of XML give a line feed for each of them."""
        return self.layout.newline if character == "\n" else character

    def _fits(self, character: str) -> bool:
        return self.layout.encoding.startswith("UTF") or ord(character) < {"US-ASCII": 0x7F}.get(
            self.layout.encoding, 0x100
        )


#: How the characters of a text are written where escapes are wanted, in turn.
_DRESSES: tuple[str, ...] = (
    "<!-- \U0001f6f0 -->",
    "hexadecimal",
    "",
    "cdata",
    "decimal",
    "<?x \U0001f6f0?>",
    "cdata",
    "hexadecimal",
    "",
)
