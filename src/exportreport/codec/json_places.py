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
from exportreport.codec.json_tokens import BLANKS, NUMBER, end_of_value
from exportreport.codec.limits import MAX_DEPTH
from exportreport.finding import Finding, Path, Position, shown

#: Skips a value and gives the offset after it. Numbers are only measured, so that a long one costs no arithmetic.
_skip = JSONDecoder(parse_int=len, parse_float=len).scan_once  # type: ignore[attr-defined]

#: The places that are looked for, as a tree of the steps of their paths.
_Wanted = dict[str | int, Any]

#: The offsets of the name and of the value of places.
Places = dict[Path, tuple[int, int]]

#: For so few findings it pays to look for names instead of scanning.
_FEW = 8


def place(data: bytes, findings: Sequence[Finding], *, first_line: int = 1, prefix: Path = ()) -> list[Finding]:
    """``findings`` with their positions in ``data``, whose first line has the number ``first_line``.

    ``prefix`` is the path in ``data`` of the document that the findings speak of. A finding's position is that of its
    offset, if it has one; of its member's name, where it says so; else of its value. What is not there is placed at
    its nearest existing ancestor. Never raises.
    """
    if len(findings) == 1:
        return [place_alone(data, findings[0], first_line, prefix)]
    text = _text(data)
    paths = [_path(finding, prefix) for finding in findings]
    places = _found_places(text, paths, findings)
    offsets = [_offset(finding, path, places) for finding, path in zip(findings, paths, strict=True)]
    found = lines.positions(text, (o for o in offsets if o is not None), first_line=first_line)
    return [f if o is None else _placed(f, found[o], text, o) for f, o in zip(findings, offsets, strict=True)]


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace").removeprefix("\ufeff")


def place_alone(data: bytes, finding: Finding, first_line: int = 1, prefix: Path = ()) -> Finding:
    """`place` for the only ``finding``: most wrong documents have one, and need no lists of places."""
    text = _text(data)
    path = _path(finding, prefix)
    if path and not ("\\" in text and "\\u" in text) and (place := _find(text, path)):
        offset: int | None = place[not finding.on_name]
    else:
        offset = finding.offset if path is None else _offset(finding, path, _found_places(text, (path,), (finding,)))
    if offset is None:
        return finding
    return _placed(finding, lines.position(text, offset, first_line=first_line), text, offset)


def _found_places(text: str, paths: Sequence[Path | None], findings: Sequence[Finding]) -> Places:
    few = len(paths) <= _FEW and not ("\\" in text and "\\u" in text)
    places = _few_places(text, paths) if few else None
    if places is None:
        places = _places(text, paths, repeats=any(f.finding_code == faults.REPEATED.code for f in findings))
    return places


def _placed(finding: Finding, position: Position, text: str, offset: int) -> Finding:
    """``finding`` with its position; a number is quoted as it was written, not as a program reads it."""
    number = NUMBER.match(text, offset) if finding.value is not None and not finding.on_name else None
    if number is None or number[0] == finding.value:
        return finding.at(position)
    message = finding.message.replace(f"“{shown(str(finding.value))}”", f"“{shown(number[0])}”", 1)
    return finding._replace(position=position, message=message, value=number[0])


def _path(finding: Finding, prefix: Path) -> Path | None:
    if finding.offset is not None or finding.path is None:
        return None
    return (prefix + finding.path)[:MAX_DEPTH]


def _offset(finding: Finding, path: Path | None, places: Places) -> int | None:
    if path is None:
        return finding.offset
    if finding.on_name and path in places:
        return places[path][0]
    while path not in places and path:
        path = path[:-1]
    return places[path][1] if path in places else None


def _few_places(text: str, paths: Sequence[Path | None]) -> Places | None:
    """The places of ``paths`` found by the names in them that stand only once in ``text``; None if one cannot be.

    In a text without escaped names such a name can only be the member that the path means, so that all before it need
    not be scanned.
    """
    places: Places = {}
    for path in paths:
        place = _find(text, path) if path else _root(text)
        if place is None:
            return None
        places[path or ()] = place
    return places


def _root(text: str) -> tuple[int, int] | None:
    try:
        start = _after_blanks(text, 0)
    except IndexError:
        return None
    return start, start


def _find(text: str, path: Path) -> tuple[int, int] | None:
    """The offsets of name and value of ``path``; None where no name in it stands only once in ``text``."""
    steps = len(path)
    for step in reversed(path):
        steps -= 1
        if step.__class__ is not str:
            continue
        name = f'"{step}"'
        at = text.find(name)
        alone = at >= 0 and text.find(name, at + 1) < 0 and text[at - 1] != "\\"
        if alone and "\\" not in name and '"' not in name[1:-1]:
            try:
                return _follow(text, at, at + len(name), path[steps + 1 :])
            except (StopIteration, IndexError, ValueError):
                return None
    return None


def _follow(text: str, at: int, end: int, steps: Path) -> tuple[int, int] | None:
    """The offsets of name and value of what ``steps`` lead to from the member named from ``at`` to ``end``."""
    colon = _after_blanks(text, end)
    if text[colon] != ":":
        return None
    place: tuple[int, int] | None = (at, _after_blanks(text, colon + 1))
    for step in steps:
        if place is None:
            return None
        value = place[1]
        place = _entry(text, value, step) if isinstance(step, int) else _member(text, value, step)
    return place


def _entry(text: str, at: int, index: int) -> tuple[int, int] | None:
    """The offset, twice, of the entry ``index`` of the list at ``at``."""
    if text[at] != "[":
        return None
    at = _after_blanks(text, at + 1)
    for _ in range(index):
        at = _after_blanks(text, _end(text, at))
        if text[at] != ",":
            return None
        at = _after_blanks(text, at + 1)
    return None if text[at] == "]" else (at, at)


def _member(text: str, at: int, wanted: str) -> tuple[int, int] | None:
    """The offsets of name and value of the member ``wanted`` of the object at ``at``."""
    if text[at] != "{":
        return None
    at = _after_blanks(text, at + 1)
    while text[at] == '"':
        name, end = scanstring(text, at + 1, True)
        value = _after_blanks(text, _after_blanks(text, end) + 1)
        if name == wanted:
            return at, value
        at = _after_blanks(text, _end(text, value))
        if text[at] == ",":
            at = _after_blanks(text, at + 1)
    return None


def _places(text: str, paths: Sequence[Path | None], *, repeats: bool) -> Places:
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
        self.places: Places = {}

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
