"""A long list needs no more memory than a short one."""

from __future__ import annotations

import subprocess
import sys

from tests.memory import PEAK

FEW, MANY = 9_000, 30_000

#: Converts a list of so many rows, made as it is read, and tells the peak of memory in KiB when a few of them are
#: converted, by when everything is remembered that ever is, and at the end.
CODE = """
import sys
from exportreport.conversion import convert
from exportreport_converters import FORMATS

form, row, few, many = FORMATS[sys.argv[1]], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])

def pieces():
    yield ",".join(form.columns.names).encode() + b"\\n"
    for first in range(0, many, 500):
        rows = (row.format(n=n, day=n % 28 + 1, id=10_000_000 + n) for n in range(first, first + 500))
        yield "\\n".join((*rows, "")).encode()

for number, one in enumerate(convert(form, pieces(), reported_at="2026-11-23T09:00:00Z"), 1):
    assert one.report is not None
    if number in (few, many):
        print(peak())
"""

DUTCH = "{day:02}-03-2015,{id},5A002a{day},Apparatuur {n},Onderzoek {n},D,Chili,Nederland,{n},31-12-2016"


def test_memory_does_not_grow_with_the_list() -> None:
    call = [sys.executable, "-c", PEAK + CODE, "nl_cdiu/dual_use", DUTCH, str(FEW), str(MANY)]
    before, after = map(int, subprocess.run(call, capture_output=True, text=True, check=True).stdout.split())
    kept = (after - before) * 1024 / (MANY - FEW)
    assert kept < 40  # bytes for each row, of which each has about a hundred
