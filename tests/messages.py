"""Messages that the standard accepts, rules and all, for tests to change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "valid"


def example(name: str) -> dict[str, Any]:
    """A new copy of the example of this ``name``, such as "DenialNotice/denial-revoked-later"."""
    found: dict[str, Any] = json.loads((_EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found
