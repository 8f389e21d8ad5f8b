"""Reports as plain objects and lists: writing at a place, walking, copying."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.finding import pointer

#: A place of a report: names, numbers for entries of a list, ``*`` for the entry of the record at hand, a name in
#: braces for an entry that is known by what it holds, ``-`` for the end of a list.
Steps = tuple[str | int, ...]


class Leaf(NamedTuple):
    """A single value: the object or list that it stands in, its name or number there, and the value."""

    at: Steps
    name: str | int
    value: str | int


class Draft:
    """A report in the making, with its objects and lists at hand by their places.

    ``entries`` holds the places of the entries that have a name or are given by a record: by the steps of the mapping
    that lead to them, and the number of the record (-1 for an entry that the report has once). ``within`` gives, for
    the number of a record, that of the record that encloses it. Entries that are ``keyed`` are found by a key that the
    record names; ``owners`` gives, for such an entry and a record, the record that made it.
    """

    __slots__ = ("entries", "keyed", "nodes", "owners", "report", "within")

    def __init__(
        self, report: dict[str, Any], nodes: dict[Steps, Any] | None = None, keyed: Container[Steps] = ()
    ) -> None:
        self.report = report
        self.keyed = keyed
        self.entries: dict[tuple[Steps, int], Steps] = {}
        self.owners: dict[tuple[Steps, int], int] = {}
        self.within: dict[int, int] = {}
        self.nodes: dict[Steps, Any] = {(): report} if nodes is None else nodes

    def put(self, at: Steps, name: str | int, value: object) -> None:
        """Write ``value`` at the place, making the objects and lists on the way. Entries of a list come in order."""
        node = self.nodes.get(at)
        if node is None:
            node = opened(self.nodes, at, type(name) is int)
        if type(name) is int and name == len(node):
            node.append(value)
        else:
            node[name] = value

    def resolved(self, steps: Steps, record: int) -> Steps:
        """``steps`` with the numbers of the entries that they stand for: a new entry, at the end of its list, where the
        name or the record has none yet."""
        place: Steps = ()
        for number, step in enumerate(steps, 1):
            if is_symbol(step):
                key = steps[:number], self._owner(steps[:number], steps, record)
                place = self.entries.setdefault(key, (*place, len(at_steps(self.report, place) or ())))
            else:
                place = (*place, len(at_steps(self.report, place) or ()) if step == "-" else step)
        return place

    def found(self, steps: Steps, record: int) -> Steps | None:
        """The place that ``steps`` of a mapping stand for; None where nothing stands there."""
        place: Steps = ()
        for number, step in enumerate(steps, 1):
            if is_symbol(step):
                entry = self.entries.get((steps[:number], self._owner(steps[:number], steps, record)))
                if entry is None:
                    return None
                place = entry
            else:
                place = (*place, step)
        return place if at_steps(self.report, place) is not None else None

    def _owner(self, entry: Steps, steps: Steps, record: int) -> int:
        """The record that gives the ``entry`` on the way of ``steps``: ``record``, one that encloses it, or the one
        that made an entry with a key; -1 for an entry that the report has once."""
        for number in range(1, len(entry) + 1):
            if entry[:number] in self.keyed:
                return self.owners.get((entry[:number], record), record)
        before = entry.count("*")
        for _ in range(steps.count("*") - before):
            record = self.within.get(record, record)
        return record if before else -1

    def get(self, at: Steps, name: str | int) -> object:
        """The value at the place; None where there is none."""
        node = self.nodes.get(at)
        node = at_steps(self.report, at) if node is None else node
        if isinstance(node, list):
            return node[name] if type(name) is int and name < len(node) else None
        return node.get(name) if isinstance(node, dict) else None


def opened(nodes: dict[Steps, Any], at: Steps, listed: bool) -> Any:
    """The object at the place, or the list where it is ``listed``; made, with all on the way, where it is not there."""
    found = nodes.get(at)
    if found is None:
        step = at[-1]
        parent = opened(nodes, at[:-1], type(step) is int)
        if type(step) is not int:
            found = parent.setdefault(step, [] if listed else {})
        else:
            if step == len(parent):
                parent.append([] if listed else {})
            found = parent[step]
        nodes[at] = found
    return found


def key_of(entry: Steps) -> str:
    """The name of what others refer to the ``entry`` by: items have numbers, parties keys."""
    return "item_number" if entry[-2] == "items" else "key"


def is_symbol(step: str | int) -> bool:
    """Whether ``step`` stands for an entry of a list whose number is only known within a report."""
    return isinstance(step, str) and (step == "*" or step[:1] == "{")


def at_steps(report: Any, steps: Sequence[str | int]) -> Any:
    """What stands at ``steps``; None where nothing does."""
    node = report
    for step in steps:
        if isinstance(node, list):
            if type(step) is not int or step >= len(node):
                return None
            node = node[step]
        elif isinstance(node, dict) and step in node:
            node = node[step]
        else:
            return None
    return node


def steps_in(target: str) -> Steps:
    """The steps of a pointer as mappings write them: no escapes, digits are numbers."""
    return tuple(int(step) if step.isdigit() else step for step in target[1:].split("/"))


def exists(report: Mapping[str, Any], target: str) -> bool:
    """Whether ``target``, a pointer of names and numbers, names something in ``report``."""
    return at_steps(report, steps_in(target)) is not None


def leaves(value: Any, at: Steps = ()) -> Iterator[tuple[str, Any]]:
    """Every single value with its JSON Pointer."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from leaves(child, (*at, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, (*at, index))
    else:
        yield pointer(at), value
