"""How a loop is gone through so that a report of any size costs time in proportion to it, or why it cannot be."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass

from exportreport.build.cel.error import CelError
from exportreport.build.cel.logic import alternatives, conditions, opposite
from exportreport.build.cel.tree import (
    Binary,
    Call,
    Has,
    ListOf,
    Literal,
    Loop,
    Name,
    Node,
    Select,
    names,
    parts,
    text,
)

How = typing.Literal["is", "holds", "among", "overlaps"]

#: Functions that go through the whole of a list.
_WHOLE_LIST = ("sum", "unique")


@dataclass(frozen=True, slots=True)
class Around:
    """What an expression stands in.

    ``fixed`` names mean the same wherever they stand in a report. ``rows`` are what repeats around the expression,
    outermost first; each is the set of names that stand for it.
    """

    fixed: frozenset[str]
    rows: tuple[frozenset[str], ...] = ()
    each: str = ""

    @property
    def innermost(self) -> frozenset[str]:
        """The names of what repeats most often here."""
        return self.rows[-1] if self.rows else frozenset()

    def inside(self, row: Pass) -> Around:
        """What stands around the conditions of a loop that stands in this."""
        return Around(self.fixed, (*self.rows, row.variables), self.each)

    def once(self) -> Around:
        """The surroundings of what is worked out once a report."""
        return Around(self.fixed, (), self.each)

    def is_fixed(self, node: Node) -> bool:
        """Whether ``node`` has the same value wherever it stands in a report."""
        return names(node) <= self.fixed


def around(each: str, *, repeats: bool, is_report: bool) -> Around:
    """What a rule about ``each`` stands in; ``repeats``: a report can hold several such objects."""
    fixed = {"report", "as_of"} | ({"this"} if is_report or not repeats else set())
    return Around(frozenset(fixed), (frozenset({"this"}),) if repeats else (), each)


@dataclass(frozen=True, slots=True)
class Pass:
    """One way through a list: ``variables`` all name the entry, which must meet each of ``wanted``.

    ``given`` is what a ``map`` makes of it. ``negated`` says that the loop is true where no entry does (``all``).
    """

    source: Node
    variables: frozenset[str]
    wanted: tuple[Node, ...]
    given: Node | None = None
    negated: bool = False

    def about_entry(self, node: Node) -> bool:
        """Whether ``node`` depends on the entry."""
        return bool(names(node) & self.variables)


def through(loop: Loop) -> Pass:
    """``loop`` as one pass: the filters that its list goes through are conditions on the same entry."""
    wanted: list[Node] = []
    source, variables = loop.of, {loop.variable}
    while isinstance(source, Loop) and source.macro == "filter":
        wanted[:0] = conditions(source.body)
        variables.add(source.variable)
        source = source.of
    if loop.macro == "map":
        return Pass(source, frozenset(variables), tuple(wanted), loop.body)
    negated = loop.macro == "all"
    wanted.extend(conditions(opposite(loop.body) if negated else loop.body))
    return Pass(source, frozenset(variables), tuple(wanted), None, negated)


@dataclass(frozen=True, slots=True)
class Key:
    """A condition that an index answers: what the entry has at ``path`` has to do with ``value``.

    It ``is`` the value; it is a list that ``holds`` it; it is ``among`` the value, a list; both are lists of which one
    ``overlaps`` the other. ``guards`` must hold before the
    value can be asked for; ``rest`` is still to be asked of each entry found.
    """

    path: tuple[str, ...]
    value: Node
    how: How
    guards: tuple[Node, ...]
    rest: tuple[Node, ...]


def keys(row: Pass) -> Iterator[Key]:
    """The conditions of ``row`` by which its entries can be looked up."""
    for number, condition in enumerate(row.wanted):
        found = _looked_up(condition, row)
        before = row.wanted[:number]
        if found and not any(_may_prove(earlier, row) for earlier in before):
            path, value, how = found
            guards = tuple(node for node in before if not row.about_entry(node))
            left = (*(node for node in before if row.about_entry(node)), *row.wanted[number + 1 :])
            yield Key(path, value, how, guards, tuple(node for node in left if not _spent(node, path, row)))


#: Where to look, for what, and how.
_Look = tuple[tuple[str, ...], Node, How]


def _looked_up(condition: Node, row: Pass) -> _Look | None:
    if isinstance(condition, Loop):
        return _looked_into(condition, row)
    if not isinstance(condition, Binary):
        return None
    if condition.operator == "||":
        return _any_of([_looked_up(one, row) for one in alternatives(condition)], condition)
    if condition.operator not in ("==", "in"):
        return None
    ways: tuple[tuple[Node, Node, How], ...] = (
        (condition.left, condition.right, "is" if condition.operator == "==" else "among"),
        (condition.right, condition.left, "is" if condition.operator == "==" else "holds"),
    )
    for slot, value, how in ways:
        path = _path(slot, row)
        if path is not None and not row.about_entry(value):
            return path, value, how
    return None


def _looked_into(loop: Loop, row: Pass) -> _Look | None:
    """``entry.list.exists(x, x == value)``, or ``x in value``."""
    inner = through(loop)
    path = _path(inner.source, row)
    if loop.macro != "exists" or path is None or len(inner.wanted) != 1:
        return None
    found = _looked_up(inner.wanted[0], inner)
    if found is None or found[0] or row.about_entry(found[1]) or found[2] not in ("is", "among"):
        return None
    return path, found[1], "holds" if found[2] == "is" else "overlaps"


def _any_of(looks: list[_Look | None], condition: Node) -> _Look | None:
    """One look instead of several for values written out at the same place."""
    paths, values, ways = set(), [], set()
    for look in looks:
        if look is None or not isinstance(look[1], Literal):
            return None
        paths.add(look[0])
        values.append(look[1])
        ways.add(look[2])
    if len(paths) != 1 or len(ways) != 1 or not ways <= {"is", "holds"}:
        return None
    return paths.pop(), ListOf(tuple(values), at=condition.at), "among" if ways == {"is"} else "overlaps"


def _path(node: Node, row: Pass) -> tuple[str, ...] | None:
    """The slots from the entry of ``row`` to ``node``, none for the entry itself; None where it is no such path."""
    slots: list[str] = []
    while isinstance(node, Select):
        slots.insert(0, node.slot)
        node = node.of
    return tuple(slots) if isinstance(node, Name) and node.name in row.variables else None


def _may_prove(condition: Node, row: Pass) -> bool:
    """Whether ``condition`` is about the entry and yet may prove that something else is there."""
    others = names(condition) - row.variables
    return row.about_entry(condition) and any(names(has) & others for has in _asked(condition))


def _asked(node: Node) -> Iterator[Node]:
    if isinstance(node, Has):
        yield node
    for part in parts(node):
        yield from _asked(part)


def _spent(condition: Node, path: tuple[str, ...], row: Pass) -> bool:
    """Whether ``condition`` asks for what each entry found by ``path`` has."""
    if not isinstance(condition, Has):
        return False
    asked = _path(condition.field, row)
    return asked is not None and path[: len(asked)] == asked


def key_for(row: Pass, here: Around) -> Key | None:
    """The key that an index over the list of ``row`` is asked by, where there must be one; None where none serves."""
    if not here.is_fixed(row.source):
        return None
    usable = [key for key in keys(row) if not here.is_fixed(key.value)]
    nearest = (key for key in usable if names(key.value) & here.innermost)
    return next(nearest, usable[0] if usable else None)


def scans(node: Node, here: Around) -> bool:
    """Whether going through all of the list ``node`` here takes no more time than the report is long."""
    return not here.rows or isinstance(node, ListOf) or bool(names(node) & here.innermost)


def check(node: Node, here: Around) -> None:
    """Raise `CelError` where ``node`` would take more time than in proportion to the report."""
    if here.rows and here.is_fixed(node):
        here = here.once()
    if isinstance(node, Loop):
        _check_loop(node, here)
        return
    if isinstance(node, Call) and node.function in _WHOLE_LIST:
        require_scan(node.arguments[0], here)
    for part in parts(node):
        check(part, here)


def _check_loop(loop: Loop, here: Around) -> None:
    row = through(loop)
    if not scans(row.source, here) and key_for(row, here) is None:
        raise _refusal(loop, row.source, here)
    check(row.source, here)
    inside = here.inside(row)
    for node in (*row.wanted, *((row.given,) if row.given else ())):
        check(node, inside)


def require_scan(source: Node, here: Around) -> None:
    """Raise `CelError` where going through all of the list ``source`` here would take too long."""
    if not isinstance(source, Loop) and not here.is_fixed(source) and not scans(source, here):
        raise _refusal(source, source, here)


def _refusal(node: Node, source: Node, here: Around) -> CelError:
    row = here.each if here.innermost == {"this"} else f"{min(here.innermost)!r} of the loop around it"
    variable = node.variable if isinstance(node, Loop) else "x"
    other = f"{min(here.innermost)}.slot"
    return CelError(
        f"this goes through all of {text(source)} for each {row}, which takes too long in a long report",
        node.at,
        f"make {variable}.slot == {other} one of its conditions joined by &&, so that an index finds the entries, "
        f"or leave {min(here.innermost)} out of it, so that it is worked out once",
    )
