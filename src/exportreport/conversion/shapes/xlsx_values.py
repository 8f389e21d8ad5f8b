"""What the cells of a workbook mean: shared texts, formats of dates, numbers as they stand and as they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from exportreport.conversion.shapes.xlsx_xml import PartError

#: The most shared texts of a workbook, and the memory that they take in bytes; the longest of them in characters.
MAX_STRINGS, MAX_BYTES, MAX_LENGTH = 1_000_000, 100_000_000, 1_048_576

#: The formats of dates that have no code of their own (ISO/IEC 29500-1, 18.8.30).
_DATE_FORMATS = frozenset((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)))

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_SIGNS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_NUMBER = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,30}")


class SharedTexts:
    """The texts that cells refer to by number. Of rich texts what is read is the text, without help for its sound."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._now: list[str] = []
        self._inside, self._sound, self._size, self._length = False, 0, 0, 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "si":
            self._now, self._length = [], 0
        elif name == "rPh":
            self._sound += 1
        self._inside = name == "t" and not self._sound

    def end(self, name: str) -> None:
        """An element ends."""
        self._inside = False
        if name == "rPh":
            self._sound -= 1
        elif name == "si":
            self.texts.append(unescaped("".join(self._now)))
            if len(self.texts) > MAX_STRINGS:
                raise PartError(f"it has more than {MAX_STRINGS} texts")

    def text(self, text: str) -> None:
        """Some of a text."""
        if self._inside:
            self._now.append(text)
            self._length += len(text)
            self._size += len(text) * (1 if text.isascii() else 4)
            if self._size > MAX_BYTES or self._length > MAX_LENGTH:
                raise PartError(f"its texts are longer than {MAX_BYTES} bytes, or one of them than {MAX_LENGTH}")


class Styles:
    """Which formats of cells are those of dates."""

    def __init__(self) -> None:
        self.dates: list[bool] = []
        self._codes: dict[str, str] = {}
        self._cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._cells = True
        elif name == "xf" and self._cells:
            self.dates.append(self._is_date(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "cellXfs":
            self._cells = False

    def text(self, text: str) -> None:
        """Nothing: formats have no texts."""

    def _is_date(self, number: str) -> bool:
        code = self._codes.get(number)
        if code is None:
            return number.isdecimal() and number.isascii() and len(number) < 4 and int(number) in _DATE_FORMATS
        signs = _NOT_SIGNS.sub("", code).casefold()
        return "general" not in signs and ("y" in signs or "d" in signs)


def unescaped(text: str) -> str:
    """``text`` with the characters that workbooks write by their numbers (``_x000D_``)."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return match[0] if 0xD800 <= number <= 0xDFFF else chr(number)


def day_of(number: str, from_1904: bool) -> str | None:
    """The day that a number of days stands for, with the time where it has one; None where it stands for none."""
    try:
        days = Decimal(number) if len(number) <= 40 else Decimal(-1)
    except InvalidOperation:
        return None
    if not days.is_finite() or not (0 if from_1904 else 1) <= days < 2_958_466:
        return None
    if from_1904:
        start = datetime(1904, 1, 1)
    elif days >= 61:
        start = datetime(1899, 12, 30)
    elif days < 60:
        start = datetime(1899, 12, 31)
    else:
        return None  # the 29th of February 1900, which never was
    seconds = int((days * 86_400).to_integral_value())
    try:
        moment = start + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return moment.date().isoformat() if seconds % 86_400 == 0 else moment.isoformat()


def as_shown(number: str) -> str:
    """``number`` without the noise of binary fractions: the 15 digits that are shown, where they are the same number.

    Spreadsheets write 1.1 as 1.1000000000000001.
    """
    digits = number.lstrip("-0.").replace(".", "")
    if not 15 < len(digits) <= 17 or not _NUMBER.fullmatch(number):
        return number
    short = f"{float(number):.15g}"
    return short if "e" not in short and float(short) == float(number) else number


def looked_up(texts: Sequence[str], number: str) -> str:
    """The shared text with the ``number``. Raises PartError where there is none."""
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else len(texts)
    if place >= len(texts):
        raise PartError(f"a cell refers to the shared text {number[:20]}, which is not there")
    return texts[place]
