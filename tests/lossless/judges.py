"""Engines that are not ours, on the schemas we publish; canonical forms and digests that we did not compute."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
import rfc8785
import xmlschema
from lxml import etree

ARTIFACTS = Path(__file__).resolve().parents[2] / "src" / "exportreport" / "artifacts"
XSD = ARTIFACTS / "xsd" / "exportreport.xsd"


@cache
def _published(kind: str) -> jsonschema_rs.Draft7Validator:
    text = (ARTIFACTS / "jsonschema" / f"{kind}.schema.json").read_text(encoding="utf-8")
    return jsonschema_rs.Draft7Validator(json.loads(text))


@cache
def _xsd() -> Any:
    return etree.XMLSchema(etree.parse(XSD))


@cache
def _xmlschema() -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(XSD)


def accepts_json(data: bytes) -> bool:
    """What jsonschema-rs says, by the schema of the message's kind."""
    value = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    return _published(value["report_type"]).is_valid(value)


def accepts_xml(data: bytes) -> bool:
    """What libxml2 says."""
    return bool(_xsd().validate(etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))))


def accepts_xml_slowly(data: bytes) -> bool:
    """What xmlschema says: pure Python, for a sample."""
    return _xmlschema().is_valid(data)


def digest(document: Any) -> str:
    """The digest of the canonical JSON that the package rfc8785 writes."""
    return "sha256:" + sha256(rfc8785.dumps(document)).hexdigest()


def canonical_xml(data: bytes) -> bytes:
    """Canonical XML as the standard library writes it; for messages without attributes and instructions."""
    return ElementTree.canonicalize(data, strip_text=True, rewrite_prefixes=True).encode()
