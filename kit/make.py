"""Writes ``dist/exportreport-kit-VERSION.zip``: run as ``python -m kit.make`` in the checkout (``make kit``)."""

from __future__ import annotations

import argparse
import json
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from exportreport import artifact, standard
from exportreport.standard import Standard
from kit.cases import all_cases
from kit.outcomes import expected

CHECKOUT = Path(__file__).resolve().parent.parent

#: The artifacts that are for others; the rest serves our own program alone.
PUBLISHED = ("model.json", "jsonschema", "xsd", "schematron", "kosit", "rules", "codelists", "genericode", "types")

#: The page of the kit and what else stands at its top, with where each comes from.
PAGES = {
    "README.md": "docs/kit.md",
    "FINDINGS.md": "docs/findings.md",
    "LICENSES.md": "kit/LICENSES.md",
    "LICENSE": "LICENSE",
    "LICENSE-CC0": "schema/LICENSE",
}

#: What a page says of pages that are not in the kit, and what it says there instead.
ELSEWHERE = (b"has [pages of its own](rules/standard.md)", b"is in `standard/rules/rules.json`")

#: All files in the archive carry this time, so that the same content gives the same bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)


def files(checkout: Path = CHECKOUT) -> dict[str, bytes]:
    """The files of the kit by their paths in it, sorted."""
    model = standard.load()
    found = dict(_fixed(checkout)) | dict(_cases(checkout, model))
    found["manifest.json"] = _json(_manifest(found, model))
    return dict(sorted(found.items()))


def archive(content: dict[str, bytes], version: str) -> bytes:
    """The kit as a zip archive. The same files and the same compression library give the same bytes."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, body in content.items():
            entry = zipfile.ZipInfo(f"exportreport-kit-{version}/{name}", _WHEN)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            packed.writestr(entry, body, zipfile.ZIP_DEFLATED, 9)
    return data.getvalue()


def _fixed(checkout: Path) -> Iterator[tuple[str, bytes]]:
    for name, source in PAGES.items():
        yield name, (checkout / source).read_bytes().replace(*ELSEWHERE)
    for path in sorted((checkout / "kit").glob("*.schema.json")):
        yield path.name, path.read_bytes()
    for name in PUBLISHED:
        top = artifact.FOLDER / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield f"standard/{path.relative_to(artifact.FOLDER).as_posix()}", path.read_bytes()


def _cases(checkout: Path, model: Standard) -> Iterator[tuple[str, bytes]]:
    entries = []
    for case in all_cases(checkout, model):
        entries.append(expected(case, model))
        for syntax, data in case.files.items():
            yield f"cases/{case.id}.{syntax}", data
    yield "cases.json", _json({"standard": model.version, "cases": entries})


def _manifest(content: dict[str, bytes], model: Standard) -> dict[str, Any]:
    digests = {name: f"sha256:{sha256(data).hexdigest()}" for name, data in sorted(content.items())}
    return {
        "standard": model.version,
        "schema_version": model.schema_version,
        "namespace": model.namespace,
        "model_digest": model.digest,
        "files": digests,
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def main() -> None:
    """Write the kit into the folder that is asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path("dist"), help="the folder to write to (default: dist)")
    out: Path = options.parse_args().out
    version = standard.load().version
    content = files()
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"exportreport-kit-{version}.zip"
    path.write_bytes(archive(content, version))
    print(f"{path}: {len(content)} files")


if __name__ == "__main__":
    main()
