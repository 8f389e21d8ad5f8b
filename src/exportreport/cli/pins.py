"""The digests of the rules and code lists that a run judges by: of the artifacts, as they are installed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from exportreport import artifact
from exportreport.result.run import Pins

if TYPE_CHECKING:
    from pathlib import Path


@cache  # an acknowledgement of each of a million files asks for them
def pins() -> Pins:
    """The digests, each over the names and contents of all files; None where there is none."""
    rules, *lists = (artifact.FOLDER / name for name in ("rules", "codelists", "crosswalks"))
    return Pins(_digest(rules), _digest(*lists))


def _digest(*folders: Path) -> str | None:
    import hashlib

    every = [file for folder in folders if folder.is_dir() for file in folder.iterdir() if file.is_file()]
    if not every:
        return None
    whole = hashlib.sha256()
    for file in sorted(every, key=lambda one: one.name):
        whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return f"sha256:{whole.hexdigest()}"
