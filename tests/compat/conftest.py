"""Editions of the standard that the tests compare."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from exportreport.compat.edition import Edition, edition
from tests.compat.sources import ROOT

ARTIFACTS = ROOT / "src" / "exportreport" / "artifacts"


@cache
def _files() -> Mapping[str, bytes]:
    names = ["model.json", *(f"rules/{name}.json" for name in ("rules", "profiles", "functions"))]
    names += [f"codelists/{path.name}" for path in (ARTIFACTS / "codelists").glob("*.json")]
    return {name: (ARTIFACTS / name).read_bytes() for name in names}


@pytest.fixture(scope="session")
def current_files() -> Mapping[str, bytes]:
    """What is compared of the standard as it is, by path."""
    return _files()


@pytest.fixture(scope="session")
def current(current_files: Mapping[str, bytes]) -> Edition:
    """The standard as it is."""
    return edition(current_files, "current")
