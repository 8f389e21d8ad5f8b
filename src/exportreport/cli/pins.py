"""The digests of the rules and code lists that a run judges by: of the artifacts, as they are installed."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable

from exportreport.result.run import Pins


def pins() -> Pins:
    """The digests, each over the names and contents of all files; None where there is none."""
    artifacts = files("exportreport").joinpath("artifacts")
    return Pins(_digest(artifacts.joinpath("rules")), _digest(artifacts.joinpath("codelists")))


def _digest(folder: Traversable) -> str | None:
    if not folder.is_dir():
        return None
    whole = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.is_file():
            whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return f"sha256:{whole.hexdigest()}"
