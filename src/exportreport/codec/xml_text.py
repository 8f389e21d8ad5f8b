"""XML: bytes to documents, documents to bytes, and canonical XML (STANDARD section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from exportreport.codec import characters, faults, xml_source
from exportreport.codec.decoded import Decoded, readable, unreadable
from exportreport.codec.kinds import unknown
from exportreport.codec.limits import DEFAULT_LIMITS, Limits
from exportreport.codec.xml_attributes import ACCEPTED
from exportreport.codec.xml_document import Reader, TooDeepError, ordinals
from exportreport.codec.xml_plain import document_of
from exportreport.codec.xml_shapes import shapes_of
from exportreport.codec.xml_syntax import first_fault
from exportreport.codec.xml_writing import encode
from exportreport.finding import Finding, make
from exportreport.pattern import pattern
from exportreport.standard import Document, Standard

#: What every attribute has; text may look like it, so a match proves nothing, but no match does.
_ATTRIBUTE = pattern(rb"=[ \t\r\n]*[\"']")

#: The errors about something that is too long for the parser.
_SIZES = frozenset(
    {
        etree.ErrorTypes.ERR_RESOURCE_LIMIT,
        etree.ErrorTypes.ERR_NAME_TOO_LONG,
        etree.ErrorTypes.ERR_COMMENT_NOT_FINISHED,
        etree.ErrorTypes.ERR_PI_NOT_FINISHED,
        etree.ErrorTypes.ERR_CDATA_NOT_FINISHED,
    }
)


def decode(data: bytes, standard: Standard, limits: Limits = DEFAULT_LIMITS) -> Decoded:
    """The message in ``data`` as the document that JSON would give, and what is wrong with how XML says it.

    Never raises. No entity is expanded, nothing is fetched; comments and processing instructions are not
    kept.
    """
    if len(data) > limits.document_bytes:
        return unreadable(make(faults.TOO_LARGE, limit=f"{limits.document_bytes:,}"))
    text = xml_source.read(data)
    if isinstance(text, Finding):
        return unreadable(text)
    if 3 * len(text) > limits.delimiters and _delimiters(text) > limits.delimiters:
        return unreadable(make(faults.TOO_MANY_DELIMITERS, limit=f"{limits.delimiters:,}"))
    plain = document_of(text, standard)
    if plain is not None:
        return readable(plain, characters.warnings(plain, text))
    return _with_care(text, standard)


def _with_care(text: bytes, standard: Standard) -> Decoded:
    """The message in ``text``, by a tree of its elements: what may be wrong with it is found here alone."""
    try:
        root = etree.fromstring(text, _parser())
    except etree.XMLSyntaxError as error:
        return unreadable(_why_unreadable(text, error))
    return _read(root, text, standard)


def _delimiters(text: bytes) -> int:
    """What ``text`` costs the parser: a start tag as much as three delimiters of JSON, an attribute as four."""
    attributes = sum(1 for _ in _ATTRIBUTE.finditer(text)) if b"=" in text else 0
    return 3 * (text.count(b"<") - text.count(b"</")) + 4 * attributes


@cache
def _parser() -> Any:
    """A parser that leaves alone what a hostile file could use: entities, other files, huge parts."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _why_unreadable(text: bytes, error: Any) -> Finding:
    """The first fault of ``text``; where only this parser found one, what its ``error`` is about."""
    found = first_fault(text)
    if found is not None:
        return found
    if error.code in _SIZES:
        return make(faults.LONG_PART)
    line, column = error.position
    whole = text.decode()
    lines = whole.split("\n", line)[: line - 1]
    after = sum(map(len, lines)) + len(lines) + max(column - 1, 0)
    offset = max(whole.rfind("<", 0, after), 0)
    return make(faults.MALFORMED_XML, (), offset=offset, what="a namespace is not named by a correct address")


def _read(root: Any, text: bytes, standard: Standard) -> Decoded:
    kind = _kind(root, standard)
    if isinstance(kind, Finding):
        return unreadable(kind)
    reader = Reader(root, shapes_of(standard), attributes=_may_have_attributes(text))
    try:
        document = reader.document(kind)
    except TooDeepError as stop:
        return unreadable(make(faults.TOO_DEEP, (), element=ordinals(root, {stop.element})[stop.element]))
    return readable(document, _remarks(reader, document, text))


def _kind(root: Any, standard: Standard) -> str | Finding:
    namespace, _, name = root.tag.rpartition("}")
    if namespace and namespace != "{" + standard.namespace:
        return make(faults.OTHER_NAMESPACE, (), name=name, value=namespace[1:])
    if name not in standard.kinds:
        return unknown(name, standard)
    return str(name) if namespace else make(faults.NO_NAMESPACE, (), name=name)


def _may_have_attributes(text: bytes) -> bool:
    """Whether an element after the first may have attributes; False is certain."""
    first_tag = text.find(b">", xml_source.start_of_root(text))
    return _ATTRIBUTE.search(text, first_tag) is not None


def _remarks(reader: Reader, document: Document, text: bytes) -> Iterator[Finding]:
    yield from reader.findings()
    texts = etree.tostring(reader.root, method="text", encoding="utf-8") if b"&" in text and b"&#" in text else text
    yield from characters.warnings(document, texts)


def canonical(data: bytes) -> bytes:
    """The canonical XML of ``data`` (C14N 2.0, STANDARD section 3.8).

    ValueError for what is not XML, and for what no message has: an element in no namespace, or an attribute of its own.
    """
    text = xml_source.read(data)
    if isinstance(text, Finding):
        raise ValueError(text.message)
    try:
        root = etree.fromstring(text, _parser())
    except etree.XMLSyntaxError as error:
        raise ValueError(_why_unreadable(text, error).message) from None
    for element in root.iter():
        for name in ACCEPTED.intersection(element.attrib):
            del element.attrib[name]
        bare = next((name for name in (element.tag, *element.attrib) if not name.startswith("{")), None)
        if bare is not None:  # the writer would give it a prefix that stands for nothing
            raise ValueError(f"{bare} stands in no namespace.")
    plain = etree.tostring(root, encoding="unicode")
    written: str = etree.canonicalize(plain, strip_text=True, rewrite_prefixes=True)
    return written.encode()


__all__ = ["canonical", "decode", "encode"]
