"""Control-list entries as lists write them, several in a cell: split, brought to one spelling, the original
kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.controlcodes import parse
from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import CARRIED, Context, Kind, MappingError, Piece, Reader, Reading, Tables
from exportreport.finding import make

#: "up to and including": what lies between two entries is nobody's to fill in.
_RANGE = re.compile(r"t/m|\stot\s", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;/\n]|\s(?:en|and|&)\s")


def _control_codes(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Entries of ``control_list``, where the column holds those of one list; ``words`` are texts that stand for items
    not listed one by one, ``catch_all`` those that say that no list names the item.

    What is no entry is carried, or kept as it was given where the format says ``keep``. Entries of the form
    ``elsewhere`` are of lists that the column does not name; ``prefix`` is what it leaves out before each code. A
    cell of a ``single`` code holds one, and several are no entry.
    """
    if options.get("form", "dual_use") not in ("dual_use", "any"):
        raise MappingError(f'the form of control codes "{options["form"]}" is not known; write "dual_use" or "any"')
    words = {word.casefold() for word in options.get("words", ())}
    catch_all = {word.casefold() for word in options.get("catch_all", ())}
    form, keep = options.get("form", "dual_use"), options.get("keep", False)
    lists = _Lists(options.get("control_list"), re.compile(options.get("elsewhere", "(?!)")))
    prefix, single = options.get("prefix", ""), options.get("single", False)

    def read(text: str, context: Context) -> Reading:
        if text.casefold() in catch_all:
            note = "the words say that no list names the item, not which ground there is"
            return Reading((Piece("catch_all", "unspecified", Outcome.DERIVED, note), Piece("as_given", text)))
        if text.casefold() in words:
            return Reading((Piece("as_given", text, note="a word for several entries, none of them named"),))
        codes = [text] if single else list(_codes(text))
        if keep and not any(normalized(code, form) for code in codes):
            codes = [text]
        return Reading(tuple(_pieces(codes, form, lists, keep, prefix)))

    def write(entries: Sequence[Mapping[str, str]], cells: Mapping[str, str]) -> str | None:
        named = {"unspecified": next(iter(options.get("catch_all", ())), "")}
        given = (e.get("as_given") or e.get("code") or named.get(e.get("catch_all", "")) for e in entries)
        return ", ".join(filter(None, given)) or None

    return Reader(read, write=write)


class _Lists(NamedTuple):
    """The list that the entries of a column are of, and the form of those that are of others."""

    control_list: str | None
    elsewhere: re.Pattern[str]

    def of(self, code: str) -> str | None:
        """The list that has the entry ``code``; None where the column does not tell."""
        return None if self.elsewhere.fullmatch(code) else self.control_list


def _pieces(codes: Iterable[str], form: str, lists: _Lists, keep: bool, prefix: str) -> Iterator[Piece]:
    seen: set[str] = set()
    entry = 0
    for code in codes:
        normal = normalized(code, form) or (normalized(prefix + code, form) if prefix else None)
        if normal is None:
            finding = make(faults.NOT_A_CONTROL_CODE, value=code)
            if keep:
                yield Piece("as_given", code, Outcome.MAPPED, "kept as it was given", entry, finding)
                entry += 1
            else:
                yield Piece(CARRIED, code, Outcome.AMBIGUOUS, finding=finding)
        elif normal not in seen:
            seen.add(normal)
            same = normal == code
            note = "" if same else "brought to the one spelling of entries"
            control_list = lists.of(normal)
            if control_list is not None:
                yield Piece("list", control_list, Outcome.DERIVED, "the column holds entries of this list", entry)
            yield Piece("code", normal, Outcome.MAPPED if same else Outcome.DERIVED, note, entry)
            yield Piece("as_given", code, entry=entry)
            entry += 1


def _codes(text: str) -> Iterator[str]:
    """The codes in a cell, one by one; what is left of a mark without a code beside it is no code."""
    parts = [] if _RANGE.search(text) else [part.strip() for part in _SEVERAL.split(text)]
    if not any(parts):
        parts = [text]
    for part in filter(None, parts):
        words = part.split()
        yield from words if len(words) > 1 and all(map(normalized, words)) else [part]


def normalized(code: str, form: str = "dual_use") -> str | None:
    """``code`` with its segments joined by dots (`6A002a2a` is `6A002.a.2.a`); None when it is no entry.

    Numbers lose leading zeros, as the list prints them: `1C350-02` is `1C350.2`. The form "any" takes the entries of
    other kinds of lists, too.
    """
    parsed = parse(code)
    return parsed.normal if parsed and (form == "any" or parsed.numbering == "dual_use") else None


CONTROL_CODES_KIND = Kind(
    ("list", "code", "as_given", "catch_all"),
    ("control_list", "words", "form", "keep", "catch_all", "elsewhere", "prefix", "single"),
    _control_codes,
)
