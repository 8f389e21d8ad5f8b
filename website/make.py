"""Writes the pages of the site and its settings into a folder: run as ``python -m website.make`` in the checkout.

``make docs`` then builds the site of them with MkDocs, ``make serve`` shows it.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from website import class_pages, format_pages, list_pages, profile_pages, rule_pages, value_pages, written_pages
from website.knowledge import Knowledge, known

CHECKOUT = Path(__file__).resolve().parent.parent

#: Settings, style sheet and script of the site.
_OWN = Path(__file__).resolve().parent

_REFERENCE = (class_pages, value_pages, rule_pages, list_pages, profile_pages, format_pages)


def pages(knowledge: Knowledge) -> dict[str, bytes]:
    """All files of the site by their paths, pages in Markdown."""
    made = {path: text.encode() for module in _REFERENCE for path, text in module.pages(knowledge)}
    own = {f"assets/{path.name}": path.read_bytes() for path in sorted((_OWN / "assets").iterdir())}
    return dict(written_pages.pages(knowledge.checkout)) | made | own


def write(folder: Path, content: dict[str, bytes]) -> None:
    """Write the pages into ``folder``/pages, and the settings beside them."""
    shutil.rmtree(folder / "pages", ignore_errors=True)
    for name, data in content.items():
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    shutil.copyfile(_OWN / "mkdocs.yml", folder / "mkdocs.yml")


def main() -> None:
    """Write into the folder that is asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path("build/site"), help="the folder (default: build/site)")
    out: Path = options.parse_args().out
    content = pages(known(CHECKOUT))
    write(out, content)
    print(f"{out}: {len(content)} files")


if __name__ == "__main__":
    main()
