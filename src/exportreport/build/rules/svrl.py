"""The rules compiled for engines of XSLT: a stylesheet that judges a message in XML and reports in SVRL.

The Schematron beside it leaves to its user which phase is run. Here a rule of a profile is asked where the report names
the profile, and the severities that a profile raises are raised, as our own validator has it. What is an error is a
``failed-assert``; warnings and infos are a ``successful-report``, so that processors that refuse a document for any
failed assert accept it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from exportreport.build.rules.schematron import Assertion, Published
from exportreport.standard import Standard

_LOCATION = (
    "string-join(for $step in $at/ancestor-or-self::* return concat('/er:', local-name($step), "
    "'[', 1 + count($step/preceding-sibling::*[node-name(.) = node-name($step)]), ']'), '')"
)

_ELEMENT = "{if ($severity eq 'error') then 'failed-assert' else 'successful-report'}"


def stylesheet(standard: Standard, published: Published, note: str) -> str:
    """The stylesheet; XSLT 2.0."""
    version = standard.version
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {note} -->",
        '<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"',
        f'  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:er="{standard.namespace}"',
        '  xmlns:svrl="http://purl.oclc.org/dsdl/svrl" exclude-result-prefixes="xs">',
        '  <xsl:output method="xml" encoding="UTF-8" indent="no"/>',
        *(f'  <xsl:variable name="{name}" select={quoteattr(text)}/>' for name, text in published.lets.items()),
        *_function(),
        '  <xsl:template match="/">',
        f'    <svrl:schematron-output title="exportreport {version}: rules" schemaVersion="{version}">',
        f'      <svrl:ns-prefix-in-attribute-values prefix="er" uri="{standard.namespace}"/>',
        *(line for one in published.assertions for line in _pattern(one)),
        "    </svrl:schematron-output>",
        "  </xsl:template>",
        "</xsl:stylesheet>",
    ]
    return "\n".join(lines) + "\n"


def _function() -> Iterator[str]:
    yield '  <xsl:function name="er:location" as="xs:string">'
    yield '    <xsl:param name="at" as="node()"/>'
    yield f"    <xsl:sequence select={quoteattr(_LOCATION)}/>"
    yield "  </xsl:function>"


def _pattern(one: Assertion) -> Iterator[str]:
    named = f"[{one.named}]" if one.named else ""
    yield f'      <svrl:active-pattern id="{one.code}" name={quoteattr(one.title)}/>'
    yield f"      <xsl:for-each select={quoteattr('//' + one.context + named)}>"
    yield f'        <svrl:fired-rule context="{one.each}"/>'
    yield f"        <xsl:if test={quoteattr(f'not({one.test})')}>"
    yield f'          <xsl:variable name="severity" as="xs:string" select={quoteattr(_severity(one))}/>'
    yield f'          <xsl:element name="svrl:{_ELEMENT}">'
    yield f'            <xsl:attribute name="id" select="\'{one.code}\'"/>'
    yield '            <xsl:attribute name="role" select="$severity"/>'
    yield '            <xsl:attribute name="flag" select="$severity"/>'
    yield f'            <xsl:attribute name="location" select="er:location({one.subject or "."})"/>'
    yield f'            <xsl:attribute name="test">{escape(one.test)}</xsl:attribute>'
    yield f"            <svrl:text>{one.message.replace('<value-of ', '<xsl:value-of ')}</svrl:text>"
    yield "          </xsl:element>"
    yield "        </xsl:if>"
    yield "      </xsl:for-each>"


def _severity(one: Assertion) -> str:
    """The severity of a finding as XPath: the gravest that a profile gives it, else the rule's own."""
    gravest_first = sorted(one.raised, key=lambda raised: ("error", "warning", "info").index(raised[1]))
    choices = "".join(f"if ({condition}) then '{severity}' else " for condition, severity in gravest_first)
    return f"{choices}'{one.severity}'"
