"""Reports as plain objects and lists: writing at a place, laying one part over another, copying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any


def put(report: dict[str, Any], path: Sequence[str | int], value: object) -> None:
    """Write ``value`` at ``path``, making the objects and lists on the way. Entries of a list come in
    order."""
    node: Any = report
    for step, following in pairwise(path):
        child: Any = [] if isinstance(following, int) else {}
        if isinstance(step, str):
            node = node.setdefault(step, child)
        else:
            if step == len(node):
                node.append(child)
            node = node[step]
    node[path[-1]] = value


def merge(report: dict[str, Any], part: Mapping[str, Any]) -> None:
    """Write a copy of ``part`` into ``report``; lists grow by the entries they lack."""
    for name, value in part.items():
        there = report.get(name)
        if there is None or type(value) is str:
            report[name] = value if type(value) is str else fresh(value)
        elif type(value) is dict:
            merge(there, value)
        else:
            for index, entry in enumerate(value):
                if index < len(there):
                    merge(there[index], entry)
                else:
                    there.append(fresh(entry))


def fresh(value: Any) -> Any:
    """A copy of ``value`` that shares no object or list with it."""
    if type(value) is dict:
        return {name: entry if type(entry) is str else fresh(entry) for name, entry in value.items()}
    return [fresh(entry) for entry in value] if type(value) is list else value


def exists(report: Mapping[str, Any], target: str) -> bool:
    """Whether ``target``, a pointer of names and numbers, names something in ``report``."""
    node: Any = report
    for step in target[1:].split("/"):
        if isinstance(node, list):
            if int(step) >= len(node):
                return False
            node = node[int(step)]
        elif isinstance(node, dict) and step in node:
            node = node[step]
        else:
            return False
    return True
