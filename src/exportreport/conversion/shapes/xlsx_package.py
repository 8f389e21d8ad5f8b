"""A workbook (XLSX) as a package of parts: which sheets it has, where they are, and whether it is safe to read.

Office Open XML is ISO/IEC 29500; a package is a zip archive (part 2), read here as strictly as any other.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from exportreport.codec.limits import Limits
from exportreport.codec.unpacking import UnpackingError
from exportreport.codec.zip_directory import Entry
from exportreport.codec.zip_members import Archive
from exportreport.conversion import faults
from exportreport.conversion.shapes.xlsx_xml import PartError, Taker, parse_all
from exportreport.finding import Finding, make

#: What a workbook may cost; it has far fewer parts than an archive may have files.
LIMITS = Limits(members=10_000)

#: How old workbooks and encrypted ones begin.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAIN = re.compile(r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.(?:sheet|template)\.main\+xml")
_UNSAFE = (
    (re.compile(r"vbaproject|macrosheets/|macroenabled", re.I), "macros"),
    (
        re.compile(r"externallinks?/|connections\.xml|querytables/|externallink", re.I),
        "links to other files or sources",
    ),
    (re.compile(r"embeddings/|activex|oleobject", re.I), "embedded programs or files"),
)


class Sheet(NamedTuple):
    """A sheet: its name, its part, and whether it is hidden. One that has no cells (a chart) has no part."""

    name: str
    part: str
    hidden: bool


class WorkbookError(Exception):
    """The workbook is not read; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Relation(NamedTuple):
    """What a part refers to."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a workbook. Raises WorkbookError for one that is not to be read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        if file.read(len(COMPOUND)) == COMPOUND:
            raise WorkbookError(make(faults.NO_WORKBOOK, what="it is encrypted, or an old one (XLS)"))
        self._parts = dict(self._named())
        self._check_names()
        types = _Types()
        self.read("[Content_Types].xml", types)
        self._check_types(types)
        main = next((one.target for one in self.relations("") if one.kind == "officeDocument"), "")
        book = _Book()
        self.read(main, book)
        self.dates_from_1904 = book.from_1904
        related = dict(self._related(main))
        self.sheets = [_sheet(name, related.get(ref), hidden) for name, ref, hidden in book.sheets]
        kinds = {one.kind: one.target for one in related.values()}
        self.strings, self.styles = kinds.get("sharedStrings"), kinds.get("styles")

    def relations(self, part: str) -> Iterator[Relation]:
        """What the ``part`` refers to."""
        return (one for _, one in self._related(part))

    def pieces(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, unpacked piece by piece. Raises WorkbookError."""
        entry = self._parts.get(part.casefold())
        if entry is None:
            raise _broken(f'its part "{part}" is missing')
        try:
            yield from Archive(self._file, LIMITS, office=True).unpacked(entry)
        except UnpackingError as error:
            raise _broken(_lower(error.finding.message)) from error

    def read(self, part: str, taker: Taker) -> None:
        """Hand a whole part to ``taker``. Raises WorkbookError."""
        try:
            parse_all(self.pieces(part), taker)
        except PartError as error:
            raise _broken(f"{part}: {error}") from error

    def _named(self) -> Iterator[tuple[str, Entry]]:
        try:
            seen: set[str] = set()
            for entry in Archive(self._file, LIMITS, office=True).entries():
                name = entry.name.casefold()
                if name in seen:
                    raise _broken(f'it has two parts of the name "{entry.name}"')
                seen.add(name)
                yield name, entry
        except UnpackingError as error:
            raise _broken(_lower(error.finding.message)) from error

    def _check_names(self) -> None:
        for entry in self._parts.values():
            for form, what in _UNSAFE:
                if form.search(entry.name):
                    raise WorkbookError(make(faults.UNSAFE_WORKBOOK, what=what, part=entry.name))
        if "[content_types].xml" not in self._parts:
            raise WorkbookError(make(faults.NO_WORKBOOK, what="it is an archive of other files (ZIP)"))

    def _check_types(self, types: _Types) -> None:
        for kind in types.kinds:
            for form, what in _UNSAFE:
                if form.search(kind):
                    raise WorkbookError(make(faults.UNSAFE_WORKBOOK, what=what, part=kind))
        if not any(_MAIN.fullmatch(kind) for kind in types.kinds):
            raise WorkbookError(make(faults.NO_WORKBOOK, what="it is another office document"))

    def _related(self, part: str) -> Iterator[tuple[str, Relation]]:
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where.casefold() not in self._parts:
            return
        taker = _Relations()
        self.read(where, taker)
        for one_id, kind, target, external in taker.found:
            if external:
                if kind != "hyperlink":
                    raise WorkbookError(make(faults.UNSAFE_WORKBOOK, what="links to other files or sources", part=kind))
                continue
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            yield one_id, Relation(kind, posixpath.normpath(path), external)


class _Taker:
    """Takes elements, and no texts."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text."""


class _Types(_Taker):
    """The kinds of the parts."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("Default", "Override"):
            self.kinds.add(attributes.get("ContentType", ""))


class _Relations(_Taker):
    """What a part refers to."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str, bool]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            external = attributes.get("TargetMode") == "External"
            self.found.append((attributes.get("Id", ""), kind, attributes.get("Target", ""), external))


class _Book(_Taker):
    """The sheets of a workbook, in their order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("r:id", ""), hidden))


def _sheet(name: str, relation: Relation | None, hidden: bool) -> Sheet:
    part = relation.target if relation is not None and relation.kind == "worksheet" else ""
    return Sheet(name, part, hidden)


def _broken(what: str) -> WorkbookError:
    return WorkbookError(make(faults.NOT_SOUND, what=what))


def _lower(message: str) -> str:
    return message[:1].lower() + message.rstrip(".")[1:]
