"""``exportreport compat``: what it takes, says and exits with."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner, Result

from exportreport import artifact
from exportreport.cli import editions
from exportreport.cli.main import cli


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["compat", *map(str, arguments)], catch_exceptions=False)


def written(files: Mapping[str, bytes], folder: Path, *, version: str = "1.0.0", title: str | None = None) -> Path:
    """The ``files`` in ``folder``, with another version, and another title of the class Party."""
    model = json.loads(files["model.json"])
    model["version"] = version
    if title:
        model["classes"]["Party"]["title"] = title
    for name, data in {**files, "model.json": json.dumps(model).encode()}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def zipped(folder: Path, inside: str = "") -> Path:
    path = folder.parent / f"{folder.name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            archive.write(file, inside + file.relative_to(folder).as_posix())
    return path


def test_a_standard_and_itself() -> None:
    result = run("current", "current")
    assert result.exit_code == 0
    assert "0 changes" in result.output


def test_a_version_that_is_too_small_is_told_and_exits_with_1(
    current_files: Mapping[str, bytes], tmp_path: Path
) -> None:
    same = written(current_files, tmp_path / "same", title="Participant")
    patch = written(current_files, tmp_path / "patch", version="1.0.1", title="Participant")
    assert run("current", same).exit_code == 1
    assert run("current", patch).exit_code == 0
    assert "class Party" in run("current", same).output


@pytest.mark.parametrize("inside", ["", "exportreport/artifacts/"])
def test_a_zip_is_as_good_as_a_folder(current_files: Mapping[str, bytes], tmp_path: Path, inside: str) -> None:
    path = zipped(written(current_files, tmp_path / "new", version="1.0.1", title="Participant"), inside)
    result = run("current", path, "-f", "json")
    record = json.loads(result.output)
    assert result.exit_code == 0
    assert record["bump"] == {"asked": "patch", "declared": "patch", "enough": True}
    assert record["lanes"]["json"] == {"breaking": 0, "behavioral": 0, "safe": 1}
    assert {change["lane"] for change in record["changes"]} == {"json", "xml"}


def test_a_release_is_found_by_its_number(current_files: Mapping[str, bytes], tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    for version in ("1.0.9", "1.0.10"):
        written(current_files, releases / version, version=version)
    zipped(written(current_files, tmp_path / "1.1.0", version="1.1.0")).rename(releases / "1.1.0.zip")
    record = json.loads(run("1.0", "1.1.0", "-f", "json", "--releases", releases).output)
    assert (record["old"], record["new"]) == ("1.0.10", "1.1.0")


def test_a_release_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    result = run("7.7", "current", "--releases", tmp_path)
    assert result.exit_code == 2
    assert "7.7" in result.output


@pytest.mark.parametrize("name", ["nowhere", "", "1", "1.0/..", "\x1b[31m"])
def test_what_is_not_there_is_wrong_use(name: str, tmp_path: Path) -> None:
    result = run(tmp_path / "none" / name, "current")
    assert result.exit_code == 2


def test_a_file_that_is_no_zip_and_a_folder_that_is_no_standard_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 and so on")
    (tmp_path / "empty.zip").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for name in ("no.zip", "empty.zip", "folder"):
        result = run(tmp_path / name, "current")
        assert result.exit_code == 3, name
        assert name in result.output


def test_a_damaged_zip_is_unreadable(current_files: Mapping[str, bytes], tmp_path: Path) -> None:
    path = zipped(written(current_files, tmp_path / "new"))
    data = bytearray(path.read_bytes())
    data[200:260] = bytes(60)
    path.write_bytes(bytes(data))
    assert run(path, "current").exit_code == 3


def test_a_zip_with_an_impossible_name_or_packed_in_another_way_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "new.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("é", b"0" * 50)
    data = path.read_bytes()
    path.write_bytes(data.replace("é".encode(), b"\xff\xff"))
    assert run(path, "current").exit_code == 3
    entry = data.index(b"PK\x01\x02")
    path.write_bytes(data[:8] + b"\x0c" + data[9 : entry + 10] + b"\x0c" + data[entry + 11 :])  # bzip2, which it is not
    assert run(path, "current").exit_code == 3
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("model.json", bytes(range(256)) * 40)
    data = path.read_bytes()
    path.write_bytes(data[:60] + b"\xff" * 140 + data[200:])
    assert run(path, "current").exit_code == 3


def test_a_release_is_kept_once_and_is_the_last(tmp_path: Path) -> None:
    path = editions.freeze(artifact.FOLDER, tmp_path, force=False)
    data = path.read_bytes()
    with pytest.raises(UsageError):
        editions.freeze(artifact.FOLDER, tmp_path, force=False)
    assert editions.freeze(artifact.FOLDER, tmp_path, force=True).read_bytes() == data
    assert run("last", "current", "--releases", tmp_path).exit_code == 0


def test_where_there_is_no_release_there_is_no_last(tmp_path: Path) -> None:
    assert run("last", "current", "--releases", tmp_path).exit_code == 2


def test_what_is_no_artifact_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        editions.freeze(tmp_path, tmp_path, force=False)


def test_the_last_release_in_the_repository_can_be_compared() -> None:
    releases = Path(__file__).resolve().parents[2] / "releases"
    assert run("last", "last", "--releases", releases).exit_code == 0


def test_an_empty_name_is_no_folder_and_a_folder_can_hold_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("", "current").exit_code == 2
    (tmp_path / "large.json").write_bytes(b" " * 2_000)
    monkeypatch.setattr(editions, "_LARGEST", 1_999)
    assert run(tmp_path, "current").exit_code == 3
