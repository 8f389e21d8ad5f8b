"""What a cell can be read as: the named readings that a format's tables choose from.

A reading takes a cell's text, without blank space around it, and gives pieces: values with the part that they
are of. Where a part goes is said by the format's ``fields.csv``; a piece whose part has no place there is
carried.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
    value: str | None
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


class Reader(NamedTuple):
    """A reading with its options. ``key`` says what of the context bears on it, where anything does."""

    read: Read
    key: Callable[[Context], str] | None = None


#: A table of a format by its file name: rows of columns and cells.
Tables = Callable[[str], Sequence[Mapping[str, str]]]


class MappingError(Exception):
    """A format's own files break their form; the text says which file, which line and what to do."""


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
    return carry(text, make(faults.TOO_LONG, length=len(text), limit=MAX_TEXT), Outcome.CARRIED)


#: The note of a carried piece whose value is base64.
BASE64 = "carried in base64"


def _text(options: Mapping[str, Any], tables: Tables) -> Reader:
    def read(text: str, context: Context) -> Reading:
        return Reading((Piece("text", text),))

    return Reader(read)


def _reference(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Numbers that others assign; ``forms`` are the usual ones, any other is taken with a note."""
    forms = [re.compile(form) for form in options.get("forms", ())]

    def read(text: str, context: Context) -> Reading:
        if len(text) > MAX_REFERENCE or not REFERENCE.fullmatch(text):
            return carry(text, make(faults.TOO_LONG, length=len(text), limit=MAX_REFERENCE), Outcome.CARRIED)
        usual = not forms or any(form.fullmatch(text) for form in forms)
        return Reading((Piece("reference", text, note="" if usual else "not one of the usual forms of the number"),))

    return Reader(read)


def _code(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Codes that a table translates: columns ``theirs``, ``ours`` and ``note``."""
    table = {row["theirs"].casefold(): (row["ours"], row["theirs"], row["note"]) for row in tables(options["table"])}
    known = ", ".join(theirs for _, theirs, _ in table.values())

    def read(text: str, context: Context) -> Reading:
        found = table.get(text.casefold())
        if found is None:
            return carry(text, make(faults.UNKNOWN_CODE, value=text, known=known))
        ours, theirs, note = found
        if theirs != text:
            return Reading((Piece("code", ours, Outcome.DERIVED, f'read as "{theirs}", {note}'),))
        return Reading((Piece("code", ours, note=note),))

    return Reader(read)


TEXT_KIND = Kind(("text",), (), _text)
REFERENCE_KIND = Kind(("reference",), ("forms",), _reference)
CODE_KIND = Kind(("code",), ("table",), _code)
