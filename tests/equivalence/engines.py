"""Those who judge a document: our validator by its routes, and engines that others wrote on what we publish."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import ParseError

import fastjsonschema
import jsonschema
import jsonschema_rs
import xmlschema
from lxml import etree

from exportreport import pipeline
from exportreport.finding import Finding
from exportreport.standard import Standard

ARTIFACTS = Path(__file__).resolve().parents[2] / "src" / "exportreport" / "artifacts"
XSD = ARTIFACTS / "xsd" / "exportreport.xsd"

Syntax = Literal["json", "xml"]

#: A judge of others: the bytes of a document and the kind of message it should be, if it names one; what is wrong with
#: it, or None where nothing is.
Judge = Callable[[bytes, str], str | None]

#: Whoever is asked for a verdict alone says this of what it refuses.
REFUSED = "refused"

#: The published schema that knows all kinds of message.
ANY = "exportreport"


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine that others wrote, and the syntax that it reads."""

    name: str
    syntax: Syntax
    judge: Judge


def our_findings(
    data: bytes, standard: Standard, settings: pipeline.Settings, rules: pipeline.Rules | None = None
) -> tuple[Finding, ...]:
    """What our validator says of a document of one message."""
    (result,) = pipeline.check(data, standard, settings, rules)
    return result.findings


Schemas = dict[str, dict[str, Any]]


def published(standard: Standard) -> Schemas:
    """The published JSON Schemas: of each kind of message, and of any."""
    folder = ARTIFACTS / "jsonschema"
    return {k: json.loads((folder / f"{k}.schema.json").read_text("utf-8")) for k in (*standard.kinds, ANY)}


def json_engines(schemas: Schemas) -> list[Engine]:
    """The engines for JSON. Each is given what `json.loads` makes of the bytes, as its users do."""
    by_fast = {kind: fastjsonschema.compile(schema, use_default=False) for kind, schema in schemas.items()}
    by_python = {kind: jsonschema.Draft7Validator(schema) for kind, schema in schemas.items()}
    return [
        one_kind_engine(schemas),
        any_kind_engine(schemas[ANY]),
        Engine("fastjsonschema", "json", _loaded(lambda value, kind: _passes(by_fast[kind], value))),
        Engine("jsonschema", "json", _loaded(lambda value, kind: by_python[kind].is_valid(value))),
    ]


def one_kind_engine(schemas: Schemas) -> Engine:
    """jsonschema-rs with the schema of each kind of message."""
    validators = {kind: jsonschema_rs.Draft7Validator(schema) for kind, schema in schemas.items()}
    return Engine("jsonschema-rs", "json", _loaded(lambda value, kind: validators[kind].is_valid(value)))


def any_kind_engine(schema: dict[str, Any]) -> Engine:
    """jsonschema-rs with the ``schema`` of messages of any kind."""
    validator = jsonschema_rs.Draft7Validator(schema)
    return Engine("jsonschema-rs, any kind", "json", _loaded(lambda value, _: validator.is_valid(value)))


def _loaded(accepts: Callable[[Any, str], bool]) -> Judge:
    """The judge that reads JSON and asks whether some engine ``accepts`` it; what cannot be read is refused."""

    def judge(data: bytes, kind: str) -> str | None:
        try:
            return None if accepts(json.loads(data), kind) else REFUSED
        except ValueError as error:
            return f"cannot be read: {error}"

    return judge


def _passes(check: Callable[[Any], Any], value: Any) -> bool:
    try:
        check(value)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


def lxml_engine(xsd: bytes) -> Engine:
    """libxml2 with the XSD."""
    return lxml_engine_of(etree.fromstring(xsd))


def lxml_engine_of(xsd: etree._Element) -> Engine:
    """libxml2 with the XSD as a tree, such as it is now."""
    schema = etree.XMLSchema(xsd)

    def judge(data: bytes, _: str) -> str | None:
        try:
            root = etree.fromstring(data)
        except etree.XMLSyntaxError as error:
            return f"cannot be read: {error}"
        return None if schema.validate(root) else str(schema.error_log[0].message)

    return Engine("lxml", "xml", judge)


def xmlschema_engine(xsd: bytes) -> Engine:
    """xmlschema with the XSD."""
    schema = xmlschema.XMLSchema10(xsd.decode())

    def judge(data: bytes, _: str) -> str | None:
        try:
            error = next(schema.iter_errors(BytesIO(data)), None)
        except ParseError as unread:
            return f"cannot be read: {unread}"
        return error and (error.reason or REFUSED)

    return Engine("xmlschema", "xml", judge)
