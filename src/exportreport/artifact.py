"""Where the files are that the build made of the model, the rules and the code lists."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).with_name("artifacts")


def read(*names: str) -> bytes:
    """The bytes of the artifact ``names``, such as ``"rules", "rules.json"``."""
    return FOLDER.joinpath(*names).read_bytes()
