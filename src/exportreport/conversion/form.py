"""A national format as frozen records: its columns, how their cells are read, and where each part of them
goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from exportreport.conversion.header import Columns
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.parts import Steps, is_symbol
from exportreport.conversion.readings import Reader
from exportreport.conversion.shapes.structure import Structure
from exportreport.finding import pointer

#: The kind of message that holds the reports of a file.
ENVELOPE = "Submission"

#: What a constant of a mapping may be taken from, instead of a fixed value.
FROM = ("reported_at", "handling", "reporting_state", "report_id", "line", "entry", "key", "part")


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the report, and why a value goes there.

    A ``+`` in it stands for the entries of a list that one cell gives, a ``*`` for the entry that a record gives, a
    name in braces for an entry that is known by what it holds, a ``-`` at its end for the next free place of a list
    that several columns fill. Where several columns add entries to one list, each names its ``column``. ``place`` is
    where it stands in the files of the format.
    """

    steps: tuple[str | int, ...]
    pointer: str
    note: str
    listed: bool
    each: bool = False
    column: str = ""
    place: str = dataclasses.field(default="", compare=False)

    @property
    def moving(self) -> bool:
        """Whether the numbers of its entries are only known within a report."""
        return self.steps[-1] == "-" or bool(self.column) or any(map(is_symbol, self.steps))

    def of(self, entry: int) -> Target:
        """The same place for the entry with this number, where it is in a list."""
        if not self.listed:
            return self
        own: str | int = f"{{{self.column}+{entry}}}" if self.column else entry
        steps = tuple(own if step == "+" else step for step in self.steps)
        return Target(steps, pointer(steps), self.note, False, self.each)


@dataclass(frozen=True, slots=True)
class Field:
    """How the cells of one column are read and written, and where each part of them goes.

    ``kind`` is the kind of record that has the column; ``each`` says that every record gives an entry of its own for
    it, so that it may differ from record to record. A record without a ``required`` cell is refused. A cell that
    ``needs`` another goes to its place only where the other one does; one that ``inherits`` has the text of the
    enclosing record, in the column of that name. Of ``several`` entries that records of one number may tell of, it has
    the place of the first. Files may lack an ``optional`` one, and it is not written.
    """

    column: str
    reader: Reader
    targets: Mapping[str, tuple[Target, ...]]
    about: str | None
    kind: str = ""
    each: bool = False
    required: bool = False
    always: bool = False
    number: bool = False
    reading: str = ""
    needs: str = ""
    inherits: str = ""
    several: Steps | None = None
    optional: bool = False

    @property
    def shared_list(self) -> str:
        """The list at whose free place its text goes, where several columns fill one; else the empty text."""
        targets = (target.pointer for of_part in self.targets.values() for target in of_part)
        return next((target for target in targets if target.endswith("/-")), "")

    @property
    def gives_entries(self) -> bool:
        """Whether a record gives an entry of a list with it."""
        return any(target.each for targets in self.targets.values() for target in targets)


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that no cell gives: fixed, or taken from an option or the record (one of `FROM`).

    One whose target has a ``*`` is given for each record of the ``kind``. ``when`` names a part of the report without
    which it is not given; one that is ``spare`` gives way to what a cell says. One with ``marks`` tells which entry of
    a list the name in its target stands for, or which records give the entry: what has one of these values there. One
    from ``key`` has the key of the entry ``of``, which each record makes for itself, or shares with others that say the
    same where it is ``shared``; one from ``part`` has the value that all parts ``of`` agree on, if they do. ``place``
    is where it stands in the files of the format.
    """

    steps: tuple[str | int, ...]
    pointer: str
    value: str | int | None
    source: str | None
    outcome: Outcome
    note: str
    kind: str = ""
    when: str | None = None
    spare: bool = False
    marks: tuple[object, ...] = ()
    of: Steps | None = None
    shared: bool = False
    place: str = dataclasses.field(default="", compare=False)

    def spared(self) -> Constant:
        """The same, giving way to what a cell says."""
        return replace(self, spare=True)

    @property
    def each(self) -> bool:
        """Whether it is given for each record of its kind."""
        return "*" in self.steps or bool(self.kind)


@dataclass(frozen=True, slots=True)
class Format:
    """A national format: what it is called, its columns, and where its cells go.

    ``number`` is the column that names a record, ``day`` the one with the day it is judged by, if there is one.
    Records of one number make one report where the format is ``grouped``. A format with several layouts has a `Format`
    for each: a record is in the ``layout`` where its column says so (``told_by``), a report is written in it where it
    has one of the parts ``written_for``. ``also`` are further shapes of the same fields; in XML,
    ``element`` is the path of the element of one record (``licences/licence``); record files have a ``structure``.
    An object without an entry in one of the ``required_lists`` is refused.
    """

    id: str
    title: str
    version: str
    source_system: str
    number: str
    day: str | None
    columns: Columns
    fields: tuple[Field, ...]
    constants: tuple[Constant, ...]
    shape: str = "csv"
    report_type: str = ""
    grouped: bool = False
    writes: bool = False
    layout: str = ""
    told_by: tuple[str, frozenset[str]] | None = None
    written_for: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    element: str = ""
    required_lists: tuple[str, ...] = ()
    structure: Structure | None = None

    @property
    def name(self) -> str:
        """The format's id, with its layout where it has several."""
        return f"{self.id}/{self.layout}" if self.layout else self.id


