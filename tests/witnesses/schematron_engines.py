"""The published Schematron by off-the-shelf XPath engines: contexts, asserts and lets of the file, and nothing of ours.

Each element is numbered before, in an attribute that no rule looks at, so that an engine can say which one it means.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.sax.saxutils import quoteattr

import elementpath
from elementpath.xpath2 import XPath2Parser
from lxml import etree
from saxonche import PySaxonProcessor

from exportreport.codec import xml_text
from exportreport.standard import Standard
from tests.witnesses.documents import Document
from tests.witnesses.verdicts import PASS, Verdict

_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_XSL = "http://www.w3.org/1999/XSL/Transform"
_CODE_POINTS = "http://www.w3.org/2005/xpath-functions/collation/codepoint"
_NUMBER = "n"

#: A document as elements, and the pointer of each by its number.
Numbered = tuple[etree._Element, dict[str, str]]


@dataclass(frozen=True)
class Assertion:
    """One assert of the file: the rule's code, its context, its test and what it points at."""

    code: str
    context: str
    test: str
    subject: str

    @property
    def query(self) -> str:
        """A line for each element that the context matches: the code, whether it holds, and what it points at."""
        told = f"if ({self.test}) then ' pass ' else ' fail ', string({self.subject}/@{_NUMBER}), '&#10;'"
        return f"concat('{self.code} ', @{_NUMBER}, {told.replace('&#10;', chr(10))})"


class Schematron:
    """The parts of a Schematron file that its engines need."""

    def __init__(self, text: bytes) -> None:
        self.root = etree.fromstring(text)

    def text(self) -> bytes:
        """The file."""
        return bytes(etree.tostring(self.root))

    @cached_property
    def namespaces(self) -> dict[str, str]:
        return {ns.get("prefix"): ns.get("uri") for ns in self.root.iter(_SCH + "ns")}

    @cached_property
    def lets(self) -> dict[str, str]:
        return {let.get("name"): let.get("value") for let in self.root.iter(_SCH + "let")}

    @cached_property
    def assertions(self) -> list[Assertion]:
        return [
            Assertion(pattern.get("id"), rule.get("context"), one.get("test"), one.get("subject", "."))
            for pattern in self.root.iter(_SCH + "pattern")
            for rule in pattern.iter(_SCH + "rule")
            for one in rule.iter(_SCH + "assert")
        ]


def numbered(standard: Standard, document: Document) -> Numbered:
    """``document`` in XML, each element with its number, and the pointer that each stands for."""
    root = etree.fromstring(xml_text.encode(document, standard))
    pointers = {}
    for number, (element, pointer) in enumerate(_pointers(standard, root, document["report_type"], "")):
        element.set(_NUMBER, str(number))
        pointers[str(number)] = pointer
    return root, pointers


def _pointers(standard: Standard, element: Any, name: str, pointer: str) -> Iterator[tuple[Any, str]]:
    """The elements that are objects, and the first of each member."""
    yield element, pointer
    seen = set()
    for child in element:
        slot = standard.classes[name].by_name[etree.QName(child).localname]
        if slot.name in seen:
            continue
        seen.add(slot.name)
        inner = f"{pointer}/{slot.name}"
        if slot.kind != "class" or slot.many:
            yield child, inner
        if slot.kind == "class" and slot.many:
            for place, entry in enumerate(child):
                yield from _pointers(standard, entry, etree.QName(entry).localname, f"{inner}/{place}")
        elif slot.kind == "class":
            yield from _pointers(standard, child, slot.range, inner)


def _verdict(lines: str, pointers: dict[str, str]) -> Verdict:
    verdict: Verdict = {}
    for line in lines.splitlines():
        code, number, status, subject = line.split(" ")
        verdict[code, pointers[number]] = PASS if status == "pass" else ("fail", pointers[subject])
    return verdict


class ByElementpath:
    """What elementpath makes of a document: each context and assert as one expression."""

    def __init__(self, schematron: Schematron) -> None:
        types = dict.fromkeys(schematron.lets, "xs:string")
        self.parser = XPath2Parser(schematron.namespaces, types, default_collation=_CODE_POINTS)
        self.assertions = {one.code: one for one in schematron.assertions}
        nothing = etree.XML("<nothing/>")
        self.values = {n: elementpath.select(nothing, let, parser=XPath2Parser) for n, let in schematron.lets.items()}
        self.queries: dict[str, Any] = {}

    def __call__(self, document: Numbered, codes: Iterable[str] | None = None) -> Verdict:
        """The verdict by the rules with these ``codes``, all of them if there are none."""
        with decimal.localcontext(prec=80):
            lines = [line for code in codes or self.assertions for line in self._lines(code, document[0])]
        return _verdict("".join(lines), document[1])

    def _lines(self, code: str, root: Any) -> list[str]:
        if code not in self.queries:
            one = self.assertions[code]
            self.queries[code] = self.parser.parse(f"//{one.context}/{one.query}")
        return list(self.queries[code].get_results(elementpath.XPathContext(root, variables=self.values)))


class BySaxon:
    """What Saxon makes of a document: all contexts and asserts in one stylesheet, compiled once."""

    def __init__(self, schematron: Schematron) -> None:
        self.processor = PySaxonProcessor(license=False)
        compiler = self.processor.new_xslt30_processor()
        self.stylesheet = compiler.compile_stylesheet(stylesheet_text=_stylesheet(schematron))

    def __call__(self, document: Numbered) -> Verdict:
        """The verdict by all rules."""
        node = self.processor.parse_xml(xml_text=etree.tostring(document[0], encoding="unicode"))
        return _verdict(self.stylesheet.transform_to_string(xdm_node=node) or "", document[1])


def _stylesheet(schematron: Schematron) -> str:
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in schematron.namespaces.items())
    lets = (f"<x:variable name={quoteattr(n)} select={quoteattr(v)}/>" for n, v in schematron.lets.items())
    turns = (
        f"<x:for-each select={quoteattr('//' + one.context)}><x:value-of select={quoteattr(one.query)}/></x:for-each>"
        for one in schematron.assertions
    )
    return (
        f'<x:stylesheet version="2.0" xmlns:x="{_XSL}" {spaces}><x:output method="text"/>{"".join(lets)}'
        f'<x:template match="/">{"".join(turns)}</x:template></x:stylesheet>'
    )
