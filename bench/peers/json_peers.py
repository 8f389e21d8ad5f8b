"""Peers for JSON: each is given documents parsed by orjson, the fastest parser, and the schema of their kind."""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from bench.peers.peer import Act, Peer, each

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "src" / "exportreport" / "artifacts" / "jsonschema"
MODEL = ROOT / "schema" / "exportreport.yaml"
KINDS = ("LicenseFiling", "DenialNotice", "ReexportNotice")


def by_kind(judge: Callable[[str], Callable[[Any], bool]]) -> Act:
    """An act that gives a document to the judge of its kind; what is of no kind is not accepted."""
    judges = {kind: judge(kind) for kind in KINDS}

    def act(data: bytes) -> bool:
        document = orjson.loads(data)
        own = judges.get(document.get("report_type"))
        return own is not None and own(document)

    return each(act)


@cache
def schema(kind: str) -> Any:
    """The published JSON Schema of ``kind``."""
    return orjson.loads((SCHEMAS / f"{kind}.schema.json").read_bytes())


def ours(*, rules: bool) -> Callable[[], Act]:
    """Ours: the whole way from bytes to findings with their places."""

    def made() -> Act:
        from exportreport import pipeline, standard

        known = standard.load()
        settings = pipeline.Settings(rules=rules, repeated_names=rules)
        run = pipeline.rules_of(known, settings)

        def act(documents: Sequence[bytes]) -> list[bool | None]:
            numbered = enumerate(documents, start=1)
            return [result.accepted for result in pipeline.check_lines(numbered, known, settings, run)]

        return act

    return made


def parsing() -> Act:
    """The yardstick: the document parsed, and nothing else."""

    def act(data: bytes) -> None:
        orjson.loads(data)

    return each(act)


def with_jsonschema() -> Act:
    """jsonschema, all errors."""
    from jsonschema import Draft202012Validator

    return by_kind(lambda kind: lambda document: not list(Draft202012Validator(schema(kind)).iter_errors(document)))


def with_fastjsonschema() -> Act:
    """fastjsonschema, which stops at the first error."""
    import fastjsonschema

    def judge(kind: str) -> Callable[[Any], bool]:
        compiled = fastjsonschema.compile(schema(kind), use_default=False)

        def accepts(document: Any) -> bool:
            try:
                compiled(document)
            except fastjsonschema.JsonSchemaException:
                return False
            return True

        return accepts

    return by_kind(judge)


def with_jsonschema_rs() -> Act:
    """jsonschema-rs, bare, all errors."""
    import jsonschema_rs

    def judge(kind: str) -> Callable[[Any], bool]:
        validator = jsonschema_rs.validator_for(schema(kind))
        return lambda document: not list(validator.iter_errors(document))

    return by_kind(judge)


def with_pydantic() -> Act:
    """Pydantic models that LinkML's generator makes of the model."""
    from linkml.generators.pydanticgen import PydanticGenerator
    from pydantic import ValidationError

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "exportreport_models.py").write_text(PydanticGenerator(str(MODEL)).serialize(), encoding="utf-8")
        sys.path.insert(0, folder)
        models = __import__("exportreport_models")
        sys.path.remove(folder)

    def judge(kind: str) -> Callable[[Any], bool]:
        model = getattr(models, kind)

        def accepts(document: Any) -> bool:
            try:
                model.model_validate(document)
            except ValidationError:
                return False
            return True

        return accepts

    return by_kind(judge)


def with_linkml() -> Act:
    """LinkML's own validator with its JSON Schema plugin."""
    warnings.simplefilter("ignore")
    from linkml.validator import Validator
    from linkml.validator.plugins import JsonschemaValidationPlugin

    validator = Validator(str(MODEL), validation_plugins=[JsonschemaValidationPlugin(closed=True)])
    return by_kind(lambda kind: lambda document: not validator.validate(document, target_class=kind).results)


PEERS = (
    Peer("exportreport, structure", "all errors with line and column", ours(rules=False), "exportreport"),
    Peer(
        "exportreport, everything",
        "the same, repeated names, rules, code lists",
        ours(rules=True),
        "exportreport",
    ),
    Peer("jsonschema-rs", "JSON Schema, all errors", with_jsonschema_rs, "jsonschema-rs"),
    Peer("fastjsonschema", "JSON Schema, first error", with_fastjsonschema, "fastjsonschema"),
    Peer("pydantic", "models made by LinkML, all errors", with_pydantic, "pydantic"),
    Peer("linkml.validator", "JSON Schema made by LinkML, all errors", with_linkml, "linkml"),
    Peer("jsonschema", "JSON Schema, all errors", with_jsonschema, "jsonschema"),
)
YARDSTICK = Peer("orjson.loads", "parsing alone", parsing, "orjson")
