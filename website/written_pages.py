"""The pages that people wrote: where each goes on the site, with its links turned to where they go there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from website.addresses import relative

#: Links and pictures of Markdown, but for those to other sites.
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)")

#: A list or a table without an empty line before it, which Markdown's other readers take for one and ours does not.
_TIGHT = re.compile(r"^(?![-*|#>]|\d+\. |\s|$)(.+)\n(?=(?:[-*] |\d+\. |\|))", re.MULTILINE)

#: What a page says of a file of the project that is no page.
_FILES = "files"


def pages(checkout: Path) -> Iterator[tuple[str, bytes]]:
    """The path and the content of each page, and of each file that one of them links to."""
    places = dict(_places(checkout))
    for source, place in places.items():
        text = _spaced((checkout / source).read_text(encoding="utf-8"))
        linked: dict[str, str] = {}
        yield place, _LINK.sub(lambda found: _turned(found, source, places, checkout, linked), text).encode()  # noqa: B023
        for file, copy in linked.items():
            yield copy, (checkout / file).read_bytes()
    yield "decisions/index.md", _decisions(checkout).encode()


def _places(checkout: Path) -> Iterator[tuple[str, str]]:
    """Which file of the project becomes which page."""
    for path in sorted((checkout / "docs").rglob("*.md")):
        source = path.relative_to(checkout).as_posix()
        yield source, source.removeprefix("docs/")
    for path in sorted((checkout / "converters").glob("*/README.md")):
        yield path.relative_to(checkout).as_posix(), f"converters/{path.parent.name}.md"
    yield "converters/README.md", "converters/index.md"
    yield "examples/README.md", "examples/index.md"
    yield "CHANGELOG.md", "changelog.md"
    yield "CONTRIBUTING.md", "contributing.md"


def _turned(found: re.Match[str], source: str, places: dict[str, str], checkout: Path, linked: dict[str, str]) -> str:
    """A link as it is on the site: to a page, to a copy of the file, or, to a folder, to its index.

    What begins with a slash is the place of a page that is made, from the top of the site.
    """
    if found[1].startswith("/"):
        return f"]({relative(found[1][1:] + (found[2] or ''), places[source])})"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), found[1]))
    place, anchor = places.get(target), found[2] or ""
    folder = next(
        (places[f"{target}/{name}"] for name in ("README.md", "index.md") if f"{target}/{name}" in places), None
    )
    if target == "docs/decisions":
        folder = "decisions/index.md"
    if place or folder:
        return f"]({relative(str(place or folder), places[source])}{anchor})"
    if not (checkout / target).is_file():
        return found[0]
    copy = target.removeprefix("docs/") if target.startswith("docs/") else f"{_FILES}/{target}"
    linked[target] = copy
    return f"]({relative(copy, places[source])})"


def _spaced(text: str) -> str:
    """The text with an empty line before each list and table outside of code."""
    parts = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if part.startswith("```") else _TIGHT.sub(r"\1\n\n", part) for part in parts)


def _decisions(checkout: Path) -> str:
    lines = ["# Decisions", "", "Why it is built this way, one page for each decision.", ""]
    for path in sorted((checkout / "docs" / "decisions").glob("*.md")):
        title = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        lines.append(f"- [{title}]({path.name})")
    return "\n".join(lines) + "\n"
