"""Trees (JSON, XML) as flat records, and back: a value's name is its path, the objects of a list are records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from exportreport.codec import lines
from exportreport.conversion.shapes.record import Record
from exportreport.finding import Position


class Node(NamedTuple):
    """A value of a tree and the offset at which it begins: an object, a list, or a single text."""

    offset: int
    text: str = ""
    members: Sequence[tuple[str, Node]] | None = None
    entries: Sequence[Node] | None = None


class _Flat(NamedTuple):
    kind: str
    offset: int
    cells: list[tuple[str, str, int]]
    within: int | None


#: Gives the places of offsets, all at once.
Places = Callable[[Iterable[int]], Mapping[int, Position]]


def places_in(text: str, first_line: int) -> Places:
    """The places of offsets in ``text``, whose first line has this number."""
    return partial(lines.positions, text, first_line=first_line)


def records_of(root: Node, places_of: Places, first_row: int) -> list[Record]:
    """The records of the tree ``root``: its own, then one for each entry of each list.

    A record of a list has the list's path with ``[]`` as its kind, and names that begin with it; it follows the record
    that encloses it.
    """
    flats: list[_Flat] = []
    _flatten(root, "", None, flats)
    offsets = [offset for flat in flats for _, _, offset in flat.cells] + [flat.offset for flat in flats]
    places = places_of(offsets)
    return [
        Record(
            row, places[flat.offset].line, tuple(name for name, _, _ in flat.cells),
            tuple(cell for _, cell, _ in flat.cells), flat.kind, tuple(places[at] for _, _, at in flat.cells),
            flat.within,
        )
        for row, flat in enumerate(flats, first_row)
    ]  # fmt: skip


def _flatten(node: Node, kind: str, within: int | None, flats: list[_Flat]) -> None:
    """Put the record of ``node`` into ``flats``, and those of the lists in it behind it."""
    cells: list[tuple[str, str, int]] = []
    later: list[tuple[str, Node]] = []
    _walk(node, kind, cells, later)
    place = len(flats)
    flats.append(_Flat(kind, node.offset, cells, within))
    for name, entry in later:
        _flatten(entry, name, place, flats)


def _walk(node: Node, path: str, cells: list[tuple[str, str, int]], later: list[tuple[str, Node]]) -> None:
    """Put the single values under ``node`` into ``cells``, and the entries of lists into ``later``."""
    if node.members is not None:
        for name, member in node.members:
            _walk(member, f"{path}.{name}" if path else name, cells, later)
    elif node.entries is not None:
        later += [(f"{path}[]", entry) for entry in node.entries]
    else:
        cells.append((path, node.text, node.offset))


def repeated(record: Record) -> int:
    """The number of the first cell whose name stands a second time; 0 where none does."""
    seen: set[str] = set()
    for number, name in enumerate(record.names, 1):
        if name in seen:
            return number
        seen.add(name)
    return 0


def tree_of(records: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """The tree of records that are given by their kind and their cells, each behind the one that encloses it; the kind
    of the root is the empty text.

    A record with nothing but a cell of the name of its kind is a single value in the list. Where a text stands in the
    way of others, the first one stays: a reader of the file sees which are missing.
    """
    root: dict[str, Any] = {}
    for kind, cells in records:
        if kind and set(cells) == {kind}:
            _list(root, kind).append(cells[kind])
            continue
        node, start = root, ""
        if kind:
            node, start = {}, f"{kind}."
            _list(root, kind).append(node)
        for name, value in cells.items():
            if name != kind:
                _put(node, name.removeprefix(start).split("."), value)
    return root


def _list(root: dict[str, Any], kind: str) -> list[Any]:
    """The list that ``kind`` names; one beside the tree where something else stands there."""
    *outer, name = kind.removesuffix("[]").split(".")
    node: Any = root
    for step in outer:  # of a list on the way it is the entry that was made last
        node = _inner(node, step)
        if not isinstance(node, dict):
            return []
    entries = node.setdefault(name, [])
    return entries if isinstance(entries, list) else []


def _inner(node: dict[str, Any], step: str) -> Any:
    if not step.endswith("[]"):
        return node.setdefault(step, {})
    entries = node.setdefault(step[:-2], [])
    if entries == []:
        entries.append({})
    return entries[-1] if isinstance(entries, list) else None


def _put(node: Any, steps: Sequence[str], value: object) -> None:
    for step in steps[:-1]:
        node = node.setdefault(step, {})
        if not isinstance(node, dict):
            return
    node.setdefault(steps[-1], value)


def order_of(names: Iterable[str]) -> Mapping[str, int]:
    """The places of paths, and of all on the way to them, in the order of ``names``."""
    order: dict[str, int] = {}
    for name in names:
        steps = name.split(".")
        for number in range(1, len(steps) + 1):
            order.setdefault(".".join(steps[:number]).removesuffix("[]"), len(order))
    return order


def in_order(tree: Any, order: Mapping[str, int], path: str = "") -> Any:
    """``tree`` with the members of its objects in the ``order`` of their paths, others last."""
    if isinstance(tree, list):
        return [in_order(entry, order, f"{path}[]") for entry in tree]
    if not isinstance(tree, dict):
        return tree
    paths = {name: f"{path}.{name}" if path else name for name in tree}
    names = sorted(tree, key=lambda name: order.get(paths[name], len(order)))
    return {name: in_order(tree[name], order, paths[name]) for name in names}
