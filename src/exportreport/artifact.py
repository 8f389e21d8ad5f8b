"""Where the files are that the build made of the model, the rules and the code lists."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Without pathlib, which would cost every start some hundredths of it.
_FOLDER = os.path.join(os.path.dirname(__file__), "artifacts")  # noqa: PTH118, PTH120


def read(*names: str) -> bytes:
    """The bytes of the artifact ``names``, such as ``"rules", "rules.json"``."""
    with open(os.path.join(_FOLDER, *names), "rb") as file:  # noqa: PTH118, PTH123
        return file.read()


def folder() -> Path:
    """The folder that all of them are in."""
    from pathlib import Path

    return Path(_FOLDER)
