"""The schemas that engines compile, read from the artifacts when first asked for."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import orjson

_KINDS = ("LicenseFiling", "DenialNotice", "ReexportNotice", "Acknowledgement", "Submission")


def schema_of(class_name: str) -> dict[str, Any]:
    """The Draft 4 schema of objects of ``class_name``; KeyError for a class that no message can hold."""
    folder = files("exportreport").joinpath("artifacts", "engine")
    for kind in (class_name, *_KINDS):
        if kind in _KINDS:
            schema: dict[str, Any] = orjson.loads(folder.joinpath(kind + ".json").read_bytes())
            if class_name in schema["definitions"]:
                return schema | {"allOf": [{"$ref": f"#/definitions/{class_name}"}]}
    raise KeyError(class_name)
