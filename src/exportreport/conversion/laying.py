"""The cells of one column laid into reports of which each row is one: what goes where, worked out beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exportreport.conversion.columns import MEMORABLE, REMEMBERED, Column, Placed
from exportreport.conversion.parts import Draft, Steps
from exportreport.conversion.plans import CARRIED, LIST, VALUE, Laid, Part, Parts, new_list
from exportreport.conversion.readings import LEFT_OUT, Context, Piece, Quick
from exportreport.conversion.template import Places


class Way:
    """How the cells of a column are laid into reports; without a cell for a ``required`` one there is no report."""

    __slots__ = ("_at", "_column", "_inner", "_key", "_lists", "_parts", "_places", "_required", "known")

    def __init__(self, column: Column, places: Places, parts: Parts, required: bool) -> None:
        self._column, self._places, self._parts, self._required = column, places, parts, required
        self._lists = lists_of(column)
        self._at: Mapping[str, Sequence[tuple[int, Any]]] = {
            part: [(places.add(steps[:-1]), steps[-1]) for steps in every]
            for part, every in column.homes.items() if not any("+" in steps for steps in every)
        }  # fmt: skip
        self._inner: Mapping[str, Sequence[tuple[int, Any, Any]]] = {
            part: [(places.add(steps[:-3]), steps[-3], steps[-1]) for steps in every]
            for part, every in column.homes.items()
            if all(steps[-2:-1] == ("+",) and "+" not in steps[:-2] for steps in every)
        }  # fmt: skip
        for at in self._lists:
            places.add(at[:-1])
        self._key = column.key
        self.known: dict[Any, Laid] = {}

    @property
    def at_once(self) -> Callable[[Sequence[str]], list[Laid | None]] | None:
        """Gives what is laid for many texts of a column in which few come again: None for one that `lay` is to be asked
        about. Where there is no such way, there is none to be asked."""
        is_plain, quick = self._column.is_plain, self._column.quick
        if is_plain is not None and self._column.plain in self._at:
            places = self._at[self._column.plain]
            parts, count = self._parts.of([Part(at, name, VALUE) for at, name in places]), len(places)
            if count == 1:
                return lambda texts: [(parts, text) if is_plain(text) else None for text in texts]
            return lambda texts: [(parts, *(text,) * count) if is_plain(text) else None for text in texts]
        if quick is not None and quick.doubts is None and self._is_placed(quick):
            read, laid = quick.read, self._laid_by(quick)
            return lambda texts: [laid(found[0]) if found is not None else None for found in map(read, texts)]
        return None

    def _is_placed(self, quick: Quick) -> bool:
        return all(part in self._at for part in (quick.part, *quick.fixed))

    @property
    def lay(self) -> Callable[[str, Context], Laid | None]:
        """Gives what is laid for a text that is not ``known``; None where the row has to be looked at more closely."""
        is_plain, quick = self._column.is_plain, self._column.quick
        if is_plain is not None and self._column.plain in self._at:
            return self._plainly(is_plain, self._at[self._column.plain])
        if quick is not None and self._is_placed(quick):
            return self._quickly(quick) if quick.doubts is None else self._with_doubts(quick, quick.doubts)
        return self._slowly

    def _plainly(
        self, is_plain: Callable[[str], object], places: Sequence[tuple[int, Any]]
    ) -> Callable[[str, Context], Laid | None]:
        """The same for a column whose texts are most often values as they are."""
        slowly, parts = self._slowly, self._parts.of([Part(at, name, VALUE) for at, name in places])
        if len(places) == 1:
            return lambda text, context: (parts, text) if is_plain(text) else slowly(text, context)
        count = len(places)
        return lambda text, context: (parts, *(text,) * count) if is_plain(text) else slowly(text, context)

    def _quickly(self, quick: Quick) -> Callable[[str, Context], Laid | None]:
        """The same for a column whose reading gives the values of most texts at once."""
        read, laid, slowly = quick.read, self._laid_by(quick), self._slowly

        def lay(text: str, context: Context) -> Laid | None:
            found = read(text)
            return laid(found[0]) if found is not None else slowly(text, context)

        return lay

    def _with_doubts(self, quick: Quick, doubts: Callable[[Context], object]) -> Callable[[str, Context], Laid | None]:
        """The same where the row may speak against what is read; what no row speaks against is ``known``."""
        read, laid, slowly = quick.read, self._laid_by(quick), self._slowly
        doubtful: dict[Any, Laid] = {}

        def lay(text: str, context: Context) -> Laid | None:
            what = doubtful.get(text)
            if what is None:
                found = read(text)
                if found is None:
                    return slowly(text, context)
                what = laid(found[0])
                known = self.known if found[1] else doubtful
                if len(known) >= REMEMBERED:
                    known.clear()
                known[text] = what
                if found[1]:
                    return what
            return slowly(text, context) if doubts(context) else what

        return lay

    def _laid_by(self, quick: Quick) -> Callable[[str], Laid]:
        """Gives what is laid for a value that was read quickly."""
        own = self._at[quick.part]
        others = [(at, name, value) for part, value in quick.fixed.items() for at, name in self._at[part]]
        parts = self._parts.of([Part(at, name, VALUE) for at, name in (*own, *(other[:2] for other in others))])
        fixed, count = [value for _, _, value in others], len(own)
        return lambda value: (parts, *(value,) * count, *fixed)

    def _slowly(self, text: str, context: Context) -> Laid | None:
        key = (text, self._key(context)) if self._key is not None else text
        known = self.known.get(key)
        if known is not None:
            return known
        reading = self._column.reading(text, context)
        found = self._of_pieces(reading.pieces) if reading is not None else []
        if found is None:
            placed = self._column.placed(text, context)
            if placed.refused is not None or (self._required and not placed.leaves):
                return None
            found = self._of_cell(placed)
        if self._required and not found:
            return None
        laid = self._parts.laid(found)
        if (reading is None or reading.lasting) and len(text) <= MEMORABLE:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[key] = laid
        return laid

    def _of_pieces(self, pieces: Sequence[Piece]) -> list[tuple[Part, Any]] | None:
        """What the pieces of a cell give; None where a text is to be carried, and where it is not so simple."""
        found: list[tuple[Part, Any]] = []
        lists: dict[Any, list[dict[str, Any]]] = {}
        for part, value, _, _, entry, _, _ in pieces:
            if part in self._at:
                found += [(Part(at, name, VALUE), value) for at, name in self._at[part]]
            elif part in self._inner:
                for at, home, name in self._inner[part]:
                    entries = lists.get((at, home))
                    if entries is None:
                        entries = lists[at, home] = []
                        found.append((Part(at, home, LIST), entries))
                    if entry == len(entries):
                        entries.append({})
                    elif entry > len(entries):
                        return None
                    entries[entry][name] = value
            elif part != LEFT_OUT or value is not None:
                return None
        return [(part, new_list(value, flat=True) if part.kind == LIST else value) for part, value in found]

    def _of_cell(self, placed: Placed) -> list[tuple[Part, Any]]:
        """What a cell gives, whatever it is."""
        found: list[tuple[Part, Any]] = []
        drafts: dict[Steps, Draft] = {}
        for at, name, value in placed.leaves:
            number = self._places.get(at)
            if number is not None:
                found.append((Part(number, name, VALUE), value))
                continue
            home = next(one for one in self._lists if at[: len(one)] == one)
            if home not in drafts:
                drafts[home] = Draft({"": []})
                found.append((Part(self._places.add(home[:-1]), home[-1], LIST), home))
            drafts[home].put(("", *at[len(home) :]), name, value)
        ready = {home: new_list(draft.report[""]) for home, draft in drafts.items()}
        found = [(part, ready[value] if part.kind == LIST else value) for part, value in found]
        return [*found, (Part(0, "", CARRIED), placed)] if placed.carried else found


def lists_of(column: Column) -> Sequence[Steps]:
    """The lists whose entries the cells of a column give."""
    every = (steps for of_part in column.homes.values() for steps in of_part if "+" in steps)
    return list(dict.fromkeys(steps[: steps.index("+")] for steps in every))


def can_be_laid(columns: Sequence[Column], begun: Sequence[Steps]) -> bool:
    """Whether each list is filled by one column alone, and by entries only; a report begins with the ``begun``."""
    lists = [at for column in columns for at in lists_of(column)]
    single = [steps for column in columns for every in column.homes.values() for steps in every if "+" not in steps]
    others = [*begun, *(steps[:-1] for steps in single)]
    apart = all(one[: len(at)] != at for at in lists for one in others)
    alone = all(one[: len(at)] != at for n, at in enumerate(lists) for m, one in enumerate(lists) if n != m)
    return apart and alone and all(type(steps[-1]) is str for steps in single)
