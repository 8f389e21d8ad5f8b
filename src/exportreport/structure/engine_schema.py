"""The schemas that engines compile, read from the artifacts when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from exportreport import artifact

_KINDS = ("LicenseFiling", "DenialNotice", "ReexportNotice", "Acknowledgement", "Submission")


def schema_of(class_name: str, instead: Mapping[str, str] = {}) -> dict[str, Any]:
    """The Draft 4 schema of objects of ``class_name``; KeyError for a class that no message can hold.

    In its text each key of ``instead`` is replaced by what stands there for it.
    """
    for kind in (class_name, *_KINDS):
        if kind in _KINDS:
            text = artifact.read("engine", f"{kind}.json")
            for old, new in instead.items():
                text = text.replace(old.encode(), new.encode())
            schema: dict[str, Any] = orjson.loads(text)
            if class_name in schema["definitions"]:
                return schema | {"allOf": [{"$ref": f"#/definitions/{class_name}"}]}
    raise KeyError(class_name)
