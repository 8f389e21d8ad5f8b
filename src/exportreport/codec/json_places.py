"""Where findings stand in a JSON text: called only when there are findings.

The text is scanned once along the paths that are wanted, however many findings there are. What has no finding in it is
skipped by the C scanner of the standard library, which builds values and drops them.
"""

from __future__ import annotations

from collections.abc import Sequence
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from exportreport.codec import faults, lines
from exportreport.codec.json_tokens import BLANKS, end_of_value
from exportreport.codec.limits import MAX_DEPTH
from exportreport.finding import Finding, Path

#: Skips a value and gives the offset after it. Numbers are only measured, so that a long one costs no arithmetic.
_skip = JSONDecoder(parse_int=len, parse_float=len).scan_once  # type: ignore[attr-defined]

#: The places that are looked for, as a tree of the steps of their paths.
_Wanted = dict[str | int, Any]


def place(data: bytes, findings: Sequence[Finding], *, first_line: int = 1, prefix: Path = ()) -> list[Finding]:
    """``findings`` with their positions in ``data``, whose first line has the number ``first_line``.

    ``prefix`` is the path in ``data`` of the document that the findings speak of. A finding's position is that of its
    offset, if it has one; of its member's name, where it says so; else of its value. What is not there is placed at
    its nearest existing ancestor. Never raises.
    """
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    paths = [_path(finding, prefix) for finding in findings]
    places = _places(text, paths, repeats=any(f.finding_code == faults.REPEATED.code for f in findings))
    offsets = [_offset(finding, path, places) for finding, path in zip(findings, paths, strict=True)]
    found = lines.positions(text, (o for o in offsets if o is not None), first_line=first_line)
    return [f if o is None else f._replace(position=found[o]) for f, o in zip(findings, offsets, strict=True)]


def _path(finding: Finding, prefix: Path) -> Path | None:
    if finding.offset is not None or finding.path is None:
        return None
    return (prefix + finding.path)[:MAX_DEPTH]


def _offset(finding: Finding, path: Path | None, places: dict[Path, tuple[int, int]]) -> int | None:
    if path is None:
        return finding.offset
    if finding.on_name and path in places:
        return places[path][0]
    while path not in places and path:
        path = path[:-1]
    return places[path][1] if path in places else None


def _places(text: str, paths: Sequence[Path | None], *, repeats: bool) -> dict[Path, tuple[int, int]]:
    """The offsets of name and value of each of ``paths`` and of all on the way to them, as far as they exist.

    Where a name comes again in an object its last value counts, as parsers have it; ``repeats`` says that one may.
    """
    wanted: _Wanted = {}
    for path in paths:
        node = wanted
        for step in path or ():
            node = node.setdefault(step, {})
    scan = _Scan(text, repeats=repeats)
    try:
        start = _after_blanks(text, 0)
        scan.places[()] = (start, start)
        scan.visit(start, wanted, ())
    except (StopIteration, IndexError, ValueError):
        pass  # no JSON from here on: what was found so far is what there is
    return scan.places


class _Scan:
    """One scan of a text. Stops as soon as all is found, unless names may repeat: then the last value counts."""

    def __init__(self, text: str, *, repeats: bool) -> None:
        self.text, self.repeats = text, repeats
        self.places: dict[Path, tuple[int, int]] = {}

    def visit(self, at: int, wanted: _Wanted, path: Path) -> int | None:
        """Note the wanted places in the value at ``at``; the offset after it, or None where that was not needed."""
        opening = self.text[at] if wanted else ""
        if opening == "{":
            return self._visit_object(at + 1, wanted, path)
        return self._visit_list(at + 1, wanted, path) if opening == "[" else None

    def _visit_object(self, at: int, wanted: _Wanted, path: Path) -> int | None:
        text, places, missing = self.text, self.places, len(wanted)
        at = _after_blanks(text, at)
        while text[at] != "}":
            name, value = scanstring(text, at + 1, True)
            value = _after_blanks(text, _after_blanks(text, value) + 1)
            end = None
            if name in wanted:
                here = (*path, name)
                missing -= here not in places
                places[here] = (places[here][0] if here in places else at, value)
                end = self.visit(value, wanted[name], here)
                if not missing and not self.repeats:
                    return None
            at = _after_blanks(text, _end(text, value) if end is None else end)
            if text[at] == ",":
                at = _after_blanks(text, at + 1)
        return at + 1

    def _visit_list(self, at: int, wanted: _Wanted, path: Path) -> int | None:
        text, missing, index = self.text, len(wanted), 0
        at = _after_blanks(text, at)
        while text[at] != "]":
            end = None
            if index in wanted:
                here = (*path, index)
                missing -= here not in self.places
                self.places[here] = (at, at)
                end = self.visit(at, wanted[index], here)
                if not missing and not self.repeats:
                    return None
            at = _after_blanks(text, _end(text, at) if end is None else end)
            index += 1
            if text[at] == ",":
                at = _after_blanks(text, at + 1)
        return at + 1


def _after_blanks(text: str, at: int) -> int:
    if text[at] not in " \t\n\r":
        return at
    blanks = BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _end(text: str, at: int) -> int:
    try:
        end: int = _skip(text, at)[1]
        return end
    except RecursionError:
        return end_of_value(text, at)
