"""The position automaton of a pattern: a state for each place of a character, once all counts are written out.

A step from one position to the next is counted as often as a backtracking engine can take it: there may be several
ways through what is empty in between. Engines differ over turns of a loop that read nothing; here is what the most
patient of them tries, one such turn at the end of each loop.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from exportreport.build.patterns.syntax import Alternatives, Characters, PatternError, Ranges, Repeated, Sequence, Tree

#: Where every run begins.
START = 0

#: Larger patterns are not judged.
MOST_POSITIONS = 4_000

#: For states, in how many ways each is reached.
Ways = dict[int, int]


@dataclass(slots=True)
class Positions:
    """``characters[n]`` is what position ``n`` reads, ``next[n]`` which positions may follow it, in how many ways.

    Position `START` reads nothing, the last one the end of the text. ``blocks`` are groups of characters that no
    position tells apart, each with a character that stands for it, and the end, which is empty; ``reads[n]`` is the
    set of those that position ``n`` reads.
    """

    characters: list[Characters] = field(default_factory=lambda: [Characters((), 0)])
    next: list[Ways] = field(default_factory=lambda: [{}])
    blocks: list[str] = field(default_factory=list)
    reads: list[frozenset[int]] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """How many ways there are through a part without reading, into its positions, and out of them."""

    empty: int = 1
    first: Ways = field(default_factory=dict)
    last: Ways = field(default_factory=dict)


def positions(tree: Tree) -> Positions:
    """The position automaton of ``tree``. Raises `PatternError` where it would be too large."""
    found = Positions()
    whole = _part(tree, found)
    found.next[START] = whole.first
    bounds = sorted(
        {b for one in found.characters for low, high in one.ranges for b in (low, high + 1) if b < 0x110000}
    )
    groups: dict[frozenset[int], int] = {}
    starts = {bound: _covering(bound, found) for bound in bounds}
    for bound in sorted(starts, key=_oddity):
        if starts[bound] and starts[bound] not in groups:
            groups[starts[bound]] = len(found.blocks)
            found.blocks.append(chr(bound))
    found.reads = [frozenset(b for group, b in groups.items() if n in group) for n in range(len(found.next))]
    _add_end(whole, found)
    return found


def _add_end(whole: _Part, found: Positions) -> None:
    """Add the position of the text's end, so that the ways to it are counted as well; it reads an empty block."""
    end = len(found.next)
    found.characters.append(Characters((), 0))
    found.next.append({})
    found.reads.append(frozenset({len(found.blocks)}))
    found.blocks.append("")
    _join({START: whole.empty} | whole.last, {end: 1}, found)


def _covering(code: int, found: Positions) -> frozenset[int]:
    same: dict[Ranges, bool] = {}
    for one in found.characters:
        if one.ranges not in same:
            same[one.ranges] = any(low <= code <= high for low, high in one.ranges)
    return frozenset(n for n, one in enumerate(found.characters) if same[one.ranges])


def _oddity(code: int) -> tuple[bool, bool, int]:
    """The order in which characters are chosen to stand for their block: letters and digits first."""
    sign = chr(code)
    return not (sign.isascii() and sign.isalnum()), not sign.isprintable(), code


def _part(tree: Tree, found: Positions) -> _Part:
    if isinstance(tree, Characters):
        return _position(tree, found)
    if isinstance(tree, Alternatives):
        return _alternatives([_part(one, found) for one in tree.parts])
    if isinstance(tree, Repeated):
        return _repeated(tree, found)
    return _sequence(tree, found)


def _position(tree: Characters, found: Positions) -> _Part:
    number = len(found.next)
    if number > MOST_POSITIONS:
        raise PatternError(f"the pattern has more than {MOST_POSITIONS:,} places for characters", tree.at)
    found.characters.append(tree)
    found.next.append({})
    return _Part(0, {number: 1}, {number: 1})


def _alternatives(parts: list[_Part]) -> _Part:
    whole = _Part(0)
    for one in parts:
        whole.empty += one.empty
        whole.first.update(one.first)
        whole.last.update(one.last)
    return whole


def _sequence(tree: Sequence, found: Positions) -> _Part:
    whole = _Part()
    for one in tree.parts:
        whole = _followed(whole, _part(one, found), found)
    return whole


def _followed(one: _Part, two: _Part, found: Positions) -> _Part:
    _join(one.last, two.first, found)
    first = one.first | {n: ways * one.empty for n, ways in two.first.items() if one.empty}
    last = {n: ways * two.empty for n, ways in one.last.items() if two.empty} | two.last
    return _Part(one.empty * two.empty, first, last)


def _join(last: Ways, first: Ways, found: Positions) -> None:
    for one, out in last.items():
        following = found.next[one]
        for two, into in first.items():
            following[two] = following.get(two, 0) + out * into


def _repeated(tree: Repeated, found: Positions) -> _Part:
    """The ``low`` turns that must be, and after them the turns that may be, each within the one before it."""
    copies = [_part(tree.part, found) for _ in range(tree.low)]
    if tree.high is None:
        rest = _loop(copies.pop() if copies and not copies[-1].empty else _part(tree.part, found), found)
        if len(copies) < tree.low and rest.empty:
            rest = _Part(0, rest.first, rest.last)
    else:
        rest = _Part()
        for _ in range(tree.high - tree.low):
            rest = _followed(_part(tree.part, found), rest, found)
            rest.empty += 1
    for copy in reversed(copies):
        rest = _followed(copy, rest, found)
    return rest


def _loop(part: _Part, found: Positions) -> _Part:
    """Any number of turns, of which the last may read nothing."""
    _join(part.last, part.first, found)
    return _Part(1 + part.empty, part.first, {n: ways * (1 + part.empty) for n, ways in part.last.items()})
