"""The schemas that engines compile, read from the artifacts when first asked for."""

from __future__ import annotations

from typing import Any

import orjson

from exportreport import artifact

_KINDS = ("LicenseFiling", "DenialNotice", "ReexportNotice", "Acknowledgement", "Submission")


def schema_of(class_name: str) -> dict[str, Any]:
    """The Draft 4 schema of objects of ``class_name``; KeyError for a class that no message can hold."""
    for kind in (class_name, *_KINDS):
        if kind in _KINDS:
            schema: dict[str, Any] = orjson.loads(artifact.read("engine", f"{kind}.json"))
            if class_name in schema["definitions"]:
                return schema | {"allOf": [{"$ref": f"#/definitions/{class_name}"}]}
    raise KeyError(class_name)
