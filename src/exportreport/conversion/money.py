"""Amounts of money as lists write them, with separators that group thousands, part decimals, or both.

What is read: digits alone; digits that the format's own thousands mark groups in threes; any mark that stands
more than once and groups in threes (a decimal mark stands once); both marks where the last parts one or two
decimals; one or two decimals after a whole part that no grouping can have (``25740.50``, ``0.5``).
What is not: one dot with three digits after it (``5.100``). It may be 5100, or 5.1 with a zero, and lists
that hold such dots hold ``17.28`` beside them, which shows that a spreadsheet has had the column in its
hands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import Context, Kind, Piece, Quick, Reader, Reading, Tables, carry
from exportreport.finding import make

_NUMBER = re.compile(r"[0-9][0-9., \u00a0\u202f']*(?:,(?:-{1,2}|=))?")
_DUTCH_END = re.compile(r",(-{1,2}|=)$")
_LETTERS = re.compile(r"[^0-9.,' \u00a0\u202f=-]+")
_CURRENCY = re.compile(r"[A-Z]{3}|(?:US|A|C)?[$]|[£¥]|kr|Kč|zł")


def _money(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Amounts in ``currency``, which a cell may name by one of ``signs``; ``thousands`` is the column's own
    mark."""
    currency, own = options["currency"], options.get("thousands", "")
    signs = {sign.casefold() for sign in (currency, *options.get("signs", ()))}

    usual = re.compile(f"[1-9][0-9]{{0,2}}(?:{re.escape(own)}[0-9]{{3}}){{0,4}}") if own else None

    def quick(text: str) -> tuple[str, bool] | None:
        return (text.replace(own, ""), True) if usual is not None and usual.fullmatch(text) else None

    def read(text: str, context: Context) -> Reading:
        if usual is not None and usual.fullmatch(text):
            return _worth(text, text.replace(own, ""))
        named = {word.casefold() for word in _LETTERS.findall(text)}
        bare = _LETTERS.sub("", text).strip()
        if not named <= signs or len(_LETTERS.findall(text)) > 1:
            foreign = len(named - signs) == 1 and bare[:1].isdigit() and _CURRENCY.fullmatch(_LETTERS.findall(text)[0])
            fault = faults.OTHER_CURRENCY if foreign else faults.NOT_AN_AMOUNT
            return carry(text, make(fault, value=text, currency=currency))
        if bare.startswith("-") and _NUMBER.fullmatch(bare[1:].strip()):
            return carry(text, make(faults.NEGATIVE_AMOUNT, value=text))
        if not _NUMBER.fullmatch(bare):
            return carry(text, make(faults.NOT_AN_AMOUNT, value=text))
        return _amount(text, bare)

    def _amount(text: str, bare: str) -> Reading:
        amount = plain(bare, own)
        if amount is None:
            ways = two_ways(bare)
            if ways is None:
                return carry(text, make(faults.NOT_AN_AMOUNT, value=text))
            return carry(text, make(faults.AMOUNT_TWO_WAYS, value=text, first=ways[0], second=ways[1]))
        if len(amount.partition(".")[0]) > 18:
            return carry(text, make(faults.AMOUNT_TOO_LONG, value=text))
        return _worth(text, amount)

    def _worth(text: str, amount: str) -> Reading:
        same = amount == text
        note = "" if same else "separators, signs and leading zeros left out"
        worth = Piece("amount", amount, Outcome.MAPPED if same else Outcome.DERIVED, note)
        return Reading((worth, Piece("currency", currency, Outcome.DERIVED, "the currency of the column's heading")))

    return Reader(read, quick=Quick("amount", quick, fixed={"currency": currency}))


def plain(bare: str, own: str) -> str | None:
    """The amount that ``bare`` proves to be, as the standard writes decimals; None when it proves none."""
    whole = _DUTCH_END.sub("", bare)  # "1.500,-": no cents, so the comma parts decimals and the dot thousands
    if whole.isdigit():
        return whole.lstrip("0") or "0"
    marks = [mark for mark in dict.fromkeys(whole) if not mark.isdigit()]
    if len(marks) == 1:
        mark = marks[0]
        proven = mark == own or mark not in ".," or whole.count(mark) > 1 or whole != bare
        return (_ungrouped(whole, mark) if proven else None) or _decimal(whole, mark)
    return _with_both(whole, marks)


def _with_both(bare: str, marks: list[str]) -> str | None:
    if len(marks) == 2 and marks[1] in ".," and bare.count(marks[1]) == 1:
        whole, _, decimals = bare.partition(marks[1])
        amount = _ungrouped(whole, marks[0])
        return f"{amount}.{decimals}" if amount is not None and len(decimals) in (1, 2) else None
    return None


def _decimal(bare: str, mark: str) -> str | None:
    """One or two decimals after a whole part that is no group of thousands: over three digits long, or
    zero."""
    whole, _, decimals = bare.partition(mark)
    if not (mark in ".," and decimals.isdigit() and len(decimals) <= 2):
        return None
    return f"{whole.lstrip('0') or '0'}.{decimals}" if len(whole) > 3 or set(whole) == {"0"} else None


def two_ways(bare: str) -> tuple[str, str] | None:
    """The decimal and the thousands that one separator could mean; None when the text is no number at all."""
    mark = "." if "." in bare else ","
    whole, _, rest = bare.partition(mark)
    if not whole.isdigit() or not rest.isdigit() or len(rest) > 3:
        return None
    return f"{whole}.{rest}", f"{whole}{rest.ljust(3, '0')}".lstrip("0") or "0"


def _ungrouped(bare: str, mark: str) -> str | None:
    first, *groups = bare.split(mark)
    grouped = 1 <= len(first) <= 3 and first[0] != "0" and all(len(group) == 3 for group in groups)
    return first + "".join(groups) if grouped else None


MONEY_KIND = Kind(("amount", "currency"), ("currency", "signs", "thousands"), _money)
