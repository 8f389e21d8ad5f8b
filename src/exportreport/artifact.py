"""Where the files are that the build made of the model, the rules and the code lists."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: The folder of the artifacts. Whoever judges by those of another version sets it before anything is read.
FOLDER: Path

#: Those of this version, without pathlib, which would cost every start some hundredths of it.
_OWN = os.path.join(os.path.dirname(__file__), "artifacts")  # noqa: PTH118, PTH120


def __getattr__(name: str) -> Path:
    """`FOLDER`, as long as nobody has set it."""
    if name == "FOLDER":
        from pathlib import Path

        return Path(_OWN)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(*names: str) -> bytes:
    """The bytes of the artifact ``names``, such as ``"rules", "rules.json"``."""
    with open(os.path.join(globals().get("FOLDER", _OWN), *names), "rb") as file:  # noqa: PTH118, PTH123
        return file.read()
