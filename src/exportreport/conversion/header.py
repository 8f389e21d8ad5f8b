"""The first row of a list: which column is which, and whether this is the format it is taken for."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from exportreport.conversion import faults
from exportreport.finding import Finding, Position, make

SEPARATORS = (",", ";", "\t")

#: How many headings of a file are shown, and how much of each.
_MOST, _LONGEST = 12, 40


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a format: their names in order, further spellings of a name, and other lists like this
    one.

    ``spellings`` gives the name for each accepted spelling, its own included, as `alike` folds them.
    ``lookalikes`` gives, for the title of another list, the names of its columns. A file may lack what is ``optional``.
    """

    names: tuple[str, ...]
    spellings: Mapping[str, str]
    lookalikes: Mapping[str, tuple[str, ...]]
    optional: frozenset[str] = frozenset()

    @property
    def usual(self) -> tuple[str, ...]:
        """The columns that every file has, and that are written."""
        return tuple(name for name in self.names if name not in self.optional)

    def named(self, heading: str) -> str | None:
        """The column that ``heading`` names; None when it names none."""
        return self.spellings.get(alike(heading))


@dataclass(frozen=True, slots=True)
class Header:
    """A first row that was understood: the names of its columns in the file's order, and what is to be said
    of it.

    Columns that the format does not know keep their own heading; they are the numbers in ``extra``, from 1.
    """

    names: tuple[str, ...]
    extra: frozenset[int]
    findings: tuple[Finding, ...]


def alike(heading: str) -> str:
    """``heading`` without what never tells two columns apart: letter case and blank space."""
    return "".join(heading.casefold().split())


def separator_of(line: str, columns: Columns) -> str:
    """The separator that finds most of the format's columns in the first row; a comma when none finds any."""
    return max(SEPARATORS, key=lambda mark: _known(cells_of(line, mark), columns))


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of one line."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a cell longer than the reader takes, so no row of ours
        return [line]


def recognize(header: Sequence[str], candidates: Mapping[str, Columns]) -> str | None:
    """The format, by its id, whose columns all stand in ``header``; None when it is none of
    ``candidates``."""
    for name, columns in candidates.items():
        if set(columns.usual) <= {columns.named(heading) for heading in header}:
            return name
    return None


def read_header(headings: Sequence[str], columns: Columns, title: str) -> Header | Finding:
    """The columns of a file whose first row is ``headings``, or the finding that tells why it cannot be
    read."""
    while headings and not headings[-1].strip():
        headings = headings[:-1]
    named = [columns.named(heading) for heading in headings]
    known = [name for name in named if name is not None]
    if len(set(known)) * 2 < len(columns.usual) or _is_rather_another(headings, set(known), columns):
        return _at_top(make(faults.WRONG_FORMAT, format=title, looks=_likeness(headings, columns)))
    repeated = sorted({name for name in known if known.count(name) > 1})
    if repeated:
        return _at_top(make(faults.REPEATED_COLUMN, columns=_list(repeated)))
    missing = [name for name in columns.usual if name not in known]
    if missing:
        return _at_top(make(faults.MISSING_COLUMN, columns=_list(missing), found=_nearest(headings, named, missing)))
    names = tuple(name or heading.strip() for name, heading in zip(named, headings, strict=True))
    extra = frozenset(number for number, name in enumerate(named, 1) if name is None)
    return Header(names, extra, tuple(_remarks(headings, named, columns)))


def _remarks(headings: Sequence[str], named: Sequence[str | None], columns: Columns) -> Iterable[Finding]:
    known = [name for name in named if name is not None]
    others = [heading.strip() or "(no heading)" for heading, name in zip(headings, named, strict=True) if name is None]
    if others:
        yield _at_top(make(faults.EXTRA_COLUMN, columns=_list(others)))
    if known != [name for name in columns.names if name in known]:
        yield _at_top(make(faults.OTHER_ORDER))
    for heading, name in zip(headings, named, strict=True):
        if name is not None and heading.strip() != name:
            yield _at_top(make(faults.OTHER_SPELLING, columns=_list([heading.strip()]), found=_list([name])))


def _known(headings: Iterable[str], columns: Columns) -> int:
    return len({columns.named(heading) for heading in headings} - {None})


def lookalike_of(line: str, columns: Columns) -> str | None:
    """The title of the other list, known to the format, all of whose columns stand in the first ``line`` of a file."""
    present = {alike(heading) for mark in SEPARATORS for heading in cells_of(line, mark)}
    titles = (title for title, names in columns.lookalikes.items() if all(alike(name) in present for name in names))
    return next(titles, None)


def _is_rather_another(headings: Sequence[str], known: set[str], columns: Columns) -> bool:
    """Whether another list has all its columns here, while the format lacks some of its own."""
    present = {alike(heading) for heading in headings}
    whole = any(all(alike(name) in present for name in names) for names in columns.lookalikes.values())
    return whole and not known >= set(columns.usual)


def _likeness(headings: Sequence[str], columns: Columns) -> str:
    """The other list whose columns these are, in words."""
    present = {alike(heading) for heading in headings}
    for title, names in columns.lookalikes.items():
        if sum(alike(name) in present for name in names) * 2 > len(names):
            return f"the {title}, which is another format"
    return f"no list that is known; its columns are {_list(headings)}"


def _nearest(headings: Sequence[str], named: Sequence[str | None], missing: Sequence[str]) -> str:
    unknown = [heading for heading, name in zip(headings, named, strict=True) if name is None]
    near = [match for name in missing for match in get_close_matches(name, unknown, n=1)]
    return f"{_list(near)}, which comes near" if near else "nothing like it"


def _list(names: Iterable[str]) -> str:
    """The names in words, the first of many, long ones cut: a file of another format may have anything there."""
    every = list(names)
    shown = [f'"{name[:_LONGEST]}…"' if len(name) > _LONGEST else f'"{name}"' for name in every[:_MOST]]
    more = [f"{len(every) - _MOST} more"] if len(every) > _MOST else []
    return ", ".join((*shown, *more)) or "none"


def _at_top(finding: Finding) -> Finding:
    return Finding(finding.finding_code, finding.severity, finding.message, position=Position(1, 1))
