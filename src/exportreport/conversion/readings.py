"""What a cell can be read as: the named readings that a format's tables choose from.

A reading takes a cell's text, without blank space around it, and gives pieces: values with the part that they
are of. Where a part goes is said by the format's ``fields.csv``; a piece whose part has no place there is
carried. Most readings also know the way back: from the values of the parts to the text of a cell.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.finding import Finding, make

#: Forms of the standard's section on values: what Text and Reference may hold.
_EDGE = "!-~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
TEXT = re.compile(f"[{_EDGE}](?:[\t\n {_EDGE}]*[{_EDGE}])?")
REFERENCE = re.compile(f"[{_EDGE}](?:[ {_EDGE}]*[{_EDGE}])?")
MAX_TEXT, MAX_REFERENCE, MAX_LONG_TEXT = 4_000, 256, 65_536

#: The part of a piece that has no place among the fields; of one that is left out; of one that refuses the
#: record.
CARRIED, LEFT_OUT, REFUSED = "carried", "left_out", "refused"


class Piece(NamedTuple):
    """One value out of a cell. ``entry`` counts the entries of a list that the cell gives, from 0.

    ``words`` are the cell's own, where the value is a code for them: they are carried when the part has no
    place.
    """

    part: str
    value: str | int | None
    outcome: Outcome = Outcome.MAPPED
    note: str = ""
    entry: int = 0
    finding: Finding | None = None
    words: str | None = None


class Context(NamedTuple):
    """What a reading may know besides the text: the record's day (None when in doubt) and its other cells."""

    day: str | None
    cells: Mapping[str, str]


class Reading(NamedTuple):
    """The pieces of a cell. ``lasting`` says that the same text, with the same key, always gives the same."""

    pieces: Sequence[Piece]
    lasting: bool = True


Read = Callable[[str, Context], Reading]


#: The text of a cell for the values of its parts, one entry or several; None where no text says them. It may look at
#: the cells of the record that were written before it.
Write = Callable[[Sequence[Mapping[str, str]], Mapping[str, str]], str | None]


class Quick(NamedTuple):
    """What the most usual texts of a column give, without the account of it; it agrees with the reading.

    ``read`` gives the value of the ``part`` and whether that is so in every row; None for a text that has to be read
    more closely. Where it is not so in every row, it is so in one that ``doubts`` says no to. Other parts have values
    that are ``fixed``.
    """

    part: str
    read: Callable[[str], tuple[str, bool] | None]
    doubts: Callable[[Context], object] | None = None
    fixed: Mapping[str, str] = MappingProxyType({})


class FixedValue(NamedTuple):
    """A value that a reading may give of itself, because a table or an option says so: of which part, and where that
    stands in the files of the format."""

    part: str
    value: str
    place: str


class Reader(NamedTuple):
    """A reading with its options. ``key`` says what of the context bears on it, where anything does.

    ``write`` is the way back, where there is one. ``parts`` are those it can give, where they hang on the options;
    those that are ``told`` follow from the others and are not written from. A text
    that ``clean`` says yes to is the part ``plain`` as it is; ``quick`` gives the values of the most usual texts.
    ``without_target`` says why a field that is read so has no place of its own. ``fixed`` are the values of its tables
    and options.
    """

    read: Read
    key: Callable[[Context], str] | None = None
    write: Write | None = None
    parts: tuple[str, ...] | None = None
    told: tuple[str, ...] = ()
    plain: str | None = None
    clean: Callable[[str], object] | None = None
    quick: Quick | None = None
    without_target: str = "follows from another field"
    fixed: tuple[FixedValue, ...] = ()


#: A table of a format by its file name: rows of columns and cells.
Tables = Callable[[str], Sequence[Mapping[str, str]]]


