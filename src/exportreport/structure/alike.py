"""Wrong entries of a long list, told apart by the way in which they are wrong.

An engine takes microseconds for each error, and a hostile list has a million. What is wrong with an object follows from
the names of its members and from which of its values are wrong; so the engine is asked once for all entries that are
alike in that. Once enough is told of a document, those that are alike are only counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from exportreport.standard import Slot, Standard
from exportreport.structure.breach import Breach, Check, Enough

#: How many ways of being wrong are remembered; beyond that all are forgotten, so that memory is bounded.
_MOST_REMEMBERED = 4_096

#: An entry with a list of more wrong values than this is left to the engine.
_MOST_BAD = 32

#: Whether an object, or some of its members, are sound: they and the name of the class in.
IsSound = Callable[[Any, str], bool]


#: The name of a member or the index of an entry, and what is wrong in it.
_Bad = tuple[str | int, Any]


class _Wrong(NamedTuple):
    """In what an object is wrong: what it shares with those that are wrong alike, but for what its class knows not.

    ``bad`` are the names of wrong members, each with what is wrong in it: nothing where it is wrong itself, else the
    indexes of wrong entries, with what is wrong in those.
    """

    class_name: str
    known: tuple[str, ...]
    bad: tuple[_Bad, ...]
    unknown: tuple[str, ...]


class Alike:
    """The wrong entries of the lists of one document, and what is known of their kinds."""

    def __init__(
        self, standard: Standard, check: Check, is_sound: IsSound, has_sound_members: IsSound, enough: Enough
    ) -> None:
        self._classes, self._check, self._enough = standard.classes, check, enough
        self._is_sound, self._has_sound_members = is_sound, has_sound_members
        self._breaches: dict[tuple[Any, ...], list[Breach]] = {}

    def check_list(self, values: list[Any], slot: Slot, owner: str, check_large: Check) -> Iterator[Breach]:
        """The breaches of the entries ``values`` of ``slot`` of an ``owner``; ``check_large`` is for heavy ones."""
        found = (
            self._of_objects(values, slot, check_large)
            if slot.kind == "class"
            else self._of_values(values, slot, owner)
        )
        for breach in found:
            yield breach.under((slot.name,))

    def _of_values(self, values: list[Any], slot: Slot, owner: str) -> Iterator[Breach]:
        name, first, times = slot.name, 0, 0
        for index, value in enumerate(values):
            if self._has_sound_members({name: [value]}, owner):
                continue
            if not self._enough.said or not value:
                yield Breach((index,))
            else:
                first, times = first if times else index, times + 1
        if times:
            yield Breach((first,), times=times)

    def _of_objects(self, values: list[Any], slot: Slot, check_large: Check) -> Iterator[Breach]:
        class_name, counted = slot.range, dict[_Wrong, tuple[int, int]]()
        for index, value in enumerate(values):
            if self._is_sound(value, class_name):
                continue
            wrong = self._way(value, class_name)
            if wrong is None:
                yield from (breach.under((index,)) for breach in check_large(value, class_name))
            elif self._enough.said and wrong[1:] != ((), (), ()):
                first, times = counted.get(wrong, (index, 0))
                counted[wrong] = first, times + 1
                if len(counted) >= _MOST_REMEMBERED:
                    yield from self._summed(values, counted)
                    counted.clear()
            else:
                yield from (breach.under((index,)) for breach in self._known(value, wrong))
        yield from self._summed(values, counted)

    def _summed(self, values: list[Any], counted: dict[_Wrong, tuple[int, int]]) -> Iterator[Breach]:
        for wrong, (first, times) in counted.items():
            for breach in dict.fromkeys(self._known(values[first], wrong)):
                yield Breach((first, *breach.path), breach.missing, breach.unknown, times)

    def _way(self, value: Any, class_name: str) -> _Wrong | None:
        """The way in which ``value`` is wrong; None where that does not follow from which members are wrong."""
        if not isinstance(value, dict):
            return None
        slots = self._classes[class_name].by_name
        known = {name: child for name, child in value.items() if name in slots}
        unknown = tuple(name for name in value if name not in slots) if len(known) < len(value) else ()
        bad: list[_Bad] = []
        if known and not self._has_sound_members(known, class_name):
            for name, child in known.items():
                if not self._has_sound_members({name: child}, class_name):
                    inside = self._way_of_member(child, slots[name], class_name)
                    if inside is None or not child:
                        return None
                    bad.append((name, inside))
        return _Wrong(class_name, tuple(known), tuple(bad), unknown)

    def _way_of_member(self, child: Any, slot: Slot, owner: str) -> Any:
        """What is wrong in the wrong ``child`` of ``slot``; None where that cannot be said briefly."""
        is_object = slot.kind == "class"
        if is_object and self._classes[slot.range].abstract:
            return None
        if not slot.many:
            return self._way(child, slot.range) if is_object and isinstance(child, dict) else ()
        if not isinstance(child, list):
            return ()
        bad: list[_Bad] = []
        for index, entry in enumerate(child):
            if self._has_sound_members({slot.name: [entry]}, owner):
                continue
            inside = self._way(entry, slot.range) if is_object and isinstance(entry, dict) else ()
            if inside is None or not entry or len(bad) == _MOST_BAD:
                return None
            bad.append((index, inside))
        return tuple(bad)

    def _known(self, value: Any, wrong: _Wrong) -> list[Breach]:
        """The breaches of ``value``, asked of the engine for the first that is wrong in this way."""
        case = (wrong.class_name, wrong.known, wrong.bad, bool(wrong.unknown))
        if case not in self._breaches:
            if len(self._breaches) >= _MOST_REMEMBERED:
                self._breaches.clear()
            self._breaches[case] = list(self._check(value, wrong.class_name))
        found = self._breaches[case]
        return [b._replace(unknown=wrong.unknown) if b.unknown and not b.path else b for b in found]
