"""The imports between rooms go one way, and the packages that are shipped are those that exist."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "exportreport"

#: The floors, lowest first. A room may import rooms of lower floors, never another on its own.
FLOORS = (
    {"artifact", "finding", "pattern"},
    {"standard"},
    {"codec", "codelists", "controlcodes"},
    {"structure", "rules", "result", "conversion", "compat"},
    {"pipeline", "explaining", "build"},
    {"submission"},
    {"batch"},
    {"cli"},
)

#: Which third-party package is imported in which rooms, and nowhere else.
HOMES = {
    "click": {"cli"},
    "fastjsonschema": {"structure"},
    "jsonschema": {"structure"},
    "jsonschema_rs": {"structure"},
    "linkml_runtime": {"build"},
    "lxml": {"codec"},
    "pyarrow": {"batch"},
    "pyspark": {"batch"},
    "orjson": {"batch", "codec", "codelists", "controlcodes", "standard", "structure", "rules", "result"},
    "xlsxwriter": {"conversion"},
    "yaml": {"build"},
}


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def modules() -> list[Path]:
    written = (path for path in SOURCE.rglob("*.py") if SOURCE / "artifacts" not in path.parents)
    return sorted(path for path in written if path.parent != SOURCE or path.stem != "__init__")


def room_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    own = room_of(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "exportreport" or len(parts) < 2 or parts[1] == "__version__":
            continue
        other = parts[1]
        assert other == own or floor(other) < floor(own), f"{own} imports {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_each_dependency_has_its_home(path: Path) -> None:
    for name in imported(path):
        package = name.split(".")[0]
        if package in HOMES:
            assert room_of(path) in HOMES[package], f"{package} does not live in {room_of(path)}"


def test_only_the_doors_read_files_clocks_and_the_environment() -> None:
    doors = {"cli", "batch", "build", "artifact"}  # the last reads what belongs to the program
    for path in modules():
        if room_of(path) in doors:
            continue
        names = {name.split(".")[0] for name in imported(path)}
        assert not names & {"os", "pathlib", "time", "socket", "subprocess", "random"}, path


def test_every_package_is_shipped() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed = set(tomllib.load(file)["tool"]["setuptools"]["packages"])
    ours = {"exportreport", *_packages(SOURCE, "exportreport")}
    converters = {"exportreport_converters", *_packages(ROOT / "converters", "exportreport_converters")}
    assert listed == ours | converters


def _packages(folder: Path, name: str) -> Iterator[str]:
    for path in sorted(folder.rglob("__init__.py")):
        inner = path.parent.relative_to(folder)
        if inner.parts:
            yield ".".join((name, *inner.parts))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_code_is_made_from_data(path: Path) -> None:
    called = (node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    assert not {function.id for function in called if isinstance(function, ast.Name)} & {"eval", "exec", "compile"}
