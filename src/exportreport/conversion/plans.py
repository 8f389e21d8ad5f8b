"""How reports are built from what their cells give: many of one make at once, object by object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from exportreport.conversion.template import Places, Template

#: What a part of a cell is: a single value, a list that is made anew for each report, a `Placed` whose texts are
#: carried.
VALUE, LIST, CARRIED = "value", "list", "carried"


class Part(NamedTuple):
    """Where a value of a cell goes: the number of an object, and the name in it."""

    at: int
    name: Any
    kind: str


#: The parts that a cell gives. The same ones are the same object.
Make = tuple[Part, ...]

#: What a cell gives: its parts, then their values. The value of a list is a function that makes it.
Laid = tuple[Any, ...]


class Parts:
    """The parts that cells give, each sequence of them once, so that they are told apart by their number."""

    def __init__(self) -> None:
        self._numbers: dict[Make, int] = {}
        self.all: list[Make] = []

    def of(self, parts: Sequence[Part]) -> int:
        """The number of these parts."""
        make = tuple(parts)
        number = self._numbers.get(make)
        if number is None:
            number = self._numbers[make] = len(self.all)
            self.all.append(make)
        return number

    def laid(self, found: Sequence[tuple[Part, Any]]) -> Laid:
        """What a cell gives that was found to have these parts and values."""
        return (self.of([part for part, _ in found]), *[value for _, value in found])


def new_list(entries: Sequence[Any], flat: bool = False) -> Callable[[], list[Any]]:
    """Makes a new list of new objects for each report. They are ``flat`` where they are objects of single values."""
    if flat and len(entries) == 1:
        only = entries[0].copy
        return lambda: [only()]
    if flat:
        return lambda: [one.copy() for one in entries]
    return lambda: [_copied(one) for one in entries]


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(one) for name, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


class Built(NamedTuple):
    """Reports of one make: themselves, the objects and lists by their numbers, and what each carries by the numbers of
    the cells."""

    nodes: Sequence[Sequence[Any]]
    kept: Sequence[list[tuple[int, Any]]] | None


class Plan:
    """The steps in which reports are built whose cells give the same parts."""

    def __init__(self, template: Template, places: Places, makes: Sequence[Make]) -> None:
        self._template, self._size = template, len(places)
        self._steps: list[tuple[Part | None, int, int]] = []  # a part, its cell and its place in it; or a new object
        self._opened: dict[int, tuple[int, Any, bool]] = {}
        for cell, make in enumerate(makes):
            for place, part in enumerate(make, 1):
                for number in places.missing(part.at, self._opened):
                    self._opened[number] = places.way(number)
                    self._steps.append((None, number, 0))
                self._steps.append((part, cell, place))
        self._carries = any(part.kind == CARRIED for make in makes for part in make)

    def built(self, count: int, lines: Sequence[int], cells: Sequence[Sequence[Laid]]) -> Built:
        """``count`` reports of records on these ``lines``; ``cells`` are what they give, column by column."""
        nodes: list[Any] = self._template.several(count, {"line": lines})
        nodes += [None] * (self._size - len(nodes))
        kept: list[list[tuple[int, Any]]] | None = [[] for _ in lines] if self._carries else None
        for part, number, place in self._steps:
            if part is None:
                nodes[number] = self._new(number, nodes, count)
            elif part.kind == VALUE:
                name = part.name
                for node, cell in zip(nodes[part.at], cells[number], strict=True):
                    node[name] = cell[place]
            elif part.kind == LIST:
                name = part.name
                for node, cell in zip(nodes[part.at], cells[number], strict=True):
                    node[name] = cell[place]()
            elif kept is not None:
                for carried, cell in zip(kept, cells[number], strict=True):
                    carried.append((number + 1, cell[place]))
        return Built(nodes, kept)

    def _new(self, number: int, nodes: Sequence[Sequence[Any]], count: int) -> list[Any]:
        """A new object or list in each report, put where it belongs."""
        holder, step, listed = self._opened[number]
        made: list[Any] = [[] if listed else {} for _ in range(count)]
        for node, one in zip(nodes[holder], made, strict=True):
            if type(step) is int and step == len(node):
                node.append(one)
            else:
                node[step] = one
        return made
