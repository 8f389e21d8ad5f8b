"""Readings of record files: minutes, texts with marks for line ends, what is counted, and the file that is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.countries import COUNTRY_CODE_KIND
from exportreport.conversion.dates import DATE_KIND
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import (
    CARRIED,
    CODE_KIND,
    LEFT_OUT,
    Context,
    Kind,
    Piece,
    Reader,
    Reading,
    Tables,
    carry,
)
from exportreport.finding import make

#: How long the code of a country is.
_LETTERS = 2

_MINUTE = re.compile("([0-9]{8})([0-2][0-9])([0-5][0-9])")


def _minute(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Moments of twelve digits, to the minute; seconds and the zone are not said, and taken as none and UTC."""
    days = DATE_KIND.make({"compact": True}, tables)

    def read(text: str, context: Context) -> Reading:
        match = _MINUTE.fullmatch(text)
        day = days.read(match[1], context).pieces[0] if match and match[2] < "24" else None
        if match is None or day is None or day.part != "day":
            return carry(text, make(faults.NOT_A_DATE, value=text))
        note = "to the minute; without seconds, and in UTC, though no zone is said"
        return Reading((Piece("moment", f"{day.value}T{match[2]}:{match[3]}:00Z", Outcome.DERIVED, note),))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return re.sub("[^0-9]", "", entries[0]["moment"])[:12] if entries else None

    return Reader(read, write=write)


def _marked_lines(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Texts in which a ``mark`` stands for the end of a line."""
    mark = options.get("mark", "|")

    def read(text: str, context: Context) -> Reading:
        lines = text.replace(mark, "\n").strip("\n \t")
        if not lines:
            return carry(text, None, Outcome.CARRIED, "nothing but marks")
        outcome, note = (
            (Outcome.DERIVED, f"{mark} stands for the end of a line") if mark in text else (Outcome.MAPPED, "")
        )
        return Reading((Piece("text", lines, outcome, note),))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return entries[0]["text"].replace("\n", mark) if entries else None

    return Reader(read, write=write)


def _transaction(options: Mapping[str, Any], tables: Tables) -> Reader:
    """The reference of a transaction. Where a report has none of at most ``longest`` characters, it is made from the
    number of the license, as the licensing system does: without what stands before the first slash, and the slashes."""
    longest = options["longest"]

    def read(text: str, context: Context) -> Reading:
        return Reading((Piece("reference", text),))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        entry = entries[0] if entries else {}
        given, license = entry.get("reference", ""), entry.get("license", "")
        if given and (len(given) <= longest or not license):
            return given
        _, slash, rest = license.partition("/")
        return (rest if slash else license).replace("/", "") or None

    return Reader(read, write=write)


def _counted(options: Mapping[str, Any], tables: Tables) -> Reader:
    """What follows from the records themselves: it is checked when the file is read, and made when it is written."""

    def read(text: str, context: Context) -> Reading:
        return Reading((Piece(LEFT_OUT, None, Outcome.DERIVED, "follows from the records, and was checked"),))

    return Reader(read, write=lambda entries, cells: None)


def _first_word(options: Mapping[str, Any], tables: Tables) -> Reader:
    """What stands before the ``mark`` in the cell ``of``: it says nothing new, and is written from there."""
    beside, mark = options["of"], options["mark"]

    def read(text: str, context: Context) -> Reading:
        return Reading((Piece(LEFT_OUT, None, Outcome.DERIVED, f"stands in {beside}, too"),))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        return cells.get(beside, "").partition(mark)[0] or None

    return Reader(read, write=write)


def _scope(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Countries or groups of them; where the cell ``use`` holds one of ``destinations``, the items may also go there.

    With a ``table`` (theirs, ours, note) the codes are of groups, else of countries.
    """
    is_group = "table" in options
    one = (CODE_KIND if is_group else COUNTRY_CODE_KIND).make({"table": options["table"]} if is_group else {}, tables)
    use, values = options["use"], set(options["destinations"])

    def key(context: Context) -> str:
        day = one.key(context) if one.key is not None else ""
        return f"{context.cells.get(use, '') in values} {day}"

    def read(text: str, context: Context) -> Reading:
        found = one.read(text, context).pieces
        names = {"code": "group", CARRIED: "text"} if is_group else {}
        pieces = [piece._replace(part=names.get(piece.part, piece.part)) for piece in found]
        there = [piece for piece in pieces if piece.part in ("country", "group", "text")]
        also = [Piece(f"to_{piece.part}", piece.value, Outcome.DERIVED, "the items may go there") for piece in there]
        return Reading((*pieces, *(also if context.cells.get(use, "") in values else ())))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        assert one.write is not None
        if entries and "text" in entries[0]:
            text = entries[0]["text"]  # what is neither goes back to where it has the right length
            return text if is_group != (len(text) == _LETTERS) else None
        named = [{"code" if part == "group" else part: value for part, value in entry.items()} for entry in entries]
        return one.write(named, cells)

    return Reader(read, key, write, told=("to_country", "to_group", "to_text"))


def _answered(options: Mapping[str, Any], tables: Tables) -> Reader:
    """The kind of an answer, which with the number in the cell ``run`` names the file that is answered.

    The ``table`` gives for each kind of answer (theirs) the kind of the file (ours); ``prefix`` stands before both.
    """
    rows = tables(options["table"])
    files = {row["theirs"]: row["ours"] for row in rows}
    kinds = {row["ours"]: row["theirs"] for row in rows}
    run, prefix = options["run"], options["prefix"]

    def key(context: Context) -> str:
        return context.cells.get(run, "").strip()

    def read(text: str, context: Context) -> Reading:
        if text not in files or not key(context):
            return carry(text, make(faults.UNKNOWN_CODE, value=text, known=", ".join(files)))
        message = f"{prefix}{files[text]}/{key(context)}"
        return Reading((Piece("message", message, Outcome.DERIVED, "the file with this kind and run is answered"),))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        kind = entries[0]["message"].removeprefix(prefix).partition("/")[0] if entries else ""
        return kinds.get(kind, rows[0]["theirs"])

    return Reader(read, key, write)


MINUTE_KIND = Kind(("moment",), (), _minute)
MARKED_LINES_KIND = Kind(("text",), ("mark",), _marked_lines)
FIRST_WORD_KIND = Kind((), ("of", "mark"), _first_word)
TRANSACTION_KIND = Kind(("reference", "license"), ("longest",), _transaction)
COUNTED_KIND = Kind((), (), _counted)
SCOPE_KIND = Kind(
    ("country", "group", "text", "to_country", "to_group", "to_text"), ("table", "use", "destinations"), _scope
)  # fmt: skip
ANSWERED_KIND = Kind(("message",), ("table", "run", "prefix"), _answered)
