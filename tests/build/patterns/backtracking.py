"""A matcher that tries one way after the other, as most engines do, and counts what it tries; and patterns by chance.

It knows nothing of automata: it walks the tree of the pattern, which is made here as well, and so shares no code with
the proof that it is held against.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

#: ("set", characters), ("then", parts), ("or", parts), ("times", part, low, high or None).
Node = tuple[Any, ...]

_Then = Callable[[int], bool]


class EnoughError(Exception):
    """More steps than were asked about."""


def written(node: Node) -> str:
    """The pattern that ``node`` is, without anchors."""
    if node[0] == "set":
        signs = "".join(sorted(node[1]))
        return signs if len(signs) == 1 else f"[{signs}]"
    if node[0] == "then":
        return "".join(written(part) for part in node[1])
    if node[0] == "or":
        return "(" + "|".join(written(part) for part in node[1]) + ")"
    _, part, low, high = node
    inside = written(part) if part[0] in ("set", "or") else f"({written(part)})"
    signs = {(0, 1): "?", (0, None): "*", (1, None): "+"}
    return inside + signs.get((low, high), f"{{{low},{'' if high is None else high}}}")


def by_chance(random: Random, depth: int = 3) -> Node:
    """A small pattern over a, b and c."""
    kind = random.choice(("set", "then", "or", "times", "times")) if depth else "set"
    if kind == "set":
        return ("set", frozenset(random.sample("abc", random.choice((1, 1, 1, 2)))))
    if kind == "times":
        low, high = random.choice(
            ((0, 1), (0, None), (0, None), (1, None), (1, None), (0, 2), (1, 3), (2, 2), (2, None))
        )
        return ("times", by_chance(random, depth - 1), low, high)
    return (kind, tuple(by_chance(random, depth - 1) for _ in range(random.randint(2, 3))))


@dataclass
class Matcher:
    """Tries ``text`` and counts in ``steps`` the characters looked at; stops with `EnoughError` beyond ``most``."""

    text: str
    most: int
    steps: int = 0

    def whole(self, node: Node) -> bool:
        return self._try(node, 0, self._is_end)

    def _is_end(self, at: int) -> bool:
        self._step()
        return at == len(self.text)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.most:
            raise EnoughError

    def _try(self, node: Node, at: int, then: _Then) -> bool:
        if node[0] == "set":
            self._step()
            return at < len(self.text) and self.text[at] in node[1] and then(at + 1)
        if node[0] == "or":
            return any(self._try(part, at, then) for part in node[1])
        if node[0] == "then":
            return self._all(node[1], at, then)
        return self._times(node, 0, at, then)

    def _all(self, parts: tuple[Node, ...], at: int, then: _Then) -> bool:
        if not parts:
            return then(at)
        return self._try(parts[0], at, lambda after: self._all(parts[1:], after, then))

    def _times(self, node: Node, turn: int, at: int, then: _Then) -> bool:
        """One more turn first, then what follows; a turn that reads nothing is the last, as Python has it."""
        _, part, low, high = node

        def after(place: int) -> bool:
            if place == at and turn >= low:
                return then(place)
            return self._times(node, turn + 1, place, then)

        if turn < low:
            return self._try(part, at, after)
        return ((high is None or turn < high) and self._try(part, at, after)) or then(at)


def steps(node: Node, text: str, most: int) -> int:
    """How many steps ``text`` takes, which ends in a character that no pattern has; ``most`` + 1 for more."""
    matcher = Matcher(text, most)
    try:
        assert not matcher.whole(node), "the text ends in a character that the pattern has"
    except EnoughError:
        return most + 1
    return matcher.steps
