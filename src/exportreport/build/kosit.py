"""A configuration for the validator of KoSIT, which many European authorities run: XSD, then compiled Schematron."""

from __future__ import annotations

from exportreport.standard import Standard

#: The day of the configuration; it changes with the version of the standard and not with each build.
DATE = "2026-11-25"

_SPACE = "http://www.xoev.de/de/validator/framework/1/scenarios"


def scenarios(standard: Standard, note: str) -> str:
    """``scenarios.xml``: one scenario for all kinds of message, with the artifacts beside it as resources."""
    kinds = " or ".join(f"/er:{kind}" for kind in standard.kinds)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- {note} -->
<scenarios xmlns="{_SPACE}" frameworkVersion="1.0.0">
  <name>exportreport {standard.version}</name>
  <date>{DATE}</date>
  <description>
    <p>Messages of the exportreport standard in XML: structure by the XSD, rules by the Schematron, compiled.</p>
  </description>
  <scenario>
    <name>exportreport {standard.schema_version}</name>
    <description>
      <p>Any kind of message. That codes are on their lists (ER-CL) is not checked.</p>
    </description>
    <namespace prefix="er">{standard.namespace}</namespace>
    <match>{kinds}</match>
    <validateWithXmlSchema>
      <resource>
        <name>Structure</name>
        <location>xsd/exportreport.xsd</location>
      </resource>
    </validateWithXmlSchema>
    <validateWithSchematron>
      <resource>
        <name>Rules</name>
        <location>schematron/exportreport.xsl</location>
      </resource>
    </validateWithSchematron>
    <createReport>
      <resource>
        <name>Report</name>
        <location>kosit/report.xsl</location>
      </resource>
    </createReport>
  </scenario>
  <noScenarioReport>
    <resource>
      <name>No message of this standard</name>
      <location>kosit/report.xsl</location>
    </resource>
  </noScenarioReport>
</scenarios>
"""


def report(note: str) -> str:
    """The stylesheet of the report: what the validator says, as it says it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- {note} -->
<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>
  <xsl:template match="/">
    <xsl:copy-of select="."/>
  </xsl:template>
</xsl:stylesheet>
"""
