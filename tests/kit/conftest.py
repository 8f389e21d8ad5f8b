"""The kit, made twice by processes of their own, and unpacked."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two kits, made at the same time with different orders of sets."""
    folders = [tmp_path_factory.mktemp("kit") for _ in range(2)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "kit.make", "--out", str(folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            stdout=subprocess.DEVNULL,
        )
        for seed, folder in enumerate(folders, start=1)
    ]
    assert [process.wait() for process in processes] == [0, 0]
    return [path for folder in folders for path in folder.iterdir()]


@pytest.fixture(scope="session")
def kit(archives: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the unpacked kit."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(archives[0]) as packed:
        packed.extractall(folder)
    [top] = folder.iterdir()
    return top
