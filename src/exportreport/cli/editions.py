"""The artifacts of a version of the standard: of a folder, a zip, a release by its number, or this program's own."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import click

from exportreport import artifact

#: What means the standard that this program was built with, and the newest release.
CURRENT, LAST = "current", "last"

#: What of the artifacts is kept of a release: all that comparing needs, and that judging can be made of.
_KEPT = ("model.json", "rules/", "codelists/", "crosswalks/")

#: What artifacts may come to at most, unpacked, in bytes.
_LARGEST = 256 * 1024 * 1024

_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,2}")


def files_of(name: str, releases: Path) -> dict[str, bytes]:
    """The artifacts that ``name`` means, by their paths; exit status 2 or 3 with a line for people otherwise."""
    if name == CURRENT:
        return _folder(artifact.FOLDER)
    path = Path(name)
    if name == LAST or (not path.exists() and _NUMBER.fullmatch(name)):
        path = _release("" if name == LAST else name, releases)
    if name and path.is_dir():
        return _folder(path / "artifacts" if (path / "artifacts" / "model.json").is_file() else path)
    if path.is_file():
        return _zip(path)
    raise click.UsageError(
        f"There is no standard {name}: give a folder or zip that `exportreport build` wrote, the number of a release "
        f"in {releases}, last for the newest of them, or current."
    )


def freeze(folder: Path, releases: Path, *, force: bool) -> Path:
    """Keep the artifacts in ``folder`` as a release of the version that their model declares; where they are kept.

    The same artifacts give the same bytes. A release that is there already is replaced only with ``force``.
    """
    files = _folder(folder)
    if "model.json" not in files:
        raise click.UsageError(f"There are no artifacts in {folder}; run `exportreport build` first.")
    path = releases / f"{json.loads(files['model.json'])['version']}.zip"
    if path.exists() and not force:
        raise click.UsageError(f"{path} is there already, and what is released never changes; raise the version.")
    releases.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            if name.startswith(_KEPT):
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)
    return path


def _release(number: str, releases: Path) -> Path:
    """The newest release whose number is ``number`` or begins with it; without one, the newest of all."""
    found = [path for path in releases.glob("*") if _is_of(path, number)]
    if not found:
        there = ", ".join(sorted(_version(path) for path in releases.glob("*"))) or "none"
        raise click.UsageError(f"There is no release {number or 'yet'} in {releases}; there are: {there}.")
    return max(found, key=lambda path: [int(part) for part in _version(path).split(".")])


def _is_of(path: Path, number: str) -> bool:
    version = _version(path)
    return _NUMBER.fullmatch(version) is not None and (not number or f"{version}.".startswith(f"{number}."))


def _version(path: Path) -> str:
    return path.name.removesuffix(".zip")


def _folder(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = _LARGEST
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            left -= path.stat().st_size
            if left < 0:
                raise _unreadable(folder, "it holds more than a standard can have")
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return dict(sorted(found.items()))


def _zip(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if sum(one.file_size for one in members) > _LARGEST:
                raise _unreadable(path, "it unpacks to more than a standard can have")
            found = {one.filename: archive.read(one) for one in members}
    except click.ClickException:
        raise
    except Exception as error:  # each way of packing has faults of its own, not all of them of a common kind
        raise _unreadable(path, "it is no zip archive, or a damaged one") from error
    head = next((name.removesuffix("model.json") for name in sorted(found) if _is_model(name)), "")
    return {name.removeprefix(head): data for name, data in found.items() if name.startswith(head)}


def _is_model(name: str) -> bool:
    return name == "model.json" or name.endswith("/model.json")


class _UnreadableError(click.ClickException):
    exit_code = 3


def _unreadable(path: Path, why: str) -> click.ClickException:
    return _UnreadableError(f"{path}: {why}; give a folder or zip that `exportreport build` wrote.")
