"""What nests too deep is refused wherever a wrong document holds it, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exportreport import pipeline
from exportreport.codec import faults
from exportreport.finding import Path
from exportreport.standard import Standard
from tests.messages import example

FILING = "LicenseFiling/mine-clearance-humanitarian-pathway"
TOO_DEEP = faults.TOO_DEEP.code


def nested(levels: int) -> Any:
    """A list in lists, so many in all."""
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def codes(document: dict[str, Any], standard: Standard) -> set[str]:
    data = json.dumps(document).encode()
    return {finding.finding_code for result in pipeline.check(data, standard) for finding in result.findings}


def put(document: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        document = document[step]
    document[path[-1]] = value


@pytest.mark.parametrize("path", [("extra",), ("report_id",), ("items",), ("items", 0, "extra"), ("items", 0)])
def test_the_last_level_that_is_allowed(path: Path, the_standard: Standard) -> None:
    document = example(FILING)
    document["report_version"] = []  # a second wrong value, which is not deep
    put(document, path, nested(64 - len(path)))
    assert TOO_DEEP not in codes(document, the_standard)
    put(document, path, nested(65 - len(path)))
    assert codes(document, the_standard) == {TOO_DEEP}


@pytest.mark.parametrize("kind", [None, "LicenseFilling", 5])
def test_a_message_of_no_known_kind_is_looked_into(kind: object, the_standard: Standard) -> None:
    document = example("Submission/mixed-kinds")
    slot = next(name for name, value in document.items() if isinstance(value, list) and "report_type" in value[0])
    document[slot][0] = {"deep": nested(61)} | ({} if kind is None else {"report_type": kind})
    assert TOO_DEEP not in codes(document, the_standard)
    document[slot][0]["deep"] = nested(62)
    assert codes(document, the_standard) == {TOO_DEEP}
