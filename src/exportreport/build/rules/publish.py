"""What is published of the rules for other evaluators: the records as written, the functions with their vectors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: How many vectors a function needs at least.
VECTORS = 10


class FunctionsError(Exception):
    """schema/functions.toml breaks its form; the text says where and what to do."""


def records(folder: Path) -> list[dict[str, Any]]:
    """The records in ``folder`` as their authors wrote them, in the order of their names."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]


def functions(path: Path) -> dict[str, Any]:
    """The functions that rules may call, by name: signature, meaning and vectors.

    Raises `FunctionsError` where the file is not of that form.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise FunctionsError(f"{path}: this is not TOML: {error}") from error
    for name, body in found.items():
        _check(path, name, body)
    return found


def _check(path: Path, name: str, body: Mapping[str, Any]) -> None:
    lacking = {"signature", "meaning", "vectors"} - set(body)
    if lacking:
        raise FunctionsError(f"{path}: {name} has no {min(lacking)}; write it")
    if len(body["vectors"]) < VECTORS:
        raise FunctionsError(f"{path}: {name} has {len(body['vectors'])} vectors; it needs {VECTORS}")
    for number, vector in enumerate(body["vectors"], start=1):
        if not {"arguments", "result"} <= set(vector) <= {"arguments", "result", "note"}:
            raise FunctionsError(f"{path}: vector {number} of {name} needs arguments and result, and may have a note")
