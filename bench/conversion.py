"""The conversion of a national list against what reading its rows alone costs."""

from __future__ import annotations

import csv
import io
import os
from datetime import date, timedelta
from pathlib import Path

from exportreport.conversion import convert
from exportreport_converters import FORMATS

EXCERPT = Path(__file__).resolve().parents[1] / "examples" / "nl_cdiu" / "dual_use_excerpt.csv"


def list_of(count: int) -> bytes:
    """A Dutch list of ``count`` rows: those of the example again and again, with numbers, values, goods, uses and days
    of their own, so that only codes and places come again as they do in a list."""
    with EXCERPT.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    for place in range(count):
        row = list(rows[place % len(rows)])
        day = date(2004, 1, 1) + timedelta(days=place * 7 % 4_000)
        row[0], row[9] = day.strftime("%d-%m-%Y"), (day + timedelta(days=365)).strftime("%d-%m-%Y")
        row[1], row[8] = str(10_000_000 + place), f"{place % 90 + 10},{place * 7 % 1000:03}"
        row[3], row[4] = f"{row[3].strip()} {place}", f"{row[4].strip()} {place}"
        writer.writerow(row)
    return out.getvalue().encode()


def real_list() -> bytes | None:
    """The list that the Dutch authority published, where real data are at hand."""
    folder = os.environ.get("EXPORTREPORT_DATA")
    path = Path(folder) / "real" / "nl_cdiu" / "dual_use_2004_2015.csv" if folder else None
    return path.read_bytes() if path is not None and path.is_file() else None


def rows_alone(data: bytes) -> None:
    """The yardstick: the rows as dicts, with nothing made of them."""
    for _ in csv.DictReader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")):
        pass


def reports(data: bytes) -> None:
    """The reports of the list, with the ledger for whoever asks."""
    for conversion in convert(FORMATS["nl_cdiu/dual_use"], io.BytesIO(data), reported_at="2026-11-23T09:00:00Z"):
        assert conversion.report is not None
