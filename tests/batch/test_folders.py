"""The files of a folder: by name, however many there are, and in little memory."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from bench import corpus
from exportreport import standard, validate_files
from exportreport.batch import inputs
from exportreport.batch.inputs import sources
from tests.memory import PEAK

NAMES = [
    "a", "a.b", "a-b", "a b", "a0", "A", "é", "e\u0301", "z", "\U0001f600", "\uffee", "folder/x", "folder.d/x",
    "folder/deeper/y", "folder/z", "_",
]  # fmt: skip


@pytest.mark.parametrize("piece", [1, 3, 100])
def test_the_order_is_that_of_the_names(tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "_PIECE", piece)
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    if sys.platform == "linux":
        (tmp_path / os.fsdecode(b"not-utf-8-\xff")).touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "empty").mkdir()

    def by_name(folder: Path) -> list[str]:
        every = sorted(folder.iterdir(), key=lambda path: path.name)
        shown = [path for path in every if not path.name.startswith(".") and not path.is_symlink()]
        return [name for path in shown for name in (by_name(path) if path.is_dir() else [str(path)])]

    assert [source.name for source in sources([f"{tmp_path}/"])] == by_name(tmp_path)


def test_the_folder_at_hand_is_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").touch()
    monkeypatch.chdir(tmp_path)
    assert [source.name for source in sources([".", "./a"])] == ["a", "./a"]


def test_a_hundred_thousand_names_take_little_memory(tmp_path: Path) -> None:
    """As names that the system tells: making so many files takes longer than listing them."""
    code = (
        PEAK
        + """
import os
from exportreport.batch import inputs

class Entry:
    def __init__(self, number): self.name = f"report-2026-11-{number * 7919 % 100_000:09}.json"
    def is_dir(self, follow_symlinks): return False
    def is_file(self, follow_symlinks): return True

class Entries(list):
    def __enter__(self): return map(Entry, range(100_000))
    def __exit__(self, *_): return None

os.scandir = lambda folder: Entries()
before, last, count = peak(), "", 0
for name, is_folder in inputs._entries("folder"):
    assert last < name and not is_folder
    last, count = name, count + 1
print(count, peak() - before)
"""
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    count, above = map(int, done.stdout.split())
    assert count == 100_000
    assert above < 6_400  # a tenth of the 64 MB that a million may take


def test_files_are_validated_from_python(tmp_path: Path) -> None:
    lines = corpus.filings(standard.load(), 30, 900, 7500)
    (tmp_path / "a.ndjson").write_bytes(b"\n".join(lines))
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(lines[9]))
    missing = tmp_path / "missing"
    found = list(validate_files([tmp_path, missing]))
    assert found == list(validate_files([tmp_path, missing], jobs=2))
    assert [result.accepted for _, result in found] == [number % 10 != 9 for number in range(30)] + [False, False]
    assert [result.report_id for _, result in found[:30]] == [orjson.loads(line)["report_id"] for line in lines]
    assert [name for name, _ in found[29:]] == [str(tmp_path / "a.ndjson"), str(tmp_path / "b.json.gz"), str(missing)]
    with pytest.raises(ValueError, match="0 processes"):
        validate_files([tmp_path], jobs=0)
