"""Peers for XML: with the published XSD, or reading alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.peers.peer import Act, Peer, each

XSD = Path(__file__).resolve().parents[2] / "src" / "exportreport" / "artifacts" / "xsd" / "exportreport.xsd"


def ours(*, rules: bool) -> Callable[[], Act]:
    """Ours: the whole way from bytes to findings with their places."""

    def made() -> Act:
        from exportreport import pipeline, standard

        known = standard.load()
        settings = pipeline.Settings(rules=rules)
        run = pipeline.rules_of(known, settings)

        def act(data: bytes) -> bool:
            (result,) = pipeline.check(data, known, settings, run)
            return result.accepted

        return each(act)

    return made


def parsing() -> Act:
    """The yardstick: the tree, and nothing else; of what is no XML, as much as there is."""
    from lxml import etree

    def act(data: bytes) -> None:
        try:  # noqa: SIM105  a context manager would cost the yardstick time
            etree.fromstring(data)
        except etree.XMLSyntaxError:
            pass

    return each(act)


def with_lxml() -> Act:
    """lxml with the published XSD."""
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(XSD)))

    def act(data: bytes) -> bool:
        try:
            return bool(schema.validate(etree.fromstring(data)))
        except etree.XMLSyntaxError:
            return False

    return each(act)


def with_xmlschema() -> Act:
    """xmlschema with the published XSD, all errors."""
    from xml.etree import ElementTree

    import xmlschema

    schema = xmlschema.XMLSchema(str(XSD))

    def act(data: bytes) -> bool:
        try:
            return not list(schema.iter_errors(data.decode()))
        except ElementTree.ParseError:
            return False

    return each(act)


def with_xmltodict() -> Act:
    """xmltodict: dictionaries, without a verdict."""
    from xml.parsers import expat

    import xmltodict

    def act(data: bytes) -> None:
        try:  # noqa: SIM105  as above
            xmltodict.parse(data)
        except expat.ExpatError:
            pass

    return each(act)


PEERS = (
    Peer("exportreport, structure", "all errors with line and column", ours(rules=False), "exportreport"),
    Peer("exportreport, everything", "the same, all rules and code lists", ours(rules=True), "exportreport"),
    Peer("lxml with the XSD", "XML Schema", with_lxml, "lxml"),
    Peer("xmltodict", "reading alone", with_xmltodict, "xmltodict"),
    Peer("xmlschema", "XML Schema, all errors", with_xmlschema, "xmlschema"),
)
YARDSTICK = Peer("lxml.etree.fromstring", "parsing alone", parsing, "lxml")
