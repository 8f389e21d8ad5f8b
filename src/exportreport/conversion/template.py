"""What many reports begin with, copied anew for each, with its objects and lists at hand."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from exportreport.conversion.parts import Draft, Steps


class Varying(str):
    """Stands in a template for a value of this name that is another one in each report."""

    __slots__ = ()


class _Link(NamedTuple):
    """An object or list, by its number, with its name or place in the one that holds it."""

    holder: int
    name: Any
    held: int


class Template:
    """A report as a template. ``places`` are those of its objects and lists, that of the report itself first."""

    def __init__(self, report: dict[str, Any]) -> None:
        self._report = report
        self.places: list[Steps] = []
        self._copies: list[Callable[[], Any]] = []
        self._links: list[_Link] = []
        self._varying: list[tuple[int, Any, str]] = []
        self._add(report, ())

    def _add(self, node: Any, at: Steps) -> int:
        """Take ``node`` and what is in it into the template; its number."""
        number = len(self.places)
        self.places.append(at)
        entries = dict(node.items() if isinstance(node, Mapping) else enumerate(node))
        own = dict.fromkeys(entries) if isinstance(node, Mapping) else [None] * len(node)
        self._copies.append(own.copy)
        for name, value in entries.items():
            if isinstance(value, dict | list):
                self._links.append(_Link(number, name, self._add(value, (*at, name))))
            elif isinstance(value, Varying):
                self._varying.append((number, name, value))
            else:
                own[name] = value
        return number

    def with_objects(self, places: Iterable[Steps]) -> Template:
        """The same with objects at the ``places``, too, which are empty where nothing is there."""
        draft = Draft(deepcopy(self._report))
        for at in places:
            draft.put(at, "", None)
            del draft.nodes[at][""]
        return Template(draft.report)

    def copied(self, values: Mapping[str, Any]) -> list[Any]:
        """The objects and lists of a new report, in the order of their places; ``values`` are those that vary."""
        made = [copy() for copy in self._copies]
        for holder, name, held in self._links:
            made[holder][name] = made[held]
        for number, name, varying in self._varying:
            made[number][name] = values[varying]
        return made

    def several(self, count: int, values: Mapping[str, Sequence[Any]]) -> list[list[Any]]:
        """The same for so many reports at once; what varies and has no ``values`` is left out for the time being."""
        made = [[copy() for _ in range(count)] for copy in self._copies]
        for holder, name, held in self._links:
            for node, one in zip(made[holder], made[held], strict=True):
                node[name] = one
        for number, name, varying in self._varying:
            if varying in values:
                for node, value in zip(made[number], values[varying], strict=True):
                    node[name] = value
        return made

    def homes_of(self, varying: str) -> Sequence[tuple[int, Any]]:
        """Where this value goes that varies from report to report."""
        return [(number, name) for number, name, one in self._varying if one == varying]


class Places:
    """The objects and lists of reports by numbers: those that each report begins with, and those that may come."""

    def __init__(self, begun: Sequence[Steps]) -> None:
        self._numbers = {at: number for number, at in enumerate(begun)}
        self._ways: list[tuple[int, Any, bool]] = [(0, "", False)] * len(begun)
        self._begun = len(begun)

    def add(self, at: Steps, listed: bool = False) -> int:
        """The number of the object at the place, or of the list where it is ``listed``."""
        number = self._numbers.get(at)
        if number is None:
            holder = self.add(at[:-1], type(at[-1]) is int)
            number = self._numbers[at] = len(self._ways)
            self._ways.append((holder, at[-1], listed))
        return number

    def get(self, at: Steps) -> int | None:
        """The number of the object or list at the place; None where it has none."""
        return self._numbers.get(at)

    def within(self, at: Steps) -> bool:
        """Whether something at the place, or within it, has a number."""
        return any(one[: len(at)] == at for one in self._numbers)

    def __len__(self) -> int:
        return len(self._ways)

    def way(self, number: int) -> tuple[int, Any, bool]:
        """What holds the object or list with the number, its name or place there, and whether it is a list."""
        return self._ways[number]

    def missing(self, number: int, there: Container[int]) -> Sequence[int]:
        """What has to be made for the object with the number, outermost first, besides what is ``there`` already."""
        if number < self._begun or number in there:
            return ()
        return (*self.missing(self._ways[number][0], there), number)