class MappingError(Exception):
    """A format's own files break their form; the text says which file, which line and column, and what to do.

    ``at`` is the place until the file is known: the path of a key in ``mapping.toml``, or line and column.
    """

    def __init__(self, words: str, at: Sequence[str | int] = ()) -> None:
        super().__init__(words)
        self.at = tuple(at)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reading: the parts it may give, the options it knows, and how it is made from them."""

    parts: tuple[str, ...]
    options: tuple[str, ...]
    make: Callable[[Mapping[str, Any], Tables], Reader]


def carry(text: str, finding: Finding | None, outcome: Outcome = Outcome.AMBIGUOUS, note: str = "") -> Reading:
    """The reading that keeps ``text`` beside the fields because of ``finding``."""
    return Reading((Piece(CARRIED, text, outcome, note, finding=finding),))


def read_unfit(text: str) -> Reading | None:
    """The reading of a text that no field can hold, whatever its kind; None for a text that some can."""
    if len(text) <= MAX_TEXT and ((text.isascii() and text.isprintable()) or TEXT.fullmatch(text)):
        return None
    if not TEXT.fullmatch(text):
        coded = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")
        if len(coded) > MAX_LONG_TEXT:
            return Reading((Piece(REFUSED, None, finding=make(faults.TOO_LARGE, limit=MAX_LONG_TEXT)),))
        return carry(coded, make(faults.UNUSUAL_CHARACTERS), Outcome.CARRIED, BASE64)
    if len(text) > MAX_LONG_TEXT:
        return Reading((Piece(REFUSED, None, finding=make(faults.TOO_LARGE, limit=MAX_LONG_TEXT)),))
    return carry(text, make(faults.TOO_LONG, length=len(text), limit=MAX_TEXT), Outcome.CARRIED)


#: The note of a carried piece whose value is base64.
BASE64 = "carried in base64"


def is_fit(text: str) -> bool:
    """Whether ``text`` is fit for every field of text or reference as it is; a blank one is not."""
    return 0 < len(text) <= _SURELY_FIT and text.isprintable() and text[0] != " " != text[-1]


_SURELY_FIT = 200


def first(part: str) -> Write:
    """The way back for a reading that gives one value: the value itself."""

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return entries[0].get(part) if entries else None

    return write


def _text(options: Mapping[str, Any], tables: Tables) -> Reader:
    def read(text: str, context: Context) -> Reading:
        return Reading((Piece("text", text),))

    return Reader(read, write=first("text"), plain="text", clean=is_fit)


def _lines(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Texts that stand on lines of their own in one cell."""

    def read(text: str, context: Context) -> Reading:
        found = list(filter(None, map(str.strip, text.split("\n"))))
        outcome, note = (Outcome.MAPPED, "") if len(found) == 1 else (Outcome.DERIVED, "one entry for each line")
        return Reading(tuple(Piece("line", line, outcome, note, entry) for entry, line in enumerate(found)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return "\n".join(entry["line"] for entry in entries if "line" in entry) or None

    return Reader(read, write=write)


def _reference(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Numbers that others assign; ``forms`` are the usual ones, any other is taken with a note, or, where the format is
    ``strict``, carried. The ``table`` has words that stand where there is no number, as for codes."""
    forms = [re.compile(form) for form in options.get("forms", ())]
    strict = options.get("strict", False)
    words = {row["theirs"].casefold(): row for row in tables(options["table"])} if "table" in options else {}

    def read(text: str, context: Context) -> Reading:
        if text.casefold() in words:
            return Reading(tuple(_translated(words[text.casefold()], (), text)))
        if len(text) > MAX_REFERENCE or not REFERENCE.fullmatch(text):
            return carry(text, make(faults.TOO_LONG, length=len(text), limit=MAX_REFERENCE), Outcome.CARRIED)
        usual = not forms or any(form.fullmatch(text) for form in forms)
        if strict and not usual:
            return carry(text, make(faults.OTHER_FORM, value=text))
        return Reading((Piece("reference", text, note="" if usual else "not one of the usual forms of the number"),))

    usual_form = re.compile("|".join(f"(?:{form.pattern})" for form in forms)) if forms else None
    parts = ("reference", "code") if words else ("reference",)
    clean = is_fit if usual_form is None else usual_form.fullmatch
    return Reader(read, None, first("reference"), parts, plain="reference", clean=None if words else clean)


def _decimal(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Plain numbers with a point before the decimals, as programs write them; ``thousands`` may group the digits, and
    ``signed`` ones be less than nothing."""
    mark = options.get("thousands", "")
    grouped = re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+(?:\.[0-9]{{1,6}})?") if mark else None

    def read(text: str, context: Context) -> Reading:
        if grouped is not None and mark in text and grouped.fullmatch(text):
            return Reading((Piece("amount", text.replace(mark, ""), Outcome.DERIVED, f"without the marks {mark}"),))
        if not _DECIMAL.fullmatch(text.removeprefix("-") if options.get("signed") else text):
            return carry(text, make(faults.NOT_A_NUMBER, value=text))
        return Reading((Piece("amount", text),))

    return Reader(read, write=first("amount"))


_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,6})?")

#: The columns of a table of codes that are no parts.
_TABLE_WORDS = ("theirs", "ours", "note")


def _code(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Codes that a table translates: columns ``theirs``, ``ours`` and ``note``, and one for each further part.

    ``otherwise`` is our code for a text that is none of theirs; the text itself is then the part ``text``. Where two
    columns say what there is one place for, a code of this one is carried where the other, ``beside``, has one of the
    texts ``taken``.
    """
    rows = tables(options["table"])
    further = tuple(name for name in rows[0] if name not in _TABLE_WORDS) if rows else ()
    table = {row["theirs"].casefold(): row for row in rows}
    known = ", ".join(row["theirs"] for row in rows)
    otherwise = options.get("otherwise")
    beside, taken = options.get("beside", ""), {one.casefold() for one in options.get("taken", ())}

    def says(context: Context) -> str:
        return context.cells.get(beside, "").strip().casefold()

    def read(text: str, context: Context) -> Reading:
        found = table.get(text.casefold())
        if found is not None and found["ours"] and taken and says(context) in taken:
            return carry(text, make(faults.TWO_COLUMNS, value=text, column=beside))
        if found is not None:
            return Reading(tuple(_translated(found, further, text)))
        finding = make(faults.UNKNOWN_CODE, value=text, known=known)
        if otherwise is None:
            return carry(text, finding)
        other = Piece("code", otherwise, Outcome.DERIVED, "the code is none of the table's")
        return Reading((other, Piece("text", text, Outcome.AMBIGUOUS, finding=finding)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        entry = entries[0] if entries else {}
        if "text" in entry and entry.get("code") == otherwise:
            return entry["text"]
        exact = (row for row in rows if _said_by(row, further, entry))
        near = (row for row in rows if row["ours"] and row["ours"] == entry.get("code"))
        return next((row["theirs"] for row in chain(exact, near)), None)

    return Reader(read, says if taken else None, write, parts=("code", "text", *further))


def _translated(row: Mapping[str, str], further: Sequence[str], text: str) -> Iterator[Piece]:
    same = row["theirs"] == text
    outcome = Outcome.MAPPED if same else Outcome.DERIVED
    note = row["note"] if same else f'read as "{row["theirs"]}", {row["note"]}'.removesuffix(", ")
    if row["ours"]:
        yield Piece("code", row["ours"], outcome, note)
    elif not any(row[part] for part in further):
        yield Piece(LEFT_OUT, None, Outcome.DERIVED, note or "it says nothing of the report")
    for part in further:
        if row[part]:
            yield Piece(
                part, row[part], Outcome.DERIVED, f'what "{row["theirs"]}" stands for; {row["note"]}'.strip("; ")
            )


def _said_by(row: Mapping[str, str], further: Sequence[str], entry: Mapping[str, str]) -> bool:
    """Whether the code of ``row`` says just what ``entry`` holds."""
    return bool(entry) and all((row[column] or None) == entry.get(part) for part, column in
                               (("code", "ours"), *((name, name) for name in further)))  # fmt: skip


TEXT_KIND = Kind(("text",), (), _text)
LINES_KIND = Kind(("line",), (), _lines)
REFERENCE_KIND = Kind(("reference", "code"), ("forms", "strict", "table"), _reference)
DECIMAL_KIND = Kind(("amount",), ("thousands", "signed"), _decimal)
CODE_KIND = Kind(("code",), ("table", "otherwise", "beside", "taken"), _code)
