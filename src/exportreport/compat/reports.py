"""Two reports compared by meaning: what one says and the other does not, each with its place in both.

The order of members means nothing, nor the spelling of a decimal (1.50 is 1.5). Lists of codes, keys, numbers and
other values are sets; lists of texts, such as the lines of an address, are in order. The entries of a list whose class
has an identifier are matched by it, in whatever order they come; other entries stand in order, and one more among them
moves none of the others.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Literal

from exportreport.finding import Path, pointer
from exportreport.standard import Document, Slot, Standard, Value

#: The slots that identify an object among the others of its list, where its class demands one of them.
IDENTIFIERS = ("key", "item_number", "report_id", "authorization_number")

#: The types whose lists are in order; all other lists of values are sets.
_IN_ORDER = ("Text", "LongText")
_EXACT = "Decimal"

Kind = Literal["changed", "only_a", "only_b"]


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """One place in which two reports differ: its paths in both, and the values; a side that lacks it has the path of
    what would hold it, and no value."""

    kind: Kind
    path_a: Path
    path_b: Path
    a: Value = None
    b: Value = None

    @property
    def pointer(self) -> str:
        """The JSON Pointer of the place: in the first report, unless it is in the second alone."""
        return pointer(self.path_b if self.kind == "only_b" else self.path_a)


Found = Iterator[ReportDifference]


def report_differences(a: Document, b: Document, standard: Standard) -> Found:
    """In what the reports ``a`` and ``b``, both of sound structure, differ; nothing where they say the same."""
    if a["report_type"] != b["report_type"]:
        yield ReportDifference("changed", ("report_type",), ("report_type",), a["report_type"], b["report_type"])
        return
    yield from _Comparing(standard).objects(a, b, str(a["report_type"]), (), ())


@dataclass(frozen=True, slots=True)
class _Comparing:
    standard: Standard

    def objects(self, a: Document, b: Document, owner: str, at: Path, there: Path) -> Found:
        """In what two objects of the class ``owner`` differ."""
        for slot in self.standard.classes[owner].slots:
            name = slot.name
            if name in a and name in b:
                yield from self._both(a[name], b[name], slot, (*at, name), (*there, name))
            elif name in a:
                yield ReportDifference("only_a", (*at, name), there, a[name])
            elif name in b:
                yield ReportDifference("only_b", at, (*there, name), None, b[name])

    def _both(self, a: Value, b: Value, slot: Slot, at: Path, there: Path) -> Found:
        if isinstance(a, list) and isinstance(b, list):
            yield from self._lists(a, b, slot, at, there)
        elif isinstance(a, dict) and isinstance(b, dict):
            owners = self._class(a, slot), self._class(b, slot)
            if owners[0] == owners[1]:
                yield from self.objects(a, b, owners[0], at, there)
            else:
                yield ReportDifference("changed", at, there, a, b)
        elif self._meaning(a, slot) != self._meaning(b, slot):
            yield ReportDifference("changed", at, there, a, b)

    def _class(self, value: Document, slot: Slot) -> str:
        """The class of an object: that of its slot, or where that is abstract the kind that it names."""
        is_abstract = self.standard.classes[slot.range].abstract
        return str(value["report_type"]) if is_abstract else slot.range

    def _lists(self, a: list[Value], b: list[Value], slot: Slot, at: Path, there: Path) -> Found:
        if slot.kind != "class" and slot.range not in _IN_ORDER:
            pairs = _as_sets(*([self._meaning(value, slot) for value in side] for side in (a, b)))
        else:
            pairs = self._by_identifier(a, b) or self._in_order(a, b, slot)
        for left, right in pairs:
            if left is not None and right is not None:
                yield from self._both(a[left], b[right], slot, (*at, left), (*there, right))
            elif left is not None:
                yield ReportDifference("only_a", (*at, left), there, a[left])
            elif right is not None:
                yield ReportDifference("only_b", at, (*there, right), None, b[right])

    def _by_identifier(self, a: list[Value], b: list[Value]) -> list[Pair] | None:
        """The entries that go together by what identifies them; None where something does not."""
        for name in IDENTIFIERS:
            sides = [[entry.get(name) if isinstance(entry, dict) else None for entry in side] for side in (a, b)]
            if all(None not in side and len(set(map(str, side))) == len(side) for side in sides):
                return _by_names([str(value) for value in sides[0]], [str(value) for value in sides[1]])
        return None

    def _in_order(self, a: list[Value], b: list[Value], slot: Slot) -> list[Pair]:
        left, right = ([self._meaning(value, slot) for value in side] for side in (a, b))
        steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        return [pair for _, i, j, k, m in steps for pair in _alongside(range(i, j), range(k, m))]

    def _meaning(self, value: Value, slot: Slot) -> str:
        """What is the same for values that mean the same."""
        return json.dumps(self._plain(value, slot), sort_keys=True, ensure_ascii=False)

    def _plain(self, value: Value, slot: Slot) -> Any:
        if isinstance(value, dict):
            slots = self.standard.classes[self._class(value, slot)].by_name
            return {name: self._plain(part, slots[name]) for name, part in value.items()}
        if isinstance(value, list):
            parts = [self._plain(part, slot) for part in value]
            return parts if slot.kind == "class" or slot.range in _IN_ORDER else sorted(parts, key=str)
        if slot.range == _EXACT and isinstance(value, str):
            return format(_exact(value), "f")
        return value


#: Which entry of the one list goes with which of the other; None where there is none.
Pair = tuple[int | None, int | None]


def _exact(text: str) -> Decimal:
    """The shortest spelling of the number; at most 24 digits, so that nothing is rounded. Zero has no sign."""
    return Decimal(text).normalize() + 0


def _by_names(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    places = {name: place for place, name in enumerate(right)}
    pairs: list[Pair] = [(place, places.pop(name, None)) for place, name in enumerate(left)]
    return [*pairs, *((None, place) for place in places.values())]


def _as_sets(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """What only one of the two has; what both have, as often as both have it, is left out."""
    return [*((place, None) for place in _more(left, right)), *((None, place) for place in _more(right, left))]


def _more(one: Sequence[str], other: Sequence[str]) -> Iterator[int]:
    left = Counter(other)
    for place, name in enumerate(one):
        if left[name]:
            left[name] -= 1
        else:
            yield place


def _alongside(left: range, right: range) -> Iterator[Pair]:
    for step in range(max(len(left), len(right))):
        yield left[step] if step < len(left) else None, right[step] if step < len(right) else None
