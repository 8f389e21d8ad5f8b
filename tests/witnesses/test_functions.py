"""Every implementation of the functions proves itself on the published vectors."""

from __future__ import annotations

from typing import Any

import pytest

from exportreport.rules import functions as ours
from tests.witnesses import catalogue, functions, node_cel

PUBLISHED = catalogue.read("rules", "functions.json")["functions"]
VECTORS = [
    pytest.param(name, vector, id=f"{name}{vector['arguments']}"[:80])
    for name, body in PUBLISHED.items()
    for vector in body["vectors"]
]


@pytest.mark.parametrize(("name", "vector"), VECTORS)
def test_the_functions_of_the_validator(name: str, vector: dict[str, Any]) -> None:
    assert ours.FUNCTIONS[name](*vector["arguments"]) == vector["result"]


@pytest.mark.parametrize(("name", "vector"), VECTORS)
def test_the_functions_of_the_witnesses(name: str, vector: dict[str, Any]) -> None:
    assert functions.FUNCTIONS[name](*vector["arguments"]) == vector["result"]


@pytest.mark.usefixtures("node")
def test_the_functions_in_javascript() -> None:
    assert node_cel.failing_vectors() == []


def test_every_function_has_at_least_ten_vectors() -> None:
    assert set(PUBLISHED) == set(ours.FUNCTIONS) == set(functions.FUNCTIONS)
    assert all(len(body["vectors"]) >= 10 for body in PUBLISHED.values())
