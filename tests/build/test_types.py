"""Models of pydantic, types of TypeScript, schemas of OpenAPI: each loaded by its own tool, on all examples."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import openapi_spec_validator
import pydantic
import pytest

from exportreport import artifact
from exportreport.standard import load
from tests.witnesses import node_cel

STANDARD = load()
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TYPES = artifact.FOLDER / "types"
VALID = sorted((EXAMPLES / "valid").glob("*/*.json"))
INVALID = sorted(path for path in (EXAMPLES / "invalid").glob("*.json") if not path.name.endswith(".expected.json"))


@pytest.fixture(scope="module")
def models() -> Iterator[Any]:
    name = "exportreport_models"
    spec = importlib.util.spec_from_file_location(name, TYPES / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[name]


@cache
def description() -> Any:
    return json.loads((TYPES / "openapi.json").read_bytes())


@cache
def component(name: str) -> Any:
    whole = {"$ref": f"#/components/schemas/{name}", "components": description()["components"]}
    return jsonschema_rs.Draft202012Validator(whole)


def sound(models: Any, document: Any) -> bool:
    try:
        models.MESSAGE.validate_python(document)
    except pydantic.ValidationError:
        return False
    return True


# Pydantic


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_pydantic_takes_the_valid_examples_and_gives_them_back(path: Path, models: Any) -> None:
    data = path.read_bytes()
    message = models.MESSAGE.validate_json(data)
    assert type(message) is getattr(models, path.parent.name)
    assert message.document() == json.loads(data)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_pydantic_refuses_the_invalid_examples(path: Path, models: Any) -> None:
    """All but a repeated name, of which its parser keeps the last."""
    try:
        models.MESSAGE.validate_json(path.read_bytes())
        refused = False
    except pydantic.ValidationError:
        refused = True
    assert refused == (path.stem != "duplicate-member")


def test_every_class_and_slot_is_a_model_and_a_member(models: Any) -> None:
    for body in STANDARD.classes.values():
        if not body.abstract:
            fields = getattr(models, body.name).model_fields
            assert list(fields) == list(body.by_name)
            required = {slot.name for slot in body.slots if slot.required or slot.kind == "name"}
            assert {name for name, field in fields.items() if field.is_required()} == required


# OpenAPI


def test_the_description_is_openapi() -> None:
    openapi_spec_validator.validate(description())
    planted = deepcopy(description())
    del planted["info"]["version"]
    with pytest.raises(openapi_spec_validator.validation.exceptions.OpenAPIValidationError):
        openapi_spec_validator.validate(planted)


def test_the_components_take_the_valid_examples() -> None:
    for path in VALID:
        document = json.loads(path.read_bytes())
        assert component("Message").is_valid(document), path.name
        assert component(path.parent.name).is_valid(document), path.name


# One verdict: what is changed in an example is sound or not by both


def mutants() -> Iterator[Any]:
    """Each example with one member of one object left out, repeated as a list, empty, or of another kind."""
    for number, path in enumerate(VALID):
        places = list(objects(json.loads(path.read_bytes())))
        for turn, value in enumerate([None, "", [], {}, 1, -1, True, "DE\n", "2026-02-30", 10**15, "x" * 5000, ...]):
            document = json.loads(path.read_bytes())
            target = list(objects(document))[(7 * turn + number) % len(places)]
            name = list(target)[(turn + number) % len(target)]
            if value is ...:
                del target[name]
            else:
                target[name] = value
            yield document


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(child)


def test_pydantic_and_the_components_agree_on_what_is_changed(models: Any) -> None:
    said = [(sound(models, one), component("Message").is_valid(one)) for one in mutants()]
    assert [number for number, (one, other) in enumerate(said) if one != other] == []
    verdicts = [one for one, _ in said]
    assert verdicts.count(True) > 10 and verdicts.count(False) > 100


# TypeScript


def test_typescript_compiles_with_the_examples_and_sees_what_is_wrong(tmp_path: Path) -> None:
    missing = node_cel.missing()
    if missing:
        pytest.skip(missing)
    lines = ['import type { Message, Report, Submission } from "./exportreport";']
    for number, path in enumerate(VALID):
        lines.append(f"export const valid{number}: Message = {path.read_text(encoding='utf-8')};")
    denial = json.loads((EXAMPLES / "valid" / "DenialNotice" / "denial-revoked-later.json").read_bytes())
    lines.append(f"export const report: Report = {json.dumps(denial)};")
    lines.append("export const kinds: Submission['reports'] = [report];")
    without = {name: value for name, value in denial.items() if name != "reporting_state"}
    wrong = (
        denial | {"report_type": "Denial"},
        denial | {"denial_kind": "refusd"},
        denial | {"unknown": "member"},
        denial | {"revision": "1"},
        denial | {"parties": denial["parties"][0]},
        without,
    )
    for number, document in enumerate(wrong):
        lines += ["// @ts-expect-error", f"export const wrong{number}: Report = {json.dumps(document)};"]
    (tmp_path / "examples.ts").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "exportreport.ts").write_bytes((TYPES / "exportreport.ts").read_bytes())
    compiler = node_cel.FOLDER / "node_modules" / "typescript" / "bin" / "tsc"
    options = "--noEmit --strict --target es2022 --module es2022 --moduleResolution bundler --lib es2022".split()
    command = ["node", str(compiler), *options, str(tmp_path / "examples.ts")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