def homes_of(fields: Iterable[Field], constants: Iterable[Constant]) -> Mapping[str, Steps]:
    """For each kind of record that gives entries the list of them, with the ``*`` of its own entry at the end.

    Where a kind gives entries of several lists, it is the first that a required column or a constant makes sure of.
    """
    always = [one for one in constants if one.each and one.when is None and not one.spare]
    homes: dict[str, Steps] = {}
    sure: set[str] = set()
    for field in fields:
        for target in (target for targets in field.targets.values() for target in targets if target.each):
            home = own_entry(target.steps)
            homes.setdefault(field.kind, home)
            if field.kind not in sure and (
                field.required or any(one.kind == field.kind and own_entry(one.steps) == home for one in always)
            ):
                homes[field.kind] = home
                sure.add(field.kind)
    return homes


def own_entry(steps: Steps) -> Steps:
    """The steps that lead to the entry of the record itself: up to the last ``*``; none where it gives no entry."""
    return steps[: len(steps) - steps[::-1].index("*")] if "*" in steps else ()


def entered_by(fields: Iterable[Field]) -> frozenset[Steps]:
    """The entries with a name that cells of the ``fields`` go into."""
    return frozenset(
        entry for field in fields for targets in field.targets.values() for target in targets
        for entry in names_in(target.steps)
    )  # fmt: skip


def keyed_by(constants: Iterable[Constant]) -> Mapping[Steps, bool]:
    """The entries that records find by a key, and whether records that say the same share one."""
    return {one.of: one.shared for one in constants if one.of is not None and one.each}


def names_in(steps: Steps) -> Iterator[Steps]:
    """The entries with a name that ``steps`` go through: the steps that lead to each."""
    return (steps[:number] for number, step in enumerate(steps, 1) if is_symbol(step) and step != "*")


def known_kinds(form: Format) -> frozenset[str]:
    """The kinds of records that fields of the format are of; that of the outermost is the empty text."""
    return frozenset({"", *(field.kind for field in form.fields)})


def nearest_kind(kind: str, known: Container[str]) -> str:
    """The nearest of the ``known`` kinds of records that encloses the ``kind``, or is it; else the outermost."""
    while kind and kind not in known:
        kind = kind_of(kind.removesuffix("[]"))
    return kind


def kind_of(name: str) -> str:
    """The kind of record that has the column ``name``: in a tree, the list that holds the objects; else none."""
    end = name.rfind("[]")
    return name[: end + 2] if end >= 0 else ""
