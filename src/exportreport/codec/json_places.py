"""Where findings stand in a JSON text: called only when there are findings.

The text is scanned once, however many findings there are; what has no finding in it is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from exportreport.codec import faults, lines
from exportreport.codec.json_tokens import AFTER_VALUE, BLANKS, NAME, end_of_value, unescaped
from exportreport.finding import Finding, Path

#: The beginning of an object or list that is not empty.
_ENTER = re.compile(r"[{\[][ \t\n\r]*+(?![ \t\n\r}\]])")


@dataclass(slots=True)
class _Wanted:
    """A place that is looked for, or on the way to one: where its name and value begin, None until found."""

    children: dict[str | int, _Wanted] = field(default_factory=dict)
    sought: bool = False
    name: int | None = None
    value: int | None = None


@dataclass(slots=True)
class _Frame:
    """An object or list that the scan is in; ``index`` counts the entries of a list."""

    place: _Wanted
    index: int | None


def place(data: bytes, findings: Sequence[Finding], *, first_line: int = 1, prefix: Path = ()) -> list[Finding]:
    """``findings`` with their positions in ``data``, whose first line has the number ``first_line``.

    ``prefix`` is the path in ``data`` of the document that the findings speak of. A finding's position is that of its
    offset, if it has one; of its member's name, where it says so; else of its value. What is not there is placed at
    its nearest existing ancestor. Never raises.
    """
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    root = _Wanted()
    ways = [_way(root, (*prefix, *f.path)) if f.offset is None and f.path is not None else [] for f in findings]
    if root.children or root.sought:
        _scan(text, root, repeats=any(f.finding_code == faults.REPEATED.code for f in findings))
    offsets = [_offset(finding, way) for finding, way in zip(findings, ways, strict=True)]
    found = lines.positions(text, (o for o in offsets if o is not None), first_line=first_line)
    return [f if o is None else replace(f, position=found[o]) for f, o in zip(findings, offsets, strict=True)]


def _way(root: _Wanted, path: Path) -> list[_Wanted]:
    way = [root]
    for step in path:
        way.append(way[-1].children.setdefault(step, _Wanted()))
    way[-1].sought = True
    return way


def _offset(finding: Finding, way: list[_Wanted]) -> int | None:
    if finding.offset is not None or not way:
        return finding.offset
    if finding.on_name and way[-1].name is not None:
        return way[-1].name
    return next((step.value for step in reversed(way) if step.value is not None), None)


def _scan(text: str, root: _Wanted, *, repeats: bool) -> None:
    """Find what is wanted below ``root``; stops when all is found, unless names repeat: then the last one counts."""
    missing = -1 if repeats else _count(root)
    frames: list[_Frame] = []
    for wanted, name, value in _entries(text, root, frames):
        missing -= wanted.sought and wanted.value is None
        wanted.name = name if wanted.name is None else wanted.name
        wanted.value = value
        if missing == 0:
            return


def _count(root: _Wanted) -> int:
    count, open_places = 0, [root]
    while open_places:
        wanted = open_places.pop()
        count += wanted.sought
        open_places.extend(wanted.children.values())
    return count


def _entries(text: str, root: _Wanted, frames: list[_Frame]) -> Iterator[tuple[_Wanted, int | None, int]]:
    """The wanted entries in the order of the text, each with the offsets of its name and value."""
    at = _skip_blanks(text, 0)
    wanted: _Wanted | None = root
    yield root, None, at
    while True:
        inside = _ENTER.match(text, at) if wanted is not None and wanted.children else None
        if wanted is not None and inside:
            frames.append(_Frame(wanted, 0 if inside[0][0] == "[" else None))
            at = inside.end()
        else:
            at = _next_entry(text, end_of_value(text, at), frames)
        if not frames:
            return
        key, name, at = _key(text, at, frames[-1])
        wanted = frames[-1].place.children.get(key)
        if wanted is not None:
            yield wanted, name, at


def _next_entry(text: str, at: int, frames: list[_Frame]) -> int:
    """The offset after the comma that follows ``at``; ``frames`` that end before it are left. All are, at the end."""
    while frames:
        sign = AFTER_VALUE.match(text, at)
        if sign is None:
            frames.clear()
            return at
        at = sign.end()
        if sign[1] == ",":
            return at
        frames.pop()
    return at


def _key(text: str, at: int, frame: _Frame) -> tuple[str | int, int | None, int]:
    """The name or index of the entry at ``at``, and the offsets of its name and value."""
    if frame.index is not None:
        frame.index += 1
        return frame.index - 1, None, _skip_blanks(text, at)
    name = NAME.match(text, at)
    if name is None:
        return "", None, len(text)
    return unescaped(name[1]), name.start(1) - 1, name.end()


def _skip_blanks(text: str, at: int) -> int:
    blanks = BLANKS.match(text, at)
    return blanks.end() if blanks else at
