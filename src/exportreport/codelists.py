"""Code lists on a day: whether a code is on its list, what it means, and what was probably meant by one that is not.

A run reads one compact index and, list by list, only the codes that it is asked for. Titles, notes and sources are
read when somebody has to be told something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from exportreport import artifact

#: What a list says of a code on a day. *Unchecked* is never an error: the list cannot know.
Status = Literal["valid", "unknown", "expired", "future", "unchecked"]

#: First and last day of a code, either of them empty.
Period = tuple[str, str]

#: Values as long as this are not compared with a list to find what was meant.
_LONGEST = 64

_NONE: frozenset[str] = frozenset()

#: Columns with other names of what a code stands for; several in a cell are parted by ``|``.
_NAMES = ("also", "symbol", "printed")


class Entry(NamedTuple):
    """One row of a list. Days are ISO texts, empty where there is none; ``more`` are the list's own columns."""

    code: str
    title: str = ""
    valid_from: str = ""
    valid_to: str = ""
    replaced_by: tuple[str, ...] = ()
    parent: str = ""
    note: str = ""
    more: Mapping[str, str] = MappingProxyType({})

    def on(self, day: str) -> bool:
        """Whether the code is valid on ``day``."""
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)

    def __str__(self) -> str:
        return f"{self.code} ({self.title})" if self.title else self.code


class _Published(NamedTuple):
    id: str
    title: str
    agency: str
    edition: str
    source: str
    license: str
    open: bool
    entries: tuple[Entry, ...]
    partial: bool = False
    complete_from: str = ""
    complete_to: str = ""
    depth: int | str | None = None
    columns: tuple[str, ...] = ()
    note: str = ""


