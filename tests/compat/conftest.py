"""Editions of the standard that the tests compare."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from exportreport.compat.edition import Edition, edition
from tests.compat.sources import ROOT, changed_copy, judging_files

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


#: What a next minor version might bring: it accepts all that 1.0 accepts, and more.
NEXT = (
    {"file": "exportreport.yaml", "at": "version", "set": "1.1.0"},
    {"file": "modules/types.yaml", "at": "types.SchemaVersion.pattern", "set": r"^1\.[01]$"},
    {
        "file": "modules/parties.yaml",
        "at": "slots.district",
        "set": {"title": "District", "description": "Part of the city.", "range": "Text"},
    },
    {"file": "modules/parties.yaml", "at": "classes.Address.slots", "append": "district"},
    {"file": "rules/ER-C-501.toml", "find": 'since = "1.0"', "replace": 'since = "1.0"\nwithdrawn = "1.1"'},
    {"file": "rules/ER-C-403.toml", "find": 'severity = "warning"', "replace": 'severity = "info"'},
    {
        "file": "rules/ER-C-332.toml",
        "find": "a.appeal_lodged_on < d.decided_on",
        "replace": "a.appeal_lodged_on <= d.decided_on",
    },
    {
        "file": "codelists/transport_modes.csv",
        "find": "9,Mode not applicable,,,,,",
        "replace": "9,Mode not applicable,,,,,\nX,Drone,,,,,",
    },
)


@pytest.fixture(scope="session")
def next_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a synthetic 1.1, built from changed sources."""
    schema = changed_copy(NEXT, tmp_path_factory.mktemp("sources"))
    folder = tmp_path_factory.mktemp("artifacts")
    for name, data in judging_files(schema).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
