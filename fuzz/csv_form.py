"""Files of the national formats that are tables: cells of the right kind, and everything that cells can be."""

from __future__ import annotations

import csv
from io import StringIO
from random import Random

from fuzz.edges import MARKER

_CELLS = (
    "", " ", "1", "0", "-1", "17.28", "5.100", "25,740", "1,000", "2.308.000", "1E+201", "€ 12", "12 €", "NaN", "٣",
    "01/02/2004", "31/01/2007", "01/31/2007", "15-01-2004", "31-02-2004", "29-02-2005", "13/13/2004", "2004-01-15",
    "1-1-4", "6A002a2", "1C350-02    ", "5A002,\n5D002", "ML15", "6A003.b.4.b", "5A001f 5A002", "EAR99", "X", "D", "T",
    "d", "Chili via België", "Congo", "X via Y",
    "via", "TURKIJE     ", "Onbekend", "EU", "Zuid", "Servië en Montenegro",
    "DN2026/0007", "AB-CD-26-007", "Turkey", "South Korea", "0A00100", "Risk of diversion", "United Kingdom", "person",
    "Nederland", "NL0074CDIU0011461", "90000001", "a,b", "a\nb", "a\rb", '"', "\0", "\x85", "\u2003", "\ufeff",
    "x" * 4001, "ß" * 300, "\ud800", "\uffff", "🚢", "=1+1", "e\u0301", "\u202e", MARKER,
)  # fmt: skip


def mutate(data: bytes, random: Random) -> bytes:
    """``data``, a table, with a few cells or rows changed; now and then what holds them."""
    text = data.decode("utf-8", "surrogateescape")
    begin = text.partition("\n")[0]
    delimiter = ";" if begin.count(";") > begin.count(",") else ","
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return _around(data, random)
    for _ in range(random.choice((1, 1, 2, 4))):
        rows = _changed(rows, random)
    written = StringIO(newline="")
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    end = random.choice(("\r\n", "\n"))
    csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    out = written.getvalue().encode("utf-8", "surrogatepass")
    return _around(out, random) if random.random() < 0.12 else out


def _changed(rows: list[list[str]], random: Random) -> list[list[str]]:
    if len(rows) < 2:
        return [*rows, [random.choice(_CELLS) for _ in range(10)]]
    choice = random.random()
    row = random.randrange(1, len(rows)) if random.random() < 0.97 else 0
    if choice < 0.7 and rows[row]:
        column = random.randrange(len(rows[row]))
        other = random.choice(rows[1:])
        alike = other[column] if column < len(other) else ""
        rows[row][column] = alike if random.random() < 0.35 else random.choice(_CELLS)
    elif choice < 0.8:
        rows.insert(random.randint(1, len(rows)), list(random.choice(rows)))
    elif choice < 0.9 and len(rows) > 3:
        del rows[row or 1]
    elif choice < 0.95:
        rows[row].append(random.choice(_CELLS))
    else:
        random.shuffle(rows[row])
    return rows[:6]


def _around(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return random.choice(
        (
            data[:at],
            data[:at] + random.choice((b'"', b",", b";", b"\n", b"\r", b"\xff", b"\x00", b"\t")) + data[at:],
            data.replace(b",", b";"),
            b"\xef\xbb\xbf" + data,
            data.decode("utf-8", "replace").encode(random.choice(("utf-16", "cp1252")), "replace"),
            data + data[at:],
        )
    )