class CodeList(_Published):
    """A list as published: where it comes from, how much of it is here, and its entries in their order."""

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each code; several where it was given again after it had ended."""
        grouped: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            grouped[entry.code] = (*grouped.get(entry.code, ()), entry)
        return grouped

    def entry(self, code: str, day: str = "") -> Entry | None:
        """The entry of ``code``: the one valid on ``day``, else the last that began by then, else the first."""
        found = self.by_code.get(code, ())
        valid = [entry for entry in found if day and entry.on(day)]
        begun = [entry for entry in found if entry.valid_from <= day]
        return (valid or begun[-1:] or found or (None,))[0]

    def title_of(self, entry: Entry) -> str:
        """What the entry is called; an entry without words of its own has those of what it lies under."""
        while not entry.title and entry.parent in self.by_code:
            entry = self.by_code[entry.parent][0]
        return entry.title

    def search(self, text: str) -> Iterator[Entry]:
        """The entries whose code, title or other names contain ``text``, upper and lower case alike."""
        wanted = text.casefold()
        for entry in self.entries:
            if any(wanted in name.casefold() for name in (entry.code, entry.title, *_other_names(entry))):
                yield entry

    def meant_by(self, value: str, day: str = "") -> Entry | None:
        """The entry, valid on ``day``, that somebody who wrote ``value`` probably meant; None where none is near.

        A code, title, symbol or other name that is the same but for case, blanks and marks is taken first; then one
        of at least four letters that differs in one letter. It costs the same for long lists as for short ones.
        """
        wanted = _fold(value) if len(value) < _LONGEST else ""
        for name in (wanted, *self._near(wanted)) if wanted else ():
            for entry in self._named.get(name, ()):
                if not day or entry.on(day):
                    return entry
        return None

    def _near(self, wanted: str) -> Iterator[str]:
        """The names that differ from ``wanted`` in one letter: so they begin or end with the same one."""
        if len(wanted) > 3 and not wanted.isdigit():
            for length in (len(wanted), len(wanted) - 1, len(wanted) + 1):
                for place in (0, -1):
                    for name in self._alike.get((length, place, wanted[place]), ()):
                        if _differ_in_one(name, wanted):
                            yield name

    @cached_property
    def _named(self) -> Mapping[str, list[Entry]]:
        """The entries by what they are called: codes first, then other names, then titles."""
        named: dict[str, list[Entry]] = {}
        for names in (lambda e: (e.code, e.code.rpartition(":")[2]), _other_names, lambda e: (e.title,)):
            for entry in self.entries:
                for name in names(entry):
                    named.setdefault(_fold(name), []).append(entry)
        named.pop("", None)
        return named

    @cached_property
    def _alike(self) -> Mapping[tuple[int, int, str], list[str]]:
        """The names by length and first letter (0), and by length and last letter (-1)."""
        alike: dict[tuple[int, int, str], list[str]] = {}
        for name in self._named:
            for place in (0, -1):
                alike.setdefault((len(name), place, name[place]), []).append(name)
        return alike


class Codes:
    """The codes of one list, ready to be asked for: what a run needs of it.

    ``always`` are those that are on it without a first or last day.
    """

    __slots__ = ("_below", "_dated", "_first", "_last", "always", "by", "depth", "id", "open", "partial")

    def __init__(self, list_id: str, compact: Mapping[str, Any]) -> None:
        self.id = list_id
        self.open: bool = compact.get("open", False)
        self.partial: bool = compact.get("partial", False)
        self.depth: int | str | None = compact.get("depth")
        self.by: Mapping[str, str] = compact.get("by", {})
        self._first, self._last = compact.get("complete_from", ""), compact.get("complete_to", "9999")
        self.always = frozenset(compact["codes"].split(" "))
        self._dated: Mapping[str, list[Period]] = compact.get("dated", {})
        self._below = tuple(compact.get("below", ()))

    def status(self, code: str, day: str) -> Status:
        """What the list says of ``code`` on ``day`` (an ISO date).

        *Unchecked* where the list cannot know: the day lies outside the time for which it is complete, the code lies
        deeper than the list goes under an entry that is on it, or the list is partial and does not hold the code.
        """
        if not self._first <= day <= self._last:
            return "unchecked"
        if code in self.always:
            return "valid"
        if code in self._dated:
            return _on(self._dated[code], day)
        return "unchecked" if self.partial or self._is_below(code) else "unknown"

    def always_on(self, day: str) -> frozenset[str]:
        """The codes that are valid on every day, as far as the list can know ``day``: most, and quickly told."""
        return self.always if self._first <= day <= self._last else _NONE

    def _is_below(self, code: str) -> bool:
        if self._below and code.startswith(self._below):
            return True
        if self.depth is None:
            return False
        head = code[: self.depth] if isinstance(self.depth, int) else code.partition(".")[0]
        return head != code and (head in self.always or head in self._dated)


def _on(periods: Iterable[Period], day: str) -> Status:
    status: Status = "future"
    for first, last in periods:
        if first <= day:
            if not last or day <= last:
                return "valid"
            status = "expired"
    return status


def known() -> tuple[str, ...]:
    """The ids of all lists."""
    return tuple(_index()["lists"])


def digest() -> str:
    """The digest of all lists together: what a result pins."""
    return str(_index()["digest"])


@cache
def codes(list_id: str) -> Codes | None:
    """The codes of the list, or None where there is no such list."""
    compact = _index()["lists"].get(list_id)
    return Codes(list_id, compact) if compact is not None else None


def judging(list_id: str, naming: str | None = None) -> Codes | None:
    """The codes by which what the list ``list_id`` holds is judged, or None where nothing can judge it.

    ``naming`` is the list that ``list_id`` itself is a code of: `nomenclatures` says that codes of the `cn` are judged
    by those of the `hs`.
    """
    names = codes(naming) if naming else None
    return codes(names.by.get(list_id, list_id) if names else list_id)


def status(list_id: str, code: str, day: str) -> Status:
    """What the list says of ``code`` on ``day``; *unchecked* where there is no such list."""
    found = codes(list_id)
    return found.status(code, day) if found else "unchecked"


def listed(list_id: str, code: str, day: str) -> bool:
    """Whether ``code`` is on the list on ``day``, or the list cannot know: true for *valid* and for *unchecked*.

    This is the function ``listed`` of the rules. In terms of a list: true where the list does not exist; where ``day``
    is before ``complete_from`` or after ``complete_to``; where the list has an entry of this code with ``valid_from``
    (if any) not after and ``valid_to`` (if any) not before ``day``; and, if the list has no entry of this code at all,
    where the list is ``partial``, where the code begins with an entry marked ``below`` = "open", or where the code is
    cut at ``depth`` (a number: so many characters; "entries": up to the first dot) to something shorter that is an
    entry. False everywhere else. Whether the list is open makes no difference: it decides the severity.
    """
    return status(list_id, code, day) in ("valid", "unchecked")


@cache
def load(list_id: str) -> CodeList | None:
    """The list with everything that is published of it, or None where there is no such list."""
    if list_id not in _index()["lists"]:
        return None
    about = _read("codelists", f"{list_id}.json")
    own = tuple(about.get("columns", ()))
    entries = tuple(_entry(row, own) for row in about["codes"])
    terms = {name: about[name] for name in CodeList._fields if name in about and name != "columns"}
    return CodeList(entries=entries, columns=own, **terms)


def _entry(row: Mapping[str, str], own: tuple[str, ...]) -> Entry:
    words = {name: row[name] for name in ("title", "valid_from", "valid_to", "parent", "note") if name in row}
    more = {name: row[name] for name in own if name in row}
    return Entry(row["code"], replaced_by=tuple(row.get("replaced_by", "").split()), more=more, **words)


def _other_names(entry: Entry) -> list[str]:
    return [name for column in _NAMES if column in entry.more for name in entry.more[column].split("|")]


def _differ_in_one(a: str, b: str) -> bool:
    """Whether one letter more, less or other, or two changed places, make ``a`` of ``b``."""
    shorter = min(len(a), len(b))
    same = next((place for place in range(shorter) if a[place] != b[place]), shorter)
    rest = next((place for place in range(shorter - same) if a[-1 - place] != b[-1 - place]), shorter - same)
    missing = max(len(a), len(b)) - same - rest
    return missing <= 1 or (missing == 2 and len(a) == len(b) and a[same : same + 2] == b[same + 1] + b[same])


def _fold(name: str) -> str:
    return (name if name.isalnum() else re.sub(r"[\s_.:,()'-]", "", name)).casefold() or name


@lru_cache(maxsize=1)
def _index() -> Mapping[str, Any]:
    found: Mapping[str, Any] = _read("codelists.index.json")
    return found


def _read(*names: str) -> Any:
    import orjson

    return orjson.loads(artifact.read(*names))
