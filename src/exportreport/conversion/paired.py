"""Two columns that go together line by line: kinds of goods in one, their codes in the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.control_codes import normalized
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import LEFT_OUT, Context, Kind, Piece, Reader, Reading, Tables, carry
from exportreport.finding import Finding, make

#: The forms of codes that a kind of goods may have: those of the standard's one spelling, or texts of their own.
_FORMS = ("dual_use", "any", "text")


class _Kinds:
    """A table with the columns ``theirs`` (a kind of goods), ``code`` (blank for any), ``list``, ``form``, ``note``."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        self._rows = {(row["theirs"].casefold(), row["code"].casefold()): row for row in rows}
        self.known = ", ".join(dict.fromkeys(row["theirs"] for row in rows))

    def of(self, kind: str, code: str) -> Mapping[str, str] | None:
        """The row of a kind and a code; the one for any code where there is none for this; None for neither."""
        name = kind.casefold()
        return self._rows.get((name, code.casefold())) or self._rows.get((name, ""))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().split("\n")]


def _codes(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Codes, each of the list that the line of the column ``of`` beside it stands for in the ``table``."""
    kinds, beside = _Kinds(tables(options["table"])), options["of"]

    def key(context: Context) -> str:
        return context.cells.get(beside, "")

    def read(text: str, context: Context) -> Reading:
        codes, names = _lines(text), _lines(key(context))
        if len(codes) != len(names):
            return Reading(tuple(_of_no_list(codes, make(faults.UNEQUAL_LINES, value=text, column=beside))))
        return Reading(tuple(_entries(codes, names, kinds)))

    return Reader(read, key)


def _of_no_list(codes: Sequence[str], finding: Finding) -> Iterator[Piece]:
    """The codes as they were given: nothing says of which list each is."""
    for entry, code in enumerate(dict.fromkeys(filter(None, codes))):
        yield Piece("as_given", code, Outcome.AMBIGUOUS, "of which list is not said", entry, finding)


def _entries(codes: Sequence[str], names: Sequence[str], kinds: _Kinds) -> Iterator[Piece]:
    seen: set[tuple[str, str]] = set()
    entry = 0
    for code, name in zip(codes, names, strict=True):
        if not code or (name, code) in seen:
            yield Piece(LEFT_OUT, None, Outcome.DERIVED, f"{code or 'the line'} says nothing new")
            continue
        seen.add((name, code))
        yield from _entry(code, kinds.of(name, code), kinds, entry)
        entry += 1


def _entry(code: str, row: Mapping[str, str] | None, kinds: _Kinds, entry: int) -> Iterator[Piece]:
    if row is None:
        unknown = make(faults.UNKNOWN_CODE, value=code, known=kinds.known)
        yield Piece("as_given", code, Outcome.AMBIGUOUS, "of a kind that is not known", entry, unknown)
        return
    yield Piece("list", row["list"], Outcome.DERIVED, row["note"] or "the list of this kind of goods", entry)
    normal = normalized(code, row["form"]) if row["form"] != "text" else None
    if normal is not None:
        same = normal == code
        note = "" if same else "brought to the one spelling of entries"
        yield Piece("code", normal, Outcome.MAPPED if same else Outcome.DERIVED, note, entry)
    finding = make(faults.NOT_A_CONTROL_CODE, value=code) if normal is None and row["form"] != "text" else None
    yield Piece("as_given", code, Outcome.MAPPED, "", entry, finding)


def _kinds(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Kinds of goods, line by line: they say of which list the codes in the column ``of`` are, and nothing besides."""
    kinds, beside = _Kinds(tables(options["table"])), options["of"]

    def key(context: Context) -> str:
        return context.cells.get(beside, "")

    def read(text: str, context: Context) -> Reading:
        names, codes = _lines(text), _lines(key(context))
        unknown = next((name for name in names if kinds.of(name, "") is None and kinds.known), None)
        if len(codes) != len(names) or not any(codes):
            return carry(text, make(faults.UNEQUAL_LINES, value=text, column=beside))
        if unknown is not None and all(kinds.of(unknown, code) is None for code in codes):
            return carry(text, make(faults.UNKNOWN_CODE, value=unknown, known=kinds.known))
        return Reading((Piece(LEFT_OUT, None, Outcome.DERIVED, f"read with {beside}: the list that each code is of"),))

    return Reader(read, key)


PAIRED_CODES_KIND = Kind(("list", "code", "as_given"), ("of", "table"), _codes)
PAIRED_KINDS_KIND = Kind((), ("of", "table"), _kinds)
