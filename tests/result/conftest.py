from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.result.running import HOSTILE, write


@pytest.fixture
def hostile(tmp_path: Path, good: dict[str, Any]) -> Path:
    """A file, badly named, of documents with hostile values, hostile names, and a hostile identifier."""
    values = [good | {"denial_kind": text, "report_id": text} for text in HOSTILE]
    names = [good | {text: 1} for text in HOSTILE]
    doubtful = [good | {"additional_information": "a\u202eb e\u0301"}]
    folder = tmp_path / "in"
    folder.mkdir()
    return write(folder / '=1,a::b%0A \u202e<b>\x1b[31m&".json', *values, *names, *doubtful)


@pytest.fixture
def one_line(tmp_path: Path, bad: dict[str, Any]) -> Path:
    """A file that is one line without blanks, as programs write it."""
    path = tmp_path / "minified.json"
    path.write_text(json.dumps(bad, separators=(",", ":")), encoding="utf-8")
    return path
