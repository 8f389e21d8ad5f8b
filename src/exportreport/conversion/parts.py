"""Reports as plain objects and lists: writing at a place, walking, copying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.finding import pointer

#: A place of a report: names, numbers for entries of a list, ``*`` for the entry of the record at hand, ``-`` for the
#: end of a list.
Steps = tuple[str | int, ...]


class Leaf(NamedTuple):
    """A single value: the object or list that it stands in, its name or number there, and the value."""

    at: Steps
    name: str | int
    value: str | int


class Draft:
    """A report in the making, with its objects and lists at hand by their places."""

    __slots__ = ("_given", "nodes", "report")

    def __init__(self, report: dict[str, Any], nodes: dict[Steps, Any] | None = None) -> None:
        self.report = report
        self._given: dict[Steps, tuple[int, int]] = {}
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

    def resolved(self, leaf: Leaf, record: int) -> Leaf:
        """``leaf`` with the numbers of the entries that it stands for: the one that the record gives, the next free."""
        at, name = leaf.at, leaf.name
        if "*" in at or name == "*":
            place = at.index("*") if "*" in at else len(at)
            entry = self._entry(at[:place], record)
            at, name = (*at[:place], entry, *at[place + 1 :])[: len(at)], entry if name == "*" else name
        if name == "-":
            name = len(at_steps(self.report, at) or ())
        return Leaf(at, name, leaf.value)

    def _entry(self, prefix: Steps, record: int) -> int:
        """The number of the entry that the record gives in the list at ``prefix``."""
        given = self._given.get(prefix)
        if given is None or given[0] != record:
            given = self._given[prefix] = record, len(at_steps(self.report, prefix) or ())
        return given[1]

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
