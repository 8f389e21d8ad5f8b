"""Reports as plain objects and lists: writing at a place, walking, copying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.finding import pointer

#: A place of a report: names, numbers for entries of a list, ``*`` for the entry of the record at hand.
Steps = tuple[str | int, ...]


class Leaf(NamedTuple):
    """A single value: the object or list that it stands in, its name or number there, and the value."""

    at: Steps
    name: str | int
    value: str | int

    def of(self, entry: int) -> Leaf:
        """The same for the record that gives the entry with this number."""
        at = tuple(entry if step == "*" else step for step in self.at)
        return Leaf(at, entry if self.name == "*" else self.name, self.value)


class Draft:
    """A report in the making, with its objects and lists at hand by their places."""

    __slots__ = ("nodes", "report")

    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report
        self.nodes: dict[Steps, Any] = {(): report}

    def put(self, at: Steps, name: str | int, value: object) -> None:
        """Write ``value`` at the place, making the objects and lists on the way. Entries of a list come in order."""
        node = self.nodes.get(at)
        if node is None:
            node = self._node(at, type(name) is int)
        if type(name) is int and name == len(node):
            node.append(value)
        else:
            node[name] = value

    def get(self, at: Steps, name: str | int) -> object:
        """The value at the place; None where there is none."""
        node = self.nodes.get(at)
        node = at_steps(self.report, at) if node is None else node
        if isinstance(node, list):
            return node[name] if type(name) is int and name < len(node) else None
        return node.get(name) if isinstance(node, dict) else None

    def _node(self, at: Steps, listed: bool) -> Any:
        found = self.nodes.get(at)
        if found is None:
            step = at[-1]
            parent = self._node(at[:-1], type(step) is int)
            if type(step) is not int:
                found = parent.setdefault(step, [] if listed else {})
            else:
                if step == len(parent):
                    parent.append([] if listed else {})
                found = parent[step]
            self.nodes[at] = found
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


def fresh(value: Any) -> Any:
    """A copy of ``value`` that shares no object or list with it."""
    if type(value) is dict:
        return {name: entry if type(entry) is str else fresh(entry) for name, entry in value.items()}
    return [fresh(entry) for entry in value] if type(value) is list else value
