"""How a record file is built: which kinds of records there are, which stand within which, and what each must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from exportreport.conversion.readings import MappingError
from exportreport.conversion.shapes.delimited import Layout

#: Records that the file itself has: its head, its end, and the end of a record that holds others.
HEAD, END, TRAILER = "fileHeader", "end", "fileTrailer"

_END_FIELDS = ("startRecordType", "recordCount")


class RecordKind(NamedTuple):
    """A kind of record: the kind that it stands ``within``, whether it may stand there more than once, whether a record
    ``end`` closes it, its fields in order, and the numbers of fields with which it is also written, or only read.

    One that begins an ``object`` is a report with all that stands within it. ``added`` names fields that it has from
    the head of the file (``sender=sourceSystem``, ``file=dataId/runNum``), or once more from its own where another is
    given (``periodUnit=.quantityUnit?subPeriodQuantity``); of the trailer, what its fields count.
    """

    name: str
    within: str
    several: bool
    ends: bool
    object: bool
    fields: tuple[str, ...]
    shorter: frozenset[int]
    older: frozenset[int]
    added: Mapping[str, str]


class Demand(NamedTuple):
    """What a kind of record must hold: a ``demand`` on ``fields`` where each field of ``when`` has one of its values;
    ``*`` stands for any text, ``-`` for none, ``+`` for a number above zero."""

    record: str
    demand: str
    fields: tuple[str, ...]
    when: tuple[tuple[str, frozenset[str]], ...]
    form: re.Pattern[str] | None


@dataclass(frozen=True)
class Structure:
    """The kinds of records of a file, the names of the files (``files``) that are built so, and what is demanded."""

    kinds: Mapping[str, RecordKind]
    demands: Mapping[str, Sequence[Demand]]
    files: frozenset[str]
    head: Mapping[str, str]

    @property
    def counted(self) -> Mapping[str, str]:
        """For each field of the trailer the kind of record that it counts."""
        return self.kinds[TRAILER].added

    @property
    def layout(self) -> Layout:
        """What the lines of the file may be."""
        names = {kind.name: kind.fields for kind in self.kinds.values()} | {END: _END_FIELDS}
        shorter = {name: frozenset(length + 2 for length in (*kind.shorter, *kind.older))
                   for name, kind in self.kinds.items()}  # fmt: skip
        return Layout(names, shorter)

    def path(self, name: str) -> str:
        """What the names of the fields of a kind of record begin with: ``trader``, ``line[].usage[]``."""
        kind = self.kinds[name]
        if kind.object or not kind.within:
            return name
        return f"{self.list_of(kind.within)}{name}" + ("[]" if kind.several else "")

    def list_of(self, name: str) -> str:
        """The list, with a point, in whose entries the fields of a kind of record stand; empty for the object."""
        kind = self.kinds[name]
        if kind.object or not kind.within:
            return ""
        return f"{self.path(name)}." if kind.several else self.list_of(kind.within)


_COLUMNS = ("record", "within", "several", "ends", "object", "fields", "shorter", "older", "added")


def structure_of(
    records: Sequence[Mapping[str, str]], demands: Sequence[Mapping[str, str]], files: Sequence[str],
    head: Mapping[str, str],
) -> Structure:  # fmt: skip
    """The structure that two tables describe: ``records.csv`` and ``demands.csv``."""
    if records and tuple(records[0]) != _COLUMNS:
        raise MappingError(f"the columns of records.csv are {list(records[0])}; they must be {list(_COLUMNS)}")
    kinds = {row["record"]: _kind(row) for row in records}
    for kind in kinds.values():
        if kind.within and kind.within not in kinds:
            raise MappingError(f'records.csv: "{kind.name}" stands within "{kind.within}", which is no record')
    if HEAD not in kinds or TRAILER not in kinds:
        raise MappingError(f"records.csv needs a {HEAD} and a {TRAILER}")
    made = list(_demands(demands, kinds))
    by_kind = {name: tuple(one for one in made if one.record == name) for name in kinds}
    return Structure(kinds, by_kind, frozenset(files), dict(head))


def _kind(row: Mapping[str, str]) -> RecordKind:
    numbers = [row[name].split() for name in ("shorter", "older")]
    wrong = next((text for texts in numbers for text in texts if not text.isdecimal()), None)
    if wrong is not None or any("=" not in pair for pair in row["added"].split()):
        words = (
            f'"{wrong}" is no number of fields'
            if wrong is not None
            else "added holds pairs such as sender=sourceSystem"
        )
        raise MappingError(f'records.csv, "{row["record"]}": {words}')
    shorter, older = (frozenset(map(int, texts)) for texts in numbers)
    added = dict(pair.split("=", 1) for pair in row["added"].split())
    several, ends, object = (row[name] == "yes" for name in ("several", "ends", "object"))
    fields = tuple(row["fields"].split())
    return RecordKind(row["record"], row["within"], several, ends, object, fields, shorter, older, added)


#: What may be demanded of fields: that they are there, or not; that one of them is, or just one; that two are not the
#: same, or the second not before the first (days as eight digits); a form.
DEMANDS = ("required", "absent", "one_of", "just_one", "differ", "in_order", "form")


def _demands(rows: Sequence[Mapping[str, str]], kinds: Mapping[str, RecordKind]) -> Iterator[Demand]:
    for number, row in enumerate(rows, 2):
        fields = tuple(row["fields"].split())
        known = kinds[row["record"]].fields if row["record"] in kinds else ()
        unknown = [field for field in (*fields, *row["when"].split()) if field not in known]
        if unknown or row["demand"] not in DEMANDS:
            what = f'"{unknown[0]}" is no field of "{row["record"]}"' if unknown else f"choose one of {list(DEMANDS)}"
            raise MappingError(f"demands.csv, line {number}: {what}")
        values = [frozenset(part.split()) for part in row["values"].split(";")] if row["when"] else []
        if len(values) != len(row["when"].split()):
            raise MappingError(f'demands.csv, line {number}: give values for each field of "when", parted by ";"')
        form = re.compile(row["form"]) if row["form"] else None
        yield Demand(row["record"], row["demand"], fields, tuple(zip(row["when"].split(), values, strict=True)), form)
